"""Between two points of a space whose points are Gaussian noise, or directions."""

import math

import torch
from torch import Tensor


def slerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    """Return the point at t in [0, 1] on the arc from `a` to `b`, both (D,) (Shoemake, 1985); a
    straight line when they are parallel.

    A straight line would pass nearer to the origin than Gaussian samples ever lie.
    """
    lengths = (a.double().norm() * b.double().norm()).item()
    # in float32, -1 would be missed by a thousandth of the angle
    cosine = (a.double() @ b.double()).item() / lengths if lengths else 1.0
    angle = math.acos(max(-1.0, min(1.0, cosine)))
    if math.sin(angle) < 1e-6:
        return torch.lerp(a, b, t)
    return (math.sin((1 - t) * angle) * a + math.sin(t * angle) * b) / math.sin(angle)


def arc(a: Tensor, b: Tensor, frames: int) -> Tensor:
    """Return `frames` points (frames, ...) on the arc from `a` to `b` of any one shape, evenly
    spaced, both ends included.
    """
    return torch.stack(
        [slerp(a.flatten(), b.flatten(), t) for t in torch.linspace(0, 1, frames).tolist()]
    ).unflatten(1, a.shape)
