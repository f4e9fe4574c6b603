"""The film of an emoji's sampling: latents as maps; what each step saw and predicted, decoded."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from aigc_demo.core import images
from aigc_demo.diffusion.views._shared import film as films
from aigc_demo.ui import language, player
from aigc_demo.ui.player import Both, Track

SIDE = 64  # pixels of an emoji
TRACKS = ("z_t", "x_t", "x0_hat", "conditioned", "unconditioned", "difference")


def emoji_film(model: Any, steps: list[Any], last: Any, label: Both) -> dict[str, Any]:
    """Return the film of `steps` and of the finished latents `last`; without them, what is shown
    meanwhile. label: the settings.
    """
    from aigc_demo.diffusion.frames import columns_for

    live, count = last is None, len(steps[0].x_t)
    seen = _seen(model, steps, [] if live else [last])
    frames = [images.to_pixels(track).reshape(-1, count, SIDE, SIDE, 3) for track in seen.values()]
    columns = columns_for(count)
    pictures = [
        np.stack([images.grid(frame, columns=columns) for frame in track]) for track in frames
    ]
    captions = [
        language.both("diffusion.caption", step=step.index + 1, total=step.total, t=step.t)
        for step in steps
    ]
    captions += [] if live else [language.both("diffusion.caption.last")]
    return player.film(
        "diffusion-emoji",
        _tracks(seen),
        np.stack(pictures),
        captions,
        numbers=films.numbers(model.schedule, steps, live=live),
        ink=False,
        live=live,
        progress=(steps[-1].index + 1) / steps[-1].total if live else None,
        label=label,
    )


def _seen(model: Any, steps: list[Any], end: list[Any]) -> dict[str, Any]:
    """Return what the film shows of `steps`, and of the latents at its `end`: each track (frames N,
    3, 64, 64).

    Of several pictures only the maps and the predictions are decoded: decoding takes as long as
    denoising.
    """
    import torch

    from aigc_demo.diffusion.frames import AMPLIFIED, display_scale

    noisy = torch.cat([step.x_t / display_scale(model.schedule, step.t) for step in steps] + end)
    latents = {"x0_hat": torch.cat([step.x0_hat for step in steps] + end)}
    if len(steps[0].x_t) == 1:
        latents["x_t"] = noisy
        if steps[0].unconditioned is not None:
            padded = [*steps, *steps[-1:] * len(end)]  # at the end it stays as it was last
            for name in ("conditioned", "unconditioned"):
                latents[name] = torch.cat([getattr(step, name) for step in padded])
    pictures = model.pictures(torch.cat([*latents.values()])).chunk(len(latents))
    decoded = dict(zip(latents, pictures, strict=True))
    if "conditioned" in decoded:
        decoded["difference"] = AMPLIFIED * (decoded["conditioned"] - decoded["unconditioned"])
    # three of the four, as red, green and blue
    maps = (noisy[:, :3] / 2).repeat_interleave(4, dim=2).repeat_interleave(4, dim=3)
    return {"z_t": maps, **{name: decoded[name] for name in TRACKS if name in decoded}}


def _tracks(names: Iterable[str]) -> list[Track]:
    noisy, clean, _, *guided = films.tracks(6)
    own = (
        Track("z_t", language.both("diffusion.emoji.track.z_t"), "latent"),
        replace(noisy, title=language.both("diffusion.emoji.track.x_t")),
    )
    every: dict[str, Track] = dict(zip(TRACKS, [*own, clean, *guided], strict=True))
    return [every[name] for name in names]
