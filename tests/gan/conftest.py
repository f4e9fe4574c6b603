import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.gan.model import GanConfig, GanModel, build_networks


@pytest.fixture(scope="session")
def model() -> GanModel:
    """A small GAN whose generator's weights are large enough to paint something."""
    networks = build_networks(GanConfig(latent=16, width=8))
    generator = runtime.generator(0)
    for weight in networks["generator"].parameters():
        weight.data = 0.3 * torch.randn(weight.shape, generator=generator)
    return GanModel(
        GanConfig(latent=16, width=8), networks.to(runtime.device()).eval().requires_grad_(False)
    )
