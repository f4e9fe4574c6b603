"""The latent space of an autoencoder with two latents, decoded on a grid, and the classes that a
classifier gives the pictures.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from aigc_demo.vae.model import VaeModel

EXTENT = 3.0  # the grid reaches from -3 to 3 both ways: 99.5 % of the prior
PICTURES, CLASSES = 20, 30  # points a side: of the pictures shown, and of those classified


class DigitClassifier(Protocol):
    """A classifier of digits, such as `judge.model.Judge` is."""

    def probabilities(self, pictures: Tensor) -> Tensor:
        """Return (N, 10) for pictures (N, 1, 28, 28) in [-1, 1]."""
        ...


@dataclass(frozen=True)
class LatentGrid:
    """The decoded latent plane, row by row from the top left: z_1 grows to the right, z_2
    upwards.
    """

    pictures: Tensor  # (400, 1, 28, 28) in [-1, 1]
    classes: Tensor  # the most probable digit (900,) int64 at each point of a finer grid
    confidence: Tensor  # its probability (900,)


def grid_points(side: int) -> Tensor:
    """Return the middles of side by side equal cells of the plane, (side * side, 2), row by row
    from the top left.
    """
    steps = (torch.arange(side) + 0.5) * (2 * EXTENT / side) - EXTENT
    down, right = torch.meshgrid(-steps, steps, indexing="ij")
    return torch.stack([right.flatten(), down.flatten()], dim=1)


def decode_grid(model: VaeModel, classifier: DigitClassifier, *, beta: float = 1.0) -> LatentGrid:
    """Return the decoded grid of `model`, which has two latents, for `beta`. Raises DemoError as
    `decode`.
    """
    pictures = model.decode(grid_points(PICTURES), beta=beta).cpu()
    fine = model.decode(grid_points(CLASSES), beta=beta).cpu()
    confidence, classes = classifier.probabilities(fine).max(dim=1)
    return LatentGrid(pictures, classes, confidence)


def prior_density(z: Sequence[float]) -> float:
    """Return p(z) of the prior N(0, I) at a point z (2,) of the plane."""
    return math.exp(-(z[0] ** 2 + z[1] ** 2) / 2) / (2 * math.pi)
