"""Image to image, and an erased part filled in: in pixels and in latents."""

import math

import pytest
import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.denoiser import Denoising
from aigc_demo.diffusion.frames import display_scale
from aigc_demo.diffusion.inpainting import NOISING, Frame, image_to_image, inpaint, keep_mask
from tests.helpers import tiny_diffusion as tiny

PROMPTS = {"digits": 3, "emoji": "red apple"}


@pytest.fixture(scope="module", params=["digits", "emoji"])
def case(request: pytest.FixtureRequest) -> tuple[Denoising, Tensor, object]:
    """A model, a picture and a prompt."""
    model = getattr(tiny, request.param)()
    shape = (1, 1, 28, 28) if request.param == "digits" else (1, 3, 64, 64)
    return model, 2 * torch.rand(shape, generator=runtime.generator(1)) - 1, PROMPTS[request.param]


def hole(picture: Tensor) -> Tensor:
    erased = torch.zeros_like(picture[:, :1])
    erased[:, :, 8:16, 4:20] = 1
    return erased


def kinds(frames: list[Frame]) -> list[str]:
    return list(dict.fromkeys(frame.kind for frame in frames))


# --- image to image ---


def test_without_noise_the_picture_comes_back_number_by_number(case):
    model, picture, prompt = case
    (only,) = image_to_image(model, picture, prompt, t=0, steps=5)
    assert only.kind == "result"
    assert torch.equal(only.x_t.cpu(), picture)
    assert torch.equal(only.x0_hat.cpu(), picture)


def test_the_film_goes_into_noise_and_back(case):
    model, picture, prompt = case
    frames = list(image_to_image(model, picture, prompt, t=30, steps=6))
    assert kinds(frames) == ["noising", "denoising", "result"]
    assert len(frames) == NOISING + 6 + 1
    levels = [frame.t for frame in frames]
    top = levels.index(30)
    assert levels[: top + 1] == sorted(levels[: top + 1])
    assert levels[top:] == sorted(levels[top:], reverse=True)
    assert (levels[0], levels[-1], max(levels)) == (0, 0, 30)
    for frame in frames:
        assert frame.x_t.shape == frame.x0_hat.shape == picture.shape
    assert all(torch.equal(frame.x0_hat.cpu(), picture) for frame in frames[:NOISING])
    # the last step gives the predicted picture
    torch.testing.assert_close(frames[-1].x_t, frames[-2].x0_hat, atol=1e-5, rtol=0)
    assert (frames[-1].x_t.cpu() - picture).abs().max() > 0.01


def test_the_noise_that_comes_in_is_the_noise_that_goes_out():
    model, picture = tiny.digits(), torch.full((1, 1, 28, 28), 0.5)
    frames = list(image_to_image(model, picture, 3, t=30, steps=6, seed=4))
    noise = runtime.NoisePerPicture([4]).draw(1, 28, 28).cpu()
    for frame in frames[1 : NOISING + 1]:
        noised = model.schedule.add_noise(picture, noise, torch.tensor([frame.t - 1]))
        expected = noised / display_scale(model.schedule, frame.t - 1)
        torch.testing.assert_close(frame.x_t.cpu(), expected, atol=1e-5, rtol=0)
    assert frames[NOISING].kind == "denoising"


def test_prompt_and_seed_matter_and_a_seed_gives_one_result(case):
    model, picture, prompt = case
    other = 8 if prompt == 3 else "star"

    def result(prompt: object, seed: int) -> Tensor:
        return list(image_to_image(model, picture, prompt, t=50, steps=4, seed=seed))[-1].x_t

    assert torch.equal(result(prompt, 1), result(prompt, 1))
    assert (result(prompt, 1) - result(prompt, 2)).abs().max() > 1e-3
    assert (result(prompt, 1) - result(other, 1)).abs().max() > 1e-3


@pytest.mark.parametrize("t", [-1, 61, 0.5, math.nan, "3", None, True])
def test_a_level_outside_of_the_schedule_is_an_error(t):
    with pytest.raises(DemoError, match="t must be"):
        image_to_image(tiny.digits(), torch.zeros(1, 1, 28, 28), 3, t=t)


# --- an erased part ---


def test_what_is_not_erased_comes_back_number_by_number_and_the_rest_is_new(case):
    model, picture, prompt = case
    erased = hole(picture)
    frames = list(inpaint(model, picture, erased, prompt, steps=5))
    assert kinds(frames) == ["noising", "denoising", "result"]
    assert max(frame.t for frame in frames) == model.schedule.steps  # the hole begins as pure noise
    keep = (erased == 0).expand_as(picture)
    for frame in frames:
        assert torch.equal(frame.x0_hat.cpu()[keep], picture[keep])
    assert torch.equal(frames[-1].x_t, frames[-1].x0_hat)
    assert (frames[-1].x_t.cpu() - picture)[~keep].abs().mean() > 0.01


def test_of_latents_those_are_held_whose_patch_and_neighbours_are_whole():
    erased = torch.zeros(1, 1, 64, 64)
    erased[0, 0, 21, 33] = 1  # in the patch (5, 8)
    kept = keep_mask(erased, 16)[0, 0]
    assert kept.shape == (16, 16)
    assert torch.equal(
        torch.nonzero(kept == 0), torch.cartesian_prod(torch.arange(4, 7), torch.arange(7, 10))
    )
    pixels = torch.zeros(1, 1, 28, 28)
    pixels[0, 0, 3, 4] = 1
    assert torch.equal(keep_mask(pixels, 28), 1 - pixels)


@pytest.mark.parametrize(
    ("share", "message"),
    [(0.0, "Nothing is erased"), (1.0, "All is erased"), (0.99, "All is erased")],
)
def test_no_hole_or_nothing_but_a_hole_is_an_error_that_says_what_to_do(case, share, message):
    model, picture, prompt = case
    erased = torch.zeros_like(picture[:, :1])
    erased.view(-1)[: round(share * erased.numel())] = 1
    with pytest.raises(DemoError, match=message):
        inpaint(model, picture, erased, prompt)
