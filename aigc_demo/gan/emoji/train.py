"""How the emoji's GAN is trained: the duel, in latents, over every emoji and its mirror image."""

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
    LEAVES,
    NEIGHBOURS,
    SMALL,
    EmojiGanConfig,
    NearestNeighbourIndex,
    build_networks,
)
from aigc_demo.gan.train import PENALTY_EVERY, gradient_penalty

BATCH, BETWEEN = 32, 8  # pictures a step, of which some are asked for between any two emoji
LEARNING_RATE = 5e-4
PENALTY = 0.1  # weight of R1, taken as for the digits
# weight of the distance to the emoji whose code was given: it tells G what codes mean, long before
# D can
FAITHFUL = 2.0
# sides, in latents, of what is done to all that D sees, or it would know 1,637 emoji by heart
SHIFT, HOLE = (2, 5)


class EmojiGanRecipe(Recipe[EmojiGanConfig]):
    """The non-saturating loss with R1, on augmented latents (Zhao et al., "Differentiable
    augmentation", 2020).
    """

    keeps_snapshots = False

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
        self.album = networks.album
        fill(self.album, pictures, latents)
        players = {name: networks[name] for name in ("generator", "discriminator")}
        optimizers: dict[str, Optimizer] = {
            name: torch.optim.Adam(player.parameters(), LEARNING_RATE, betas=(0.0, 0.99))
            for name, player in players.items()
        }
        super().__init__(config, networks, optimizers, runtime.generator(seed), average=0.998)
        album = self.album
        self.latents, self.characters = (
            (latents.to(runtime.device()) - album.mean) / album.deviation,
            characters,
        )
        # the nearest is the emoji itself
        self.neighbours = album.nearest(album.anchors, NEIGHBOURS + 1)[:, 1:]

    def update(self) -> dict[str, float]:
        """Take one step of D, then one of G; losses in nats, verdicts as probabilities.

        The algorithm is `gan.train.plain_step`; here what D sees is augmented.
        """
        G, D = self.networks["generator"], self.networks["discriminator"]
        which, code, told = self._codes()
        real = self.latents[which]
        z = torch.cat([code, self._draw(torch.randn, BATCH, self.config.latent)], dim=1)
        with runtime.autocast():
            fake = G(z)
            real_logits, fake_logits = (
                D(self._augment(real), told),
                D(self._augment(fake.detach()), told),
            )
        loss_d = F.softplus(-real_logits).mean() + F.softplus(fake_logits).mean()
        if self.step % PENALTY_EVERY == 0:
            loss_d = loss_d + PENALTY_EVERY * PENALTY / 2 * gradient_penalty(
                D, self._augment(real), told
            )
        optimizer_step(loss_d, self.optimizers["discriminator"])

        with runtime.autocast():
            loss_g = F.softplus(-D(self._augment(fake), told)).mean()
        apart = F.l1_loss(fake[BETWEEN:], real[BETWEEN:])
        optimizer_step(loss_g + FAITHFUL * apart, self.optimizers["generator"])
        verdicts = {
            "D(x)": real_logits.sigmoid().mean().item(),
            "D(G(z))": fake_logits.sigmoid().mean().item(),
        }
        return {"D": loss_d.item(), "G": loss_g.item(), "apart": apart.item(), **verdicts}

    def export(self, folder: Path) -> None:
        """Write the averaged networks, the album, and the characters of its emoji."""
        checkpoints.save(folder, self.config, self.averaged)
        checkpoints.write_json(folder / "emoji.json", {"characters": self.characters})

    def _codes(self) -> tuple[Tensor, Tensor, Tensor]:
        """Draw emoji (N,), the codes (N, code) for which the generator is asked, and what the
        discriminator is told of them.

        The first few are codes on the arc between any two emoji; nobody knows what belongs there,
        so D is told no code and must only say whether it looks like an emoji. The others leave
        their emoji for one of its neighbours.
        """
        album = self.album
        which, other = self._draw(torch.randint, len(self.latents), (2, BATCH))
        neighbour = self.neighbours[which, self._draw(torch.randint, NEIGHBOURS, (BATCH,))]
        near = torch.lerp(
            album.anchors[which],
            album.anchors[neighbour],
            LEAVES * self._draw(torch.rand, BATCH, 1),
        )
        angle = torch.pi / 2 * self._draw(torch.rand, BATCH, 1)
        between = angle.cos() * album.anchors[which] + angle.sin() * album.anchors[other]
        is_between = (torch.arange(BATCH) < BETWEEN)[:, None].to(near.device)
        return which, torch.where(is_between, between, near), torch.where(is_between, 0.0, near)

    def _augment(self, latents: Tensor) -> Tensor:
        """Shifts each of `latents` (N, 4, 16, 16) by up to two places, repeating its border, and
        cuts a hole of 5 by 5.
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
def fill(album: NearestNeighbourIndex, pictures: Tensor, latents: Tensor) -> None:
    """Fill `album` from all emoji (N, 3, 64, 64) in [-1, 1] and the means (N, 4, 16, 16) of their
    latents.
    """
    small = F.adaptive_avg_pool2d(pictures, SMALL).flatten(1)
    small = small.to(album.centre.device)
    album.centre.copy_(small.mean(dim=0))
    with runtime.seeded(0):
        album.basis.copy_(torch.pca_lowrank(small, q=album.basis.shape[1], niter=4)[2])
    album.spread.copy_(((small - album.centre) @ album.basis).std(dim=0))
    album.anchors.copy_(album.describe(pictures.to(small.device)))
    album.mean.copy_(latents.mean(dim=(0, 2, 3), keepdim=True))
    album.deviation.copy_(latents.std(dim=(0, 2, 3), keepdim=True))


def tour(pictures: Tensor) -> Tensor:
    """Return an order (N,) of `pictures` (N, C, H, W), each followed by the most similar of those
    that are left: twins become neighbours.
    """
    small = F.adaptive_avg_pool2d(pictures, SMALL).flatten(1)
    apart, order = torch.cdist(small, small), [0]
    for _ in range(len(pictures) - 1):
        apart[:, order[-1]] = torch.inf
        order.append(int(apart[order[-1]].argmin()))
    return torch.tensor(order)


def recipe() -> EmojiGanRecipe:
    """Return the recipe of gan-emoji; its album holds every emoji twice, as it is and mirrored."""
    known = data.emoji(64)
    pictures = images.from_pixels(np.stack([each.pixels for each in known]))
    pictures = torch.cat([pictures, pictures.flip(3)])
    order = tour(pictures)
    pictures = pictures[order]
    autoencoder = checkpoints.load(AUTOENCODER)
    latents = torch.cat([autoencoder.encode(part)[0] for part in pictures.split(64)])
    config = EmojiGanConfig(latent=64, code=64, width=48, anchors=len(pictures))
    return EmojiGanRecipe(
        config, pictures, latents, [known[i % len(known)].character for i in order.tolist()]
    )
