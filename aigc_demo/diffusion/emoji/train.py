"""How the emoji's denoiser learns: latents of the autoencoder, the words of a name, noise of a random level."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo import checkpoints, data, images, runtime
from aigc_demo.diffusion.emoji import colours
from aigc_demo.diffusion.emoji.sample import AUTOENCODER, EmojiDiffusionConfig, build_network
from aigc_demo.diffusion.emoji.words import Vocabulary, split
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.training import Recipe

BATCH = 64
LEARNING_RATE = 1e-3
WITHOUT_WORDS = 0.1  # share of the pictures whose words are all hidden, for classifier-free guidance
HIDDEN = 0.1  # share of the words that are hidden else, so that each learns to speak for itself
PAINTED = 0.2  # share of the pictures that come in another colour
COLOURS_EACH = 3  # of the seven, in which an emoji is seen; in the others it never is

Names = list[list[str]]  # each the words of a name that may stand beside a picture


class EmojiDiffusionRecipe(Recipe):
    """DDPM's algorithm 1 with v as the target, in latents (Rombach et al., "Latent diffusion", 2022, eq. 2)."""

    def __init__(self, config: EmojiDiffusionConfig, words: Vocabulary, latents: Tensor, names: list[Names], painted: Tensor, *, seed: int = 0):
        with runtime.seeded(seed):
            network = build_network(config).to(runtime.device(), memory_format=torch.channels_last)
        network.mean.copy_(latents.mean(dim=(0, 2, 3), keepdim=True))
        network.deviation.copy_(latents.std(dim=(0, 2, 3), keepdim=True))
        optimizer = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=0.01)
        super().__init__(config, nn.ModuleDict({"network": network}), {"network": optimizer}, runtime.generator(seed), average=0.999)
        self.words, self.names = words, names
        self.latents = (latents - network.mean.cpu()) / network.deviation.cpu()
        self.plain, self.painted = (torch.nonzero(which)[:, 0] for which in (~painted, painted))
        self.schedule = Schedule(config.timesteps)

    def update(self) -> dict[str, float]:
        """One step on one batch; the loss is a mean square."""
        network, optimizer = self.networks["network"], self.optimizers["network"]
        rows = self._choose()
        x_0, words = self.latents[rows], self.words.vectors([self._name(self.names[row]) for row in rows.tolist()])
        t = torch.randint(self.schedule.steps, (BATCH,), generator=self.generator)
        noise = torch.randn(x_0.shape, generator=self.generator)
        x_t = self.schedule.add_noise(x_0, noise, t)
        v = self.schedule.add_noise(noise, -x_0, t)  # sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0
        x_t, t, words, v = (tensor.to(runtime.device()) for tensor in (x_t, t, words, v))
        with runtime.autocast():
            prediction = network(x_t.to(memory_format=torch.channels_last), t, words)
        loss = F.mse_loss(prediction, v)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Writes the averaged denoiser and its words."""
        checkpoints.save(folder, self.config, self.averaged["network"])
        checkpoints.write_json(folder / "tokenizer.json", {"words": list(self.words.words)})

    def _choose(self) -> Tensor:
        """Draws which pictures (N,) are shown: some in another colour, most as they are."""
        painted = int(PAINTED * BATCH)
        return torch.cat(
            [
                which[torch.randint(len(which), (count,), generator=self.generator)]
                for which, count in ((self.plain, BATCH - painted), (self.painted, painted))
            ]
        )

    def _name(self, names: Names) -> list[str]:
        """Draws one of a picture's names and hides some of its words, or all."""
        name = names[int(torch.randint(len(names), (), generator=self.generator))]
        chances = torch.rand(1 + len(name), generator=self.generator).tolist()
        return [] if chances[0] < WITHOUT_WORDS else [word for word, chance in zip(name, chances[1:], strict=True) if chance >= HIDDEN]


def names_of(emoji: data.Emoji) -> Names:
    """Gives back an emoji's names as words: the English one twice, as it is what is mostly asked for, the Chinese one, the aliases."""
    return [split(name) for name in (emoji.english, emoji.english, emoji.chinese, *emoji.aliases) if split(name)]


def paint(known: list[data.Emoji]) -> tuple[list[np.ndarray], list[Names]]:
    """Gives back pictures in other colours and their names, which begin with the colour's.

    Each emoji that is of one colour, and whose name tells none, comes in three of the seven colours, in its own too.
    """
    generator, pictures, names = runtime.generator(0), [], []
    for emoji in known:
        hue, plain = colours.hue_of(emoji.pixels), names_of(emoji)
        if hue is None or set(colours.HUES) & {word for name in plain for word in name}:
            continue
        drawn = torch.randperm(len(colours.HUES), generator=generator)[:COLOURS_EACH].tolist()
        for colour in dict.fromkeys([colours.name_of(hue), *(list(colours.HUES)[i] for i in drawn)]):
            turned = 0 if colour == colours.name_of(hue) else colours.HUES[colour] - hue
            pictures.append(colours.turn(emoji.pixels, turned))
            names.append([[colours.CHINESE[colour] if name == split(emoji.chinese) else colour, *name] for name in plain])
    return pictures, names


def recipe() -> EmojiDiffusionRecipe:
    """Gives back the recipe of diffusion-emoji."""
    known = data.emoji(64)
    painted, painted_names = paint(known)
    pictures = images.from_pixels(np.stack([*(emoji.pixels for emoji in known), *painted]))
    autoencoder = checkpoints.load(AUTOENCODER)
    latents = torch.cat([autoencoder.encode(part)[0].cpu() for part in pictures.split(64)])
    names = [*(names_of(emoji) for emoji in known), *painted_names]
    words = Vocabulary(tuple(sorted({word for each in names for name in each for word in name})))
    config = EmojiDiffusionConfig(words=len(words.words), fine=64, middle=192, coarse=320, timesteps=1000)
    return EmojiDiffusionRecipe(config, words, latents, names, torch.arange(len(pictures)) >= len(known))
