import math

import pytest
import torch

import aigc_demo
from aigc_demo.audio import chorales, likelihood
from aigc_demo.audio.chorales import MASK, NOTES
from aigc_demo.audio.chorales_model import (
    LEFT_TO_RIGHT,
    ORDERS,
    CausalChoralesModel,
    ChoralesModel,
    drawn,
    empty,
)
from aigc_demo.audio.chorales_train import ChoralesRecipe
from aigc_demo.audio.network import ChoralesConfig, ChoralesNetwork
from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit

ANY = ChoralesConfig(False, 16, 1, heads=2, reach=1, dropout=0.0, axial=True)
CAUSAL = ChoralesConfig(True, 16, 1, heads=2, reach=1, dropout=0.0)


def model(config: ChoralesConfig) -> ChoralesModel | CausalChoralesModel:
    with runtime.seeded(0):
        network = ChoralesNetwork(config).eval()
        torch.nn.init.normal_(network.notes.weight, std=0.5)
    return (CausalChoralesModel if config.causal else ChoralesModel)(config, network)


def melody(steps: int = 5) -> torch.Tensor:
    score = empty(steps)
    score[:, 0] = torch.arange(steps) + 24
    return score


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("steps", [None, 4])
def test_masked_cells_are_filled_and_known_ones_kept_in_any_order(order, steps):
    made = list(model(ANY).generate(melody(), order=order, steps=steps, seed=3))
    assert [step.index for step in made] == list(range(steps or 15))
    assert {step.total for step in made} == {steps or 15}
    assert sum(step.filled.int() for step in made).tolist() == [[0, 1, 1, 1]] * 5  # each once
    counts = [int(step.filled.sum()) for step in made]
    assert max(counts) - min(counts) <= 1
    assert (made[-1].score != MASK).all()
    assert torch.equal(made[-1].score[:, 0], melody()[:, 0])
    *_, again = model(ANY).generate(melody(), order=order, steps=steps, seed=3)
    assert torch.equal(again.score, made[-1].score)
    *_, other = model(ANY).generate(melody(), order=order, steps=steps, seed=4)
    assert not torch.equal(other.score, made[-1].score)


def test_one_by_one_from_left_to_right_the_bits_are_those_of_the_chain_rule():
    made = list(model(ANY).generate(empty(4), order=LEFT_TO_RIGHT, phase=2))
    tokens, phases = made[-1].score[None], (2 + torch.arange(4))[None]
    ranks = torch.arange(16).view(1, 4, 4)
    expected = list(likelihood.chain_rule_nats(model(ANY).network, tokens, phases, ranks))
    bits = [each.item() / math.log(2) for each in expected]
    assert [step.bits for step in made] == pytest.approx(bits, rel=1e-4)


def test_the_likelihood_of_what_is_written_is_that_with_which_it_was_drawn():
    made = list(model(CAUSAL).generate_naive(empty(4), phase=4, seed=1))
    assert len(made) == 16
    log_likelihood = model(CAUSAL).log_likelihood(made[-1].score, phase=4)
    assert log_likelihood.shape == (4, 4)
    bits = [-each / math.log(2) for each in log_likelihood.flatten().tolist()]
    assert [step.bits for step in made] == pytest.approx(bits, rel=1e-4)


def test_a_beginning_is_kept_when_the_rest_is_written():
    *_, last = model(CAUSAL).generate_naive(melody(), seed=2)
    assert torch.equal(last.score[:, 0], melody()[:, 0])
    assert (last.score != MASK).all()


def test_notes_are_drawn_as_often_as_their_probability_says():
    logits = torch.randn(NOTES, generator=runtime.generator(0)).expand(8000, 1, NOTES)
    numbers = torch.rand(8000, 1, generator=runtime.generator(1))
    chosen = torch.ones(8000, 1, dtype=torch.bool)
    score, bits = drawn(torch.full((8000, 1), MASK), chosen, logits, numbers, 0.5)
    expected = (logits[0, 0] / 0.5).softmax(dim=0)
    shares = score.flatten().bincount(minlength=NOTES) / 8000
    assert (shares - expected).abs().max() < 0.02
    surprise = -logits[0, 0].log_softmax(dim=0)
    assert bits == pytest.approx((surprise * shares).sum().item() * 8000 / math.log(2), rel=1e-3)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"order": "backwards"}, "order must be one of"),
        ({"steps": 16}, "steps must be from 1 to 15"),
        ({"temperature": 0}, "temperature"),
        ({"phase": 16}, "phase must be from 0 to 15"),
        ({"score": torch.full((5, 3), MASK)}, "score"),
        ({"score": torch.full((129, 4), MASK)}, "length must be from 1 to 128"),
    ],
)
def test_what_cannot_be_filled_is_told_why(options, told):
    with pytest.raises(DemoError, match=told):
        model(ANY).generate(**{"score": melody(), **options})


def test_a_score_with_masked_cells_has_no_likelihood():
    with pytest.raises(DemoError, match="score"):
        model(CAUSAL).log_likelihood(melody())


def test_nothing_is_left_to_fill_in_a_whole_score():
    assert list(model(ANY).generate(torch.zeros(3, 4, dtype=torch.int64))) == []


@pytest.mark.parametrize("config", [ANY, CAUSAL], ids=["any order", "left to right"])
def test_chorales_are_learned_saved_and_known_by_their_configuration(tmp_path, monkeypatch, config):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    pieces = chorales.corpus([[[72, 67, 60, 48 + t // 16] for t in range(140)]] * 2)
    recipe = ChoralesRecipe(config, pieces, batch=1)
    losses = [
        event.losses["training"] for event in fit(recipe, tmp_path / "run", steps=25, warmup=2)
    ]
    assert losses[-1] < losses[0] - 0.05
    recipe.export(tmp_path / "audio-notes")
    kept = aigc_demo.load("audio-notes")
    assert isinstance(kept, CausalChoralesModel if config.causal else ChoralesModel)
    assert kept.config == config


def test_chorales_that_are_not_here_or_damaged_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path))
    settings.cache_clear()
    with pytest.raises(DemoError, match="chorales is not here"):
        chorales.load("train")
    (tmp_path / chorales.FILE).write_bytes(b"no gzip")
    with pytest.raises(DemoError, match="cannot be read"):
        chorales.load("train")
    with pytest.raises(DemoError, match="split"):
        chorales.load("training")
