"""How far the generated points are from the real ones: densities on cells, the divergences between
them, and the best discriminator.

Both densities are blurred by the same kernel, without which no divergence between samples is
finite; so what is measured is a little smaller than the divergences of the distributions
themselves.
"""

import math

import torch
from torch import Tensor

from aigc_demo.core.toy_data import Shape, cell_probabilities

BLUR = 0.12  # the kernel's standard deviation; a cell is 0.15 wide
# Share of an even density in both: what no sample reached is unlikely, not impossible.
UNIFORM = 1e-3


def density(points: Tensor, spread: float) -> Tensor:
    """Return probabilities (1601,) of the cells when a Gaussian stands at each of `points` (N, 2);
    the last: of being outside.
    """
    inside = cell_probabilities(points, spread)
    both = torch.cat([inside, (1 - inside.sum()).clamp(min=0)[None]])
    return (1 - UNIFORM) * both / both.sum() + UNIFORM / len(both)


def density_of_shape(shape: Shape) -> Tensor:
    """Return the probabilities (1601,) of a shape, exactly, blurred like samples are."""
    return density(shape.centres, math.hypot(shape.spread, BLUR))


def density_of_samples(points: Tensor) -> Tensor:
    """Return the probabilities (1601,) of samples (N, 2): a kernel density estimate."""
    return density(points, BLUR)


def kl(p: Tensor, q: Tensor) -> float:
    """Return KL(p || q) in nats."""
    return (p * (p / q).log()).sum().item()


def js(p: Tensor, q: Tensor) -> float:
    """Return the Jensen-Shannon divergence in nats, from 0 to ln 2."""
    middle = (p + q) / 2
    return (kl(p, middle) + kl(q, middle)) / 2


def optimal_discriminator(p: Tensor, q: Tensor) -> Tensor:
    """Return D* = p / (p + q), the best discriminator for a fixed generator (Goodfellow et al.,
    2014, proposition 1).

    Least squares with targets 1 and 0 have the same optimum (Mao et al., 2017, eq. 5); the
    Wasserstein critic has another.
    """
    return p / (p + q)
