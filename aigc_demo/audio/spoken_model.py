"""Spoken digits out of noise: a denoiser of log-mel spectrograms, conditioned on digit, language
and pitch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from aigc_demo.audio import mel
from aigc_demo.audio.spoken_data import LANGUAGES, MAX_PITCH, MIN_PITCH
from aigc_demo.audio.spoken_network import DIGITS, NO_WORD, SpokenUNet
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import (
    DemoError,
    check_choice,
    check_number,
    check_seed,
    check_tensor,
    printable,
)
from aigc_demo.diffusion.denoiser import Denoising
from aigc_demo.diffusion.schedule import Schedule

MAX_ITERATIONS = 200  # of Griffin-Lim


@dataclass(frozen=True)
class SpokenConfig:
    """The shape of the denoiser and the length of its schedule."""

    fine: int  # channels at 16 by 16
    middle: int  # 8 by 8
    coarse: int  # 4 by 4
    timesteps: int


@dataclass(frozen=True)
class Word:
    """What is to be said."""

    digit: int  # 0 to 9
    language: str = "en"  # or "zh"
    pitch: float | None = (
        None  # median fundamental frequency in Hz, from 60 to 420; None: any voice
    )


def build_network(config: SpokenConfig) -> SpokenUNet:
    """Return an untrained denoiser."""
    return SpokenUNet((config.fine, config.middle, config.coarse), config.timesteps)


def from_checkpoint(folder: Path) -> "SpokenDiffusion":
    """Return the model stored in `folder`; raises DemoError when its files are missing or
    damaged.
    """
    config = checkpoints.read_config(folder, SpokenConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    return SpokenDiffusion(config, checkpoints.freeze_for_inference(network, runtime.device()))


class SpokenDiffusion(Denoising):
    """The denoiser of spoken digits. Prompts are Words; what is denoised is a spectrogram (N, 1,
    64, 64) in [-1, 1].
    """

    shape = (1, mel.MELS, mel.FRAMES)
    clip_range = 1.0

    def __init__(self, config: SpokenConfig, network: SpokenUNet):
        super().__init__(Schedule(config.timesteps))
        self.config = config
        self.network = network

    @torch.inference_mode()
    def embed_prompt(self, prompts: Sequence[Word]) -> Tensor:
        """Return the words' conditions (N, D); raises DemoError when a digit, a language or a pitch
        is none.
        """
        words, pitches = [], []
        for each in prompts:
            if not isinstance(each, Word):
                raise DemoError(
                    "{field} must be one of {choices}; {value} is not.",
                    field="prompts",
                    choices="Word",
                    value=printable(each)[:60],
                )
            digit = check_number("digit", each.digit, 0, DIGITS - 1, whole=True)
            words.append(
                DIGITS * LANGUAGES.index(check_choice("language", each.language, LANGUAGES)) + digit
            )
            pitch = each.pitch
            pitches.append(
                0.0 if pitch is None else check_number("pitch", pitch, MIN_PITCH, MAX_PITCH)
            )
        where = runtime.device()
        return self.network.condition(
            torch.tensor(words, device=where), torch.tensor(pitches, device=where)
        )

    @torch.inference_mode()
    def null_embedding(self, count: int) -> Tensor:
        """Return the condition (count, D) of no word in particular, in any voice."""
        where = runtime.device()
        return self.network.condition(
            torch.full((count,), NO_WORD, device=where), torch.zeros(count, device=where)
        )

    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return v (N, 1, 64, 64)."""
        return self.network(x_t, t, condition)

    def speak(
        self, spectrograms: Tensor, *, seed: int = 0, iterations: int = mel.ITERATIONS
    ) -> Tensor:
        """Return the waveforms (N, mel.SAMPLES) float32 in [-1, 1] of spectrograms (N, 1, 64, 64),
        at 16,000 Hz.

        By Griffin-Lim on the CPU, its first phases drawn by `seed`. Raises DemoError when the shape
        or a value is not allowed.
        """
        check_tensor("spectrograms", spectrograms, None, *self.shape)
        iterations = check_number("iterations", iterations, 1, MAX_ITERATIONS, whole=True)
        return waveforms(spectrograms, seed=check_seed(seed), iterations=iterations)


def waveforms(spectrograms: Tensor, *, seed: int = 0, iterations: int = mel.ITERATIONS) -> Tensor:
    """Return the waveforms (N, mel.SAMPLES) float32 in [-1, 1] of spectrograms (N, 1, 64, 64), by
    Griffin-Lim on the CPU.
    """
    return mel.griffin_lim(
        spectrograms.cpu().float(), runtime.generator(seed), iterations=iterations
    )
