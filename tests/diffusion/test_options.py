import math

import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.denoiser import MAX_PICTURES, MAX_STEPS
from aigc_demo.diffusion.model import DiffusionModel
from tests.helpers.tiny_diffusion import diffusion

NO_NUMBERS = [math.nan, math.inf, True, "1", None]


@pytest.fixture(scope="module")
def model() -> DiffusionModel:
    return diffusion()


@pytest.mark.parametrize(
    ("option", "field", "values"),
    [
        ("steps", "steps", [*NO_NUMBERS, 0, -1, 2.5, MAX_STEPS + 1]),
        ("guidance", "guidance", [*NO_NUMBERS, -0.1, 10.1]),
        ("seed", "seed", [*NO_NUMBERS, -1, 2**31, 0.5]),
        ("sampler", "sampler", ["ddim", "", None, 3]),
        ("eta", "eta", [*NO_NUMBERS, -0.1, 1.1]),
    ],
)
def test_an_option_outside_its_range_is_an_error_at_the_call(model, option, field, values):
    for value in values:
        with pytest.raises(DemoError, match=f"{field} must be"):
            model.denoise([3], **{option: value})


@pytest.mark.parametrize("labels", [[10], [-1], [0, 2.5], ["3"], [None], [math.nan]])
def test_a_class_that_is_no_digit_is_an_error(model, labels):
    with pytest.raises(DemoError, match="digit must be"):
        model.denoise(labels)


@pytest.mark.parametrize("labels", [[], [0] * (MAX_PICTURES + 1)])
def test_no_picture_or_too_many_are_an_error(model, labels):
    with pytest.raises(DemoError, match="pictures must be from 1 to 64"):
        model.denoise(labels)


def test_more_steps_than_the_schedule_has_are_an_error():
    small = diffusion(timesteps=20)
    assert len(list(small.denoise([0], steps=20))) == 20
    with pytest.raises(DemoError, match="steps must be from 1 to 20"):
        small.denoise([0], steps=25)
