"""Tensors on their way to a browser: exact, and small enough to send."""

from __future__ import annotations  # torch is not loaded for this alone

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor


def encoded(tensor: Tensor) -> str:
    """Gives back the bytes of a tensor, little-endian, in base64."""
    return base64.b64encode(tensor.cpu().contiguous().numpy().tobytes()).decode()


def packed(tensor: Tensor) -> dict[str, Any]:
    """Gives back a float32 tensor exactly: its shape, and its numbers in base64."""
    return {"shape": list(tensor.shape), "float32": encoded(tensor)}
