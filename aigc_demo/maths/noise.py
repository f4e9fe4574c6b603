"""Noise in closed form: how a diffusion adds it, how fast by which schedule, and what a VAE's bound
is made of.

Ho et al., "Denoising diffusion probabilistic models" (2020), eq. 4; Nichol and Dhariwal (2021), eq.
17; Kingma and Welling, "Auto-encoding variational Bayes" (2014), section 2.2.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core.errors import check_choice, check_number
from aigc_demo.maths.divergence import Gaussian, kl_gaussians

STEPS = 1000
SCHEDULES = ["linear", "cosine"]


def alpha_bar(schedule: object) -> Tensor:
    """Return alpha_bar_t (1000,) float64, what is left of the data's variance after step t; raises
    DemoError for an unknown schedule.
    """
    if check_choice("schedule", schedule, SCHEDULES) == "linear":
        beta = torch.linspace(1e-4, 0.02, STEPS, dtype=torch.float64)
    else:
        t = torch.arange(STEPS + 1, dtype=torch.float64) / STEPS
        left = torch.cos((t + 0.008) / 1.008 * math.pi / 2) ** 2
        beta = (1 - left[1:] / left[:-1]).clamp(max=0.999)
    return torch.cumprod(1 - beta, dim=0)


@dataclass(frozen=True)
class Noised:
    """q(x_t | x_0) = N(mean, width^2), and its ratio of signal to noise."""

    alpha_bar: float
    mean: float  # sqrt(alpha_bar) x_0
    width: float  # sqrt(1 - alpha_bar)
    snr: float  # alpha_bar / (1 - alpha_bar)
    decibels: float  # 10 log10 of that


def noised(x_0: object, t: object, schedule: object) -> Noised:
    """Return what becomes of `x_0` after step `t`, 0 to 999. Raises DemoError when a value is out
    of its range.
    """
    x_0, t = check_number("x₀", x_0, -10, 10), check_number("t", t, 0, STEPS - 1, whole=True)
    left = alpha_bar(schedule)[t].item()
    return Noised(
        left,
        left**0.5 * x_0,
        (1 - left) ** 0.5,
        left / (1 - left),
        10 * math.log10(left / (1 - left)),
    )


@dataclass(frozen=True)
class Elbo:
    """A VAE in one dimension, in closed form, in nats: ln p(x) = (reconstruction - kl) + gap."""

    reconstruction: float  # E_q[ln p(x | z)]
    kl: float  # D(q(z | x) || p(z))
    elbo: float
    evidence: float  # ln p(x)
    gap: float  # evidence - elbo, which is D(q(z | x) || p(z | x))
    posterior_mean: float  # of the true p(z | x)
    posterior_width: float


def elbo(x: object, mean: float, width: float, slope: object, spread: object) -> Elbo:
    """Return the bound for the observation `x` and the encoder's q = N(mean, width^2).

    The prior is N(0, 1), the decoder N(slope z, spread^2). Raises DemoError when a value is out of
    its range.
    """
    x, a, s = (
        check_number("x", x, -10, 10),
        check_number("slope", slope, -5, 5),
        check_number("spread", spread, 0.1, 5),
    )
    q = Gaussian(mean, width)
    reconstruction = -0.5 * math.log(2 * math.pi * s**2) - (
        (x - a * q.mean) ** 2 + (a * q.width) ** 2
    ) / (2 * s**2)
    kl = kl_gaussians(q, Gaussian(0, 1))
    evidence = (
        Gaussian(0, math.hypot(a, s)).log_density(torch.tensor(x, dtype=torch.float64)).item()
    )
    precision = 1 + (a / s) ** 2
    bound = reconstruction - kl
    return Elbo(
        reconstruction,
        kl,
        bound,
        evidence,
        evidence - bound,
        a * x / s**2 / precision,
        precision**-0.5,
    )
