"""Emoji out of noise: a denoiser conditioned on words, in the latents of the emoji's autoencoder.

Rombach et al., "High-resolution image synthesis with latent diffusion models" (2022): what Stable
Diffusion is made of, small.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.batching import rows
from aigc_demo.core.errors import DemoError, check_list
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.denoiser import Denoising, InitImage
from aigc_demo.diffusion.emoji.network import CHANNELS, SIDE, WordsUNet
from aigc_demo.diffusion.emoji.training_index import TrainingIndex, read_training_index
from aigc_demo.diffusion.emoji.words import Vocabulary
from aigc_demo.diffusion.schedule import Schedule

REQUIRES = ("vae-emoji",)  # of other families
AUTOENCODER = "vae-emoji"  # in whose latents the model works


@dataclass(frozen=True)
class EmojiDiffusionConfig:
    """The shape of the denoiser and the length of its schedule."""

    words: int  # that it knows
    fine: int  # channels at 16 by 16
    middle: int  # at 8 by 8
    coarse: int  # at 4 by 4
    timesteps: int


def build_network(config: EmojiDiffusionConfig) -> WordsUNet:
    """Return an untrained denoiser."""
    return WordsUNet(config.words, (config.fine, config.middle, config.coarse), config.timesteps)


def from_checkpoint(folder: Path) -> "EmojiDiffusion":
    """Return the text-to-emoji model stored in `folder`, over the shipped autoencoder; raises
    DemoError when files are missing or damaged.
    """
    config = checkpoints.read_config(folder, EmojiDiffusionConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    words = checkpoints.read_json(folder / "tokenizer.json").get("words")
    if (
        not isinstance(words, list)
        or len(words) != config.words
        or not all(isinstance(word, str) for word in words)
    ):
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=folder.name,
            file="tokenizer.json",
            why="its words do not fit",
        )
    # bfloat16, where native, is twice as fast
    network = checkpoints.freeze_for_inference(network, runtime.device()).to(runtime.precision())
    index = read_training_index(folder)
    try:
        vocabulary = Vocabulary(tuple(words), index.names(words))
    except (IndexError, TypeError) as error:
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=folder.name,
            file="emoji.json",
            why=error,
        ) from None
    return EmojiDiffusion(config, network, vocabulary, index, checkpoints.load(AUTOENCODER))


class EmojiDiffusion(Denoising):
    """Text to emoji. A prompt is a line of English or Chinese words; what is denoised is a latent
    (4, 16, 16), standardised.
    """

    shape = (CHANNELS, SIDE, SIDE)

    def __init__(
        self,
        config: EmojiDiffusionConfig,
        network: WordsUNet,
        words: Vocabulary,
        training_index: TrainingIndex,
        autoencoder: Any,
    ):
        super().__init__(Schedule(config.timesteps))
        self.config = config
        self.network = network
        self.words = words
        self.training_index = training_index
        self.autoencoder = autoencoder

    def embed_prompt(self, prompts: Sequence[str]) -> Tensor:
        """Return (N, words): which words each prompt has. Raises DemoError for a word that was
        never seen, and for too many.
        """
        return self.words.bag_of_words([self.words.tokenize(prompt) for prompt in prompts]).to(
            runtime.device()
        )

    def null_embedding(self, count: int) -> Tensor:
        """Return (count, words) zeros: no word."""
        return torch.zeros(count, self.config.words, device=runtime.device())

    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return v (N, 4, 16, 16)."""
        x_t = x_t.to(self.network.mean.dtype, memory_format=torch.channels_last)
        return self.network(x_t, t, condition)

    @rows
    @torch.inference_mode()
    def pictures(self, x: Tensor) -> Tensor:
        """Return the pictures (N, 3, 64, 64) in [-1, 1] of standardised latents (N, 4, 16, 16)."""
        with runtime.autocast():
            return self.autoencoder.decode(
                x * self.network.deviation.float() + self.network.mean.float()
            )

    @rows
    @torch.inference_mode()
    def latents(self, pictures: Tensor) -> Tensor:
        """Return the standardised latents (N, 4, 16, 16) of pictures (N, 3, 64, 64) in [-1, 1]."""
        return (
            self.autoencoder.encode(pictures)[0] - self.network.mean.float()
        ) / self.network.deviation.float()

    # `negative` is a prompt here, and a step's latents are decoded when they are looked at
    def denoise(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        prompts: Sequence[str],
        *,
        negative: str = "",
        steps: int = 15,
        sampler: str = "DPM-Solver++(2M)",
        guidance: float | Sequence[float] = 3.0,
        seed: int | Sequence[int] = 0,
        eta: float = 0.0,
        start: InitImage | None = None,
    ) -> Iterator["DecodedStep"]:
        """Make one emoji a prompt, as Denoising.denoise; guidance leads away from the words of
        `negative`, where there are any.
        """
        check_list("prompts", prompts)
        unwanted = self.embed_prompt([negative]).expand(len(prompts), -1)
        run = super().denoise(
            prompts,
            negative=unwanted,
            steps=steps,
            sampler=sampler,
            guidance=guidance,
            seed=seed,
            eta=eta,
            start=start,
        )
        return (DecodedStep(step, self) for step in run)


@dataclass(frozen=True)
class DecodedStep:
    """A DenoiseStep whose latents are decoded when they are looked at: pictures (N, 3, 64, 64) in
    [-1, 1].
    """

    latent: DenoiseStep
    model: EmojiDiffusion

    @property
    def index(self) -> int:
        """0 is the first step, from pure noise."""
        return self.latent.index

    @property
    def total(self) -> int:
        """How many steps there are."""
        return self.latent.total

    @property
    def t(self) -> int:
        """The level of noise that x_t has."""
        return self.latent.t

    @cached_property
    def x_t(self) -> Tensor:
        """What the network was shown."""
        return self.model.pictures(self.latent.x_t)

    @cached_property
    def x0_hat(self) -> Tensor:
        """The clean picture that it predicts."""
        return self.model.pictures(self.latent.x0_hat)

    @cached_property
    def noise_hat(self) -> Tensor:
        """The noise that it predicts."""
        return self.model.pictures(self.latent.noise_hat)

    @cached_property
    def x_next(self) -> Tensor:
        """What the sampler made of it."""
        return self.model.pictures(self.latent.x_next)

    @cached_property
    def conditioned(self) -> Tensor | None:
        """The clean picture with the prompt alone, before guidance, and ..."""
        return (
            None
            if self.latent.conditioned is None
            else self.model.pictures(self.latent.conditioned)
        )

    @cached_property
    def unconditioned(self) -> Tensor | None:
        """... without it; None at guidance 1."""
        return (
            None
            if self.latent.unconditioned is None
            else self.model.pictures(self.latent.unconditioned)
        )
