"""How the GAN is trained: the article's steps 2 to 6, repeated.

Read `plain_step` first: one iteration, as in the paper. `GanRecipe` draws the batches, takes the
same step and reports on it.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.optim import Optimizer

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.gan.model import GanConfig, build_networks
from aigc_demo.gan.networks import CLASSES

BATCH = 64
# D learns faster than G follows (Heusel et al., 2017)
LEARNING_RATE = {"generator": 2e-4, "discriminator": 4e-4}
PENALTY = 0.5  # weight of the gradient penalty R1 (Mescheder et al., 2018) ...
PENALTY_EVERY = (
    8  # ... which is taken at every eighth step, eight times as strong (Karras et al., 2020)
)
# weight of the mode-seeking term: without it G generated one picture a class, whatever the noise
DIVERSITY = 0.1


def plain_step(
    networks: nn.ModuleDict,
    optimizers: dict[str, Optimizer],
    *,
    real: tuple[Tensor, Tensor],
    noise: tuple[Tensor, Tensor],
    penalty: float = 0.0,
    diversity: float = 0.0,
) -> tuple[Tensor, Tensor]:
    """Take one step of D, then one of G, on minibatches of m; return their losses () in nats.

    Goodfellow et al., "Generative adversarial nets" (2014), algorithm 1 with k = 1. As its section
    3 advises, G descends -log D(G(z)), not log(1 - D(G(z))); and it is given D's noise again, where
    the paper draws anew. `penalty` and `diversity` weigh what the paper has not: R1 for D, the
    mode-seeking term for G.

    real: x (m, 1, 28, 28) in [-1, 1] and its classes (m,) int64; noise: z (m, latent) ~ N(0, I) and
    the classes (m,) to be generated.
    """
    G, D = networks["generator"], networks["discriminator"]
    (x, y), (z, y_z) = real, noise  # 1. and 2. minibatches of noise and of real pictures
    G_z = G(z, y_z)  # (m, 1, 28, 28)

    # 3. D ascends V(D, G), eq. 1. What it returns are logits (m,): D(x) = sigmoid(logit).
    log_D_x = F.logsigmoid(D(x, y))
    log_not_D_z = F.logsigmoid(-D(G_z.detach(), y_z))  # log(1 - D(G(z))); G is held fixed
    loss_D = -(log_D_x + log_not_D_z).mean()
    optimizer_step(loss_D + penalty / 2 * gradient_penalty(D, x, y), optimizers["discriminator"])

    # 4. G descends -log D(G(z)), D being held fixed
    loss_G = -F.logsigmoid(D(G_z, y_z)).mean()
    optimizer_step(loss_G + diversity * mode_seeking_loss(z, G_z), optimizers["generator"])
    return loss_D.detach(), loss_G.detach()


class GanRecipe(Recipe[GanConfig]):
    """The non-saturating loss, with a gradient penalty on real pictures; `plain_step`, repeated."""

    def __init__(self, config: GanConfig, digits: data.Digits, *, seed: int = 0):
        with runtime.seeded(seed):  # 1. the first weights of G and D
            networks = runtime.channels_last(build_networks(config), runtime.device())
        optimizers: dict[str, Optimizer] = {
            name: torch.optim.Adam(network.parameters(), LEARNING_RATE[name], betas=(0.0, 0.99))
            for name, network in networks.items()
        }
        super().__init__(config, networks, optimizers, runtime.generator(seed), average=0.998)
        self.pictures = images.from_pixels(digits.pictures)
        self.labels = torch.from_numpy(digits.labels)

    def update(self) -> dict[str, float]:
        """Take one step of D, then one of G: `plain_step` is the same, as in the paper.

        Losses are in nats, D(x) and D(G(z)) are probabilities. R1 is taken at every
        eighth step alone.
        """
        G, D = self.networks["generator"], self.networks["discriminator"]
        real, y = self._real()  # 2. a batch of real pictures
        z, y_fake = self._noise()  # 3. a batch of noise ...
        fake = G(z, y_fake)  # ... through G

        # 4. and 5. D learns to tell them apart: -log D(x) - log(1 - D(G(z)))
        real_logits, fake_logits = D(real, y), D(fake.detach(), y_fake)
        loss_d = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
        penalised = self.step % PENALTY_EVERY == 0
        penalty = PENALTY_EVERY * PENALTY / 2 * gradient_penalty(D, real, y) if penalised else 0
        optimizer_step(loss_d + penalty, self.optimizers["discriminator"])

        # 6. G learns to raise D(G(z)): -log D(G(z))
        loss_g = F.softplus(-D(fake, y_fake)).mean()
        optimizer_step(
            loss_g + DIVERSITY * mode_seeking_loss(z, fake), self.optimizers["generator"]
        )
        return {
            "D": loss_d.item(),
            "G": loss_g.item(),
            "D(x)": real_logits.sigmoid().mean().item(),
            "D(G(z))": fake_logits.sigmoid().mean().item(),
        }

    def export(self, folder: Path) -> None:
        """Write the averaged generator and the discriminator as it is."""
        networks = nn.ModuleDict(
            {
                "generator": self.averaged["generator"],
                "discriminator": self.networks["discriminator"],
            }
        )
        checkpoints.save(folder, self.config, networks)

    def _real(self) -> tuple[Tensor, Tensor]:
        rows = torch.randint(len(self.labels), (BATCH,), generator=self.generator)
        return self.pictures[rows].to(runtime.device()), self.labels[rows].to(runtime.device())

    def _noise(self) -> tuple[Tensor, Tensor]:
        z = torch.randn(BATCH, self.config.latent, generator=self.generator)
        half = torch.randint(CLASSES, (BATCH // 2,), generator=self.generator)
        # each class twice, for `mode_seeking_loss`
        return z.to(runtime.device()), torch.cat([half, half]).to(runtime.device())


def mode_seeking_loss(z: Tensor, pictures: Tensor) -> Tensor:
    """Return how little two pictures of one class differ for how much their noise differs.

    The first half of the batch is compared with the second, whose classes are the same (Mao et al.,
    "Mode seeking generative adversarial networks", 2019, eq. 3, turned over).
    """
    (z_a, z_b), (a, b) = z.chunk(2), pictures.chunk(2)
    return ((z_a - z_b).abs().mean(dim=1) / ((a - b).abs().mean(dim=(1, 2, 3)) + 1e-3)).mean()


def gradient_penalty(D: nn.Module, real: Tensor, y: Tensor) -> Tensor:
    """Return R1, the mean squared length of D's gradient at real pictures (N, C, H, W): it keeps
    D's surface flat around the data.
    """
    real = real.detach().requires_grad_()
    (slope,) = torch.autograd.grad(D(real, y).sum(), real, create_graph=True)
    return slope.square().sum(dim=(1, 2, 3)).mean()


def recipe(name: str) -> Recipe:
    """Return the recipe of gan-digits or gan-emoji."""
    if name == "gan-emoji":
        from aigc_demo.gan.emoji.train import recipe as of_emoji

        return of_emoji()
    return GanRecipe(GanConfig(latent=64, width=32), data.digits("train"))
