"""Generating emoji: a code near that of a training emoji, noise, one pass through the generator,
and the autoencoder's decoder.
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.batching import rows
from aigc_demo.core.errors import check_number, check_tensor
from aigc_demo.core.interpolation import arc
from aigc_demo.gan.emoji.networks import CHANNELS, Discriminator, Generator

REQUIRES = ("vae-emoji",)  # of other families
AUTOENCODER = "vae-emoji"  # whose latents are generated
SMALL = 16  # pixels a side: what a code is computed from
NEIGHBOURS = 10  # towards one of which a code is moved away from its emoji
MAX_SHARE = 0.5  # ... by at most half of the way, at truncation 1


@dataclass(frozen=True)
class EmojiGanConfig:
    """The shape of both networks and of the index."""

    latent: int  # numbers of noise
    code: int  # numbers that say which emoji to be near
    width: int  # channels at 16 by 16
    anchors: int  # training emoji in the index


class NearestNeighbourIndex(nn.Module):
    """The training emoji's codes, among which nearest neighbours are found; how a picture is
    encoded; and the scale of the latents.

    Emoji that look alike have neighbouring rows. A code is the picture at 16 by 16 pixels in
    `code` principal components, each divided by its standard deviation.
    """

    centre: Tensor  # (3 * 16 * 16,), the mean picture
    basis: Tensor  # (3 * 16 * 16, code), the principal components, one a column
    spread: Tensor  # (code,), the standard deviation along each
    anchors: Tensor  # (anchors, code), the training emoji's codes
    mean: Tensor  # (1, 4, 1, 1), of their latents' channels
    deviation: Tensor  # (1, 4, 1, 1), the same channels' standard deviation

    def __init__(self, anchors: int, code: int):
        super().__init__()
        shapes = {
            "centre": (3 * SMALL * SMALL,),
            "basis": (3 * SMALL * SMALL, code),
            "spread": (code,),
            "anchors": (anchors, code),
        }
        shapes |= {"mean": (1, CHANNELS, 1, 1), "deviation": (1, CHANNELS, 1, 1)}
        for name, shape in shapes.items():
            self.register_buffer(name, torch.ones(shape))

    def codes_of(self, pictures: Tensor) -> Tensor:
        """Return the codes (N, code) of `pictures` (N, 3, 64, 64) in [-1, 1]."""
        return (
            (F.adaptive_avg_pool2d(pictures, SMALL).flatten(1) - self.centre)
            @ self.basis
            / self.spread
        )

    def nearest(self, codes: Tensor, count: int) -> Tensor:
        """Return which `count` emoji are nearest to `codes` (N, code), (N, count) from the nearest
        on, by their colours at 16 by 16.
        """
        return (
            torch.cdist(codes * self.spread, self.anchors * self.spread)
            .topk(count, largest=False)
            .indices
        )

    def between(self, which: Tensor, neighbour: Tensor, share: Tensor) -> Tensor:
        """Return codes `share` (N,) of the way from the emoji `which` (N,) to its `neighbour` (N,),
        0 to 9 by nearness.
        """
        start = self.anchors[which]
        neighbours = self.nearest(start, NEIGHBOURS + 1)[:, 1:]  # the nearest is the emoji itself
        goal = self.anchors[neighbours[torch.arange(len(which)), neighbour]]
        return torch.lerp(start, goal, share[:, None])


class EmojiGanNetworks(nn.ModuleDict):
    """What a checkpoint holds; its parts are attributes too."""

    generator: Generator
    discriminator: Discriminator
    album: NearestNeighbourIndex


def build_networks(config: EmojiGanConfig) -> EmojiGanNetworks:
    """Return an untrained generator and discriminator, and an empty index."""
    generator, discriminator = (
        Generator(config.code + config.latent, config.width),
        Discriminator(config.code, config.width),
    )
    return EmojiGanNetworks(
        {
            "generator": generator,
            "discriminator": discriminator,
            "album": NearestNeighbourIndex(config.anchors, config.code),
        }
    )


def from_checkpoint(folder: Path) -> "EmojiGan":
    """Return the GAN stored in `folder`, over the shipped autoencoder; raises DemoError when files
    are missing or damaged.
    """
    config = checkpoints.read_config(folder, EmojiGanConfig)
    networks = build_networks(config)
    checkpoints.read_weights(folder, networks)
    characters = checkpoints.read_json(folder / "emoji.json").get("characters", [])
    return EmojiGan(
        config,
        checkpoints.freeze_for_inference(networks, runtime.device()),
        checkpoints.load(AUTOENCODER),
        characters,
    )


def stride(count: int) -> int:
    """Return a whole number by whose steps all of `count` are visited, and any few in a row lie far
    apart: next to the golden section.
    """
    golden = round(count * (math.sqrt(5) - 1) / 2)
    return next(step for step in range(golden, 2 * count) if math.gcd(step, count) == 1)


class Decoder(Protocol):
    """The half of an autoencoder that is needed here, as `vae.model.VaeModel` has it."""

    def decode(self, z: Tensor) -> Tensor:
        """Return pictures (N, 3, 64, 64) in [-1, 1] for latents z (N, 4, 16, 16)."""
        ...


class EmojiGan:
    """A generator, its discriminator, and the autoencoder in whose latents they meet. z holds a
    code and noise, (N, code + latent).
    """

    def __init__(
        self,
        config: EmojiGanConfig,
        networks: EmojiGanNetworks,
        autoencoder: Decoder,
        characters: list[str],
    ):
        self.config = config
        self.networks = networks
        self.autoencoder = autoencoder
        self.characters = characters  # of the emoji in the index

    def latents(self, seeds: list[int], *, truncation: float = 1.0) -> Tensor:
        """Return z (N, code + latent) float32, one row a seed.

        A seed chooses an emoji, leaves it for up to half of the way to one of its neighbours, and
        adds noise; both are scaled by `truncation`, so that 0 gives the emoji itself. Seeds in a
        row choose emoji that differ. Raises DemoError outside 0 to 1.5.
        """
        truncation = check_number("truncation", truncation, 0, 1.5)
        noise = runtime.NoisePerPicture(seeds)
        which = (
            torch.tensor(seeds, device=runtime.device())
            * stride(self.config.anchors)
            % self.config.anchors
        )
        code = self.networks.album.between(
            which, noise.choose(NEIGHBOURS), truncation * MAX_SHARE * noise.uniform()
        )
        return torch.cat([code, truncation * noise.draw(self.config.latent)], dim=1)

    @rows
    @torch.inference_mode()
    def generate(self, z: Tensor) -> Tensor:
        """Return pictures (N, 3, 64, 64) in [-1, 1] for z (N, code + latent)."""
        check_tensor("z", z, None, self.config.code + self.config.latent)
        index = self.networks.album
        latents = self.networks.generator(z.to(runtime.device())) * index.deviation + index.mean
        return self.autoencoder.decode(latents).clamp(-1, 1)

    @rows
    @torch.inference_mode()
    def judge(self, z: Tensor) -> Tensor:
        """Return the probability (N,) in [0, 1] that the discriminator gives each G(z) of being a
        real emoji, whichever.
        """
        check_tensor("z", z, None, self.config.code + self.config.latent)
        no_code = torch.zeros(len(z), self.config.code, device=runtime.device())
        latents = self.networks.generator(z.to(runtime.device()))
        return self.networks.discriminator(latents, no_code).sigmoid().cpu()

    def walk(
        self, seeds: list[int], goals: list[int], *, frames: int, truncation: float = 1.0
    ) -> Tensor:
        """Return z (frames, N, code + latent) along the arcs from the seeds' z to the goals', both
        ends included.
        """
        starts, ends = (
            self.latents(seeds, truncation=truncation),
            self.latents(goals, truncation=truncation),
        )
        return torch.stack([arc(a, b, frames) for a, b in zip(starts, ends, strict=True)], dim=1)

    @rows
    @torch.inference_mode()
    def nearest(self, pictures: Tensor, count: int) -> list[list[str]]:
        """Return for each picture the `count` training emoji whose colours at 16 by 16 are nearest,
        as characters.
        """
        index = self.networks.album
        rows = index.nearest(index.codes_of(pictures.to(runtime.device())), 2 * count).tolist()
        found = [dict.fromkeys(self.characters[i] for i in row) for row in rows]
        return [list(each)[:count] for each in found]  # an emoji and its mirror image count once
