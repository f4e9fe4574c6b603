"""Generating: from noise to a picture, step by step, whatever the model draws and whatever it is
conditioned on.

The loop is sampling_loop.py's (plainly: `samplers.sample`); here are its predictions.
Ho and Salimans, "Classifier-free diffusion guidance" (2022).
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeGuard

import torch
from torch import Tensor

from aigc_demo.core import batching, runtime
from aigc_demo.core.batching import Call
from aigc_demo.core.errors import (
    DemoError,
    check_choice,
    check_list,
    check_number,
    check_seed,
    check_tensor,
    printable,
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
    negative: Tensor  # (N, D): the null embedding, or a negative prompt's
    guidance: Tensor  # (N,): 1 is the model itself, more exaggerates what the condition adds

    @classmethod
    def of_all(cls, conditionings: "Sequence[Conditioning]") -> "Conditioning":
        """Return several conditionings as one."""
        return cls(
            *(
                torch.cat([getattr(conditioning, name) for conditioning in conditionings])
                for name in ("condition", "negative", "guidance")
            )
        )


@dataclass(frozen=True)
class SamplingRun:
    """A batch being sampled, all by one sampler in the same steps, and its conditioning."""

    conditioning: Conditioning
    loop: SamplingLoop


class Denoising(ABC):
    """A denoiser and its schedule. Subclasses say what it draws and what a prompt is."""

    shape: tuple[int, int, int]  # of what is denoised
    clip_range = math.inf  # the predicted x_0 is clipped to +- this

    def __init__(self, schedule: Schedule):
        self.schedule = schedule

    @abstractmethod
    def embed_prompt(self, prompts: Sequence) -> Tensor:
        """Return the embeddings (N, D) float32 of `prompts`; raises DemoError where one cannot be
        read.
        """

    @abstractmethod
    def null_embedding(self, count: int) -> Tensor:
        """Return the embedding (count, D) of no prompt."""

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
        negative: Tensor | None = None,
    ) -> Iterator[DenoiseStep]:
        """Make one picture a prompt, one DenoiseStep a step; picture i is made by seed + i, or by
        its own, whatever the batch.

        steps: 1 to 250, at most as many as the schedule has. guidance: 0 to 10, for all or for
        each; 1 is the model itself, more exaggerates what the prompt adds. eta: 0 to 1, the share
        of fresh noise in DDIM. negative: the conditions (N, D) that guidance leads away from, in
        place of the null embedding. Raises DemoError when a value is out of its range.
        """
        check_list("prompts", prompts)
        _check_start(start)
        _check_count(len(prompts))
        condition = self.embed_prompt(prompts)
        seeds = _seeds(seed, len(prompts))
        _check_length("seed", seeds, len(prompts))
        _check_length("guidance", guidance, len(prompts))
        if negative is None:
            negative = self.null_embedding(len(prompts))
        check_tensor("negative", negative, *condition.shape)
        return self.sample(
            condition,
            negative,
            steps=steps,
            sampler=sampler,
            guidance=guidance,
            seeds=seeds,
            eta=eta,
            start=start,
        )

    def sample(self, condition: Tensor, negative: Tensor, **options: Any) -> Iterator[DenoiseStep]:
        """Run one sampling alone: see `prepare`."""
        return (
            step
            for made in self.run([self.prepare(condition, negative, **options)])
            for step in made.values()
        )

    def prepare(
        self,
        condition: Tensor,
        negative: Tensor,
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
        each = guidance if _is_list(guidance) else [guidance] * len(condition)
        scales = [float(check_number("guidance", scale, 0, 10)) for scale in each]
        eta = check_number("eta", eta, 0, 1)
        step = SAMPLERS[check_choice("sampler", sampler, list(SAMPLERS))]
        first = None
        if start is not None:
            first = check_number("t", start.t, 0, self.schedule.steps, whole=True)
        levels = self.schedule.levels(steps, SPACINGS.get(step, EVEN), first=first)
        noises = runtime.NoisePerPicture(seeds)
        x_T = noises.draw(*self.shape) if noise is None else noise  # ~ N(0, I)
        return SamplingRun(
            Conditioning(condition, negative, torch.tensor(scales, device=condition.device)),
            sampling_loop(step, levels, noises, x_T, eta=eta, start=start),
        )

    def run(self, samplings: Sequence[SamplingRun]) -> Iterator[dict[int, DenoiseStep]]:
        """Make several samplings at once, whatever their samplers and steps; one call of the
        network a turn. Yields as `run_lockstep`.
        """

        def call(calls: dict[int, ModelCall]) -> Call:
            asked = [(call, samplings[i].conditioning) for i, call in calls.items()]
            return Call(self._predict_calls, asked, sum(len(call.x_t) for call in calls.values()))

        return batching.run(run_lockstep([sampling.loop for sampling in samplings], call))

    def _predict_calls(
        self, asked: list[list[tuple[ModelCall, Conditioning]]]
    ) -> list[list[Prediction]]:
        """Return the predictions of several runs, in one call of the network."""
        pairs = [pair for each in asked for pair in each]
        calls, conditionings = zip(*pairs, strict=True)
        predictions = iter(self.predict_batch(calls, conditionings))
        return [[*islice(predictions, len(each))] for each in asked]

    def predict(self, x_t: Tensor, level: NoiseLevel, conditioning: Conditioning) -> Prediction:
        """Return the clean picture and the noise that x_t (N, C, H, W) is made of, and what the
        prompt does to the picture.
        """
        return self.predict_batch([ModelCall(x_t, level)], [conditioning])[0]

    @torch.inference_mode()
    def predict_batch(
        self, calls: Sequence[ModelCall], conditionings: Sequence[Conditioning]
    ) -> list[Prediction]:
        """Return what `predict` does, for several calls at once: the network is called once, with
        each call's condition and, where guidance is not 1, without it.
        """
        guided = [i for i, each in enumerate(conditionings) if (each.guidance != 1).any()]
        passes = [(calls[i], each.condition) for i, each in enumerate(conditionings)]
        passes += [(calls[i], conditionings[i].negative) for i in guided]
        velocities = self.velocity(
            torch.cat([call.x_t for call, _ in passes]),
            torch.cat([torch.full((len(c),), call.level.t, device=c.device) for call, c in passes]),
            torch.cat([condition for _, condition in passes]),
        ).split([len(call.x_t) for call, _ in passes])
        unconditioned = dict(zip(guided, velocities[len(calls) :], strict=True))
        return [
            self._prediction(call, velocities[i], unconditioned.get(i), conditionings[i].guidance)
            for i, call in enumerate(calls)
        ]

    def _prediction(
        self, call: ModelCall, v: Tensor, unconditioned: Tensor | None, guidance: Tensor
    ) -> Prediction:
        """Return what x_t is made of, from v with the condition and v without it: Ho and Salimans,
        eq. 6, w = guidance - 1.
        """
        x_t, level = call.x_t, call.level

        def clean(v: Tensor) -> Tensor:
            return (level.alpha * x_t - level.sigma * v).clamp(-self.clip_range, self.clip_range)

        if unconditioned is None:
            x0_hat = clean(v)
        else:
            scale = guidance[:, None, None, None]
            x0_hat = clean(unconditioned + scale * (v - unconditioned))
        noise_hat = (x_t - level.alpha * x0_hat) / level.sigma  # so that the two still make x_t
        without = None if unconditioned is None else clean(unconditioned)
        return Prediction(x0_hat, noise_hat, clean(v), without)


def _is_list(value: object) -> TypeGuard[Sequence]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _seeds(seed: int | Sequence[int], count: int) -> list[int]:
    """Return the pictures' own seeds where they are given, else `count` from the first on."""
    own = [check_seed(each) for each in seed] if _is_list(seed) else []
    return own or [check_seed(seed) + i for i in range(count)]


def _check_start(start: object) -> None:
    if start is not None and not isinstance(start, InitImage):
        raise DemoError(
            "{field} must be one of {choices}; {value} is not.",
            field="start",
            choices="InitImage",
            value=printable(start)[:60],
        )


def _check_count(count: int) -> None:
    if not 1 <= count <= MAX_PICTURES:
        raise DemoError(
            "{field} must be from {low} to {high}; {value} is outside.",
            field="pictures",
            low=1,
            high=MAX_PICTURES,
            value=count,
        )


def _check_length(field: str, values: object, wanted: int) -> None:
    if _is_list(values) and len(values) != wanted:
        raise DemoError(
            "{field} has {count} values; there are {wanted} pictures.",
            field=field,
            count=len(values),
            wanted=wanted,
        )
