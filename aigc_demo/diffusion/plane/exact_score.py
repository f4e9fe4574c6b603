"""The exact score of a noised shape, which an optimal network would learn, at every level of noise;
and the points of the forward process.
"""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.toy_data import EXTENT, Shape
from aigc_demo.diffusion.plane import mixture
from aigc_demo.diffusion.plane.cloud import Cloud
from aigc_demo.diffusion.samplers import NoiseLevel
from aigc_demo.diffusion.schedule import Schedule

# of data, and of particles; the same noise is added to the ones and is where the others begin
POINTS = 256
ARROWS = 15  # each way
FIELDS = 21  # levels of noise at which fields are seen


@dataclass(frozen=True)
class Probes:
    """Points x_t (1000, 2), one at each t, and the optimal prediction of v there."""

    t: Tensor
    x_t: Tensor
    optimal_v: Tensor  # E[v | x_t] (1000, 2)
    min_loss: float  # the mean of Var[v | x_t]: no network's loss is smaller


class ExactScore:
    """The optimal network for a shape, in closed form, and points of the shape with the noise of
    seed `seed`.
    """

    def __init__(self, shape: Shape, schedule: Schedule, seed: int):
        random = runtime.generator(seed)
        self.shape, self.schedule, self.seed = shape, schedule, seed
        self.data = shape.sample(POINTS, random)
        self.noise = torch.randn(POINTS, 2, generator=random)
        self.levels = [self.schedule.level(t) for t in levels(self.schedule)]

    @cached_property
    def arrows(self) -> Tensor:
        """The exact score (21, 225, 2) on `lattice`."""
        grid = lattice()
        return torch.stack(
            [mixture.score(self.shape, grid, level.alpha, level.sigma) for level in self.levels]
        )

    @cached_property
    def density(self) -> Tensor:
        """The noised data's density (21, 1600) at `toy_data.cell_centres`, each level's most 1."""
        maps = torch.stack([mixture.density_on_cells(self.shape, level) for level in self.levels])
        return maps / maps.amax(dim=1, keepdim=True)

    @cached_property
    def velocities(self) -> list[Tensor]:
        """The optimal v (256, 2) at the data's places at each level."""
        return [
            mixture.velocity(self.shape, self.at(level), level.alpha, level.sigma)
            for level in self.levels
        ]

    @cached_property
    def probes(self) -> Probes:
        """Points at which losses are measured: one at each t."""
        random, t = runtime.generator(1), torch.arange(self.schedule.steps)
        alpha = self.schedule.alpha_bar[:, None].sqrt()
        sigma = (1 - alpha**2).sqrt()
        x_t = alpha * self.shape.sample(len(t), random) + sigma * torch.randn(
            len(t), 2, generator=random
        )
        min_loss = mixture.uncertainty(self.shape, x_t, alpha, sigma).mean().item()
        return Probes(t, x_t, mixture.velocity(self.shape, x_t, alpha, sigma), min_loss)

    def at(self, level: NoiseLevel) -> Tensor:
        """Return the data with a level's noise (256, 2)."""
        return level.alpha * self.data + level.sigma * self.noise

    @property
    def cloud(self) -> Cloud:
        """The points as a model to sample from, its velocity exact."""

        def velocity(x: Tensor, t: int) -> Tensor:
            level = self.schedule.level(t)
            return mixture.velocity(self.shape, x, level.alpha, level.sigma)

        return Cloud(self.schedule, velocity, POINTS)


def levels(schedule: Schedule) -> list[int]:
    """Return the steps t at which fields are seen, from the cleanest."""
    return [round(i * (schedule.steps - 1) / (FIELDS - 1)) for i in range(FIELDS)]


def lattice() -> Tensor:
    """Return places (225, 2) for arrows, row by row from the top left."""
    end = EXTENT * (1 - 1 / ARROWS)
    ticks = torch.linspace(-end, end, ARROWS)
    return torch.cartesian_prod(ticks.flip(0), ticks).flip(1)
