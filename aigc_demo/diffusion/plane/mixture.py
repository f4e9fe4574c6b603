"""What a network could learn at best: the density and the score of the noised data, in closed form.

The data are a mixture of equal Gaussians. With noise they are one again, x_t = alpha x_0 + sigma
noise, of the same number of Gaussians: centres alpha c_k, variance alpha^2 spread^2 + sigma^2.
"""

import math
from typing import overload

import torch
from torch import Tensor

from aigc_demo.core import toy_data
from aigc_demo.core.toy_data import Shape
from aigc_demo.diffusion.samplers import NoiseLevel

Amount = float | Tensor  # of picture or of noise: one for all points, or (N, 1)


@overload
def variance(shape: Shape, alpha: float, sigma: float) -> float: ...


@overload
def variance(shape: Shape, alpha: Amount, sigma: Amount) -> Amount: ...


def variance(shape: Shape, alpha: Amount, sigma: Amount) -> Amount:
    """Return the variance of each Gaussian of the noised data."""
    return (alpha * shape.spread) ** 2 + sigma**2


def log_density(shape: Shape, x: Tensor, alpha: Amount, sigma: Amount) -> Tensor:
    """Return ln p_t (N,) at points x (N, 2), in nats."""
    spread = variance(shape, alpha, sigma)
    away = (x[:, None] - _column(alpha) * shape.centres).square().sum(dim=2)  # (N, K)
    bells = torch.logsumexp(-away / (2 * spread), dim=1) - math.log(len(shape.centres))
    return bells - torch.log(math.tau * torch.as_tensor(spread)).reshape(-1)


def score(shape: Shape, x: Tensor, alpha: Amount, sigma: Amount) -> Tensor:
    """Return the gradient of ln p_t (N, 2) at points x (N, 2): the way in which the noised data
    become denser.
    """
    return (alpha * _mean_centre(shape, x, alpha, sigma) - x) / variance(shape, alpha, sigma)


def velocity(shape: Shape, x: Tensor, alpha: Amount, sigma: Amount) -> Tensor:
    """Return E[v | x] (N, 2), the best prediction of v = alpha noise - sigma x_0; no network has a
    smaller loss.

    E[noise | x] = -sigma score (Vincent, "A connection between score matching and denoising
    autoencoders", 2011).
    """
    centre, spread = _mean_centre(shape, x, alpha, sigma), variance(shape, alpha, sigma)
    away = x - alpha * centre
    clean = centre + alpha * shape.spread**2 / spread * away  # E[x_0 | x]
    return alpha * sigma * away / spread - sigma * clean


def uncertainty(shape: Shape, x: Tensor, alpha: Amount, sigma: Amount) -> Tensor:
    """Return the mean over both coordinates of Var[v | x] (N,): the squared error of the best
    prediction, which nobody can avoid.

    v = (alpha x - x_0) / sigma. Given x, x_0 is of Gaussian k with variance spread^2 sigma^2 /
    variance, about a mean that moves by sigma^2 / variance with c_k.
    """
    spread = variance(shape, alpha, sigma)
    centre = _nearness(shape, x, alpha, sigma) @ shape.centres
    square = _nearness(shape, x, alpha, sigma) @ shape.centres.square()
    between = (square - centre.square()).clamp(min=0)
    return (shape.spread**2 / spread + sigma**2 / spread**2 * between).mean(dim=1)


def density_on_cells(shape: Shape, level: NoiseLevel) -> Tensor:
    """Return the noised data's probability (1600,) in each of `toy_data.cell_centres`."""
    return toy_data.cell_probabilities(
        level.alpha * shape.centres, variance(shape, level.alpha, level.sigma) ** 0.5
    )


def _mean_centre(shape: Shape, x: Tensor, alpha: Amount, sigma: Amount) -> Tensor:
    return _nearness(shape, x, alpha, sigma) @ shape.centres


def _nearness(shape: Shape, x: Tensor, alpha: Amount, sigma: Amount) -> Tensor:
    """Return the probability (N, K) that x is of each Gaussian."""
    # of -|x - alpha c|^2 / 2 what differs
    nearness = alpha * (x @ shape.centres.T) - alpha**2 * shape.centres.square().sum(dim=1) / 2
    return (nearness / variance(shape, alpha, sigma)).softmax(dim=1)


def _column(alpha: Amount) -> Amount:
    return alpha[:, None] if isinstance(alpha, Tensor) else alpha  # beside (N, K, 2)
