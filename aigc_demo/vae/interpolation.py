"""From one picture to another: straight on between their means in latent space, and, to compare,
pixel by pixel.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.vae.model import VaeModel


@dataclass(frozen=True)
class Interpolation:
    """Two ways of (frames, 1, 28, 28) in [-1, 1], which begin and end at the same two
    reconstructions.
    """

    decoded: Tensor  # of (1 - t) mu_0 + t mu_1
    crossfade: Tensor  # (1 - t) x_hat_0 + t x_hat_1
    length: float  # |mu_1 - mu_0|


def interpolate(
    model: VaeModel, pictures: Tensor, *, frames: int, beta: float = 1.0
) -> Interpolation:
    """Return both ways between the two `pictures` (2, 1, 28, 28). Raises DemoError as `encode`."""
    means = model.encode(pictures, beta=beta)[0]  # (2, D)
    decoded = model.decode(between(means, frames), beta=beta).cpu()
    crossfade = between(decoded[[0, -1]], frames)
    return Interpolation(decoded, crossfade, (means[1] - means[0]).norm().item())


def between(ends: Tensor, frames: int) -> Tensor:
    """Return points at even steps on the straight line between two `ends` (2, ...), both included:
    (frames, ...).
    """
    t = torch.linspace(0, 1, frames, device=ends.device).view(-1, *[1] * (ends.dim() - 1))
    return (1 - t) * ends[:1] + t * ends[1:]
