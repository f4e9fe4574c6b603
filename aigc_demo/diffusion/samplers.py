"""Six samplers on one interface: from what is known at one level of noise to the picture at the
next.

Read `sample` first: the plain sampling loop. `sampling_loop.py` gives the same for many at once.

x_t = alpha x_0 + sigma noise at every level (Kingma et al., "Variational diffusion models", 2021);
here alpha^2 = alpha_bar and sigma^2 = 1 - alpha_bar. Three of the samplers solve the differential
equation dx/ds = noise_hat(x, s) for x = x_t / alpha over s = sigma / alpha (Song et al., DDIM,
2021, eq. 14; Karras et al., "Elucidating the design space", 2022, eq. 1).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor


@dataclass(frozen=True)
class NoiseLevel:
    """How much picture and how much noise there is in x_t."""

    t: int  # step of the schedule, on which the network is conditioned
    alpha: float
    sigma: float

    @property
    def edm_sigma(self) -> float:
        """Noise over picture, sigma / alpha: the sigma of Karras et al."""
        return self.sigma / self.alpha

    @property
    def half_log_snr(self) -> float:
        """Half the logarithm of the signal-to-noise ratio, lambda = ln(alpha / sigma); infinite
        without noise.
        """
        return math.log(self.alpha / self.sigma) if self.sigma else math.inf


CLEAN = NoiseLevel(-1, 1.0, 0.0)


@dataclass(frozen=True)
class Prediction:
    """What x_t is made of: x_t = alpha x0_hat + sigma noise_hat."""

    x0_hat: Tensor  # the clean picture
    noise_hat: Tensor
    # the clean picture with the prompt alone, before guidance, and ...
    conditioned: Tensor | None = None
    unconditioned: Tensor | None = None  # ... without it; None where it was not predicted


Predict = Callable[[Tensor, NoiseLevel], Prediction]


@dataclass(frozen=True)
class SamplerState:
    """The inputs of a sampler's step. Pictures are (N, C, H, W) float32."""

    x_t: Tensor
    now: NoiseLevel
    next: NoiseLevel
    x0_hat: Tensor  # the clean picture predicted from x_t, and ...
    noise_hat: Tensor  # ... the noise: x_t = alpha x0_hat + sigma noise_hat
    noise: Tensor  # fresh, N(0, I)
    eta: float  # DDIM's share of fresh noise
    predict: Predict | None  # calls the network again; only of those in SECOND_ORDER_PREDICTOR
    before: tuple[NoiseLevel, Tensor] | None  # the step before: its level and its x0_hat


def ddpm(m: SamplerState) -> Tensor:
    """Return a draw from q(x_s | x_t, x0_hat): Ho et al., DDPM, 2020, eq. 6 and 7, with the smaller
    variance of section 3.2.
    """
    alpha = (m.now.alpha / m.next.alpha) ** 2
    beta = 1 - alpha
    mean = (m.next.alpha * beta * m.x0_hat + alpha**0.5 * m.next.sigma**2 * m.x_t) / m.now.sigma**2
    return mean + m.next.sigma / m.now.sigma * beta**0.5 * m.noise


def ddim(m: SamplerState) -> Tensor:
    """Return alpha_s x0_hat + sqrt(sigma_s^2 - w^2) noise_hat + w noise: Song et al., DDIM, eq. 12
    and 16; eta 0 is free of chance.
    """
    w = m.eta * m.next.sigma / m.now.sigma * (1 - (m.now.alpha / m.next.alpha) ** 2) ** 0.5
    return m.next.alpha * m.x0_hat + (m.next.sigma**2 - w**2) ** 0.5 * m.noise_hat + w * m.noise


def euler(m: SamplerState) -> Tensor:
    """Follow the slope at the start: Karras et al., section 3. On the same levels it is DDIM with
    eta 0.
    """
    return m.next.alpha * (m.x_t / m.now.alpha + (m.next.edm_sigma - m.now.edm_sigma) * m.noise_hat)


def heun(m: SamplerState) -> Tensor:
    """Follow the mean of the slopes at the start and at Euler's end: Karras et al., algorithm 1.
    Two predictions a step, one the last.
    """
    end = euler(m)
    if m.next.sigma == 0:
        return end
    assert m.predict is not None  # it is in SECOND_ORDER_PREDICTOR
    slope = (m.noise_hat + m.predict(end, m.next).noise_hat) / 2
    return m.next.alpha * (m.x_t / m.now.alpha + (m.next.edm_sigma - m.now.edm_sigma) * slope)


def dpm_solver(m: SamplerState) -> Tensor:
    """Extend the line through the last two x0_hat: Lu et al., "DPM-Solver++", 2022, algorithm 2
    (2M). The first and the last step take one.
    """
    h = m.next.half_log_snr - m.now.half_log_snr
    return m.next.sigma / m.now.sigma * m.x_t - m.next.alpha * math.expm1(-h) * _extrapolated_x0(m)


def sde_dpm_solver(m: SamplerState) -> Tensor:
    """Do the same with fresh noise at each step, which corrects earlier errors: Lu et al.,
    section 5, SDE-DPM-Solver++(2M).
    """
    decay = math.exp(m.now.half_log_snr - m.next.half_log_snr)  # e^-h: of the last noise, and ...
    fresh = 1 - decay**2  # ... of the variance, what is fresh
    return (
        m.next.sigma / m.now.sigma * decay * m.x_t
        + m.next.alpha * fresh * _extrapolated_x0(m)
        + m.next.sigma * fresh**0.5 * m.noise
    )


def _extrapolated_x0(m: SamplerState) -> Tensor:
    """Return the clean picture as it is half-way through the step, if it goes on as from the step
    before to this one.
    """
    if not m.before or not m.next.sigma:
        return m.x0_hat
    level, earlier = m.before
    r = (m.now.half_log_snr - level.half_log_snr) / (m.next.half_log_snr - m.now.half_log_snr)
    return (1 + 1 / (2 * r)) * m.x0_hat - 1 / (2 * r) * earlier


Sampler = Callable[[SamplerState], Tensor]


def sample(
    predict: Predict,
    levels: Sequence[NoiseLevel],
    x_T: Tensor,
    step: Sampler = ddim,
    *,
    eta: float = 0.0,
    fresh: Callable[[Tensor], Tensor] = torch.randn_like,
) -> Tensor:
    """Return what `step` makes of the noise x_T (N, C, H, W) on its way through `levels`, the
    noisiest first: the plain sampling loop.

    `predict` is the network. `fresh` draws new noise like x_t, of which DDIM with eta 0 and the
    solvers make no use. Models use sampling_loop.py instead, which is the same loop for
    many pictures at once.
    """
    x_t, before = x_T, None
    for now, following in pairwise([*levels, CLEAN]):
        known = predict(x_t, now)
        state = SamplerState(
            x_t, now, following, known.x0_hat, known.noise_hat, fresh(x_t), eta, predict, before
        )
        x_t, before = step(state), (now, known.x0_hat)
    return x_t


# those that call the network again in a step, and what finds the place where they do
SECOND_ORDER_PREDICTOR: dict[Sampler, Sampler] = {heun: euler}


@dataclass(frozen=True)
class Spacing:
    """Which levels of noise a sampler passes."""

    # where it begins: the equation's variable grows without bound (Karras et al., table 1: 80)
    max_edm_sigma: float = math.inf
    karras: bool = False  # more of them where there is little noise or much, instead of evenly in t


EVEN = Spacing()
# the others: EVEN
SPACINGS: dict[Sampler, Spacing] = {
    euler: Spacing(80.0),
    **dict.fromkeys((heun, dpm_solver, sde_dpm_solver), Spacing(80.0, karras=True)),
}
SAMPLERS: dict[str, Sampler] = {
    "DDIM": ddim,
    "DDPM": ddpm,
    "Euler": euler,
    "Heun": heun,
    "DPM-Solver++(2M)": dpm_solver,
    "SDE-DPM-Solver++": sde_dpm_solver,
}
