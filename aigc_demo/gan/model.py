"""Generating: one pass through the generator, and the discriminator's output on the result."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from aigc_demo.core import checkpoints, images, runtime
from aigc_demo.core.batching import rows
from aigc_demo.core.errors import check_number, check_seed, check_tensor
from aigc_demo.core.interpolation import arc
from aigc_demo.gan.networks import CLASSES, Discriminator, Generator

if TYPE_CHECKING:
    from aigc_demo.gan.emoji.model import EmojiGan

MAX_PICTURES = 100


@dataclass(frozen=True)
class GanConfig:
    """The shape of both networks."""

    latent: int  # numbers in z
    width: int  # channels at 14 by 14


def build_networks(config: GanConfig) -> nn.ModuleDict:
    """Return an untrained generator and discriminator."""
    return nn.ModuleDict(
        {
            "generator": Generator(config.latent, config.width),
            "discriminator": Discriminator(config.width),
        }
    )


def from_checkpoint(folder: Path) -> "GanModel | EmojiGan":
    """Return the GAN stored in `folder`, of digits or of emoji; raises DemoError when its files are
    missing or damaged.
    """
    if "anchors" in checkpoints.read_json(folder / "config.json"):
        from aigc_demo.gan.emoji.model import from_checkpoint as of_emoji

        return of_emoji(folder)
    config = checkpoints.read_config(folder, GanConfig)
    networks = build_networks(config)
    checkpoints.read_weights(folder, networks)
    return GanModel(config, checkpoints.freeze_for_inference(networks, runtime.device()))


class GanModel:
    """A generator and its discriminator."""

    def __init__(self, config: GanConfig, networks: nn.ModuleDict):
        self.config = config
        self.networks = networks

    def latents(self, seeds: list[int], *, truncation: float = 1.0) -> Tensor:
        """Return z (N, latent) float32, one row a seed: truncation times standard normal noise.

        Below 1, z stays nearer to its most probable values: cleaner and more alike. Raises
        DemoError outside 0 to 1.5.
        Seeds are not checked: a row of pictures may run past the largest one.
        """
        truncation = check_number("truncation", truncation, 0, 1.5)
        return truncation * runtime.NoisePerPicture(seeds).draw(self.config.latent)

    @rows
    @torch.inference_mode()
    def generate(self, z: Tensor, label: Tensor) -> Tensor:
        """Return the pictures G(z, y) (N, 1, 28, 28) in [-1, 1] for z (N, latent) and classes (N,)
        int64.
        """
        check_tensor("z", z, None, self.config.latent)
        check_tensor("label", label, len(z), below=CLASSES)
        return self.networks["generator"](z.to(runtime.device()), label.to(runtime.device()))

    @rows
    @torch.inference_mode()
    def judge(self, pictures: Tensor, label: Tensor | None = None) -> Tensor:
        """Return the probability (N,) in [0, 1] that the discriminator gives each picture of being
        real.

        With no `label`, the odds are averaged over the ten classes.
        """
        check_tensor("pictures", pictures, None, 1, 28, 28)
        pictures = pictures.to(runtime.device())
        if label is not None:
            check_tensor("label", label, len(pictures), below=CLASSES)
            return (
                self.networks["discriminator"](pictures, label.to(runtime.device())).sigmoid().cpu()
            )
        every = [
            self.networks["discriminator"](
                pictures, torch.full((len(pictures),), y, device=pictures.device)
            )
            for y in range(CLASSES)
        ]
        return (torch.stack(every).logsumexp(dim=0) - math.log(CLASSES)).sigmoid().cpu()

    def sample(self, n: int, *, label: int | None = None, seed: int = 0) -> np.ndarray:
        """Return n pictures (n, 28, 28, 1) uint8, of one class or of all in turn; picture i is made
        by seed + i.
        """
        n = check_number("pictures", n, 1, MAX_PICTURES, whole=True)
        classes = (
            torch.arange(n) % CLASSES
            if label is None
            else torch.full((n,), check_number("digit", label, 0, 9, whole=True))
        )
        return images.to_pixels(
            self.generate(self.latents([check_seed(seed) + i for i in range(n)]), classes)
        )

    def walk(
        self, seed: int, goal: int, label: int, *, frames: int, truncation: float = 1.0
    ) -> Tensor:
        """Return pictures (frames, 1, 28, 28) along the arc between two seeds' z, both ends
        included.
        """
        z = self.latents([check_seed(seed), check_seed(goal)], truncation=truncation)
        return self.generate(
            arc(z[0], z[1], frames),
            torch.full((frames,), check_number("digit", label, 0, 9, whole=True)),
        )
