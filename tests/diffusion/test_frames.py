import numpy as np
import pytest
import torch

from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion import frames
from aigc_demo.diffusion.schedule import Schedule

SCHEDULE = Schedule(1000)


@pytest.mark.parametrize(
    ("n", "columns"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (10, 5), (16, 4)]
)
def test_the_grid_is_nearly_square_with_few_empty_places(n, columns):
    assert frames.columns_for(n) == columns


def test_a_frame_is_three_pictures_of_the_whole_batch():
    x = torch.zeros(4, 1, 28, 28)
    step = DenoiseStep(
        index=0, total=1, t=999, x_t=x, x0_hat=x + 1, noise_hat=x - frames.MAX_NOISE, x_next=x
    )
    noisy, clean, noise = frames.frame(step, SCHEDULE)
    assert {picture.shape for picture in (noisy, clean, noise)} == {(56, 56, 1)}
    assert [picture[0, 0, 0] for picture in (noisy, clean, noise)] == [128, 255, 0]
    result, same, nothing = frames.last_frame(step)
    assert np.array_equal(result, same)
    assert (nothing == 128).all()


def test_guidance_adds_three_pictures_and_the_difference_is_amplified_around_grey():
    x = torch.zeros(1, 1, 28, 28)
    conditioned, unconditioned = x.clone(), x.clone()
    conditioned[..., 0, 0] = 0.25
    step = DenoiseStep(0, 1, 500, x, x, x, x, conditioned, unconditioned)
    pictures = frames.frame(step, SCHEDULE)
    assert len(pictures) == len(frames.last_frame(step)) == 6
    difference = pictures[5]
    assert difference[0, 0, 0] == round(127.5 * (1 + frames.AMPLIFIED * 0.25))
    assert (difference[1:] == 128).all()
    assert all(
        np.array_equal(now, last)
        for now, last in zip(pictures[3:], frames.last_frame(step)[3:], strict=True)
    )


def test_a_clean_picture_is_shown_as_it_is_and_noise_is_dimmed():
    assert frames.display_scale(SCHEDULE, 0) == pytest.approx(1, abs=0.02)
    assert frames.display_scale(SCHEDULE, 999) == pytest.approx(frames.MAX_NOISE, abs=0.01)


def test_the_way_into_noise_starts_at_the_picture_and_ends_in_the_noise():
    x_0 = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1
    pictures = frames.forward(x_0, SCHEDULE, [0, 500, 999], seed=4)
    assert pictures.shape == (2, 3, 28, 28, 1)
    assert pictures.dtype == np.uint8
    assert (
        np.abs(pictures[0, 0].astype(int) - ((x_0[0] + 1) * 127.5).permute(1, 2, 0).numpy()).max()
        < 10
    )
    assert np.abs(pictures[0, 2].astype(int) - pictures[1, 2]).max() <= 2
    assert np.array_equal(pictures, frames.forward(x_0, SCHEDULE, [0, 500, 999], seed=4))
