"""A pad on which a visitor draws a digit, or puts a picture of one."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from aigc_demo.core import images, uploads
from aigc_demo.core.errors import DemoError
from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing, telling


def pad(**options: Any) -> Drawing:
    """Return an empty pad; its `input` event fires after every stroke, and when a picture is put on
    it by hand.
    """
    words = language.words(
        "pad.pad", "pad.keys", "pad.clear", "pad.open", "pad.too_long", "pad.lost"
    )
    limit = {"limit": uploads.MAX_FILE}
    return Drawing(
        Path(__file__).with_name("pad.js"),
        words=words,
        server_functions=[receive],
        **limit,
        **options,
    )


def read(drawing: object, size: int) -> np.ndarray:
    """Return the drawing, a PNG data URI, as (1, size, size, 1) uint8. Raises DemoError when it is
    no such picture, or empty.
    """
    pixels = np.array(_drawn(drawing).resize((size, size), Image.Resampling.LANCZOS))
    return _not_empty(pixels)[None, :, :, None]


def read_digit(drawing: object) -> np.ndarray:
    """Return the drawing, a PNG data URI, as a digit of MNIST lies on its sheet: (1, 28, 28, 1)
    uint8. Raises DemoError as `read`.

    A picture of 28 by 28 pixels is taken to be one already.
    """
    picture = _drawn(drawing)
    pixels = _not_empty(np.array(picture))
    return (pixels if picture.size == (28, 28) else images.centred(pixels))[None, :, :, None]


def read_colour(drawing: object, size: int) -> np.ndarray:
    """Return a picture, a PNG data URI, in colour as (1, size, size, 3) uint8, on white. Raises
    DemoError when it is no such picture.
    """
    return np.array(
        uploads.flatten(uploads.drawing(drawing), "white").resize(
            (size, size), Image.Resampling.LANCZOS
        )
    )[None]


def read_erased(drawing: object, size: int) -> np.ndarray:
    """Return where a picture, a PNG data URI, is more transparent than not: (1, size, size, 1)
    bool. Raises DemoError as `read_colour`.
    """
    alpha = uploads.drawing(drawing).getchannel("A").resize((size, size), Image.Resampling.BOX)
    return (np.asarray(alpha) < 128)[None, :, :, None]


@telling
def receive(upload: str) -> dict[str, Any]:
    """Return a picture file, a data URI, as a drawing {"drawing": PNG data URI}, or what is wrong
    with it {"problem": both languages}.
    """
    return {"drawing": images.data_uri(uploads.ink(upload))}


@telling
def receive_colour(upload: str) -> dict[str, Any]:
    """Return a picture file as `receive`, in its colours."""
    return {"drawing": images.data_uri(uploads.colour(upload))}


def _drawn(drawing: object) -> Image.Image:
    return uploads.flatten(uploads.drawing(drawing), "black").convert("L")


def _not_empty(pixels: np.ndarray) -> np.ndarray:
    if pixels.max() < 40:
        raise DemoError("The drawing is empty: draw something first.")
    return pixels
