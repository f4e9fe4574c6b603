import numpy as np
import pytest
import torch

from aigc_demo.core.data import Digits
from aigc_demo.core.training import fit
from aigc_demo.diffusion.model import DiffusionConfig, from_checkpoint
from aigc_demo.diffusion.train import DiffusionRecipe


def recipe() -> DiffusionRecipe:
    pictures = np.zeros((10, 28, 28, 1), np.uint8)
    pictures[:, 10:18, 10:18] = 255
    return DiffusionRecipe(DiffusionConfig(width=8, timesteps=50), Digits(pictures, np.arange(10)))


def test_the_loss_falls_and_the_checkpoint_denoises(tmp_path):
    trained = recipe()
    losses = [event.losses["loss"] for event in fit(trained, tmp_path / "run", steps=25, warmup=3)]
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:3])
    trained.export(tmp_path / "diffusion-digits")
    steps = list(from_checkpoint(tmp_path / "diffusion-digits").denoise([1, 2], steps=3))
    assert steps[-1].x_next.isfinite().all()


def test_the_target_is_v_of_the_article():
    schedule, generator = recipe().schedule, torch.Generator().manual_seed(0)
    x_0, noise = torch.randn(2, 1, 1, 4, 4, generator=generator)
    t = torch.tensor([20])
    x_t, v, alpha_bar = (
        schedule.add_noise(x_0, noise, t),
        schedule.add_noise(noise, -x_0, t),
        schedule.alpha_bar[20],
    )
    # what `predict` recovers
    torch.testing.assert_close(alpha_bar.sqrt() * x_t - (1 - alpha_bar).sqrt() * v, x_0)
    assert (
        v - (alpha_bar.sqrt() * noise - (1 - alpha_bar).sqrt() * x_0)
    ).abs().max().item() == pytest.approx(0, abs=1e-6)
