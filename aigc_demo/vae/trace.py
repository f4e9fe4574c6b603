"""One picture's forward pass through the autoencoder of digits, with every number: Kingma and
Welling (2013), eq. 10.

Symbols as there: x the picture, q(z|x) = N(mu, sigma^2) the encoder's posterior, epsilon ~ N(0, 1),
z = mu + sigma * epsilon.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import check_number
from aigc_demo.vae.model import VaeModel
from aigc_demo.vae.network import kl_to_standard_normal, reparameterize

REACH = 3.0  # how far a dimension of z is moved to either side, in standard deviations of the prior
POSITIONS = 25  # of that dimension


@dataclass(frozen=True)
class Trace:
    """A picture encoded once and decoded from S draws of z, the first of which is mu itself. All
    float32, on the CPU.
    """

    mean: Tensor  # mu (D,)
    log_variance: Tensor  # log sigma^2 (D,)
    kl: Tensor  # KL(q(z_i|x) || N(0, 1)) of each number of z (D,), in nats
    epsilon: Tensor  # (S, D); the first row is 0
    z: Tensor  # (S, D)
    pictures: Tensor  # (S, 1, 28, 28) in [-1, 1]: each pixel's probability of ink
    reconstruction: Tensor  # -log p(x|z) (S,), in nats


def trace(
    model: VaeModel, picture: Tensor, *, beta: float = 1.0, seeds: Sequence[int] = ()
) -> Trace:
    """Return the trace of `picture` (1, 1, 28, 28) in [-1, 1] with one draw a seed after mu. Raises
    DemoError as `encode`.
    """
    mean, log_variance = (each.cpu() for each in model.encode(picture, beta=beta))  # (1, D) each
    drawn = [runtime.NoisePerPicture(seeds).draw(mean.shape[1]).cpu()] if seeds else []
    epsilon = torch.cat([torch.zeros_like(mean), *drawn])
    z = reparameterize(mean, log_variance, epsilon)
    pictures, reconstruction = decode_with_loss(model, z, picture, beta=beta)
    kl = kl_to_standard_normal(mean, log_variance)[0]
    return Trace(mean[0], log_variance[0], kl, epsilon, z, pictures, reconstruction)


def decode_with_loss(
    model: VaeModel, z: Tensor, picture: Tensor, *, beta: float
) -> tuple[Tensor, Tensor]:
    """Return what each z (S, D) becomes, (S, 1, 28, 28) in [-1, 1], and -log p(x|z) (S,) in nats, x
    being `picture` (1, 1, 28, 28).

    A grey pixel of x counts as ink with its shade as the probability, as in training: the
    cross-entropy is the mean over the black-and-white pictures that it stands for.
    """
    logits = model.logits(z, beta=beta).cpu()
    ink = ((picture.cpu() + 1) / 2).expand_as(logits)
    lost = F.binary_cross_entropy_with_logits(logits, ink, reduction="none")
    return 2 * logits.sigmoid() - 1, lost.sum(dim=(1, 2, 3))


def latent_traversal(z: Tensor, dimension: int) -> Tensor:
    """Return z (D,) with `dimension`, counted from 0, moved from -3 to 3: (25, D).
    Raises DemoError for another dimension.
    """
    dimension = check_number("dimension", dimension, 0, len(z) - 1, whole=True)
    rows = z.repeat(POSITIONS, 1)
    rows[:, dimension] = torch.linspace(-REACH, REACH, POSITIONS)
    return rows


def dimensions_by_kl(model: VaeModel, pictures: Tensor) -> list[int]:
    """Return the dimensions of z, counted from 0, by falling mean KL divergence over `pictures`
    (N, 1, 28, 28).
    """
    kl = kl_to_standard_normal(*model.encode(pictures)).mean(dim=0)  # (D,)
    return kl.argsort(descending=True).tolist()
