"""How the emoji's denoiser learns: latents of the autoencoder, the words of a name, noise of a
random level.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.diffusion.emoji import colours
from aigc_demo.diffusion.emoji.model import AUTOENCODER, EmojiDiffusionConfig, build_network
from aigc_demo.diffusion.emoji.training_index import TrainingIndex
from aigc_demo.diffusion.emoji.words import Vocabulary, split
from aigc_demo.diffusion.schedule import Schedule

BATCH = 64
LEARNING_RATE = 1e-3
WITHOUT_WORDS = (
    0.1  # share of the pictures whose words are all hidden, for classifier-free guidance
)
HIDDEN = 0.1  # share of the words that are hidden else, so that each is learned on its own
PAINTED = 0.2  # share of the pictures that come in another colour
COLOURS_EACH = 3  # of the seven, in which an emoji is seen; in the others it never is

Names = list[list[str]]  # each the words of a name that may stand beside a picture


class EmojiDiffusionRecipe(Recipe[EmojiDiffusionConfig]):
    """DDPM's algorithm 1 with v as the target, in latents (Rombach et al., "Latent diffusion",
    2022, eq. 2).
    """

    takes_snapshots = False

    def __init__(
        self,
        config: EmojiDiffusionConfig,
        words: Vocabulary,
        training_index: TrainingIndex,
        latents: Tensor,
        names: list[Names],
        painted: Tensor,
        *,
        seed: int = 0,
    ):
        with runtime.seeded(seed):
            network = runtime.channels_last(build_network(config), runtime.device())
        network.mean.copy_(latents.mean(dim=(0, 2, 3), keepdim=True))
        network.deviation.copy_(latents.std(dim=(0, 2, 3), keepdim=True))
        optimizer = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=0.01)
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.999,
        )
        self.words, self.names, self.training_index = words, names, training_index
        self.latents = (latents - network.mean.cpu()) / network.deviation.cpu()
        self.plain, self.painted = (torch.nonzero(which)[:, 0] for which in (~painted, painted))
        self.schedule = Schedule(config.timesteps)

    def update(self) -> dict[str, float]:
        """One step on one batch; the loss is a mean square."""
        network, optimizer = self.networks["network"], self.optimizers["network"]
        rows = self._choose()
        x_0, words = (
            self.latents[rows],
            self.words.bag_of_words([self._name(self.names[row]) for row in rows.tolist()]),
        )
        t = self._levels()
        noise = torch.randn(x_0.shape, generator=self.generator)
        x_t = self.schedule.add_noise(x_0, noise, t)
        # sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0
        v = self.schedule.add_noise(noise, -x_0, t)
        x_t, t, words, v = (tensor.to(runtime.device()) for tensor in (x_t, t, words, v))
        with runtime.autocast():
            prediction = network(x_t.to(memory_format=torch.channels_last), t, words)
        loss = F.mse_loss(prediction, v)
        optimizer_step(loss, optimizer, max_norm=1.0)
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged denoiser, its words, and the training index."""
        checkpoints.save(folder, self.config, self.averaged["network"])
        checkpoints.write_json(folder / "tokenizer.json", {"words": list(self.words.words)})
        self.training_index.save(folder)

    def _choose(self) -> Tensor:
        """Draw which pictures (N,) are shown: some in another colour, most as they are."""
        painted = int(PAINTED * BATCH)
        return torch.cat(
            [
                which[torch.randint(len(which), (count,), generator=self.generator)]
                for which, count in ((self.plain, BATCH - painted), (self.painted, painted))
            ]
        )

    def _levels(self) -> Tensor:
        """Draw levels of noise (N,), the noisier the likelier (density 2u over u = t / T): there
        the words determine the picture.
        """
        return (self.schedule.steps * torch.rand(BATCH, generator=self.generator).sqrt()).long()

    def _name(self, names: Names) -> list[str]:
        """Draw one of a picture's names and hide some of its words, or all."""
        name = names[int(torch.randint(len(names), (), generator=self.generator))]
        chances = torch.rand(1 + len(name), generator=self.generator).tolist()
        return (
            []
            if chances[0] < WITHOUT_WORDS
            else [word for word, chance in zip(name, chances[1:], strict=True) if chance >= HIDDEN]
        )


def names_of(emoji: data.Emoji) -> Names:
    """Return an emoji's names as words: the English one twice, as prompts are mostly English,
    the Chinese one, the aliases.
    """
    return [
        split(name)
        for name in (emoji.english, emoji.english, emoji.chinese, *emoji.aliases)
        if split(name)
    ]


@dataclass(frozen=True)
class Recoloured:
    """An emoji in another colour, or in its own; either way its names begin with the colour."""

    emoji: int  # which it is
    colour: str  # its English name
    pixels: np.ndarray  # (64, 64, 3) uint8
    names: Names


def recolour(known: list[data.Emoji]) -> list[Recoloured]:
    """Return each emoji that is of one colour, and whose names contain none, in three of the seven
    colours and in its own.
    """
    generator, painted = runtime.generator(0), []
    for i, emoji in enumerate(known):
        hue, plain = colours.hue_of(emoji.pixels), names_of(emoji)
        if hue is None or set(colours.HUES) & {word for name in plain for word in name}:
            continue
        own, drawn = (
            colours.name_of(hue),
            torch.randperm(len(colours.HUES), generator=generator)[:COLOURS_EACH].tolist(),
        )
        for colour in dict.fromkeys([own, *(list(colours.HUES)[place] for place in drawn)]):
            turned = colours.rotate_hue(
                emoji.pixels, 0 if colour == own else colours.HUES[colour] - hue
            )
            names = [
                [colours.CHINESE[colour] if name == split(emoji.chinese) else colour, *name]
                for name in plain
            ]
            painted.append(Recoloured(i, colour, turned, names))
    return painted


def training_index_of(
    known: list[data.Emoji], painted: list[Recoloured], words: Vocabulary
) -> TrainingIndex:
    """Return the index of the emoji and the words of their names."""
    beside = [
        sorted({words.ids[word] for name in names_of(emoji) for word in name}) for emoji in known
    ]
    colour_of = [
        [
            [words.ids[each.colour], words.ids[colours.CHINESE[each.colour]]]
            for each in painted
            if each.emoji == i
        ]
        for i in range(len(known))
    ]
    return TrainingIndex([emoji.character for emoji in known], beside, colour_of)


def recipe() -> EmojiDiffusionRecipe:
    """Return the recipe of diffusion-emoji."""
    known = data.emoji(64)
    painted = recolour(known)
    pictures = images.from_pixels(np.stack([each.pixels for each in (*known, *painted)]))
    autoencoder = checkpoints.load(AUTOENCODER)
    latents = torch.cat([autoencoder.encode(part)[0].cpu() for part in pictures.split(64)])
    names = [*(names_of(emoji) for emoji in known), *(each.names for each in painted)]
    words = Vocabulary(tuple(sorted({word for each in names for name in each for word in name})))
    config = EmojiDiffusionConfig(
        words=len(words.words), fine=64, middle=192, coarse=320, timesteps=1000
    )
    return EmojiDiffusionRecipe(
        config,
        words,
        training_index_of(known, painted, words),
        latents,
        names,
        torch.arange(len(pictures)) >= len(known),
    )
