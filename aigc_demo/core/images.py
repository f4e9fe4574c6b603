"""Between tensors and pictures. A tensor of pictures is (N, C, H, W) in [-1, 1]; a picture is uint8
(H, W) or (H, W, 3).
"""

from __future__ import annotations  # torch is not loaded for a picture alone

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from torch import Tensor


def to_pixels(tensor: Tensor) -> np.ndarray:
    """Return (N, H, W, C) uint8 from (N, C, H, W) in [-1, 1]; what lies outside is clipped."""
    return (
        ((tensor.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    )


def from_pixels(pixels: np.ndarray) -> Tensor:
    """Return (N, C, H, W) float32 in [-1, 1] from (N, H, W, C) uint8."""
    import torch

    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1


def grid(pixels: np.ndarray, *, columns: int, gap: int = 0, background: int = 0) -> np.ndarray:
    """Return one picture (H', W', C) uint8 of (N, H, W, C) laid out in rows of `columns`, `gap`
    pixels apart.
    """
    n, height, width, channels = pixels.shape
    rows = -(-n // columns)
    canvas = np.full(
        (rows * (height + gap) - gap, columns * (width + gap) - gap, channels), background, np.uint8
    )
    for i, picture in enumerate(pixels):
        top, left = (i // columns) * (height + gap), (i % columns) * (width + gap)
        canvas[top : top + height, left : left + width] = picture
    return canvas


def data_uri(pixels: np.ndarray) -> str:
    """Return a PNG data URI of (H, W, C) uint8, C being 1 or 3: a picture that needs no second
    request.
    """
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(
        buffer, "PNG", compress_level=1
    )
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def centred(pixels: np.ndarray, *, least: int = 40) -> np.ndarray:
    """Return a digit (H, W) uint8, white on black, as MNIST's lie on their sheet: (28, 28) uint8.

    Its ink is fitted into 20 by 20 pixels, and its centre of mass moved to the middle (LeCun et
    al., 1998, section III-A). What is darker than `least` is no ink; without any, all is black.
    """
    rows, columns = (np.flatnonzero((pixels >= least).any(axis=axis)) for axis in (1, 0))
    sheet = np.zeros((28, 28), np.uint8)
    if not len(rows):
        return sheet
    cut = Image.fromarray(pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    scale = 20 / max(cut.size)
    small = np.asarray(
        cut.resize(
            (max(1, round(cut.width * scale)), max(1, round(cut.height * scale))),
            Image.Resampling.LANCZOS,
        )
    )
    weight = small.astype(np.float64)
    middle = [
        (weight.sum(axis=1 - axis) @ np.arange(size) + 0.5 * weight.sum()) / max(weight.sum(), 1)
        for axis, size in enumerate(small.shape)
    ]
    top, left = (
        int(np.clip(round(14 - at), 0, 28 - size))
        for at, size in zip(middle, small.shape, strict=True)
    )
    sheet[top : top + small.shape[0], left : left + small.shape[1]] = small
    return sheet
