import math

import numpy as np
import pytest
import torch

import aigc_demo
from aigc_demo.core import checkpoints, images, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.gan.model import MAX_PICTURES


def test_samples_are_pictures_of_every_class_in_turn(model):
    pictures = model.sample(12, seed=3)
    assert pictures.shape == (12, 28, 28, 1)
    assert pictures.dtype == np.uint8
    expected = model.generate(model.latents(list(range(3, 15))), torch.arange(12) % 10)
    assert np.array_equal(pictures, images.to_pixels(expected))


def test_generated_pictures_lie_in_their_range(model):
    pictures = model.generate(5 * model.latents(list(range(20))), torch.arange(20) % 10)
    assert pictures.shape == (20, 1, 28, 28)
    assert pictures.abs().max() <= 1


def test_a_picture_is_the_same_alone_and_in_a_batch(model):
    labels = torch.tensor([5, 0, 9, 5])
    batch = model.generate(model.latents([7, 8, 9, 10]), labels)
    for i in range(4):
        alone = model.generate(model.latents([7 + i]), labels[i : i + 1])
        torch.testing.assert_close(batch[i : i + 1], alone, atol=1e-4, rtol=0)
    assert (
        np.abs(
            model.sample(5, label=2, seed=7)[4:].astype(int) - model.sample(1, label=2, seed=11)
        ).max()
        <= 1
    )


def test_class_and_seed_both_matter(model):
    assert not np.array_equal(model.sample(1, label=1), model.sample(1, label=2))
    assert not np.array_equal(model.sample(1, label=1, seed=0), model.sample(1, label=1, seed=1))


def test_truncation_scales_z_and_zero_makes_all_of_a_class_alike(model):
    torch.testing.assert_close(model.latents([1, 2], truncation=0.5), 0.5 * model.latents([1, 2]))
    pictures = model.generate(model.latents([1, 2, 3], truncation=0), torch.tensor([4, 4, 5]))
    torch.testing.assert_close(pictures[0], pictures[1], atol=1e-6, rtol=0)
    assert (pictures[1] - pictures[2]).abs().max() > 1e-3


def test_the_discriminators_output_is_a_probability_that_no_batch_changes(model):
    pictures, labels = (
        torch.rand(6, 1, 28, 28, generator=runtime.generator(0)) * 2 - 1,
        torch.arange(6),
    )
    for verdict in (model.judge(pictures), model.judge(pictures, labels)):
        assert verdict.shape == (6,)
        assert ((verdict >= 0) & (verdict <= 1)).all()
    torch.testing.assert_close(
        model.judge(pictures)[2:3], model.judge(pictures[2:3]), atol=1e-5, rtol=0
    )


def test_without_a_class_the_odds_are_averaged(model):
    pictures = torch.rand(3, 1, 28, 28, generator=runtime.generator(0)) * 2 - 1
    each = torch.stack([model.judge(pictures, torch.full((3,), y)).double() for y in range(10)])
    odds = (each / (1 - each)).mean(dim=0)
    torch.testing.assert_close(model.judge(pictures).double(), odds / (1 + odds), atol=1e-5, rtol=0)


def test_a_walk_leads_from_one_seeds_picture_to_the_others(model):
    film = model.walk(3, 8, 5, frames=7, truncation=0.8)
    assert film.shape == (7, 1, 28, 28)
    ends = model.generate(model.latents([3, 8], truncation=0.8), torch.tensor([5, 5]))
    torch.testing.assert_close(film[[0, -1]], ends, atol=1e-4, rtol=0)
    still = model.walk(3, 3, 5, frames=3)
    torch.testing.assert_close(still[0], still[1], atol=1e-4, rtol=0)


def test_the_largest_seed_serves_a_whole_batch(model):
    assert len(model.sample(3, seed=2**31 - 1)) == 3


@pytest.mark.parametrize("n", [0, -1, 1.5, MAX_PICTURES + 1, math.nan, math.inf, True, "3", None])
def test_no_picture_or_too_many_are_an_error(model, n):
    with pytest.raises(DemoError, match="pictures must be"):
        model.sample(n)


@pytest.mark.parametrize("label", [-1, 10, 0.5, math.nan, "3", True])
def test_a_class_that_is_no_digit_is_an_error(model, label):
    with pytest.raises(DemoError, match="digit must be"):
        model.sample(1, label=label)
    with pytest.raises(DemoError, match="digit must be"):
        model.walk(0, 1, label, frames=3)


@pytest.mark.parametrize("seed", [-1, 2**31, 0.5, math.nan, "3", True, None])
def test_a_seed_outside_its_range_is_an_error(model, seed):
    with pytest.raises(DemoError, match="seed must be"):
        model.sample(2, seed=seed)
    with pytest.raises(DemoError, match="seed must be"):
        model.walk(0, seed, 1, frames=3)


@pytest.mark.parametrize("truncation", [-0.1, 1.6, math.nan, math.inf, "1", True, None])
def test_a_truncation_outside_its_range_is_an_error(model, truncation):
    with pytest.raises(DemoError, match="truncation must be"):
        model.latents([0], truncation=truncation)


def test_a_checkpoint_gives_back_the_model(model, tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    checkpoints.save(tmp_path / "gan-digits", model.config, model.networks)
    loaded = aigc_demo.load("gan-digits")
    assert loaded.config == model.config
    apart = np.abs(loaded.sample(4).astype(int) - model.sample(4))
    assert apart.max() <= 3  # half precision on disk
