import numpy as np
import pytest
import torch

from aigc_demo.core import checkpoints, snapshots
from aigc_demo.core.data import Digits
from aigc_demo.core.errors import DemoError
from aigc_demo.core.training import fit
from aigc_demo.gan.model import GanConfig, from_checkpoint
from aigc_demo.gan.train import GanRecipe
from aigc_demo.gan.training_snapshots import sample_snapshots


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """A GAN trained for 64 steps on a bright square, whatever the class."""
    folder = tmp_path_factory.mktemp("history")
    squares = np.zeros((200, 28, 28, 1), np.uint8)
    squares[:, 8:20, 8:20] = 255
    recipe = GanRecipe(
        GanConfig(latent=8, width=4), Digits(squares, np.arange(200, dtype=np.int64) % 10)
    )
    list(fit(recipe, folder / "run", steps=64, warmup=5))
    recipe.export(folder / "gan-squares")
    snapshots.publish(folder / "run", folder / "gan-squares")
    checkpoints.write_json(
        folder / "gan-squares" / "metrics.json",
        {"figures": [{"figure": "training time", "steps": 64}]},
    )
    return folder / "gan-squares"


def test_the_same_noise_comes_nearer_to_what_it_ends_as(checkpoint):
    model = from_checkpoint(checkpoint)
    z, labels = model.latents([1, 2, 3]), torch.tensor([0, 1, 2])
    samples = list(sample_snapshots(model, checkpoint, z, labels))
    assert [sample.step for sample in samples] == [0, 1, 2, 4, 8, 16, 32, 64]
    assert torch.equal(samples[-1].pictures, model.generate(z, labels).cpu())
    assert torch.equal(samples[-1].probabilities, model.judge(samples[-1].pictures, labels))
    away = [(sample.pictures - samples[-1].pictures).abs().mean().item() for sample in samples]
    assert away[0] > 2 * away[-2] > 0


def test_without_snapshots_it_says_so(checkpoint, tmp_path):
    model = from_checkpoint(checkpoint)
    with pytest.raises(DemoError, match="has no snapshots"):
        list(sample_snapshots(model, tmp_path, model.latents([1]), torch.tensor([0])))
