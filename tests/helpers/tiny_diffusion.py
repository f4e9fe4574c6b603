"""Untrained diffusion models, small enough for any test."""

import torch

from aigc_demo.core import runtime
from aigc_demo.diffusion.emoji.model import EmojiDiffusion, EmojiDiffusionConfig
from aigc_demo.diffusion.emoji.model import build_network as build_words_network
from aigc_demo.diffusion.emoji.training_index import TrainingIndex
from aigc_demo.diffusion.emoji.words import Vocabulary
from aigc_demo.diffusion.model import DiffusionConfig, DiffusionModel, build_network
from aigc_demo.vae.model import VaeConfig, VaeModel
from aigc_demo.vae.model import build_network as build_autoencoder

EMPTY_INDEX = TrainingIndex([], [], [])
WORDS = ("apple", "green", "red", "star")


def _shaken(network: torch.nn.Module) -> torch.nn.Module:
    """Return the network with other weights: the first, partly zero, hide the conditioning."""
    with runtime.seeded(0):
        for weight in network.parameters():
            torch.nn.init.normal_(weight, std=0.15)
    return network.eval().requires_grad_(False)


def digits(*, timesteps: int = 60) -> DiffusionModel:
    """Return a model of digits with random weights, always the same."""
    config = DiffusionConfig(width=8, timesteps=timesteps)
    return DiffusionModel(config, _shaken(build_network(config)).to(runtime.device()))


def emoji(*, timesteps: int = 60) -> EmojiDiffusion:
    """Return a text-to-emoji model of four words with random weights, over an autoencoder of the
    same kind.
    """
    config = EmojiDiffusionConfig(words=len(WORDS), fine=8, middle=8, coarse=8, timesteps=timesteps)
    of_pictures = VaeConfig("convolutional", latents=4, width=64, layers=1)
    autoencoder = VaeModel(
        of_pictures, _shaken(build_autoencoder(of_pictures)).to(runtime.device())
    )
    return EmojiDiffusion(
        config,
        _shaken(build_words_network(config)).to(runtime.device()),
        Vocabulary(WORDS),
        EMPTY_INDEX,
        autoencoder,
    )


def diffusion(*, timesteps: int = 1000) -> DiffusionModel:
    torch.manual_seed(0)
    config = DiffusionConfig(width=8, timesteps=timesteps)
    network = build_network(config)
    for weight in network.parameters():  # the first weights are partly zero, and hide the class
        torch.nn.init.normal_(weight, std=0.15)
    return DiffusionModel(config, network.to(runtime.device()).eval().requires_grad_(False))


def result(model: DiffusionModel, labels: list[int], **options) -> torch.Tensor:
    return list(model.denoise(labels, **options))[-1].x_next
