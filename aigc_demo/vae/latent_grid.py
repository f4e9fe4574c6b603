"""The map of an autoencoder with two latent numbers: what each place of the plane is decoded to,
and what is read there.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from aigc_demo.vae.model import VaeModel

EXTENT = 3.0  # the map reaches from -3 to 3 both ways: 99.5 % of the prior
PICTURES, READINGS = 20, 30  # places a side at which a picture is shown, and at which one is read


class Reader(Protocol):
    """A classifier of digits, as `judge.model.Judge` is."""

    def probabilities(self, pictures: Tensor) -> Tensor:
        """Return (N, 10) for pictures (N, 1, 28, 28) in [-1, 1]."""
        ...


@dataclass(frozen=True)
class Chart:
    """The decoded plane, row by row from the top left: z_1 grows to the right, z_2 upwards."""

    pictures: Tensor  # (400, 1, 28, 28) in [-1, 1]
    readings: Tensor  # the digit (900,) int64 that is read at each place of a finer grid
    certainty: Tensor  # its probability (900,)


def lattice(side: int) -> Tensor:
    """Return the middles of side by side equal cells of the plane, (side * side, 2), row by row
    from the top left.
    """
    steps = (torch.arange(side) + 0.5) * (2 * EXTENT / side) - EXTENT
    down, right = torch.meshgrid(-steps, steps, indexing="ij")
    return torch.stack([right.flatten(), down.flatten()], dim=1)


def chart(model: VaeModel, reader: Reader, *, beta: float = 1.0) -> Chart:
    """Return the map of `model`, which has two latent numbers, for `beta`. Raises DemoError as
    `decode`.
    """
    pictures = model.decode(lattice(PICTURES), beta=beta).cpu()
    fine = model.decode(lattice(READINGS), beta=beta).cpu()
    certainty, readings = reader.probabilities(fine).max(dim=1)
    return Chart(pictures, readings, certainty)


def density(z: Sequence[float]) -> float:
    """Return p(z) of the prior N(0, I) at a point z (2,) of the plane."""
    return math.exp(-(z[0] ** 2 + z[1] ** 2) / 2) / (2 * math.pi)
