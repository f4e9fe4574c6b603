"""Generating: from noise to a picture, step by step, whatever the model draws and whatever it is told.

Ho et al., "Denoising diffusion probabilistic models" (DDPM, 2020), algorithm 2, with any sampler in place of its last line;
Ho and Salimans, "Classifier-free diffusion guidance" (2022).
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import torch
from torch import Tensor

from aigc_demo import runtime
from aigc_demo.diffusion.samplers import CLEAN, HIGHEST_RATIO, SAMPLERS, Level, Moment, Prediction, Sampler
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.events import DenoiseStep

MOST_PICTURES = 64
MOST_STEPS = 250


@dataclass(frozen=True)
class Start:
    """Where a sampling begins that does not begin with pure noise (Meng et al., "SDEdit", 2022).

    `keep` holds parts of the picture fast: at every level they are the known picture with that level's noise (Lugmayr et al.,
    "RePaint", 2022, eq. 8).
    """

    x_0: Tensor  # (N, C, H, W), what the model works in
    t: int  # steps of the schedule by which it is noised: 0 (not at all) to T (to nothing but noise)
    keep: Tensor | None = None  # (N, 1, H, W) in [0, 1]: 1 where the picture stays


@dataclass(frozen=True)
class Telling:
    """What the network is told of each picture, and how loud."""

    condition: Tensor  # (N, D)
    without: Tensor  # (N, D): nothing, or what is not wanted
    guidance: Tensor  # (N,): 1 is the model itself, more exaggerates what the condition adds


class Denoising(ABC):
    """A denoiser and its schedule. Subclasses say what it draws and what a prompt is."""

    shape: tuple[int, int, int]  # of what is denoised
    bound = math.inf  # no number of a clean picture is larger

    def __init__(self, schedule: Schedule):
        self.schedule = schedule

    @abstractmethod
    def tell(self, prompts: Sequence) -> Tensor:
        """Gives back the conditions (N, D) float32 that `prompts` are for the network; raises DemoError where one is not understood."""

    @abstractmethod
    def tell_nothing(self, count: int) -> Tensor:
        """Gives back the condition (count, D) that asks for nothing in particular."""

    @abstractmethod
    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Gives back v = sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0, as the network predicts it (Salimans and Ho, 2022, section 4)."""

    def pictures(self, x: Tensor) -> Tensor:
        """Gives back what is denoised as pictures in [-1, 1]."""
        return x

    def latents(self, pictures: Tensor) -> Tensor:
        """Gives back pictures in [-1, 1] as what is denoised."""
        return pictures.to(runtime.device())

    def denoise(
        self,
        prompts: Sequence,
        *,
        steps: int = 25,
        sampler: str = "DDIM",
        guidance: float | Sequence[float] = 2.0,
        seed: int | Sequence[int] = 0,
        eta: float = 0.0,
        start: Start | None = None,
        without: Tensor | None = None,
    ) -> Iterator[DenoiseStep]:
        """Makes one picture a prompt, one DenoiseStep a step; picture i is made by seed + i, or by its own, whatever the batch.

        steps: 1 to 250, at most as many as the schedule has. guidance: 0 to 10, for all or for each; 1 is the model itself, more
        exaggerates what the prompt adds. eta: 0 to 1, the share of fresh noise in DDIM. without: the conditions (N, D) that guidance
        leads away from, in place of none. Raises DemoError when a value is out of its range.
        """
        if not 1 <= len(prompts) <= MOST_PICTURES:
            raise DemoError(
                "{field} must be from {low} to {high}; {value} is outside.", field="pictures", low=1, high=MOST_PICTURES, value=len(prompts)
            )
        condition = self.tell(prompts)
        seeds = [check_seed(each) for each in seed] if isinstance(seed, Sequence) and not isinstance(seed, str) else None
        seeds = seeds or [check_seed(seed) + i for i in range(len(prompts))]
        without = self.tell_nothing(len(prompts)) if without is None else without
        return self.sample(condition, without, steps=steps, sampler=sampler, guidance=guidance, seeds=seeds, eta=eta, start=start)

    def sample(
        self,
        condition: Tensor,
        without: Tensor,
        *,
        steps: int,
        sampler: str,
        guidance: float | Sequence[float],
        seeds: Sequence[int],
        eta: float = 0.0,
        start: Start | None = None,
        noise: Tensor | None = None,
    ) -> Iterator[DenoiseStep]:
        """As `denoise`, from conditions (N, D) and what guidance leads away from (N, D); `noise` (N, C, H, W) in place of the seeds' first."""
        steps = check_number("steps", steps, 1, min(MOST_STEPS, self.schedule.steps), whole=True)
        loud = guidance if isinstance(guidance, Sequence) and not isinstance(guidance, str) else [guidance] * len(condition)
        loud = torch.tensor([float(check_number("guidance", each, 0, 10)) for each in loud], device=condition.device)
        eta, step = check_number("eta", eta, 0, 1), SAMPLERS[check_choice("sampler", sampler, list(SAMPLERS))]
        first = None if start is None else check_number("t", start.t, 0, self.schedule.steps, whole=True)
        levels = self.schedule.levels(steps, highest_ratio=HIGHEST_RATIO.get(step, math.inf), first=first)
        return self._sample(Telling(condition, without, loud), step, levels, eta, runtime.NoisePerPicture(seeds), start, noise)

    def _sample(
        self,
        telling: Telling,
        step: Sampler,
        levels: list[Level],
        eta: float,
        noises: runtime.NoisePerPicture,
        start: Start | None,
        noise: Tensor | None,
    ) -> Iterator[DenoiseStep]:
        x_t, before, predict = noises.draw(*self.shape) if noise is None else noise, None, partial(self.predict, telling=telling)  # x_T ~ N(0, I)
        if start is not None:
            x_t = levels[0].alpha * start.x_0 + levels[0].sigma * x_t if levels else start.x_0
            if not levels:
                yield DenoiseStep(0, 1, 0, x_t, x_t, torch.zeros_like(x_t), x_t)
        for index, (now, following) in enumerate(pairwise([*levels, CLEAN])):
            known = predict(x_t, now)
            x_next = step(Moment(x_t, now, following, known.x0_hat, known.noise_hat, noises.draw(*self.shape), eta, predict, before))
            if start is not None and start.keep is not None:
                kept = following.alpha * start.x_0 + following.sigma * noises.draw(*self.shape)
                x_next = start.keep * kept + (1 - start.keep) * x_next
            yield DenoiseStep(index, len(levels), now.t, x_t, known.x0_hat, known.noise_hat, x_next, known.conditioned, known.unconditioned)
            x_t, before = x_next, (now, known.x0_hat)

    @torch.inference_mode()
    def predict(self, x_t: Tensor, level: Level, telling: Telling) -> Prediction:
        """Gives back the clean picture and the noise that x_t (N, C, H, W) is made of, and what the prompt does to the picture."""

        def clean(v: Tensor) -> Tensor:
            return (level.alpha * x_t - level.sigma * v).clamp(-self.bound, self.bound)

        conditioned, unconditioned, v = self._velocities(x_t, torch.full((len(x_t),), level.t, device=x_t.device), telling)
        x0_hat = clean(v)
        noise_hat = (x_t - level.alpha * x0_hat) / level.sigma  # so that the two still make x_t
        return Prediction(x0_hat, noise_hat, clean(conditioned), None if unconditioned is None else clean(unconditioned))

    def _velocities(self, x_t: Tensor, t: Tensor, telling: Telling) -> tuple[Tensor, Tensor | None, Tensor]:
        """v with the condition, v without it, and v without plus `guidance` times the difference: Ho and Salimans, eq. 6, w = guidance - 1."""
        if (telling.guidance == 1).all():
            v = self.velocity(x_t, t, telling.condition)
            return v, None, v
        both = torch.cat([telling.condition, telling.without])
        conditioned, unconditioned = self.velocity(torch.cat([x_t, x_t]), torch.cat([t, t]), both).chunk(2)
        return conditioned, unconditioned, unconditioned + telling.guidance[:, None, None, None] * (conditioned - unconditioned)
