"""The one training loop. A recipe knows what a step is; the loop knows budgets, averages,
resumption and saving.
"""

import copy
import math
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.optim import Optimizer

from aigc_demo.core import checkpoints, snapshots
from aigc_demo.core.errors import DemoError, check_number
from aigc_demo.core.steps import TrainStep

Config = TypeVar("Config")  # the frozen dataclass that says the shape of what is trained
SAVE_EVERY = 60.0  # seconds


@dataclass
class LossCurve:
    """The losses so far: their means over stretches of steps that grow with the step, so that the
    first ones are seen too.
    """

    steps: list[int] = field(default_factory=list)  # the last step of each stretch
    losses: dict[str, list[float]] = field(default_factory=dict)
    stretch: dict[str, list[float]] = field(default_factory=dict)  # the one that is not yet full

    def add(self, step: int, losses: dict[str, float]) -> None:
        """Take in the losses of one update."""
        for name, loss in losses.items():
            self.stretch.setdefault(name, []).append(loss)
        if step >= 1.03 * (self.steps[-1] if self.steps else 0):
            self.steps.append(step)
            for name, values in self.stretch.items():
                self.losses.setdefault(name, []).append(round(sum(values) / len(values), 4))
            self.stretch = {}


class Recipe(Generic[Config]):
    """What is trained: networks, their optimizers, and one `update`. Families subclass it."""

    takes_snapshots = True  # on the way; a large network's would take more room than they teach
    warmup = 100  # steps

    def __init__(
        self,
        config: Config,
        networks: nn.ModuleDict,
        optimizers: dict[str, Optimizer],
        generator: torch.Generator,
        *,
        average: float = 0.999,
    ):
        self.config = config
        self.networks = networks
        self.optimizers = optimizers
        # all of the recipe's randomness, so that a resumed run goes on where it stopped
        self.generator = generator
        self.average = average
        self.step = 0  # updates taken, over all resumptions; `fit` counts
        self.progress = 0.0  # the share of the budget that is spent, from 0 to 1; `fit` tells
        self.curve = LossCurve()
        # the exponential moving average: what is kept
        self.averaged = copy.deepcopy(networks).eval().requires_grad_(False)

    def update(self) -> dict[str, float]:
        """Take one optimizer step on one batch and return its losses by name."""
        raise NotImplementedError

    def export(self, folder: Path) -> None:
        """Write the checkpoint made of the averaged weights into `folder`."""
        raise NotImplementedError


def optimizer_step(
    loss: Tensor,
    optimizer: Optimizer,
    *,
    weights: Iterable[Tensor] | None = None,
    max_norm: float | None = None,
    learning_rate: float | None = None,
) -> None:
    """Move the optimizer's weights one step down the gradient of `loss` (): each recipe's last act.

    Nothing else that the loss went through gathers a gradient. A gradient longer than `max_norm` is
    scaled down to that length: Pascanu et al., "On the difficulty of training recurrent neural
    networks" (2013). `learning_rate` is for trainings that `fit` does not schedule. `weights` are
    the optimizer's, in the order in which that length is summed, where it is not the optimizer's.
    """
    groups = optimizer.param_groups
    if weights is None:
        weights = (weight for group in groups for weight in group["params"])
    weights = list(weights)
    optimizer.zero_grad()
    loss.backward(inputs=weights)
    if max_norm is not None:
        nn.utils.clip_grad_norm_(weights, max_norm)
    if learning_rate is not None:
        for group in groups:
            group["lr"] = learning_rate
    optimizer.step()


@torch.no_grad()
def gradient_descent(weights: Iterable[Tensor], step_size: float) -> None:
    """Move weights, in place, against the gradients that they hold: w <- w - step_size * g.

    This is the plain update that a training step laid open shows; recipes take `optimizer_step`.
    """
    for weight in weights:
        if weight.grad is not None:  # the loss may not have used it
            weight -= step_size * weight.grad


@torch.no_grad()
def update_ema(
    averaged: Iterable[Tensor],
    weights: Iterable[Tensor],
    *,
    step: int,
    decay: float,
) -> None:
    """Move an exponential moving average of weights, in place: a <- k a + (1 - k) w.

    k is `decay`, but less in the first steps: early averages are short, so that the first weights
    are soon forgotten. step: how many steps the weights have taken.
    """
    keep = min(decay, (1 + step) / (10 + step))
    # one call for all, as torch's own optimizers do
    torch._foreach_lerp_(  # pyright: ignore[reportPrivateImportUsage]
        list(averaged), list(weights), 1 - keep
    )


def fit(
    recipe: Recipe,
    run_folder: Path,
    *,
    steps: int | None = None,
    minutes: float | None = None,
    warmup: int | None = None,
) -> Generator[TrainStep, None, None]:
    """Train `recipe` until `steps` or `minutes` are spent, whichever ends first; yield after every
    update.

    The learning rate rises over `warmup` steps (the recipe's, where it is not given) and falls to a
    tenth along half a cosine. The state of training is saved to `run_folder` each minute and when
    the generator ends or is closed; a run found there is resumed. Snapshots of the averaged weights
    are taken on the way, and the losses noted, in `run_folder`/snapshots. Raises DemoError when
    neither budget is given, or one that is not positive.
    """
    if steps is None and minutes is None:
        raise DemoError("Give training a budget: {options}.", options="--steps, --minutes")
    max_steps = math.inf if steps is None else check_number("steps", steps, 1, 1e9, whole=True)
    max_minutes = math.inf if minutes is None else check_number("minutes", minutes, 1e-3, 1e6)
    warmup = recipe.warmup if warmup is None else warmup
    spent = _resume(recipe, run_folder)
    began = saved = time.monotonic()
    progress = max(recipe.step / max_steps, spent / 60 / max_minutes)
    snapshots_taken = snapshots.expected_count(progress) if recipe.step else 0
    try:
        while progress < 1:
            if recipe.takes_snapshots and snapshots.expected_count(progress) > snapshots_taken:
                snapshots.take(run_folder / "snapshots", recipe.step, recipe.averaged)
                snapshots_taken = snapshots.expected_count(progress)
            _set_learning_rate(
                recipe,
                min(1.0, (recipe.step + 1) / warmup) * (0.55 + 0.45 * math.cos(math.pi * progress)),
            )
            recipe.progress = progress
            losses = _update(recipe)
            recipe.step += 1
            recipe.curve.add(recipe.step, losses)
            _average(recipe)
            seconds = time.monotonic() - began
            progress = max(recipe.step / max_steps, (spent + seconds) / 60 / max_minutes)
            yield TrainStep(recipe.step, min(progress, 1.0), losses, seconds)
            if time.monotonic() - saved > SAVE_EVERY:
                _save(recipe, run_folder, spent + time.monotonic() - began)
                saved = time.monotonic()
    finally:
        _save(recipe, run_folder, spent + time.monotonic() - began)


def _update(recipe: Recipe) -> dict[str, float]:
    # dropout knows only the global generator: lent for this step, it follows the recipe's
    with torch.random.fork_rng():
        torch.manual_seed(int(torch.randint(2**62, (), generator=recipe.generator)))
        return recipe.update()


def _set_learning_rate(recipe: Recipe, factor: float) -> None:
    for optimizer in recipe.optimizers.values():
        for group in optimizer.param_groups:
            group["lr"] = group.setdefault("initial_lr", group["lr"]) * factor


@torch.no_grad()
def _average(recipe: Recipe) -> None:
    averaged, weights = recipe.averaged.parameters(), recipe.networks.parameters()
    update_ema(averaged, weights, step=recipe.step, decay=recipe.average)
    for kept, current in zip(recipe.averaged.buffers(), recipe.networks.buffers(), strict=True):
        kept.copy_(current)


def _save(recipe: Recipe, folder: Path, seconds: float) -> None:
    tensors = {f"networks.{key}": value for key, value in recipe.networks.state_dict().items()}
    tensors |= {f"averaged.{key}": value for key, value in recipe.averaged.state_dict().items()}
    for name, optimizer in recipe.optimizers.items():
        for index, state in optimizer.state_dict()["state"].items():
            tensors |= {
                f"optimizer.{name}.{index}.{key}": torch.as_tensor(value)
                for key, value in state.items()
            }
    tensors["generator"] = recipe.generator.get_state()
    tensors["spent"] = torch.tensor([recipe.step, seconds], dtype=torch.float64)
    checkpoints.write_tensors(folder / "state.safetensors", tensors)
    checkpoints.write_json(
        folder / "snapshots" / "curve.json",
        {"steps": recipe.curve.steps, "losses": recipe.curve.losses},
    )


def _resume(recipe: Recipe, folder: Path) -> float:
    """Load the run in `folder` into `recipe`; return the seconds that it has taken, 0 for a new
    run.
    """
    path = folder / "state.safetensors"
    if not path.exists():
        return 0.0
    tensors = load_file(path)
    recipe.networks.load_state_dict(_with_prefix("networks.", tensors))
    recipe.averaged.load_state_dict(_with_prefix("averaged.", tensors))
    for name, optimizer in recipe.optimizers.items():
        saved: dict[int, dict[str, Tensor]] = {}
        for key, value in _with_prefix(f"optimizer.{name}.", tensors).items():
            index, entry = key.split(".")
            saved.setdefault(int(index), {})[entry] = value
        optimizer.load_state_dict(
            {"state": saved, "param_groups": optimizer.state_dict()["param_groups"]}
        )
    recipe.generator.set_state(tensors["generator"])
    step, seconds = tensors["spent"].tolist()
    recipe.step = int(step)
    if (folder / "snapshots" / "curve.json").exists():
        recipe.curve = LossCurve(**checkpoints.read_json(folder / "snapshots" / "curve.json"))
    return seconds


def _with_prefix(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)
    }
