"""Starting from a picture: noised and denoised anew, or with a part erased and filled in.

Meng et al., "SDEdit" (2022): image to image. Lugmayr et al., "RePaint" (2022): what is known is
put back at every level.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_number, check_seed
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.denoiser import Denoising, InitImage
from aigc_demo.diffusion.frames import display_scale

NOISING = 10  # frames of the forward process
MIN_KNOWN = 0.02  # share of the picture that must be left to condition on


@dataclass(frozen=True)
class Frame:
    """A frame of the film. Pictures are (1, C, H, W) float32 in about [-1, 1]."""

    kind: str  # "noising", "denoising" or "result"
    t: int  # steps of the schedule by which x_t is noised: 0 (not at all) to T
    x_t: Tensor  # as it can be seen: divided by its display scale, or decoded
    # the clean picture: the visitor's own on the way into noise, the predicted one on the way back
    x0_hat: Tensor
    index: int = 0  # of denoising, from 0
    total: int = 0


def image_to_image(
    model: Denoising,
    picture: Tensor,
    prompt: object,
    *,
    t: int,
    steps: int = 20,
    guidance: float = 3.0,
    seed: int = 0,
) -> Iterator[Frame]:
    """Yield `picture` (1, C, H, W) in [-1, 1] on its way into noise of `t` steps and back,
    conditioned on `prompt`; the last frame is the result.

    t = 0 returns the picture itself, number by number; t = T leaves nothing of it. Raises DemoError
    for a value out of range.
    """
    t = check_number("t", t, 0, model.schedule.steps, whole=True)
    picture = picture.to(runtime.device())
    anew = torch.full_like(picture[:, :1], float(t > 0))
    return _film(
        model,
        InitImage(model.latents(picture), t),
        picture,
        anew,
        prompt,
        steps=steps,
        guidance=guidance,
        seed=seed,
    )


def inpaint(
    model: Denoising,
    picture: Tensor,
    erased: Tensor,
    prompt: object,
    *,
    steps: int = 20,
    guidance: float = 3.0,
    seed: int = 0,
) -> Iterator[Frame]:
    """Yield how the erased part of `picture` (1, C, H, W) is generated from pure noise while the
    rest stays; last the result.

    erased: (1, 1, H, W), 1 where it is. What is not erased is in the result as it was, number by
    number. Raises DemoError when nothing is erased, or all.
    """
    check_erased(erased)
    picture, erased = picture.to(runtime.device()), erased.to(runtime.device())
    keep = keep_mask(erased, model.shape[1])
    start = InitImage(model.latents(picture), model.schedule.steps, keep)
    return _film(model, start, picture, erased, prompt, steps=steps, guidance=guidance, seed=seed)


def check_erased(erased: Tensor) -> None:
    """Raise DemoError when nothing is erased, or all; erased: 1 where the picture is."""
    if not erased.any():
        raise DemoError(
            "Nothing is erased: take the eraser, wipe over the part that is to be painted anew, "
            "then fill it in."
        )
    if (1 - erased).mean() < MIN_KNOWN:
        raise DemoError(
            "All is erased, so nothing is left to go by: put it back and erase a part alone."
        )


def keep_mask(erased: Tensor, side: int) -> Tensor:
    """Return (1, 1, side, side), 1 where what is denoised stays, for `erased` (1, 1, H, W), 1 where
    the picture is erased.

    A latent is a patch of pixels, and its encoder looked beyond: where a pixel of the patch or of
    one next to it is erased, it is generated anew.
    """
    patch = erased.shape[-1] // side
    if patch == 1:
        return 1 - erased
    return 1 - F.max_pool2d(F.max_pool2d(erased, patch), 3, stride=1, padding=1)


def _film(
    model: Denoising,
    start: InitImage,
    picture: Tensor,
    anew: Tensor,
    prompt: object,
    *,
    steps: int,
    guidance: float,
    seed: int,
) -> Iterator[Frame]:
    """Return the frames. anew: (1, 1, H, W), 1 where the picture is the model's, 0 where it stays
    the visitor's.

    The reverse process is DDIM with eta 1: fresh noise in every step corrects what does not fit the
    prompt, or the known part.
    """
    condition, options = model.embed_prompt([prompt]), {"steps": steps, "guidance": guidance}
    options |= {"sampler": "DDIM", "eta": 1.0, "seeds": [check_seed(seed)], "start": start}
    run = model.sample(condition, model.null_embedding(1), **options)
    return _frames(model, start, picture, anew, run, seed)


def _frames(
    model: Denoising,
    start: InitImage,
    picture: Tensor,
    anew: Tensor,
    run: Iterator[DenoiseStep],
    seed: int,
) -> Iterator[Frame]:
    def clean(predicted: Tensor) -> Tensor:
        return torch.where(anew > 0, predicted, picture)

    noise = runtime.NoisePerPicture([seed]).draw(*model.shape)  # the sampler's own first
    for t in dict.fromkeys(round(start.t * i / NOISING) for i in range(NOISING if start.t else 0)):
        x_t = model.schedule.add_noise(start.x_0, noise, torch.tensor([t - 1])) if t else start.x_0
        yield Frame("noising", t, displayed(model, x_t, t) if t else picture, picture)
    step = None
    for step in run:
        if start.t:
            yield Frame(
                "denoising",
                step.t + 1,
                displayed(model, step.x_t, step.t + 1),
                clean(model.pictures(step.x0_hat)),
                step.index,
                step.total,
            )
    assert step is not None  # there is one step at least, the picture itself at t = 0
    result = clean(model.pictures(step.x_next))
    yield Frame("result", 0, result, result)


def displayed(model: Denoising, x_t: Tensor, t: int) -> Tensor:
    """Return x_t, noised by `t` steps, 1 to T, as a picture to be looked at: latents decoded,
    pixels divided by their display scale.
    """
    scale = display_scale(model.schedule, t - 1) if math.isfinite(model.clip_range) else 1.0
    return model.pictures(x_t) / scale
