"""How the autoencoders are trained: reconstruction plus beta times the KL divergence.

Read `plain_step` first: one step, as in the paper. The recipes draw the batches, take such steps
and report on them.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import Optimizer

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.vae.model import BETAS, VaeConfig, build_network
from aigc_demo.vae.network import (
    ClassConditional,
    Convolutional,
    Dense,
    kl_to_learned_prior,
    kl_to_standard_normal,
    reparameterize,
)

# of ConditionalRecipe: where its beta begins, and over which share of training it falls
FIRST_BETA, BETA_DECAY = (4.0, 0.2)
MAX_NORM = 200.0  # of the digits' gradients, summed over 784 pixels
EMOJI_BETA = 1e-3  # beta of the emoji's autoencoder: enough to keep its latents near N(0, 1)


def plain_step(
    network: Dense,
    optimizer: Optimizer,
    *,
    x: Tensor,
    epsilon: Tensor,
    beta: Tensor,
) -> Tensor:
    """Take one step up the gradient of the ELBO on a minibatch of M; return the ELBO (M,) in nats.

    Kingma and Welling, "Auto-encoding variational Bayes" (2014), algorithm 1 with L = 1. In the
    paper beta is 1; another one weighs the KL (Higgins et al., 2017), and the network is
    conditioned on it.

    x: (M, 1, 28, 28), each pixel 0 or 1; epsilon: (M, J) ~ N(0, I), J latents; beta: (M,).
    """
    # 1. and 2. are the draws of x and epsilon. 3. The estimate of the bound, section 3, eq. 10:
    mu, log_var = network.encode(x, beta)  # q(z|x) = N(mu, sigma^2), each (M, J)
    sigma = (log_var / 2).exp()
    z = mu + sigma * epsilon  # the reparameterization trick, section 2.4
    logits = network.decode(z, beta)  # p(x|z) = Bernoulli(y), y = sigmoid(logits) (M, 1, 28, 28)
    log_y, log_not_y = F.logsigmoid(logits), F.logsigmoid(-logits)  # log y and log(1 - y)
    log_p = (x * log_y + (1 - x) * log_not_y).sum(dim=(1, 2, 3))  # (M,) appendix C.1, eq. 11
    kl = -(1 + log_var - mu**2 - sigma**2).sum(dim=1) / 2  # (M,) appendix B
    elbo = log_p - beta * kl

    # 4. theta and phi, decoder and encoder, ascend its mean; a large beta must not drown the others
    loss = -(elbo / beta.clamp(min=1)).mean()
    optimizer_step(loss, optimizer, max_norm=MAX_NORM)
    return elbo.detach()


class DigitsRecipe(Recipe[VaeConfig]):
    """The negative ELBO of binarised digits, KL weighted by a beta that each picture draws anew
    (Higgins et al., "beta-VAE", 2017).
    """

    def __init__(self, config: VaeConfig, digits: data.Digits, *, batch: int = 256, seed: int = 0):
        with runtime.seeded(seed):
            network = build_network(config).to(runtime.device())
        assert isinstance(network, Dense)
        optimizer = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=0.01)
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.999,
        )
        self.network, self.batch = network, batch
        self.ink = torch.from_numpy(digits.pictures).permute(0, 3, 1, 2)  # (N, 1, 28, 28) uint8

    def update(self) -> dict[str, float]:
        """Take one step on a batch: `plain_step` is the same, as in the paper.

        What is returned is in nats per picture, of the half of the batch whose beta is 1.
        """
        network, optimizer = self.network, self.optimizers["network"]
        x, beta, epsilon = self._batch()
        with runtime.autocast():
            mean, log_variance = network.encode(x, beta)
            logits = network.decode(reparameterize(mean, log_variance, epsilon), beta)
        # -log p(x|z)
        reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(
            dim=(1, 2, 3)
        )
        kl = kl_to_standard_normal(mean, log_variance).sum(dim=1)
        loss = ((reconstruction + beta * kl) / beta.clamp(min=1)).mean()
        optimizer_step(loss, optimizer, max_norm=MAX_NORM)
        plain = beta == 1
        return {
            "reconstruction": reconstruction[plain].mean().item(),
            "KL": kl[plain].mean().item(),
        }

    def _batch(self) -> tuple[Tensor, Tensor, Tensor]:
        """Draw pictures x (N, 1, 28, 28) of 0 and 1, beta (N,) and epsilon (N, latents)."""
        rows = torch.randint(len(self.ink), (self.batch,), generator=self.generator)
        grey = self.ink[rows] / 255  # of a pixel: the probability that it is ink
        x = torch.bernoulli(grey, generator=self.generator)
        beta = self._betas()
        epsilon = torch.randn(self.batch, self.config.latents, generator=self.generator)
        return x.to(runtime.device()), beta.to(runtime.device()), epsilon.to(runtime.device())

    def _betas(self) -> Tensor:
        """Half of a batch learns the ELBO itself, beta = 1; the others draw beta log-uniformly from
        the dial's range.
        """
        low, high = torch.tensor(BETAS).log()
        drawn = (low + (high - low) * torch.rand(self.batch, generator=self.generator)).exp()
        return drawn.index_fill(0, torch.arange(self.batch // 2), 1.0)

    def export(self, folder: Path) -> None:
        """Write the averaged network."""
        checkpoints.save(folder, self.config, self.averaged["network"])


class ConditionalRecipe(Recipe[VaeConfig]):
    """The negative ELBO of binarised digits given their class, its KL term weighted by a beta
    that falls to its last value.

    At first the KL is dear, so the decoder learns to read the class before it learns to read z.
    """

    def __init__(
        self,
        config: VaeConfig,
        digits: data.Digits,
        *,
        beta: float = 0.3,
        batch: int = 512,
        seed: int = 0,
    ):
        with runtime.seeded(seed):
            network = runtime.channels_last(build_network(config), runtime.device())
        assert isinstance(network, ClassConditional)
        optimizer = torch.optim.AdamW(
            network.parameters(), 2e-3, betas=(0.9, 0.99), weight_decay=0.01
        )
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.9995,
        )
        self.network, self.batch, self.last_beta = network, batch, beta
        self.ink = torch.from_numpy(digits.pictures).permute(0, 3, 1, 2)  # (N, 1, 28, 28) uint8
        self.labels = torch.from_numpy(digits.labels)

    def update(self) -> dict[str, float]:
        """Take one step on a batch: `plain_step` given the class; all in nats per picture."""
        network, optimizer = self.network, self.optimizers["network"]
        rows = torch.randint(len(self.ink), (self.batch,), generator=self.generator)
        x = torch.bernoulli(self.ink[rows] / 255, generator=self.generator)
        epsilon = torch.randn(self.batch, self.config.latents, generator=self.generator)
        x, label, epsilon = (
            tensor.to(runtime.device()) for tensor in (x, self.labels[rows], epsilon)
        )
        with runtime.autocast():
            reconstruction, kl = negative_elbo_of_class(network, x, label, epsilon)
        loss = (reconstruction + self.beta * kl).mean() / max(1.0, self.beta)
        optimizer_step(loss, optimizer, max_norm=MAX_NORM)
        return {"reconstruction": reconstruction.mean().item(), "KL": kl.mean().item()}

    @property
    def beta(self) -> float:
        """Return the weight of the KL term now: from 4 to its last value, by equal factors, over
        the first fifth of training.
        """
        return self.last_beta * (FIRST_BETA / self.last_beta) ** max(
            0.0, 1 - self.progress / BETA_DECAY
        )

    def export(self, folder: Path) -> None:
        """Write the averaged network."""
        checkpoints.save(folder, self.config, self.averaged["network"])


def negative_elbo_of_class(
    network: ClassConditional, x: Tensor, label: Tensor, epsilon: Tensor
) -> tuple[Tensor, Tensor]:
    """Return both parts of the negative ELBO in nats, reconstruction -log p(x|z, y) and KL, each
    (N,).

    x: (N, 1, 28, 28) in [0, 1]; label: (N,) int64; epsilon: (N, latents) ~ N(0, 1), which draws z.
    """
    mean, log_variance = network.encode(x, label)
    z = reparameterize(mean, log_variance, epsilon)
    logits = network.decode(z, label)
    reconstruction = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(
        dim=(1, 2, 3)
    )
    if not network.prior:
        return reconstruction, kl_to_standard_normal(mean, log_variance).sum(dim=1)
    return reconstruction, kl_to_learned_prior(log_variance, epsilon, *network.to_normal(z, label))


class EmojiRecipe(Recipe[VaeConfig]):
    """Squared error, a light KL term, and emoji mirrored at random."""

    def __init__(self, config: VaeConfig, pictures: Tensor, *, batch: int = 32, seed: int = 0):
        with runtime.seeded(seed):
            network = runtime.channels_last(build_network(config), runtime.device())
        assert isinstance(network, Convolutional)
        optimizer = torch.optim.AdamW(network.parameters(), 1e-3, weight_decay=0.01)
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.998,
        )
        self.network, self.batch = network, batch
        self.pictures = pictures  # (N, 3, 64, 64) in [-1, 1]

    def update(self) -> dict[str, float]:
        """Take one step on a batch, as `plain_step` with other terms in the place of log p(x|z).

        Return the mean squared error, and the KL divergence in nats per latent number.
        """
        network, optimizer = self.network, self.optimizers["network"]
        rows = torch.randint(len(self.pictures), (self.batch,), generator=self.generator)
        mirrored = torch.rand(self.batch, 1, 1, 1, generator=self.generator) < 0.5
        x = self.pictures[rows]
        x = torch.where(mirrored, x.flip(3), x).to(
            runtime.device(), memory_format=torch.channels_last
        )
        with runtime.autocast():
            mean, log_variance = network.encode(x)
            epsilon = torch.randn(mean.shape, generator=self.generator).to(runtime.device())
            y = network.decode(reparameterize(mean, log_variance, epsilon))
        squared, kl = F.mse_loss(y, x), kl_to_standard_normal(mean, log_variance).mean()
        loss = squared + 0.02 * F.l1_loss(y, x) + EMOJI_BETA * kl
        optimizer_step(loss, optimizer, max_norm=1.0)
        return {"squared error": squared.item(), "KL": kl.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged network."""
        checkpoints.save(folder, self.config, self.averaged["network"])


def emoji_pictures() -> Tensor:
    """Return all emoji (N, 3, 64, 64) in [-1, 1]; raises DemoError when the font is missing."""
    import numpy as np

    return images.from_pixels(np.stack([each.pixels for each in data.emoji(64)]))


def recipe(name: str) -> Recipe:
    """Return the recipe of vae-digits, vae-digits-2d, vae-digits-conditional or vae-emoji."""
    if name == "vae-emoji":
        return EmojiRecipe(
            VaeConfig("convolutional", latents=4, width=128, layers=3), emoji_pictures()
        )
    if name == "vae-digits-conditional":
        config = VaeConfig("class-conditional", latents=24, width=64, layers=2, classes=10, flows=8)
        return ConditionalRecipe(config, data.digits("train"))
    latents = 2 if name == "vae-digits-2d" else 32
    return DigitsRecipe(
        VaeConfig("dense", latents=latents, width=512, layers=3), data.digits("train")
    )
