"""How much noise at which step, and the forward process that adds it."""

import math
from functools import cached_property

import torch
from torch import Tensor

from aigc_demo.diffusion.samplers import Level


class Schedule:
    """The cosine schedule of Nichol and Dhariwal, "Improved denoising diffusion probabilistic models" (2021), eq. 17.

    beta_t is the variance of the noise added at step t; alpha_bar_t, the product of all (1 - beta), is what is left of
    the picture's variance: 1 is the picture, 0 is noise.
    """

    def __init__(self, steps: int = 1000, largest_beta: float = 0.999):
        self.steps = steps
        self.largest_beta = largest_beta

    @cached_property
    def alpha_bar(self) -> Tensor:
        """alpha_bar_t (T,) float32 for t = 0 ... T - 1, falling from nearly 1 to nearly 0."""
        T = self.steps
        remaining = [math.cos((t / T + 0.008) / 1.008 * math.pi / 2) ** 2 for t in range(T + 1)]
        beta = torch.tensor([min(1 - later / now, self.largest_beta) for now, later in zip(remaining, remaining[1:], strict=False)])
        return torch.cumprod(1 - beta, dim=0)

    def add_noise(self, x_0: Tensor, noise: Tensor, t: Tensor) -> Tensor:
        """Gives back x_t = sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) noise, for t (N,) int64: DDPM, eq. 4.

        Pictures and noise are (N, C, H, W) float32.
        """
        alpha_bar = self.alpha_bar.to(x_0.device)[t][:, None, None, None]
        return alpha_bar.sqrt() * x_0 + (1 - alpha_bar).sqrt() * noise

    def timesteps(self, steps: int, *, highest_ratio: float = math.inf, first: int | None = None) -> list[int]:
        """Gives back `steps` values of t from T - 1 downwards, evenly spaced ("trailing": Lin et al., 2024, table 2).

        Below a finite `highest_ratio` of noise to picture they begin at the noisiest level that does not exceed it, and of a picture
        that is noised by `first` steps at its level, at most one value a step.
        """
        usable = self.steps if first is None else first
        if math.isfinite(highest_ratio):
            usable = min(usable, max(int((self.alpha_bar * highest_ratio**2 >= 1 - self.alpha_bar).sum()), steps))
        steps = min(steps, usable)
        return [round(usable * (steps - i) / steps) - 1 for i in range(steps)]

    def levels(self, steps: int, *, highest_ratio: float = math.inf, first: int | None = None) -> list[Level]:
        """Gives back the levels of noise at `timesteps`, the noisiest first."""
        return [self.level(t) for t in self.timesteps(steps, highest_ratio=highest_ratio, first=first)]

    def level(self, t: int) -> Level:
        """Gives back the level of noise at step t."""
        alpha_bar = self.alpha_bar[t].item()
        return Level(t, alpha_bar**0.5, (1 - alpha_bar) ** 0.5)
