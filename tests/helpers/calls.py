"""Good calls of the public events, which tests change one input at a time."""

import base64
import io
import struct
import zlib
from typing import Any

import numpy as np
from gradio_client import Client
from PIL import Image

# The inputs of a good, cheap call of each event, in the events' order.
GOOD = {
    "text_generate": {
        "prompt": "ROMEO:\n",
        "temperature": 0.8,
        "length": 30,
        "seed": 7,
        "top_k": 0,
        "top_p": 1.0,
        "min_p": 0.0,
    },
    "gan_sample": {"digit": "3", "seed": 3, "truncation": 0.8},
    "gan_walk": {"digit": "3", "seed": 3, "goal": 33, "truncation": 0.8},
    "diffusion_denoise": {
        "digit": "3",
        "count": 1,
        "seed": 5,
        "steps": 2,
        "sampler": "DDIM",
        "guidance": 2.0,
        "eta": 0.0,
    },
}


def png(picture: np.ndarray) -> str:
    """Return a data URI of a grey picture (H, W) uint8."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return data_uri(buffer.getvalue())


def data_uri(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def bomb(side: int) -> str:
    """Return a tiny PNG that claims to be `side` pixels wide and high."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return data_uri(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def a_seven() -> str:
    """Return a drawing: white strokes on black."""
    picture = np.zeros((280, 280), np.uint8)
    picture[60:85, 70:210] = picture[60:230, 180:205] = 255
    return png(picture)


GOOD["diffusion_noise"] = {"drawing": a_seven(), "seed": 5}


def run(client: Client, event: str, **changes: Any) -> Any:
    """Return the last outputs of `event` with its good inputs, some of them changed."""
    return client.predict(*{**GOOD[event], **changes}.values(), api_name=f"/{event}")


def sheet(film: dict[str, Any]) -> np.ndarray:
    """Return the pictures of a film, or of a grid, as one grey picture."""
    return np.asarray(
        Image.open(io.BytesIO(base64.b64decode(film["sheet"].partition(",")[2]))).convert("L")
    )


def pictures(film: dict[str, Any]) -> np.ndarray:
    """Return a film's pictures (tracks, frames, H, W) uint8."""
    tracks, frames, height, width = (
        len(film["tracks"]),
        film["frames"],
        film["height"],
        film["width"],
    )
    assert sheet(film).shape == (tracks * height, frames * width)
    return sheet(film).reshape(tracks, height, frames, width).transpose(0, 2, 1, 3)


def in_time(seconds: float, measured: float) -> bool:
    """Return whether something took at most ten times what was measured on two idle cores: an
    alarm, no figure; `bench app` measures.
    """
    return seconds <= 10 * measured


def tiles(uri: str) -> np.ndarray:
    """Return the pictures (rows, columns, 64, 64, 3) of a sheet."""
    pixels = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("RGB")
    )
    rows, columns = pixels.shape[0] // 64, pixels.shape[1] // 64
    return pixels.reshape(rows, 64, columns, 64, 3).swapaxes(1, 2)
