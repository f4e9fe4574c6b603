"""Generating: from noise to a picture, step by step, whatever the model draws and whatever it is
told.

The loop is sampling_loop.py's (plainly: `samplers.sample`); here is what answers its calls.
Ho and Salimans, "Classifier-free diffusion guidance" (2022).
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.errors import (
    DemoError,
    check_choice,
    check_list,
    check_number,
    check_seed,
    check_tensor,
    told,
)
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.samplers import EVEN, SAMPLERS, SPACINGS, NoiseLevel, Prediction
from aigc_demo.diffusion.sampling_loop import (
    InitImage,
    ModelCall,
    SamplingLoop,
    run_lockstep,
    sampling_loop,
)
from aigc_demo.diffusion.schedule import Schedule

MAX_PICTURES = 64
MAX_STEPS = 250


@dataclass(frozen=True)
class Conditioning:
    """What each picture is conditioned on, and with which guidance scale."""

    condition: Tensor  # (N, D)
    without: Tensor  # (N, D): nothing, or what is not wanted
    guidance: Tensor  # (N,): 1 is the model itself, more exaggerates what the condition adds

    @classmethod
    def of_all(cls, conditionings: "Sequence[Conditioning]") -> "Conditioning":
        """Return several conditionings as one."""
        return cls(
            *(
                torch.cat([getattr(conditioning, name) for conditioning in conditionings])
                for name in ("condition", "without", "guidance")
            )
        )


@dataclass(frozen=True)
class SamplingRun:
    """Pictures under way, all by one sampler in the same steps, and what the network is told of
    them.
    """

    conditioning: Conditioning
    loop: SamplingLoop


class Denoising(ABC):
    """A denoiser and its schedule. Subclasses say what it draws and what a prompt is."""

    shape: tuple[int, int, int]  # of what is denoised
    bound = math.inf  # no number of a clean picture is larger

    def __init__(self, schedule: Schedule):
        self.schedule = schedule

    @abstractmethod
    def embed_prompt(self, prompts: Sequence) -> Tensor:
        """Return the conditions (N, D) float32 that `prompts` are for the network; raises DemoError
        where one is not understood.
        """

    @abstractmethod
    def null_embedding(self, count: int) -> Tensor:
        """Return the condition (count, D) that asks for nothing in particular."""

    @abstractmethod
    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return v = sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0, as the network predicts it
        (Salimans and Ho, 2022, section 4).
        """

    def pictures(self, x: Tensor) -> Tensor:
        """Return what is denoised as pictures in [-1, 1]."""
        return x

    def latents(self, pictures: Tensor) -> Tensor:
        """Return pictures in [-1, 1] as what is denoised."""
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
        start: InitImage | None = None,
        without: Tensor | None = None,
    ) -> Iterator[DenoiseStep]:
        """Make one picture a prompt, one DenoiseStep a step; picture i is made by seed + i, or by
        its own, whatever the batch.

        steps: 1 to 250, at most as many as the schedule has. guidance: 0 to 10, for all or for
        each; 1 is the model itself, more exaggerates what the prompt adds. eta: 0 to 1, the share
        of fresh noise in DDIM. without: the conditions (N, D) that guidance leads away from, in
        place of none. Raises DemoError when a value is out of its range.
        """
        check_list("prompts", prompts)
        if start is not None and not isinstance(start, InitImage):
            raise DemoError(
                "{field} must be one of {choices}; {value} is not.",
                field="start",
                choices="InitImage",
                value=told(start)[:60],
            )
        if not 1 <= len(prompts) <= MAX_PICTURES:
            raise DemoError(
                "{field} must be from {low} to {high}; {value} is outside.",
                field="pictures",
                low=1,
                high=MAX_PICTURES,
                value=len(prompts),
            )
        condition = self.embed_prompt(prompts)
        seeds = (
            [check_seed(each) for each in seed]
            if isinstance(seed, Sequence) and not isinstance(seed, str)
            else None
        )
        seeds = seeds or [check_seed(seed) + i for i in range(len(prompts))]
        for field, values in (("seed", seeds), ("guidance", guidance)):
            if (
                isinstance(values, Sequence)
                and not isinstance(values, str)
                and len(values) != len(prompts)
            ):
                raise DemoError(
                    "{field} has {count} values; there are {wanted} pictures.",
                    field=field,
                    count=len(values),
                    wanted=len(prompts),
                )
        if without is None:
            without = self.null_embedding(len(prompts))
        check_tensor("without", without, *condition.shape)
        return self.sample(
            condition,
            without,
            steps=steps,
            sampler=sampler,
            guidance=guidance,
            seeds=seeds,
            eta=eta,
            start=start,
        )

    def sample(self, condition: Tensor, without: Tensor, **options: Any) -> Iterator[DenoiseStep]:
        """Run one sampling alone: see `prepare`."""
        return (
            step
            for made in self.run([self.prepare(condition, without, **options)])
            for step in made.values()
        )

    def prepare(
        self,
        condition: Tensor,
        without: Tensor,
        *,
        steps: int,
        sampler: str,
        guidance: float | Sequence[float],
        seeds: Sequence[int],
        eta: float = 0.0,
        start: InitImage | None = None,
        noise: Tensor | None = None,
    ) -> SamplingRun:
        """Return a sampling, to be run: as `denoise`, from conditions (N, D) and what guidance
        leads away from (N, D).

        noise: (N, C, H, W), in place of the seeds' first.
        """
        steps = check_number("steps", steps, 1, min(MAX_STEPS, self.schedule.steps), whole=True)
        loud = (
            guidance
            if isinstance(guidance, Sequence) and not isinstance(guidance, str)
            else [guidance] * len(condition)
        )
        loud = torch.tensor(
            [float(check_number("guidance", each, 0, 10)) for each in loud], device=condition.device
        )
        eta, step = (
            check_number("eta", eta, 0, 1),
            SAMPLERS[check_choice("sampler", sampler, list(SAMPLERS))],
        )
        first = (
            None
            if start is None
            else check_number("t", start.t, 0, self.schedule.steps, whole=True)
        )
        levels = self.schedule.levels(steps, SPACINGS.get(step, EVEN), first=first)
        noises = runtime.NoisePerPicture(seeds)
        x_T = noises.draw(*self.shape) if noise is None else noise  # ~ N(0, I)
        return SamplingRun(
            Conditioning(condition, without, loud),
            sampling_loop(step, levels, noises, x_T, eta=eta, start=start),
        )

    def run(self, samplings: Sequence[SamplingRun]) -> Iterator[dict[int, DenoiseStep]]:
        """Make several samplings at once, whatever their samplers and steps; one call of the
        network a turn. Yields as `run_lockstep`.
        """

        def answer(asked: dict[int, ModelCall]) -> list[Prediction]:
            return self.answer(list(asked.values()), [samplings[i].conditioning for i in asked])

        return run_lockstep([sampling.loop for sampling in samplings], answer)

    def predict(self, x_t: Tensor, level: NoiseLevel, conditioning: Conditioning) -> Prediction:
        """Return the clean picture and the noise that x_t (N, C, H, W) is made of, and what the
        prompt does to the picture.
        """
        return self.answer([ModelCall(x_t, level)], [conditioning])[0]

    @torch.inference_mode()
    def answer(
        self, questions: Sequence[ModelCall], conditionings: Sequence[Conditioning]
    ) -> list[Prediction]:
        """Return what `predict` does, for several questions with one call of the network."""
        sizes = [len(question.x_t) for question in questions]
        t = torch.tensor(
            [question.level.t for question in questions], device=questions[0].x_t.device
        )
        x_t, told = (
            torch.cat([question.x_t for question in questions]),
            Conditioning.of_all(conditionings),
        )
        velocities = self._velocities(
            x_t, t.repeat_interleave(torch.tensor(sizes, device=t.device)), told
        )
        parts = zip(
            *([None] * len(sizes) if v is None else v.split(sizes) for v in velocities), strict=True
        )
        return [
            self._prediction(question, *part)
            for question, part in zip(questions, parts, strict=True)
        ]

    def _prediction(
        self, asked: ModelCall, conditioned: Tensor, unconditioned: Tensor | None, guided: Tensor
    ) -> Prediction:
        x_t, level = asked.x_t, asked.level

        def clean(v: Tensor) -> Tensor:
            return (level.alpha * x_t - level.sigma * v).clamp(-self.bound, self.bound)

        x0_hat = clean(guided)
        noise_hat = (x_t - level.alpha * x0_hat) / level.sigma  # so that the two still make x_t
        return Prediction(
            x0_hat,
            noise_hat,
            clean(conditioned),
            None if unconditioned is None else clean(unconditioned),
        )

    def _velocities(
        self, x_t: Tensor, t: Tensor, conditioning: Conditioning
    ) -> tuple[Tensor, Tensor | None, Tensor]:
        """v with the condition, v without it, and v without plus `guidance` times the difference:
        Ho and Salimans, eq. 6, w = guidance - 1.
        """
        if (conditioning.guidance == 1).all():
            v = self.velocity(x_t, t, conditioning.condition)
            return v, None, v
        both = torch.cat([conditioning.condition, conditioning.without])
        conditioned, unconditioned = self.velocity(
            torch.cat([x_t, x_t]), torch.cat([t, t]), both
        ).chunk(2)
        return (
            conditioned,
            unconditioned,
            unconditioned
            + conditioning.guidance[:, None, None, None] * (conditioned - unconditioned),
        )
