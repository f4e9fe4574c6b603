"""Digits out of noise: a denoiser conditioned on a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import check_number
from aigc_demo.diffusion.denoiser import Denoising
from aigc_demo.diffusion.network import UNet
from aigc_demo.diffusion.schedule import Schedule

if TYPE_CHECKING:
    from aigc_demo.diffusion.emoji.model import EmojiDiffusion

CLASSES = 10


@dataclass(frozen=True)
class DiffusionConfig:
    """The shape of the denoiser and the length of its schedule."""

    width: int
    timesteps: int


def build_network(config: DiffusionConfig) -> UNet:
    """Return an untrained denoiser."""
    return UNet(config.width, CLASSES, config.timesteps)


def from_checkpoint(folder: Path) -> "DiffusionModel | EmojiDiffusion":
    """Return the diffusion model stored in `folder`; raises DemoError when its files are missing or
    damaged.
    """
    if "words" in checkpoints.read_json(folder / "config.json"):
        from aigc_demo.diffusion.emoji.model import from_checkpoint as emoji_from

        return emoji_from(folder)
    config = checkpoints.read_config(folder, DiffusionConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    return DiffusionModel(config, checkpoints.freeze_for_inference(network, runtime.device()))


class DiffusionModel(Denoising):
    """The denoiser of digits. Prompts are the classes 0 to 9, pictures (N, 1, 28, 28) in [-1, 1],
    ink 1.
    """

    shape = (1, 28, 28)
    clip_range = 1.0

    def __init__(self, config: DiffusionConfig, network: UNet):
        super().__init__(Schedule(config.timesteps))
        self.config = config
        self.network = network

    def embed_prompt(self, prompts: Sequence[int]) -> Tensor:
        """Return the classes' vectors (N, D)."""
        labels = [check_number("digit", label, 0, CLASSES - 1, whole=True) for label in prompts]
        return self.network.label(torch.tensor(labels, device=runtime.device()))

    def null_embedding(self, count: int) -> Tensor:
        """Return the vector of "no class", (count, D)."""
        return self.network.label(torch.full((count,), CLASSES, device=runtime.device()))

    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return v (N, 1, 28, 28)."""
        return self.network.predict(x_t, t, condition)
