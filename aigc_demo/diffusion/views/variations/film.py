"""The film of a walk through the latent space: each picture large, beside the whole walk."""

from typing import Any

import numpy as np

from aigc_demo.core import images
from aigc_demo.diffusion.views._shared.subject import Subject
from aigc_demo.ui import language
from aigc_demo.ui.player import Track, film

# columns of the sheet that shows a whole walk, and pixels a side of each picture on it
CONTACT = {28: (5, 28), 64: (4, 32)}
PALE = 0.3


def walk_film(subject: Subject, pictures: Any, *, live: bool = False) -> dict[str, Any]:
    """Return the film of `pictures` (N, C, H, W) in [-1, 1], from start to goal."""
    tracks = [
        Track("x_0", language.both("diffusion.variations.track"), "generated"),
        Track("", language.both("diffusion.variations.way"), "latent"),
    ]
    pixels = images.to_pixels(pictures)
    frames = [
        np.stack([_enlarged(subject, picture), _contact_sheet(subject, pixels, i)])
        for i, picture in enumerate(pixels)
    ]
    shares = [i / max(len(pixels) - 1, 1) for i in range(len(pixels))]
    captions = [
        language.both("diffusion.variations.caption", share=f"{share:.0%}") for share in shares
    ]
    return film(
        "diffusion-walk",
        tracks,
        np.stack(frames, axis=1),
        captions,
        ink=subject.ink,
        live=live,
        start=len(pixels) // 2,
    )


def _enlarged(subject: Subject, picture: np.ndarray) -> np.ndarray:
    """Return a picture (H, W, C) as large as the contact sheet."""
    factor = CONTACT[subject.side][0] * CONTACT[subject.side][1] // subject.side
    return picture.repeat(factor, axis=0).repeat(factor, axis=1)


def _contact_sheet(subject: Subject, pixels: np.ndarray, at: int) -> np.ndarray:
    """Return the whole walk (N, H, W, C) on one sheet; what comes after frame `at` is pale."""
    columns, side = CONTACT[subject.side]
    by, paper = subject.side // side, 0 if subject.ink else 255
    tiles = pixels.reshape(len(pixels), side, by, side, by, -1).mean(axis=(2, 4))
    tiles[at + 1 :] = paper + PALE * (tiles[at + 1 :] - paper)
    sheet = np.full((columns**2, side, side, pixels.shape[-1]), paper, np.uint8)
    sheet[: len(tiles)] = tiles.round()
    return images.grid(sheet, columns=columns)
