import gzip
import json

import numpy as np
import pytest
import torch

from aigc_demo.audio import chorales, chorales_evaluate, spoken_data, spoken_evaluate
from aigc_demo.audio.chorales_model import CausalChoralesModel, ChoralesModel
from aigc_demo.audio.evaluate import evaluate
from aigc_demo.audio.network import ChoralesConfig, ChoralesNetwork
from aigc_demo.audio.spoken_judge import SpokenClassifier, SpokenJudge, SpokenJudgeConfig
from aigc_demo.audio.spoken_model import SpokenConfig, SpokenDiffusion, build_network
from aigc_demo.audio.train import recipe
from aigc_demo.core import checkpoints
from aigc_demo.core.settings import settings


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder with four small chorales in each split, and forty words."""
    pieces = [[[72, 67, 60, 48 + t // 8 % 5] for t in range(length)] for length in (130, 20, 33)]
    with gzip.open(tmp_path / chorales.FILE, "wt", encoding="utf-8") as file:
        json.dump({split: pieces for split in chorales.SPLITS}, file)
    digits, random = np.arange(40) % 10, np.random.default_rng(0)
    spectrograms = random.integers(0, 256, (40, 64, 64), np.uint8)
    pitches, voices = np.full(40, 120, np.float32), np.array(["m1"] * 40)
    spoken = spoken_data.SpokenDigits(spectrograms, digits, digits % 2, pitches, voices)
    for file in spoken_data.FILES.values():
        spoken_data.save(tmp_path / file, spoken)
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path))
    settings.cache_clear()
    return tmp_path


def values(model) -> dict[str, float]:
    return {figure["figure"]: figure["value"] for figure in evaluate(model)}


@pytest.mark.parametrize("causal", [False, True])
def test_a_model_that_knows_nothing_needs_the_logarithm_of_all_notes(folder, causal):
    config = ChoralesConfig(causal, 16, 1, heads=2, reach=1, dropout=0.0)
    network = ChoralesNetwork(config).eval()
    torch.nn.init.zeros_(network.notes.weight)
    measured = values((CausalChoralesModel if causal else ChoralesModel)(config, network))
    nothing = round(float(np.log(chorales.NOTES)), 3)
    assert measured["NLL, left to right"] == nothing
    assert measured.get("NLL, random order", nothing) == nothing
    assert measured["NLL, first-order Markov"] < measured["NLL, unigram"] < nothing


def test_words_are_measured_beside_real_ones(folder, monkeypatch):
    monkeypatch.setattr(spoken_evaluate, "GENERATED", 20)
    monkeypatch.setattr(spoken_evaluate, "AT_ONCE", 10)
    config = SpokenConfig(fine=16, middle=16, coarse=16, timesteps=50)
    measured = values(SpokenDiffusion(config, build_network(config).eval()))
    assert 0 <= measured["conditional accuracy"] <= 100
    assert measured["word FID"] >= 0
    assert measured["word FID of real words"] >= 0


def test_a_judge_that_hears_one_word_in_all_is_right_in_one_of_twenty(folder):
    config = SpokenJudgeConfig(width=8, features=16)
    network = SpokenClassifier(config).eval()
    torch.nn.init.zeros_(network.decide.weight)
    torch.nn.init.zeros_(network.decide.bias)
    with torch.no_grad():
        network.decide.bias[13] = 1  # three, in the second language
    measured = values(SpokenJudge(config, network))
    assert measured["accuracy"] == 10
    assert measured["accuracy, language"] == 50


@pytest.mark.parametrize(
    "name", ["audio-chorales", "audio-chorales-ar", "audio-digits", "audio-judge"]
)
def test_each_recipe_has_the_shape_that_is_shipped(folder, name):
    shipped = checkpoints.read_json(checkpoints.folder_of(name) / "config.json")
    assert {**shipped} == vars(recipe(name).config)


def test_the_number_of_evaluated_terms_is_among_the_figures(folder):
    config = ChoralesConfig(False, 16, 1, heads=2, reach=1, dropout=0.0)
    figures = chorales_evaluate.evaluate(ChoralesModel(config, ChoralesNetwork(config).eval()))
    random = next(figure for figure in figures if figure["figure"] == "NLL, random order")
    assert random["method"] == "unbiased estimate"
    assert len(random["each"]) == random["orders"] == 5
