"""What a diffusion model did, as pictures: one a step."""

import math

import numpy as np
import torch
from torch import Tensor

from aigc_demo.core import images, runtime
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.schedule import Schedule

MAX_NOISE = 2.5  # standard deviations: what is shown as black or white, in pictures of noise
AMPLIFIED = 2  # times: what guidance finds between two predictions


def frame(step: DenoiseStep, schedule: Schedule) -> list[np.ndarray]:
    """Return pictures (H, W, C) uint8, each with all of the batch: x_t, the predicted x_0, the
    predicted noise.

    Where guidance was at work three more follow: the x_0 predicted with the prompt alone, that
    without it, and their difference, AMPLIFIED, in which grey is none.
    """
    shown = [step.x_t / display_scale(schedule, step.t), step.x0_hat, step.noise_hat / MAX_NOISE]
    return [*map(_sheet, shown), *_of_guidance(step)]


def last_frame(step: DenoiseStep) -> list[np.ndarray]:
    """Return the pictures after the last step, as `frame`: the result, the same, and no noise; what
    guidance found stays as it was last.
    """
    result = _sheet(step.x_next)
    return [result, result, np.full_like(result, 128), *_of_guidance(step)]


def _of_guidance(step: DenoiseStep) -> list[np.ndarray]:
    if step.conditioned is None or step.unconditioned is None:
        return []
    return [
        _sheet(pictures)
        for pictures in (
            step.conditioned,
            step.unconditioned,
            AMPLIFIED * (step.conditioned - step.unconditioned),
        )
    ]


def forward(x_0: Tensor, schedule: Schedule, timesteps: list[int], seed: int) -> np.ndarray:
    """Return (2, frames, H, W, C) uint8: x_0 (1, C, H, W) with the noise of each of `timesteps`,
    and that noise.
    """
    noise = runtime.NoisePerPicture([seed]).draw(*x_0.shape[1:]).cpu()
    noised = torch.cat(
        [
            schedule.add_noise(x_0, noise, torch.tensor([t])) / display_scale(schedule, t)
            for t in timesteps
        ]
    )
    return np.stack(
        [
            images.to_pixels(noised),
            np.repeat(images.to_pixels(noise / MAX_NOISE), len(timesteps), axis=0),
        ]
    )


def display_scale(schedule: Schedule, t: int) -> float:
    """Return the number by which x_t is divided to be shown: 1 for a clean picture, MAX_NOISE
    for noise.
    """
    alpha_bar = schedule.alpha_bar[t].item()
    return alpha_bar**0.5 + MAX_NOISE * (1 - alpha_bar) ** 0.5


def _sheet(pictures: Tensor) -> np.ndarray:
    return images.grid(images.to_pixels(pictures), columns=columns_for(len(pictures)))


def columns_for(n: int) -> int:
    """Return the number of columns in which n pictures make a grid that is nearly square and has
    few empty places.
    """

    def ugliness(columns: int) -> int:
        rows = math.ceil(n / columns)
        return 3 * (rows * columns - n) + columns - rows

    return min(range(math.ceil(math.sqrt(n)), n + 1), key=ugliness)
