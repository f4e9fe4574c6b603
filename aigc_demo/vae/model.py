"""Encoding a picture, sampling its latent, decoding: the three things that a variational
autoencoder does.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.batching import rows
from aigc_demo.core.errors import check_choice, check_number, check_tensor
from aigc_demo.vae.network import ClassConditional, Convolutional, Dense

BETAS = (0.1, 10.0)  # the range of beta
NETWORKS = {"dense": Dense, "convolutional": Convolutional, "class-conditional": ClassConditional}


@dataclass(frozen=True)
class VaeConfig:
    """The shape of an autoencoder."""

    # "dense": digits, for any beta; "convolutional": emoji; "class-conditional": digits of a class.
    network: str
    latents: int  # numbers in z; of a convolutional one, at each of 16 by 16 places
    width: int
    layers: int
    classes: int = 0  # of a class-conditional one
    flows: int = 0  # layers of its learned prior p(z|y); without, it is N(0, 1)

    def __post_init__(self) -> None:
        """Raise DemoError when there is no such network."""
        check_choice("network", self.network, list(NETWORKS))


def build_network(config: VaeConfig) -> Dense | Convolutional | ClassConditional:
    """Return an untrained network."""
    more = (config.classes, config.flows) if config.network == "class-conditional" else ()
    return NETWORKS[config.network](config.latents, config.width, config.layers, *more)


def from_checkpoint(folder: Path) -> "VaeModel | ConditionalVaeModel":
    """Return the autoencoder stored in `folder`; raises DemoError when its files are missing or
    damaged.
    """
    config = checkpoints.read_config(folder, VaeConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    network = checkpoints.freeze_for_inference(network, runtime.device())
    if isinstance(network, ClassConditional):
        return ConditionalVaeModel(config, network)
    return VaeModel(config, network)


class VaeModel:
    """A trained autoencoder. Pictures are (N, C, H, W) in [-1, 1]: (N, 1, 28, 28) digits, ink 1, or
    (N, 3, 64, 64) emoji.
    """

    def __init__(self, config: VaeConfig, network: Dense | Convolutional):
        self.config = config
        self.network = network

    @rows
    @torch.inference_mode()
    def encode(self, pictures: Tensor, *, beta: float = 1.0) -> tuple[Tensor, Tensor]:
        """Return mu and log sigma^2 of q(z|x), (N, latents) each or (N, latents, 16, 16); beta is
        for digits alone.

        Raises DemoError when beta is not from 0.1 to 10.
        """
        shape = (1, 28, 28) if isinstance(self.network, Dense) else (3, 64, 64)
        check_tensor("pictures", pictures, None, *shape)
        pictures = pictures.to(runtime.device())
        if isinstance(self.network, Dense):
            return self.network.encode((pictures + 1) / 2, self._betas(beta, len(pictures)))
        return self.network.encode(pictures)

    @rows
    @torch.inference_mode()
    def decode(self, z: Tensor, *, beta: float = 1.0) -> Tensor:
        """Return the pictures of z; a digit's pixel is the probability of ink, from -1 (none) to 1.
        Raises DemoError as `encode`.
        """
        if isinstance(self.network, Dense):
            return 2 * self.logits(z, beta=beta).sigmoid() - 1
        check_tensor("z", z, None, self.config.latents, 16, 16)
        return self.network.decode(z.to(runtime.device())).clamp(-1, 1)

    @rows
    @torch.inference_mode()
    def logits(self, z: Tensor, *, beta: float = 1.0) -> Tensor:
        """Return the logits (N, 1, 28, 28) of p(x|z), the probability that a digit's pixel is ink.
        Raises DemoError as `encode`.
        """
        assert isinstance(self.network, Dense)  # an emoji's pixels are colours, not probabilities
        check_tensor("z", z, None, self.config.latents)
        return self.network.decode(z.to(runtime.device()), self._betas(beta, len(z)))

    def _betas(self, beta: float, count: int) -> Tensor:
        beta = float(check_number("beta", beta, *BETAS))
        return torch.full((count,), beta, device=runtime.device())


class ConditionalVaeModel:
    """A trained autoencoder of digits whose class is given. Pictures are (N, 1, 28, 28) in [-1, 1],
    ink 1; labels (N,) int64.
    """

    def __init__(self, config: VaeConfig, network: ClassConditional):
        self.config = config
        self.network = network

    @rows
    @torch.inference_mode()
    def encode(self, pictures: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
        """Return mu and log sigma^2 of q(z|x, y), (N, latents) each; raises DemoError when shapes
        or classes do not fit.
        """
        check_tensor("pictures", pictures, None, 1, 28, 28)
        ink = (pictures.to(runtime.device()) + 1) / 2
        return self.network.encode(ink, self._checked(labels, len(pictures)))

    @rows
    @torch.inference_mode()
    def decode(self, z: Tensor, labels: Tensor) -> Tensor:
        """Return the pictures (N, 1, 28, 28) of z (N, latents); a pixel is the probability of ink,
        from -1 (none) to 1.

        Raises DemoError as `encode`.
        """
        check_tensor("z", z, None, self.config.latents)
        logits = self.network.decode(z.to(runtime.device()), self._checked(labels, len(z)))
        return 2 * logits.sigmoid() - 1

    @rows
    @torch.inference_mode()
    def generate(self, u: Tensor, labels: Tensor) -> Tensor:
        """Return pictures (N, 1, 28, 28) of the classes `labels`, for u (N, latents) drawn from
        N(0, 1).

        Without a learned prior u is z itself. Raises DemoError as `encode`.
        """
        check_tensor("z", u, None, self.config.latents)
        labels = self._checked(labels, len(u))
        return self.decode(self.network.from_normal(u.to(runtime.device()), labels), labels)

    def _checked(self, labels: Tensor, count: int) -> Tensor:
        check_tensor("labels", labels, count, below=self.config.classes)
        return labels.long().to(runtime.device())
