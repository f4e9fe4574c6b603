"""Generating: from pure noise to a picture, step by step.

Ho et al., "Denoising diffusion probabilistic models" (DDPM, 2020); Song et al., "Denoising diffusion implicit models"
(DDIM, 2021); Ho and Salimans, "Classifier-free diffusion guidance" (2022).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from aigc_demo import checkpoints, runtime
from aigc_demo.diffusion.network import UNet
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.events import DenoiseStep

CLASSES = 10
MOST_PICTURES = 64
MOST_STEPS = 250


def ddpm_step(x_t: Tensor, x0_hat: Tensor, noise_hat: Tensor, alpha_bar: float, alpha_bar_next: float, noise: Tensor) -> Tensor:
    """Gives back x_{t-1}, drawn from q(x_{t-1} | x_t, x0_hat): DDPM, eq. 6 and 7, with the smaller variance of section 3.2."""
    alpha = alpha_bar / alpha_bar_next
    beta = 1 - alpha
    mean = (alpha_bar_next**0.5 * beta * x0_hat + alpha**0.5 * (1 - alpha_bar_next) * x_t) / (1 - alpha_bar)
    variance = (1 - alpha_bar_next) / (1 - alpha_bar) * beta
    return mean + variance**0.5 * noise


def ddim_step(x_t: Tensor, x0_hat: Tensor, noise_hat: Tensor, alpha_bar: float, alpha_bar_next: float, noise: Tensor) -> Tensor:
    """Gives back x_{t-1} = sqrt(alpha_bar_{t-1}) x0_hat + sqrt(1 - alpha_bar_{t-1}) noise_hat: DDIM, eq. 12, sigma = 0."""
    return alpha_bar_next**0.5 * x0_hat + (1 - alpha_bar_next) ** 0.5 * noise_hat


Sampler = Callable[[Tensor, Tensor, Tensor, float, float, Tensor], Tensor]
SAMPLERS: dict[str, Sampler] = {"DDIM": ddim_step, "DDPM": ddpm_step}


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
        self, labels: Sequence[int], *, steps: int = 25, sampler: str = "DDIM", guidance: float = 2.0, seed: int = 0
    ) -> Iterator[DenoiseStep]:
        """Makes one picture a label (0 to 9), one DenoiseStep a step; picture i is made by seed + i, whatever the batch.

        steps: 1 to 250, at most as many as the schedule has. guidance: 0 to 10; 1 is the model itself, more exaggerates what the class adds.
        Raises DemoError when a value is out of its range.
        """
        if not 1 <= len(labels) <= MOST_PICTURES:
            raise DemoError(
                "{field} must be from {low} to {high}; {value} is outside.", field="pictures", low=1, high=MOST_PICTURES, value=len(labels)
            )
        labels = torch.tensor([check_number("digit", label, 0, CLASSES - 1, whole=True) for label in labels], device=runtime.device())
        steps = check_number("steps", steps, 1, min(MOST_STEPS, self.schedule.steps), whole=True)
        guidance = check_number("guidance", guidance, 0, 10)
        step = SAMPLERS[check_choice("sampler", sampler, list(SAMPLERS))]
        randomness = runtime.NoisePerPicture([check_seed(seed) + i for i in range(len(labels))])
        return self._denoise(labels, self.schedule.timesteps(steps), step, guidance, randomness)

    def _denoise(
        self, labels: Tensor, timesteps: list[int], step: Sampler, guidance: float, randomness: runtime.NoisePerPicture
    ) -> Iterator[DenoiseStep]:
        x_t = randomness.draw(1, 28, 28)  # x_T ~ N(0, I)
        for index, t in enumerate(timesteps):
            x0_hat, noise_hat = self.predict(x_t, t, labels, guidance)
            last = index + 1 == len(timesteps)
            alpha_bar = self.schedule.alpha_bar[t].item()
            alpha_bar_next = 1.0 if last else self.schedule.alpha_bar[timesteps[index + 1]].item()
            x_next = step(x_t, x0_hat, noise_hat, alpha_bar, alpha_bar_next, randomness.draw(1, 28, 28))
            yield DenoiseStep(index, len(timesteps), t, x_t, x0_hat, noise_hat, x_next)
            x_t = x_next

    @torch.inference_mode()
    def predict(self, x_t: Tensor, t: int, labels: Tensor, guidance: float = 1.0) -> tuple[Tensor, Tensor]:
        """Gives back (x0_hat, noise_hat), each like x_t (N, 1, 28, 28): the clean picture and the noise that x_t is made of.

        The network predicts v = sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0 (Salimans and Ho, 2022, section 4).
        """
        alpha_bar = self.schedule.alpha_bar[t].item()
        v = self._guided(x_t, torch.full((len(x_t),), t, device=x_t.device), labels, guidance)
        x0_hat = (alpha_bar**0.5 * x_t - (1 - alpha_bar) ** 0.5 * v).clamp(-1, 1)
        noise_hat = (x_t - alpha_bar**0.5 * x0_hat) / (1 - alpha_bar) ** 0.5  # so that the two still make x_t
        return x0_hat, noise_hat

    def _guided(self, x_t: Tensor, t: Tensor, labels: Tensor, guidance: float) -> Tensor:
        """v without the class, plus `guidance` times what the class adds: Ho and Salimans, eq. 6 with w = guidance - 1."""
        if guidance == 1:
            return self.network(x_t, t, labels)
        both = torch.cat([labels, torch.full_like(labels, CLASSES)])
        with_class, without = self.network(torch.cat([x_t, x_t]), torch.cat([t, t]), both).chunk(2)
        return without + guidance * (with_class - without)
