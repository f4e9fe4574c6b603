import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.denoiser import InitImage
from aigc_demo.diffusion.model import DiffusionModel
from aigc_demo.diffusion.samplers import SAMPLERS
from tests.helpers.tiny_diffusion import diffusion, result


@pytest.fixture(scope="module")
def model() -> DiffusionModel:
    return diffusion()


def a_picture() -> torch.Tensor:
    return (2 * torch.rand(1, 1, 28, 28, generator=runtime.generator(1)) - 1).to(runtime.device())


@pytest.mark.parametrize("sampler", list(SAMPLERS))
def test_a_picture_noised_by_no_step_comes_back_as_it_was(model, sampler):
    assert torch.equal(
        result(model, [3], sampler=sampler, start=InitImage(a_picture(), 0)), a_picture()
    )


def test_a_picture_noised_a_little_stays_near_and_a_picture_noised_to_nothing_is_forgotten(model):
    far = [
        (result(model, [3], steps=20, start=InitImage(a_picture(), t)) - a_picture())
        .square()
        .mean()
        .item()
        for t in (1, 300, 1000)
    ]
    assert far[0] < 0.01 < far[1]
    plain = result(model, [3], steps=20)
    torch.testing.assert_close(
        result(model, [3], steps=20, start=InitImage(a_picture(), 1000)), plain, atol=0.05, rtol=0
    )


def test_it_begins_at_the_level_to_which_the_picture_was_noised(model):
    steps = list(model.denoise([3], steps=10, start=InitImage(a_picture(), 400)))
    assert [step.t for step in steps] == [399 - 40 * i for i in range(10)]
    few = model.denoise([3], steps=10, start=InitImage(a_picture(), 4))
    assert [step.t for step in few] == [3, 2, 1, 0]
    level, noise = model.schedule.level(399), runtime.NoisePerPicture([0]).draw(1, 28, 28)
    torch.testing.assert_close(steps[0].x_t, level.alpha * a_picture() + level.sigma * noise)


def test_the_known_part_stays_and_the_rest_is_generated(model):
    keep = torch.zeros(1, 1, 28, 28, device=runtime.device())
    keep[..., :14] = 1
    filled = result(model, [3], steps=10, start=InitImage(a_picture(), 1000, keep))
    assert torch.equal(filled[..., :14], a_picture()[..., :14])
    assert (filled[..., 14:] - a_picture()[..., 14:]).abs().mean() > 0.1


@pytest.mark.parametrize("t", [-1, 1001, 2.5, None])
def test_a_start_outside_the_schedule_is_an_error(model, t):
    with pytest.raises(DemoError, match="t must be"):
        model.denoise([3], start=InitImage(a_picture(), t))
