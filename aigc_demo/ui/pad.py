"""A pad on which a visitor draws a digit."""

import base64
import io
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from aigc_demo.errors import DemoError
from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing

LONGEST_DRAWING = 200_000  # characters of base64
LARGEST_SIDE = 1024  # pixels


def pad(**options: Any) -> Drawing:
    """Gives back an empty pad; its `change` event fires after every stroke."""
    return Drawing(Path(__file__).with_name("pad.js"), words=language.words("pad.pad", "pad.clear"), **options)


def read(drawing: object, size: int) -> np.ndarray:
    """Gives back the drawing, a PNG data URI, as (1, size, size, 1) uint8. Raises DemoError when it is no such picture, or empty."""
    if not isinstance(drawing, str) or not drawing.startswith("data:image/png;base64,"):
        raise DemoError("The drawing is empty: draw something first.")
    if len(drawing) > LONGEST_DRAWING:
        raise DemoError("The drawing has {length} bytes; at most {limit} are read.", length=f"{len(drawing):,}", limit=f"{LONGEST_DRAWING:,}")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(drawing.partition(",")[2], validate=True)), formats=["PNG"])
        if max(picture.size) > LARGEST_SIDE:
            raise DemoError("The drawing has too many pixels; at most {limit} a side are read.", limit=LARGEST_SIDE)
        pixels = np.asarray(picture.convert("L").resize((size, size), Image.Resampling.LANCZOS))
    except Image.DecompressionBombError:
        raise DemoError("The drawing has too many pixels; at most {limit} a side are read.", limit=LARGEST_SIDE) from None
    except (ValueError, OSError, SyntaxError):  # what base64 and Pillow raise; binascii.Error is a ValueError
        raise DemoError("The drawing is not a whole PNG picture: draw it on the pad.") from None
    if pixels.max() < 40:
        raise DemoError("The drawing is empty: draw something first.")
    return pixels[None, :, :, None]
