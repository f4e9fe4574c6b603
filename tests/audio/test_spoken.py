import shutil

import numpy as np
import pytest
import torch

import aigc_demo
from aigc_demo.audio import mel, spoken_data
from aigc_demo.audio.spoken_judge import SpokenJudge, SpokenJudgeConfig
from aigc_demo.audio.spoken_model import SpokenConfig, SpokenDiffusion, Word, build_network
from aigc_demo.audio.spoken_network import NO_WORD, position_of
from aigc_demo.audio.spoken_train import SpokenJudgeRecipe, SpokenRecipe, moved, noised
from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit
from aigc_demo.diffusion.schedule import Schedule

CONFIG = SpokenConfig(fine=16, middle=16, coarse=16, timesteps=50)


def bars(count: int = 40) -> spoken_data.SpokenDigits:
    """Each word is a bar in a band of its own."""
    digits, languages = np.arange(count) % 10, np.arange(count) // 10 % 2
    spectrograms = np.zeros((count, 64, 64), np.uint8)
    for picture, digit, language in zip(spectrograms, digits, languages, strict=True):
        picture[4 + 5 * digit : 8 + 5 * digit, 8 + 24 * language : 28 + 24 * language] = 255
    pitches = np.linspace(80, 300, count, dtype=np.float32)
    return spoken_data.SpokenDigits(
        spectrograms, digits, languages, pitches, np.array(["m1"] * count)
    )


def test_the_voices_of_the_judge_are_none_of_the_generators():
    generator, judge = (
        set(" ".join(spoken_data.VOICES[whose]).split()) for whose in ("generator", "classifier")
    )
    assert not generator & judge


def test_utterances_take_digits_and_languages_in_turn_and_one_seed_gives_one_list():
    said = list(spoken_data.utterances(40, "generator", seed=3))
    assert said == list(spoken_data.utterances(40, "generator", seed=3))
    assert [each.digit for each in said[:10]] == list(range(10))
    assert [each.language for each in said[::10]] == ["en", "zh", "en", "zh"]


@pytest.mark.parametrize("pitch", [90.0, 150.0, 310.0])
def test_the_pitch_of_a_sum_of_harmonics_is_its_fundamental(pitch):
    seconds = np.arange(8000) / mel.SAMPLE_RATE
    wave = sum(np.sin(2 * np.pi * pitch * k * seconds) / k for k in range(1, 8))
    assert spoken_data.pitch_of(wave.astype(np.float32)) == pytest.approx(pitch, rel=0.02)


def test_noise_has_no_pitch():
    assert (
        spoken_data.pitch_of(np.random.default_rng(0).normal(size=8000).astype(np.float32)) is None
    )


def test_resampling_keeps_a_tone():
    at = np.arange(11_025) / 22_050
    again = spoken_data.resample(np.sin(2 * np.pi * 500 * at).astype(np.float32), 22_050)
    expected = np.sin(2 * np.pi * 500 * np.arange(8000) / 16_000)
    assert again.shape == expected.shape
    assert np.abs(again - expected)[200:-200].max() < 0.02


def test_a_word_too_long_has_no_place_and_bytes_come_back():
    assert spoken_data.place(np.ones(mel.SAMPLES, np.float32)) is None
    placed = spoken_data.place(np.ones(1000, np.float32))
    assert np.sqrt(np.mean(placed[placed != 0] ** 2)) == pytest.approx(spoken_data.LEVEL)
    spectrograms = torch.rand(2, 1, 64, 64) * 2 - 1
    assert (
        spoken_data.from_bytes(spoken_data.to_bytes(spectrograms)) - spectrograms
    ).abs().max() < 1 / 250


def test_what_moves_out_comes_in_silent():
    x = torch.arange(4.0).view(1, 1, 1, 4).repeat(3, 1, 1, 1)
    expected = [[-1, -1, 0, 1], [0, 1, 2, 3], [1, 2, 3, -1]]
    assert moved(x, torch.tensor([2, 0, -1]))[:, 0, 0].tolist() == expected


def test_a_share_of_words_and_pitches_is_hidden_and_a_hidden_word_has_no_pitch():
    x, word, pitch = (
        torch.zeros(4000, 1, 4, 4),
        torch.zeros(4000, dtype=torch.int64),
        torch.ones(4000),
    )
    *_, word, pitch = noised(x, word, pitch, Schedule(10), runtime.generator(0))
    assert (word == NO_WORD).float().mean().item() == pytest.approx(0.1, abs=0.02)
    assert (pitch == 0).float().mean().item() == pytest.approx(0.25, abs=0.03)
    assert (pitch[word == NO_WORD] == 0).all()


def test_an_octave_is_the_same_step_everywhere():
    low, middle, high = position_of(torch.tensor([60.0, 120.0, 240.0])).tolist()
    assert low == 0
    assert high - middle == pytest.approx(middle - low)


@pytest.fixture
def checkpoint_picker(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    monkeypatch.setenv("AIGC_DEMO_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path / "data"))
    settings.cache_clear()
    return tmp_path


def test_words_are_learned_and_one_seed_gives_one_spectrogram_in_any_batch(checkpoint_picker):
    recipe = SpokenRecipe(CONFIG, bars(), batch=32)
    events = list(fit(recipe, checkpoint_picker / "run", steps=40, warmup=2))
    assert events[-1].losses["loss"] < events[0].losses["loss"]
    recipe.export(checkpoint_picker / "audio-bars")
    model = SpokenDiffusion(CONFIG, recipe.averaged["network"])
    words = [Word(3), Word(7, "zh", 200.0)]
    *_, last = model.denoise(words, steps=4, seed=5)
    assert last.x_next.shape == (2, 1, 64, 64)
    *_, alone = model.denoise(words[1:], steps=4, seed=6)
    torch.testing.assert_close(alone.x_next, last.x_next[1:], atol=1e-4, rtol=1e-4)
    spoken = model.speak(last.x_next, iterations=2)
    assert spoken.shape == (2, mel.SAMPLES)
    assert spoken.dtype == torch.float32
    kept = aigc_demo.load("audio-bars")
    assert isinstance(kept, SpokenDiffusion)
    assert kept.config == CONFIG


@pytest.mark.parametrize("word", [Word(10), Word(3, "fr"), Word(3, "en", 1000.0)])
def test_a_word_that_cannot_be_said_is_told_why(word):
    with pytest.raises(DemoError, match="digit|language|pitch"):
        SpokenDiffusion(CONFIG, build_network(CONFIG)).denoise([word])


def test_a_spectrogram_of_another_shape_cannot_be_spoken():
    model = SpokenDiffusion(CONFIG, build_network(CONFIG))
    with pytest.raises(DemoError, match="spectrograms"):
        model.speak(torch.zeros(1, 1, 64, 32))
    with pytest.raises(DemoError, match="iterations"):
        model.speak(torch.zeros(1, 1, 64, 64), iterations=0)


def test_words_are_read_from_the_data_folder_else_made_once_and_cached(
    checkpoint_picker, monkeypatch
):
    (checkpoint_picker / "data").mkdir()
    spoken_data.save(checkpoint_picker / "data" / "spoken.npz", bars())
    assert (spoken_data.words("generator").digits == bars().digits).all()
    with pytest.raises(DemoError, match="cannot be read"):
        (checkpoint_picker / "data" / "spoken_judge.npz").write_bytes(b"no archive")
        spoken_data.words("classifier")
    (checkpoint_picker / "data" / "spoken_judge.npz").unlink()
    monkeypatch.setenv("PATH", str(checkpoint_picker))
    with pytest.raises(DemoError, match="apt-get install espeak-ng"):
        spoken_data.words("classifier")


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not here")
def test_words_are_spoken_by_espeak_and_cached(checkpoint_picker, monkeypatch):
    monkeypatch.setattr(spoken_data, "SEEDS", {"classifier": range(1000, 1002)})
    monkeypatch.setattr(spoken_data, "AT_ONCE", 4)
    made = spoken_data.words("classifier")
    assert 1 <= len(made.digits) <= 8
    assert made.spectrograms.shape[1:] == (64, 64)
    monkeypatch.setenv("PATH", str(checkpoint_picker))
    assert (spoken_data.words("classifier").spectrograms == made.spectrograms).all()


def test_the_judge_learns_to_tell_words_apart(checkpoint_picker):
    recipe = SpokenJudgeRecipe(SpokenJudgeConfig(width=8, features=32), bars(), batch=40)
    list(fit(recipe, checkpoint_picker / "run", steps=60, warmup=2))
    judge = SpokenJudge(recipe.config, recipe.averaged["network"])
    spectrograms = spoken_data.from_bytes(bars().spectrograms)
    assert judge.probabilities(spectrograms).sum(dim=(1, 2)) == pytest.approx(1, abs=1e-4)
    assert (judge.read(spectrograms).numpy() == bars().digits).mean() > 0.5
    assert judge.features(spectrograms).shape == (40, 32)
    recipe.export(checkpoint_picker / "audio-listener")
    kept = aigc_demo.load("audio-listener")
    assert isinstance(kept, SpokenJudge)
    torch.testing.assert_close(
        kept.features(spectrograms), judge.features(spectrograms), atol=0.1, rtol=0.1
    )
