"""An untrained autoencoder of digits, small enough for any test."""

import torch

from aigc_demo.core import runtime
from aigc_demo.vae.model import VaeConfig, VaeModel, build_network


def model(latents: int = 3) -> VaeModel:
    """Return an autoencoder with random weights, always the same."""
    config = VaeConfig("dense", latents=latents, width=16, layers=2)
    with runtime.seeded(0):
        return VaeModel(config, build_network(config).eval())


def pictures(count: int = 2) -> torch.Tensor:
    """Return `count` pictures (count, 1, 28, 28) in [-1, 1], of noise."""
    return 2 * torch.rand(count, 1, 28, 28, generator=runtime.generator(1)) - 1
