"""How much noise at which step, and the forward process that adds it."""

import math
from functools import cached_property

import torch
from torch import Tensor

from aigc_demo.diffusion.samplers import EVEN, NoiseLevel, Spacing

RHO = 7  # Karras et al., table 1
MIN_RATIO = 0.1  # the most noise of the last level: at which digit FID is best with few steps
MIN_KARRAS_STEPS = 4  # below which even spacing is better: of fewer, one would be too long


class Schedule:
    """The cosine schedule of Nichol and Dhariwal, "Improved denoising diffusion probabilistic
    models" (2021), eq. 17.

    beta_t is the variance of the noise added at step t; alpha_bar_t, the product of all (1 - beta),
    is what is left of the picture's variance: 1 is the picture, 0 is noise.
    """

    def __init__(self, steps: int = 1000, max_beta: float = 0.999):
        self.steps = steps
        self.max_beta = max_beta

    @cached_property
    def alpha_bar(self) -> Tensor:
        """alpha_bar_t (T,) float32 for t = 0 ... T - 1, falling from nearly 1 to nearly 0."""
        T = self.steps
        remaining = [math.cos((t / T + 0.008) / 1.008 * math.pi / 2) ** 2 for t in range(T + 1)]
        betas = [
            min(1 - later / now, self.max_beta)
            for now, later in zip(remaining, remaining[1:], strict=False)
        ]
        return torch.cumprod(1 - torch.tensor(betas), dim=0)

    def add_noise(self, x_0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """Return x_t = sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) noise, for t (N,) int64: DDPM,
        eq. 4.

        Pictures and noise are (N, C, H, W) float32.
        """
        alpha_bar = self.alpha_bar.to(x_0.device)[t][:, None, None, None]
        return alpha_bar.sqrt() * x_0 + (1 - alpha_bar).sqrt() * noise

    def timesteps(
        self, steps: int, spacing: Spacing = EVEN, *, first: int | None = None
    ) -> list[int]:
        """Return `steps` falling values of t. The first is the noisiest level that `spacing`
        allows, T - 1 where it allows all; of a picture that is noised by `first` steps it is that
        level, and there are at most `first` values.

        Even ones are spaced as "trailing" (Lin et al., 2024, table 2), the others evenly in the
        seventh root of sigma / alpha (Karras et al., 2022, eq. 5), rounded to the nearest level
        that is not taken; they end where even ones do, or below. Fewer than four are even.
        """
        usable = self.steps if first is None else first
        if math.isfinite(spacing.max_edm_sigma):
            usable = min(usable, max(int((self._ratios <= spacing.max_edm_sigma).sum()), steps))
        steps = min(steps, usable)
        even = [round(usable * (steps - i) / steps) - 1 for i in range(steps)]
        return self._as_karras(even) if spacing.karras and steps >= MIN_KARRAS_STEPS else even

    def _as_karras(self, even: list[int]) -> list[int]:
        highest = self._ratios[even[0]].item()
        lowest = min(self._ratios[even[-1]].item(), MIN_RATIO)
        roots = torch.linspace(highest ** (1 / RHO), lowest ** (1 / RHO), len(even))
        nearest = (self._ratios.log()[:, None] - RHO * roots.log()).abs().argmin(dim=0).tolist()
        timesteps = [even[0] + 1]
        for to_come, t in zip(reversed(range(len(even))), nearest, strict=True):
            timesteps.append(max(min(t, timesteps[-1] - 1), to_come))
        return timesteps[1:]

    @cached_property
    def _ratios(self) -> Tensor:
        return ((1 - self.alpha_bar) / self.alpha_bar).sqrt()

    def levels(
        self, steps: int, spacing: Spacing = EVEN, *, first: int | None = None
    ) -> list[NoiseLevel]:
        """Return the levels of noise at `timesteps`, the noisiest first."""
        return [self.level(t) for t in self.timesteps(steps, spacing, first=first)]

    def level(self, t: int) -> NoiseLevel:
        """Return the level of noise at step t."""
        alpha_bar = self.alpha_bar[t].item()
        return NoiseLevel(t, alpha_bar**0.5, (1 - alpha_bar) ** 0.5)
