"""A diffusion model of points in the middle of its training, small enough to be trained while one
watches.
"""

import copy
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime, toy_data
from aigc_demo.core.errors import check_choice, check_number, check_seed
from aigc_demo.core.training import LossCurve, optimizer_step, update_ema
from aigc_demo.diffusion.plane.cloud import Cloud
from aigc_demo.diffusion.plane.exact_score import POINTS, ExactScore
from aigc_demo.diffusion.plane.network import PointNetwork
from aigc_demo.diffusion.samplers import SAMPLERS
from aigc_demo.diffusion.schedule import Schedule

BATCH = 256
# what a step keeps of the moving average of the weights, which is the network that is shown
AVERAGE = 0.995
CHANGEABLE = (
    "rate",
    "sampler",
    "steps",
    "eta",
)  # settings that may change in the middle of a training
WIDTHS, RATES, MAX_STEPS = (1, 128), (1e-5, 0.1), 50


@dataclass(frozen=True)
class TrainerConfig:
    """What is learned, by what network, and how points are sampled from it."""

    shape: str = "ring"
    sampler: str = "DDIM"
    steps: int = 25
    seed: int = 0
    eta: float = 0.0
    width: int = 64  # units a hidden layer
    rate: float = 0.006  # Adam's learning rate


def check_config(values: dict[str, Any]) -> TrainerConfig:
    """Return the configuration of `values`, with the default where one is not given. Raises
    DemoError when one is out of its range.
    """
    rules = replace(
        TrainerConfig(),
        **{
            name: value
            for name, value in values.items()
            if name in TrainerConfig.__dataclass_fields__
        },
    )
    return TrainerConfig(
        check_choice("shape", rules.shape, toy_data.NAMES),
        check_choice("sampler", rules.sampler, list(SAMPLERS)),
        check_number("steps", rules.steps, 1, MAX_STEPS, whole=True),
        check_seed(rules.seed),
        check_number("eta", rules.eta, 0, 1),
        check_number("width", rules.width, *WIDTHS, whole=True),
        check_number("learning rate", rules.rate, *RATES),
    )


@dataclass(frozen=True)
class Batch:
    """Points on which one step of training was taken, (N, 2) each, t (N,)."""

    x_0: Tensor
    t: Tensor
    x_t: Tensor
    v: Tensor  # the target
    predicted: Tensor  # the network's prediction of it


class Trainer:
    """The network and its training, with a random generator of its own. Raises DemoError when
    `points` are no shape.
    """

    def __init__(self, rules: TrainerConfig, points: object = None):
        self.rules, self.points, self.shape = rules, points, toy_data.shape(rules.shape, points)
        self.schedule, self.random = Schedule(), runtime.generator(rules.seed)
        self.exact = ExactScore(self.shape, self.schedule, rules.seed)
        self.network = PointNetwork(rules.width, self.schedule.steps, self.random)
        self.averaged = copy.deepcopy(self.network).requires_grad_(False)
        self.weights = (list(self.averaged.parameters()), list(self.network.parameters()))
        self.optimizer = torch.optim.Adam(self.weights[1], fused=True)
        self.alpha = self.schedule.alpha_bar[:, None].sqrt()
        self.sigma = (1 - self.schedule.alpha_bar[:, None]).sqrt()
        self.done = 0  # steps of training
        self.curve = LossCurve()
        self.batch: Batch | None = None

    def step(self) -> None:
        """Take one step of the article's six: DDPM's algorithm 1 with v as the target, as for
        pictures.
        """
        x_0 = self.shape.sample(BATCH, self.random)  # 1. sample data
        t = torch.randint(self.schedule.steps, (BATCH,), generator=self.random)
        noise = torch.randn(BATCH, 2, generator=self.random)
        # 2. add noise of a random level
        x_t, v = (self.noised(x_0, noise, t), self.noised(noise, -x_0, t))
        predicted = self.network(x_t, t)  # 3. and 4. show the points and the level, predict
        loss = F.mse_loss(predicted, v)  # 5. compare
        optimizer_step(loss, self.optimizer, learning_rate=self.rules.rate)  # 6. update
        self.done += 1
        update_ema(*self.weights, step=self.done, decay=AVERAGE)
        self.curve.add(self.done, {"loss": loss.item()})
        self.batch = Batch(x_0, t, x_t, v, predicted.detach())

    def noised(self, x_0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """Return sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) noise (N, 2) for t (N,)."""
        return self.alpha[t] * x_0 + self.sigma[t] * noise

    @torch.no_grad()
    def velocity(self, x: Tensor, t: int | Tensor) -> Tensor:
        """Return the averaged network's v (N, 2) at points x (N, 2) and step t, one for all or
        (N,).
        """
        return self.averaged(x, torch.full((len(x),), t) if isinstance(t, int) else t)

    @property
    def cloud(self) -> Cloud:
        """The points as a model to sample from, its velocity the network's."""
        return Cloud(self.schedule, self.velocity, POINTS)

    def path(self, cloud: Cloud) -> tuple[list[int], Tensor]:
        """Return `cloud`'s sampling trajectory as configured: each place's t, the last -1,
        and places (steps + 1, N, 2).
        """
        rules = self.rules
        return cloud.path(
            self.exact.noise,
            steps=rules.steps,
            sampler=rules.sampler,
            eta=rules.eta,
            seed=rules.seed,
        )

    def can_continue(self, rules: TrainerConfig, points: object = None) -> bool:
        """Whether `rules` and `points` can be followed from here; otherwise a new training must
        begin.
        """
        return (
            self.points == points
            and replace(self.rules, **{name: getattr(rules, name) for name in CHANGEABLE}) == rules
        )
