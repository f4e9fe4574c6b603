"""Generating: from pure noise to a picture, step by step.

Ho et al., "Denoising diffusion probabilistic models" (DDPM, 2020), algorithm 2, with any sampler in place of its last line;
Ho and Salimans, "Classifier-free diffusion guidance" (2022).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import torch
from torch import Tensor, nn

from aigc_demo import checkpoints, runtime
from aigc_demo.diffusion.network import UNet
from aigc_demo.diffusion.samplers import CLEAN, HIGHEST_RATIO, SAMPLERS, Level, Moment, Predict, Sampler
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.events import DenoiseStep

CLASSES = 10
MOST_PICTURES = 64
MOST_STEPS = 250


@dataclass(frozen=True)
class DiffusionConfig:
    """The shape of the denoiser and the length of its schedule."""

    width: int
    timesteps: int


def build_network(config: DiffusionConfig) -> UNet:
    """Gives back an untrained denoiser."""
    return UNet(config.width, CLASSES, config.timesteps)


def from_checkpoint(folder: Path) -> "DiffusionModel":
    """Gives back the diffusion model stored in `folder`; raises DemoError when its files are missing or damaged."""
    config = checkpoints.read_config(folder, DiffusionConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    return DiffusionModel(config, checkpoints.seal(network, runtime.device()))


class DiffusionModel:
    """A denoiser and its schedule."""

    def __init__(self, config: DiffusionConfig, network: nn.Module):
        self.config = config
        self.network = network
        self.schedule = Schedule(config.timesteps)

    def denoise(
        self, labels: Sequence[int], *, steps: int = 25, sampler: str = "DDIM", guidance: float = 2.0, seed: int = 0, eta: float = 0.0
    ) -> Iterator[DenoiseStep]:
        """Makes one picture a label (0 to 9), one DenoiseStep a step; picture i is made by seed + i, whatever the batch.

        steps: 1 to 250, at most as many as the schedule has. guidance: 0 to 10; 1 is the model itself, more exaggerates what the class adds.
        eta: 0 to 1, the share of fresh noise in DDIM. Raises DemoError when a value is out of its range.
        """
        if not 1 <= len(labels) <= MOST_PICTURES:
            raise DemoError(
                "{field} must be from {low} to {high}; {value} is outside.", field="pictures", low=1, high=MOST_PICTURES, value=len(labels)
            )
        labels = torch.tensor([check_number("digit", label, 0, CLASSES - 1, whole=True) for label in labels], device=runtime.device())
        steps = check_number("steps", steps, 1, min(MOST_STEPS, self.schedule.steps), whole=True)
        guidance, eta = check_number("guidance", guidance, 0, 10), check_number("eta", eta, 0, 1)
        step = SAMPLERS[check_choice("sampler", sampler, list(SAMPLERS))]
        randomness = runtime.NoisePerPicture([check_seed(seed) + i for i in range(len(labels))])
        levels = self.schedule.levels(steps, highest_ratio=HIGHEST_RATIO.get(step, math.inf))
        return self._denoise(step, levels, partial(self.predict, labels=labels, guidance=guidance), eta, randomness)

    def _denoise(
        self, step: Sampler, levels: list[Level], predict: Predict, eta: float, randomness: runtime.NoisePerPicture
    ) -> Iterator[DenoiseStep]:
        x_t, before = randomness.draw(1, 28, 28), None  # x_T ~ N(0, I)
        for index, (now, following) in enumerate(pairwise([*levels, CLEAN])):
            x0_hat, noise_hat = predict(x_t, now)
            x_next = step(Moment(x_t, now, following, x0_hat, noise_hat, randomness.draw(1, 28, 28), eta, predict, before))
            yield DenoiseStep(index, len(levels), now.t, x_t, x0_hat, noise_hat, x_next)
            x_t, before = x_next, (now, x0_hat)

    @torch.inference_mode()
    def predict(self, x_t: Tensor, level: Level, labels: Tensor, guidance: float = 1.0) -> tuple[Tensor, Tensor]:
        """Gives back (x0_hat, noise_hat), each like x_t (N, 1, 28, 28): the clean picture and the noise that x_t is made of.

        The network predicts v = sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0 (Salimans and Ho, 2022, section 4).
        """
        v = self._guided(x_t, torch.full((len(x_t),), level.t, device=x_t.device), labels, guidance)
        x0_hat = (level.alpha * x_t - level.sigma * v).clamp(-1, 1)
        noise_hat = (x_t - level.alpha * x0_hat) / level.sigma  # so that the two still make x_t
        return x0_hat, noise_hat

    def _guided(self, x_t: Tensor, t: Tensor, labels: Tensor, guidance: float) -> Tensor:
        """v without the class, plus `guidance` times what the class adds: Ho and Salimans, eq. 6 with w = guidance - 1."""
        if guidance == 1:
            return self.network(x_t, t, labels)
        both = torch.cat([labels, torch.full_like(labels, CLASSES)])
        with_class, without = self.network(torch.cat([x_t, x_t]), torch.cat([t, t]), both).chunk(2)
        return without + guidance * (with_class - without)
