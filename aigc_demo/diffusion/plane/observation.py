"""What can be seen of a training at one step: the field, the particles' paths, and how far they
are from the exact ones.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core.toy_data import Shape
from aigc_demo.diffusion.plane.exact_score import FIELDS, POINTS, lattice, levels
from aigc_demo.diffusion.plane.trainer import Trainer

NEAR = 3  # standard deviations: a particle that is no further from a centre has landed


@dataclass(frozen=True)
class Observation:
    """A network at one step of its training."""

    arrows: Tensor  # (21, 225, 2): the score, which is minus the predicted noise over sigma
    times: list[int]  # t of each place of the paths, the last -1
    path: Tensor  # (steps + 1, 256, 2), from the noise
    landed: float  # share of the particles
    modes_covered: int | None  # modes that are reached
    # at each level: mean (sigma / alpha)^2 |score - exact score|^2 / 2, where the noised data are
    apart: list[float]
    loss: float  # the expected mean square of the predicted v's error: the least possible + the gap
    gap: float  # the mean of `apart` over all t


def observe(trainer: Trainer) -> Observation:
    """Return what can be seen of `trainer`, which is not changed and whose random numbers are not
    touched.
    """
    exact, grid = trainer.exact, lattice()
    everywhere = trainer.velocity(
        grid.repeat(FIELDS, 1), torch.tensor(levels(trainer.schedule)).repeat_interleave(len(grid))
    ).view(FIELDS, -1, 2)
    arrows = torch.stack(
        [
            -(level.alpha * v + level.sigma * grid) / level.sigma
            for level, v in zip(exact.levels, everywhere, strict=True)
        ]
    )
    times, places = trainer.path(trainer.cloud)
    predicted = trainer.velocity(exact.probes.x_t, exact.probes.t)
    gap = (predicted - exact.probes.optimal_v).square().mean().item()
    return Observation(
        arrows=arrows,
        times=times,
        path=places,
        landed=landed(trainer.shape, places[-1]),
        modes_covered=trainer.shape.modes_covered(places[-1])
        if trainer.shape.separable_modes
        else None,
        apart=_apart(trainer),
        loss=exact.probes.min_loss + gap,
        gap=gap,
    )


def landed(shape: Shape, points: Tensor) -> float:
    """Return the share of points (N, 2) within three standard deviations of a Gaussian of the
    shape.
    """
    nearest = torch.cdist(points, shape.centres).amin(dim=1)
    return (nearest < NEAR * shape.spread).float().mean().item()


def _apart(trainer: Trainer) -> list[float]:
    """Return at each level the mean square of v's distance from the best, which is
    (sigma / alpha)^2 times that of the scores.
    """
    exact = trainer.exact
    places = torch.cat([exact.at(level) for level in exact.levels])
    t = torch.tensor(levels(trainer.schedule)).repeat_interleave(POINTS)
    predicted = trainer.velocity(places, t)
    return (predicted - torch.cat(exact.velocities)).square().view(FIELDS, -1).mean(dim=1).tolist()
