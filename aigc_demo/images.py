"""Between tensors and pictures. A tensor of pictures is (N, C, H, W) in [-1, 1]; a picture is uint8 (H, W) or (H, W, 3)."""

from __future__ import annotations  # torch is not loaded for a picture alone

import base64
import io
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from torch import Tensor


def to_pixels(tensor: Tensor) -> np.ndarray:
    """Gives back (N, H, W, C) uint8 from (N, C, H, W) in [-1, 1]; what lies outside is clipped."""
    return ((tensor.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def from_pixels(pixels: np.ndarray) -> Tensor:
    """Gives back (N, C, H, W) float32 in [-1, 1] from (N, H, W, C) uint8."""
    import torch

    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1


def grid(pixels: np.ndarray, *, columns: int, gap: int = 0, background: int = 0) -> np.ndarray:
    """Gives back one picture (H', W', C) uint8 of (N, H, W, C) laid out in rows of `columns`, `gap` pixels apart."""
    n, height, width, channels = pixels.shape
    rows = -(-n // columns)
    canvas = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, channels), background, np.uint8)
    for i, picture in enumerate(pixels):
        top, left = (i // columns) * (height + gap), (i % columns) * (width + gap)
        canvas[top : top + height, left : left + width] = picture
    return canvas


def data_uri(pixels: np.ndarray) -> str:
    """Gives back a PNG data URI of (H, W, C) uint8, C being 1 or 3: a picture that needs no second request."""
    buffer = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(buffer, "PNG", compress_level=1)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
