"""Tensors on their way to a browser: exact, and small enough to send."""

from __future__ import annotations  # torch is not loaded for this alone

import base64
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor


def encode_bytes(tensor: Tensor) -> str:
    """Return the bytes of a tensor, little-endian, in base64."""
    return base64.b64encode(tensor.cpu().contiguous().numpy().tobytes()).decode()


def encode_float32(tensor: Tensor) -> dict[str, Any]:
    """Return a float32 tensor exactly: its shape, and its numbers in base64."""
    return {"shape": list(tensor.shape), "float32": encode_bytes(tensor)}


def encode_points(points: Tensor) -> str:
    """Return points (N, 2) of a plane in thousandths, as int16 in base64."""
    return encode_bytes((1000 * points.detach()).round().clamp(-32_000, 32_000).short())


def encode_shares(surface: Tensor) -> str:
    """Return numbers from 0 to 1 as uint16 in base64, 65,535 for 1."""
    import torch

    return encode_bytes((65_535 * surface).round().to(torch.uint16))


def json_number(value: Any) -> float | None:
    """Return a number for JSON, which knows no infinity, with four digits after the point."""
    return round(float(value), 4) if value is not None and math.isfinite(value) else None
