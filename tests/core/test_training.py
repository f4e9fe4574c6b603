import itertools
import time
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from aigc_demo.core import checkpoints, data, runtime, snapshots, training
from aigc_demo.core.errors import DemoError
from aigc_demo.core.training import Recipe, fit, optimizer_step
from aigc_demo.gan.model import GanConfig
from aigc_demo.gan.train import GanRecipe
from aigc_demo.text.model import TextConfig
from aigc_demo.text.tokenizer import character_tokenizer
from aigc_demo.text.train import TextRecipe

VERSE = "to be, or not to be: that is the question.\n"


@dataclass(frozen=True)
class QuadraticConfig:
    """Where the minimum lies."""

    goal: float = 3.0


class Quadratic(Recipe):
    """(w - goal)^2 with noise on the goal, by Adam."""

    def __init__(self, *, average: float = 0.9):
        network = nn.Linear(1, 1, bias=False)
        nn.init.zeros_(network.weight)
        optimizers = {"network": torch.optim.Adam(network.parameters(), 0.1)}
        super().__init__(
            QuadraticConfig(),
            nn.ModuleDict({"network": network}),
            optimizers,
            runtime.generator(0),
            average=average,
        )

    def update(self) -> dict[str, float]:
        weight = self.networks["network"].weight
        loss = (
            (weight - self.config.goal + 0.1 * torch.randn(1, generator=self.generator))
            .square()
            .sum()
        )
        optimizer_step(loss, self.optimizers["network"])
        return {"loss": loss.item()}


def text_recipe() -> TextRecipe:
    tokenizer = character_tokenizer(VERSE)
    config = TextConfig(
        "transformer",
        tokenizer.get_vocab_size(),
        width=8,
        layers=1,
        context=8,
        dropout=0.5,
        heads=2,
    )
    return TextRecipe(config, tokenizer, VERSE)


def gan_recipe() -> GanRecipe:
    pictures = np.random.default_rng(0).integers(0, 256, (20, 28, 28, 1), dtype=np.uint8)
    return GanRecipe(GanConfig(latent=4, width=4), data.Digits(pictures, np.arange(20) % 10))


def weights(recipe: Recipe) -> dict[str, torch.Tensor]:
    return {
        f"{kind}.{key}": value
        for kind in ("networks", "averaged")
        for key, value in getattr(recipe, kind).state_dict().items()
    }


@pytest.mark.parametrize("make", [Quadratic, text_recipe, gan_recipe])
@pytest.mark.parametrize("stops", [(3,), (1, 6, 7)])
def test_a_run_resumed_after_a_stop_ends_in_exactly_the_same_weights(make, stops, tmp_path):
    whole = make()
    losses = [event.losses for event in fit(whole, tmp_path / "whole", steps=10, warmup=4)]
    seen = []
    for first, last in itertools.pairwise((0, *stops, 10)):
        recipe = make()
        run = fit(recipe, tmp_path / "parts", steps=10, warmup=4)
        seen += [next(run).losses for _ in range(last - first)]
        run.close()
    assert seen == losses
    assert all(torch.equal(value, weights(recipe)[key]) for key, value in weights(whole).items())


def test_the_steps_are_counted_over_resumptions_and_the_budget_is_kept(tmp_path):
    run = fit(Quadratic(), tmp_path, steps=5)
    assert [next(run).step, next(run).step] == [1, 2]
    run.close()
    events = list(fit(Quadratic(), tmp_path, steps=5))
    assert [event.step for event in events] == [3, 4, 5]
    assert [event.progress for event in events] == [0.6, 0.8, 1.0]
    assert list(fit(Quadratic(), tmp_path, steps=5)) == []


def test_the_minutes_are_a_budget_that_resumptions_share(tmp_path):
    began = time.monotonic()
    events = list(fit(Quadratic(), tmp_path, minutes=0.2 / 60))
    assert 0.2 <= time.monotonic() - began < 5
    assert events[-1].progress == 1.0
    assert events[-1].seconds >= 0.19
    assert list(fit(Quadratic(), tmp_path, minutes=0.1 / 60)) == []


def test_whichever_budget_ends_first_ends_the_run(tmp_path):
    assert len(list(fit(Quadratic(), tmp_path / "steps", steps=2, minutes=60))) == 2
    assert len(list(fit(Quadratic(), tmp_path / "minutes", steps=10**8, minutes=0.1 / 60))) < 10**6


@pytest.mark.parametrize(
    "budget",
    [
        {},
        {"steps": 0},
        {"steps": -1},
        {"minutes": 0},
        {"minutes": -1.0},
        {"minutes": float("nan")},
        {"minutes": float("inf")},
        {"steps": "9"},
    ],
)
def test_no_budget_or_a_senseless_one_is_an_error(budget, tmp_path):
    with pytest.raises(DemoError):
        next(fit(Quadratic(), tmp_path, **budget))


def test_the_learning_rate_rises_and_then_falls_to_a_tenth(tmp_path):
    recipe, rates = Quadratic(), []
    for _ in fit(recipe, tmp_path, steps=200, warmup=10):
        rates.append(recipe.optimizers["network"].param_groups[0]["lr"])
    assert rates[:3] == pytest.approx([0.01, 0.02, 0.03], rel=1e-3)
    assert max(rates) == pytest.approx(0.1, rel=0.01)
    assert rates[100] == pytest.approx(0.055, rel=1e-3)
    assert rates[-1] == pytest.approx(0.01, rel=1e-2)


def test_training_finds_the_minimum_and_the_average_is_the_closer(tmp_path):
    recipe = Quadratic(average=0.95)
    list(fit(recipe, tmp_path, steps=200, warmup=10))
    assert recipe.networks["network"].weight.item() == pytest.approx(3, abs=0.1)
    assert recipe.averaged["network"].weight.item() == pytest.approx(3, abs=0.05)


def test_the_average_is_the_one_of_the_formula(tmp_path):
    recipe, expected = Quadratic(average=0.5), 0.0
    for event in fit(recipe, tmp_path, steps=20):
        keep = min(0.5, (1 + event.step) / (10 + event.step))
        expected = keep * expected + (1 - keep) * recipe.networks["network"].weight.item()
        assert recipe.averaged["network"].weight.item() == pytest.approx(expected, abs=1e-5)


def test_the_state_is_saved_while_training_and_always_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "SAVE_EVERY", 0.0)
    for event in fit(Quadratic(), tmp_path, steps=5):
        if event.step > 1:
            assert load_file(tmp_path / "state.safetensors")["spent"][0] == event.step - 1
        assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [
            "state.safetensors"
        ] * (event.step > 1)


def test_the_loop_leaves_the_global_randomness_alone(tmp_path):
    recipe = text_recipe()
    before = torch.get_rng_state()
    list(fit(recipe, tmp_path, steps=2))
    assert torch.equal(torch.get_rng_state(), before)


def test_a_recipe_of_its_own_must_say_what_a_step_is(tmp_path):
    recipe = Recipe(None, nn.ModuleDict(), {}, runtime.generator(0))
    with pytest.raises(NotImplementedError):
        recipe.update()
    with pytest.raises(NotImplementedError):
        recipe.export(tmp_path)


def test_a_recipe_may_do_without_snapshots(tmp_path):
    recipe = Quadratic()
    recipe.takes_snapshots = False
    list(fit(recipe, tmp_path, steps=4))
    assert snapshots.found(tmp_path / "snapshots") == []


def test_snapshots_are_taken_at_growing_steps_and_the_curve_goes_on_when_a_run_is_resumed(tmp_path):
    list(fit(Quadratic(), tmp_path, steps=64))
    found = snapshots.found(tmp_path / "snapshots")
    # 64 / 1024 and the like fall on one step
    assert [s.step for s in found] == [0, 1, 2, 4, 8, 16, 32]
    list(fit(Quadratic(), tmp_path, steps=128))
    # all moments of the longer run had passed
    assert [s.step for s in snapshots.found(tmp_path / "snapshots")] == [0, 1, 2, 4, 8, 16, 32]
    curve = checkpoints.read_json(tmp_path / "snapshots" / "curve.json")
    assert len(curve["steps"]) == len(curve["losses"]["loss"])
    assert curve["steps"] == sorted(set(curve["steps"])) and curve["steps"][-1] > 120
    assert curve["losses"]["loss"][0] > curve["losses"]["loss"][-1]
