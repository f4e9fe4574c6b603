"""The discriminator's output on a picture for each class, and its saliency map: the gradient of its
logit (Simonyan et al., "Deep inside convolutional networks", 2013).
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.gan.model import GanModel
from aigc_demo.gan.networks import CLASSES


@dataclass(frozen=True)
class Saliency:
    """D's output on one picture, conditioned on each digit in turn."""

    logits: Tensor  # l(x, y) (10,)
    gradients: Tensor  # dl(x, y) / dx (10, 28, 28): how the logit grows with each pixel's ink

    @property
    def probabilities(self) -> Tensor:
        """D(x, y) (10,): the probability that the picture is a real digit y."""
        return self.logits.sigmoid()


def saliency(model: GanModel, picture: Tensor) -> Saliency:
    """Return D's logits for `picture` (1, 1, 28, 28) in [-1, 1], and their gradients."""
    pictures = picture.to(runtime.device()).expand(CLASSES, -1, -1, -1).clone().requires_grad_()
    with torch.inference_mode(False), torch.enable_grad():
        logits = model.networks["discriminator"](
            pictures, torch.arange(CLASSES, device=pictures.device)
        )
        (gradients,) = torch.autograd.grad(logits.sum(), pictures)  # picture y only reaches logit y
    return Saliency(logits.detach().cpu(), gradients[:, 0].cpu())
