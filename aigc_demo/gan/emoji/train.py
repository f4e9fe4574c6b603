"""How the emoji's GAN is trained: adversarially, in latents, on emoji and their mirror images."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.optim import Optimizer

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.gan.emoji.model import (
    AUTOENCODER,
    MAX_SHARE,
    NEIGHBOURS,
    SMALL,
    EmojiGanConfig,
    NearestNeighbourIndex,
    build_networks,
)
from aigc_demo.gan.train import PENALTY_EVERY, gradient_penalty

BATCH, BETWEEN = 32, 8  # pictures a step, of which some have a code between any two emoji
LEARNING_RATE = 5e-4
PENALTY = 0.1  # weight of R1, taken as for the digits
# weight of the L1 distance to the emoji whose code was given: it teaches G what codes mean, long
# before D can
RECONSTRUCTION = 2.0
# sides, in latents, of what is done to all that D sees, or it would memorise 1,637 emoji
SHIFT, HOLE = (2, 5)


class EmojiGanRecipe(Recipe[EmojiGanConfig]):
    """The non-saturating loss with R1, on augmented latents (Zhao et al., "Differentiable
    augmentation", 2020).
    """

    takes_snapshots = False

    def __init__(
        self,
        config: EmojiGanConfig,
        pictures: Tensor,
        latents: Tensor,
        characters: list[str],
        *,
        seed: int = 0,
    ):
        with runtime.seeded(seed):
            networks = runtime.channels_last(build_networks(config), runtime.device())
        self.index = networks.album
        fit_index(self.index, pictures, latents)
        trained = {name: networks[name] for name in ("generator", "discriminator")}
        optimizers: dict[str, Optimizer] = {
            name: torch.optim.Adam(network.parameters(), LEARNING_RATE, betas=(0.0, 0.99))
            for name, network in trained.items()
        }
        super().__init__(config, networks, optimizers, runtime.generator(seed), average=0.998)
        index = self.index
        self.latents, self.characters = (
            (latents.to(runtime.device()) - index.mean) / index.deviation,
            characters,
        )
        # the nearest is the emoji itself
        self.neighbours = index.nearest(index.anchors, NEIGHBOURS + 1)[:, 1:]

    def update(self) -> dict[str, float]:
        """Take one step of D, then one of G; losses in nats, D(x) and D(G(z)) as probabilities.

        The algorithm is `gan.train.plain_step`; here what D sees is augmented.
        """
        G, D = self.networks["generator"], self.networks["discriminator"]
        which, code, d_code = self._codes()
        real = self.latents[which]
        z = torch.cat([code, self._draw(torch.randn, BATCH, self.config.latent)], dim=1)
        with runtime.autocast():
            fake = G(z)
            real_logits, fake_logits = (
                D(self._augment(real), d_code),
                D(self._augment(fake.detach()), d_code),
            )
        loss_d = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
        if self.step % PENALTY_EVERY == 0:
            loss_d = loss_d + PENALTY_EVERY * PENALTY / 2 * gradient_penalty(
                D, self._augment(real), d_code
            )
        optimizer_step(loss_d, self.optimizers["discriminator"])

        with runtime.autocast():
            loss_g = F.softplus(-D(self._augment(fake), d_code)).mean()
        apart = F.l1_loss(fake[BETWEEN:], real[BETWEEN:])
        optimizer_step(loss_g + RECONSTRUCTION * apart, self.optimizers["generator"])
        probabilities = {
            "D(x)": real_logits.sigmoid().mean().item(),
            "D(G(z))": fake_logits.sigmoid().mean().item(),
        }
        return {"D": loss_d.item(), "G": loss_g.item(), "apart": apart.item(), **probabilities}

    def export(self, folder: Path) -> None:
        """Write the averaged networks, the index, and the characters of its emoji."""
        checkpoints.save(folder, self.config, self.averaged)
        checkpoints.write_json(folder / "emoji.json", {"characters": self.characters})

    def _codes(self) -> tuple[Tensor, Tensor, Tensor]:
        """Draw emoji (N,), the codes (N, code) on which the generator is conditioned, and those (N,
        code) on which the discriminator is.

        The first few are codes on the arc between any two emoji; nobody knows what belongs there,
        so D is given zeros, no code, and judges only whether it looks like an emoji. The others
        leave their emoji for one of its neighbours.
        """
        index = self.index
        which, other = self._draw(torch.randint, len(self.latents), (2, BATCH))
        neighbour = self.neighbours[which, self._draw(torch.randint, NEIGHBOURS, (BATCH,))]
        near = torch.lerp(
            index.anchors[which],
            index.anchors[neighbour],
            MAX_SHARE * self._draw(torch.rand, BATCH, 1),
        )
        angle = torch.pi / 2 * self._draw(torch.rand, BATCH, 1)
        between = angle.cos() * index.anchors[which] + angle.sin() * index.anchors[other]
        is_between = (torch.arange(BATCH) < BETWEEN)[:, None].to(near.device)
        return which, torch.where(is_between, between, near), torch.where(is_between, 0.0, near)

    def _augment(self, latents: Tensor) -> Tensor:
        """Shift each of `latents` (N, 4, 16, 16) by up to two places, repeating its border, and
        cut a hole of 5 by 5.
        """
        n, _, _, side = latents.shape
        places = torch.arange(side, device=latents.device)
        # (N, 16)
        down, right = (
            places + SHIFT + self._draw(torch.randint, -SHIFT, SHIFT + 1, (n, 1)) for _ in range(2)
        )
        row, column = (
            (places - self._draw(torch.randint, side, (n, 1))).abs() <= HOLE // 2 for _ in range(2)
        )
        padded = F.pad(latents, (SHIFT,) * 4, mode="replicate").permute(0, 2, 3, 1)
        shifted = padded[
            torch.arange(n)[:, None, None], down[:, :, None], right[:, None, :]
        ].permute(0, 3, 1, 2)
        return shifted * ~(row[:, :, None] & column[:, None, :])[:, None]

    def _draw(self, how: Callable[..., Tensor], *arguments: object) -> Tensor:
        return how(*arguments, generator=self.generator).to(runtime.device())


@torch.no_grad()
def fit_index(index: NearestNeighbourIndex, pictures: Tensor, latents: Tensor) -> None:
    """Fill `index` from all emoji (N, 3, 64, 64) in [-1, 1] and the means (N, 4, 16, 16) of their
    latents.
    """
    small = F.adaptive_avg_pool2d(pictures, SMALL).flatten(1)
    small = small.to(index.centre.device)
    index.centre.copy_(small.mean(dim=0))
    with runtime.seeded(0):
        index.basis.copy_(torch.pca_lowrank(small, q=index.basis.shape[1], niter=4)[2])
    index.spread.copy_(((small - index.centre) @ index.basis).std(dim=0))
    index.anchors.copy_(index.codes_of(pictures.to(small.device)))
    index.mean.copy_(latents.mean(dim=(0, 2, 3), keepdim=True))
    index.deviation.copy_(latents.std(dim=(0, 2, 3), keepdim=True))


def similarity_order(pictures: Tensor) -> Tensor:
    """Return an order (N,) of `pictures` (N, C, H, W), each followed by the most similar of those
    that are left: near-duplicates become neighbours.
    """
    small = F.adaptive_avg_pool2d(pictures, SMALL).flatten(1)
    apart, order = torch.cdist(small, small), [0]
    for _ in range(len(pictures) - 1):
        apart[:, order[-1]] = torch.inf
        order.append(int(apart[order[-1]].argmin()))
    return torch.tensor(order)


def recipe() -> EmojiGanRecipe:
    """Return the recipe of gan-emoji; its index holds every emoji twice, as it is and mirrored."""
    known = data.emoji(64)
    pictures = images.from_pixels(np.stack([each.pixels for each in known]))
    pictures = torch.cat([pictures, pictures.flip(3)])
    order = similarity_order(pictures)
    pictures = pictures[order]
    autoencoder = checkpoints.load(AUTOENCODER)
    latents = torch.cat([autoencoder.encode(part)[0] for part in pictures.split(64)])
    config = EmojiGanConfig(latent=64, code=64, width=48, anchors=len(pictures))
    return EmojiGanRecipe(
        config, pictures, latents, [known[i % len(known)].character for i in order.tolist()]
    )
