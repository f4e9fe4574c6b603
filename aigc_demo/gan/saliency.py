"""The discriminator's verdict on a picture for each class, and which pixels speak for and against:
the gradient of its logit (Simonyan et al., "Deep inside convolutional networks", 2013).
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.gan.model import GanModel
from aigc_demo.gan.networks import CLASSES


@dataclass(frozen=True)
class Saliency:
    """What D says to one picture, asked once for each digit."""

    logits: Tensor  # l(x, y) (10,)
    slopes: Tensor  # dl(x, y) / dx (10, 28, 28): how the logit grows with each pixel's ink

    @property
    def real(self) -> Tensor:
        """D(x, y) (10,): the probability that the picture is a real digit y."""
        return self.logits.sigmoid()


def verdict(model: GanModel, picture: Tensor) -> Saliency:
    """Return D's verdict on `picture` (1, 1, 28, 28) in [-1, 1]."""
    pictures = picture.to(runtime.device()).expand(CLASSES, -1, -1, -1).clone().requires_grad_()
    with torch.inference_mode(False), torch.enable_grad():
        logits = model.networks["discriminator"](
            pictures, torch.arange(CLASSES, device=pictures.device)
        )
        (slopes,) = torch.autograd.grad(logits.sum(), pictures)  # picture y only reaches logit y
    return Saliency(logits.detach().cpu(), slopes[:, 0].cpu())
