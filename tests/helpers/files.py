"""Picture files as a visitor may open them."""

import base64
import io

import numpy as np
from PIL import Image

from tests.helpers.calls import chunk, data_uri


def file(picture: Image.Image, kind: str = "PNG", **options: object) -> str:
    """Return a picture file as the browser hands it over."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return f"data:image/{kind.lower()};base64," + base64.b64encode(buffer.getvalue()).decode()


def stroke(size: tuple[int, int], paper: int, ink: int) -> Image.Image:
    """Return an upright stroke in the middle of a sheet."""
    pixels = np.full(size[::-1], paper, np.uint8)
    height, width = pixels.shape
    pixels[height // 4 : 3 * height // 4, 4 * width // 9 : 5 * width // 9] = ink
    return Image.fromarray(pixels)


def with_chunks(picture: Image.Image, *chunks: tuple[bytes, bytes]) -> str:
    """Return a PNG file that holds further chunks, each its kind and its content, before the
    pixels.
    """
    content = base64.b64decode(file(picture).partition(",")[2])
    header = 8 + 25  # the signature, and the chunk IHDR
    return data_uri(content[:header] + b"".join(chunk(*each) for each in chunks) + content[header:])


def with_segments(picture: Image.Image, *segments: tuple[int, bytes]) -> str:
    """Return a JPEG file that holds further segments, each its marker's second byte and its
    content.
    """
    content = base64.b64decode(file(picture, "JPEG", quality=95).partition(",")[2])
    made = b"".join(
        bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
        for marker, body in segments
    )
    return data_uri(content[:2] + made + content[2:])
