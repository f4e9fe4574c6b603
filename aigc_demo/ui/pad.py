"""A pad on which a visitor draws a digit, or puts a picture of one."""

import base64
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from aigc_demo import images
from aigc_demo.errors import DemoError
from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing

LONGEST_DRAWING = 200_000  # characters of base64
LARGEST_SIDE = 1024  # pixels
LARGEST_FILE = 2_000_000  # bytes of a picture that is not drawn here but opened: as large as Gradio itself takes
LARGEST_OPENED_SIDE = 4096  # pixels
KEY_PEN = Path(__file__).with_name("key_pen.js")  # draws without a pointer
OPENED = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
PAPER = 0.25  # what differs from the paper by less, as a share of the darkest ink, is paper
SIZE = 280  # pixels a side, as on the pad


def pad(**options: Any) -> Drawing:
    """Gives back an empty pad; its `input` event fires after every stroke, and when a picture is put on it by hand."""
    words = language.words("pad.pad", "pad.keys", "pad.clear", "pad.open", "pad.too_long", "pad.lost")
    limit = {"limit": LARGEST_FILE}
    return Drawing(Path(__file__).with_name("pad.js"), parts=[KEY_PEN], words=words, server_functions=[receive], **limit, **options)


def read(drawing: object, size: int) -> np.ndarray:
    """Gives back the drawing, a PNG data URI, as (1, size, size, 1) uint8. Raises DemoError when it is no such picture, or empty."""
    pixels = np.array(_drawn(drawing).resize((size, size), Image.Resampling.LANCZOS))
    return _not_empty(pixels)[None, :, :, None]


def read_digit(drawing: object) -> np.ndarray:
    """Gives back the drawing, a PNG data URI, as a digit of MNIST lies on its sheet: (1, 28, 28, 1) uint8. Raises DemoError as `read`.

    A picture of 28 by 28 pixels is taken to be one already.
    """
    picture = _drawn(drawing)
    pixels = _not_empty(np.array(picture))
    return (pixels if picture.size == (28, 28) else images.centred(pixels))[None, :, :, None]


def read_colour(drawing: object, size: int) -> np.ndarray:
    """Gives back a picture, a PNG data URI, in colour as (1, size, size, 3) uint8, on white. Raises DemoError when it is no such picture."""
    return np.array(_on_paper(_opened(drawing), "white").resize((size, size), Image.Resampling.LANCZOS))[None]


def read_erased(drawing: object, size: int) -> np.ndarray:
    """Gives back where a picture, a PNG data URI, is more transparent than not: (1, size, size, 1) bool. Raises DemoError as `read_colour`."""
    alpha = _opened(drawing).getchannel("A").resize((size, size), Image.Resampling.BOX)
    return (np.asarray(alpha) < 128)[None, :, :, None]


def receive(upload: str) -> dict[str, Any]:
    """Gives back a picture file, a data URI, as a drawing {"drawing": PNG data URI}, or what is wrong with it {"problem": both languages}."""
    return _received(open_picture, upload)


def receive_colour(upload: str) -> dict[str, Any]:
    """Gives back a picture file as `receive`, in its colours."""
    return _received(open_colour, upload)


def _received(opened: Callable[[str], np.ndarray], upload: str) -> dict[str, Any]:
    try:
        return {"drawing": images.data_uri(opened(upload))}
    except DemoError as error:
        return {"problem": language.error_both(error)}


def open_picture(upload: object) -> np.ndarray:
    """Gives back a picture file, a data URI, as if it were drawn on the pad: (280, 280, 1) uint8, ink white, on black whatever the paper was.

    Raises DemoError when it is no picture, too large or all of one shade.
    """
    sheet = _on_paper(_file(upload), "white").convert("L")
    return _ink(ImageOps.pad(sheet, (SIZE, SIZE), color=_paper(np.asarray(sheet))))


def open_colour(upload: object) -> np.ndarray:
    """Gives back a picture file, a data URI, whole on a white square: (280, 280, 3) uint8. Raises DemoError when it is no picture, or too large."""
    return np.asarray(ImageOps.pad(_on_paper(_file(upload), "white"), (SIZE, SIZE), color="white"))


def _file(upload: object) -> Image.Image:
    if not isinstance(upload, str) or not upload.startswith("data:") or ";base64," not in upload:
        raise DemoError("The file is no picture that can be read here; these can: {formats}.", formats=", ".join(OPENED))
    content = upload.partition(",")[2]
    length = len(content) * 3 // 4 - content[-2:].count("=")
    if length > LARGEST_FILE:
        raise DemoError("The file has {length} bytes; at most {limit} are read.", length=f"{length:,}", limit=f"{LARGEST_FILE:,}")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(content, validate=True)), formats=OPENED)
        if max(picture.size) > LARGEST_OPENED_SIDE:
            sides = {"width": f"{picture.width:,}", "height": f"{picture.height:,}", "limit": f"{LARGEST_OPENED_SIDE:,}"}
            raise DemoError("The picture has {width} by {height} pixels; at most {limit} a side are read.", **sides)
        picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        return ImageOps.exif_transpose(picture).convert("RGBA")
    except Image.DecompressionBombError:
        raise DemoError("The picture has too many pixels; at most {limit} a side are read.", limit=f"{LARGEST_OPENED_SIDE:,}") from None
    except (ValueError, OSError, SyntaxError):
        raise DemoError("The file is no picture that can be read here; these can: {formats}.", formats=", ".join(OPENED)) from None


def _drawn(drawing: object) -> Image.Image:
    return _on_paper(_opened(drawing), "black").convert("L")


def _on_paper(picture: Image.Image, colour: str) -> Image.Image:
    return Image.alpha_composite(Image.new("RGBA", picture.size, colour), picture).convert("RGB")


def _opened(drawing: object) -> Image.Image:
    if not isinstance(drawing, str) or not drawing.startswith("data:image/png;base64,"):
        raise DemoError("The drawing is empty: draw something first.")
    if len(drawing) > LONGEST_DRAWING:
        raise DemoError("The drawing has {length} bytes; at most {limit} are read.", length=f"{len(drawing):,}", limit=f"{LONGEST_DRAWING:,}")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(drawing.partition(",")[2], validate=True)), formats=["PNG"])
        if max(picture.size) > LARGEST_SIDE:
            raise DemoError("The drawing has too many pixels; at most {limit} a side are read.", limit=LARGEST_SIDE)
        return picture.convert("RGBA")
    except Image.DecompressionBombError:
        raise DemoError("The drawing has too many pixels; at most {limit} a side are read.", limit=LARGEST_SIDE) from None
    except (ValueError, OSError, SyntaxError):  # what base64 and Pillow raise; binascii.Error is a ValueError
        raise DemoError("The drawing is not a whole PNG picture: draw it on the pad.") from None


def _not_empty(pixels: np.ndarray) -> np.ndarray:
    if pixels.max() < 40:
        raise DemoError("The drawing is empty: draw something first.")
    return pixels


def _paper(grey: np.ndarray) -> int:
    """Gives back the shade of the paper (H, W): what most of the picture's rim has."""
    return int(np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])))


def _ink(picture: Image.Image) -> np.ndarray:
    grey = np.asarray(picture, np.float32)
    difference = np.abs(grey - _paper(grey))
    strongest = np.quantile(difference, 0.995)
    if strongest < 20:
        raise DemoError("The picture is all of one shade: nothing is drawn in it.")
    ink = (difference / strongest - PAPER) / (1 - PAPER)
    return (255 * ink.clip(0, 1)).astype(np.uint8)[:, :, None]
