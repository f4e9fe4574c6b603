"""What the laboratories learn: points in a plane, of a named shape or drawn by a visitor, always a
mixture of equal Gaussians.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Generator, Tensor

from aigc_demo.core.errors import DemoError, check_choice

EXTENT = 3.0  # the plane that is seen: from -3 to 3, both ways
MAX_DRAWN = 2_000  # points
MIN_DRAWN = 0.3  # from the leftmost to the rightmost point, or from the lowest to the highest
SIDE = 40  # cells along each side of the plane
MODE_SHARE = 1 / 3  # of the samples that it should get: a mode that gets less is not covered


@dataclass(frozen=True)
class Shape:
    """A distribution: as many Gaussians as there are `centres` (K, 2), each equally likely and
    `spread` wide.
    """

    centres: Tensor
    spread: float  # standard deviation
    separable_modes: bool  # whether the Gaussians stand apart, so that covered ones can be counted

    def sample(self, count: int, generator: Generator) -> Tensor:
        """Draw points (count, 2), to the bit the same on every processor: a training that breaks
        enlarges any difference.
        """
        rows = torch.randint(len(self.centres), (count,), generator=generator)
        noise = torch.randn(count, 2, generator=generator, dtype=torch.float64)
        return (self.centres[rows] + self.spread * noise).to(self.centres.dtype)

    def modes_covered(self, points: Tensor) -> int:
        """Return how many modes get at least a third of their share of `points` (N, 2), counted
        within three standard deviations.
        """
        distances, nearest = torch.cdist(points, self.centres).min(dim=1)
        found = torch.bincount(nearest[distances < 3 * self.spread], minlength=len(self.centres))
        return int((found >= MODE_SHARE * len(points) / len(self.centres)).sum())


def ring() -> Shape:
    """Return eight Gaussians on a circle of radius 2."""
    angle = torch.arange(8, dtype=torch.float64) * math.tau / 8
    return Shape(2 * torch.stack([angle.cos(), angle.sin()], dim=1).float(), 0.15, True)


def grid() -> Shape:
    """Return 25 Gaussians, five by five, 1.1 apart."""
    ticks = 1.1 * torch.arange(-2.0, 3)
    return Shape(torch.cartesian_prod(ticks, ticks), 0.15, True)


def spiral() -> Shape:
    """Return a spiral of Archimedes with a turn and a half, of even density along the curve."""
    angle = 1.5 * math.tau * torch.linspace(0.02, 1, 200, dtype=torch.float64).sqrt()
    return Shape(
        2.4 * (angle / angle[-1] * torch.stack([angle.cos(), angle.sin()])).T.float(), 0.08, False
    )


def lines() -> Shape:
    """Return two upright lines, 2.4 apart."""
    return Shape(
        torch.cartesian_prod(torch.tensor([-1.2, 1.2]), torch.linspace(-2, 2, 60)), 0.1, False
    )


SHAPES: dict[str, Callable[[], Shape]] = {
    "ring": ring,
    "grid": grid,
    "spiral": spiral,
    "lines": lines,
}
NAMES = [*SHAPES, "drawn"]


def shape(name: str, points: object = None) -> Shape:
    """Return the shape `name`; "drawn": the one of `points`, [[x, y], ...]. Raises DemoError when
    there is no such shape or it is none.
    """
    return from_points(points) if check_choice("shape", name, NAMES) == "drawn" else SHAPES[name]()


def from_points(points: object) -> Shape:
    """Return the shape of `points`, each blurred a little. Raises DemoError when nothing is drawn,
    or nothing but one point.
    """
    if not isinstance(points, list) or not points:
        raise DemoError("Nothing is drawn yet: draw a line on the stage, or several points.")
    if len(points) > MAX_DRAWN:
        raise DemoError(
            "{count} points are drawn; at most {limit} are read.",
            count=f"{len(points):,}",
            limit=f"{MAX_DRAWN:,}",
        )
    if not all(_is_place(point) for point in points):
        raise DemoError(
            "What is drawn must be a list of points [x, y], both numbers from {low} to {high}.",
            low=f"{-EXTENT:g}",
            high=f"{EXTENT:g}",
        )
    centres = torch.tensor(points, dtype=torch.float32)
    if (centres.amax(dim=0) - centres.amin(dim=0)).max() < MIN_DRAWN:
        raise DemoError(
            "All that is drawn lies in one point, and one point is no distribution: draw a line, "
            "or points further apart."
        )
    return Shape(centres, 0.08, False)


def _is_place(point: object) -> bool:
    if not isinstance(point, list | tuple) or len(point) != 2:
        return False
    # NaN is not
    return all(type(value) in (int, float) and abs(value) <= EXTENT for value in point)


def cell_centres() -> Tensor:
    """Return the middles (1600, 2) of the cells, row by row from the top left, as pictures are
    read.
    """
    ticks = _ticks()
    return torch.cartesian_prod(ticks.flip(0), ticks).flip(1)


def cell_probabilities(points: Tensor, spread: float) -> Tensor:
    """Return the probabilities (1600,) of the cells when a Gaussian, `spread` wide, stands at each
    of `points` (N, 2).
    """
    bells = torch.exp(-((_ticks()[:, None, None] - points) ** 2) / (2 * spread**2))  # (side, N, 2)
    across, down = bells[..., 0], bells[..., 1].flip(0)
    return (
        down @ across.T / len(points) * (2 * EXTENT / SIDE) ** 2 / (math.tau * spread**2)
    ).flatten()


def _ticks() -> Tensor:
    return (torch.arange(SIDE) + 0.5) * (2 * EXTENT / SIDE) - EXTENT
