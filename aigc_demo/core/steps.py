"""What happens, one frozen record at a time: the words in which the core speaks to its readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class TrainStep:
    """One update of the weights."""

    step: int  # counted from 1, over all resumptions
    progress: float  # 0 to 1: how much of the budget is spent
    losses: dict[str, float]
    seconds: float  # since this run began or was resumed


@dataclass(frozen=True)
class TokenStep:
    """One token that a text model wrote."""

    index: int  # 0 is the first token after the prompt
    token: int
    text: str
    # -log2 of the probability that the model itself (temperature 1, nothing cut off) gave it
    bits: float
    seconds: float  # spent in the network and in drawing, since the prompt was given
    logits: Tensor  # (V,) float32: what the network said before it was drawn


@dataclass(frozen=True)
class DenoiseStep:
    """One step of a diffusion sampler, before and after. Pictures are (N, C, H, W) float32."""

    index: int  # 0 is the first step, from pure noise
    total: int
    t: int  # the level of noise that x_t has, T - 1 down to 0
    x_t: Tensor  # what the network was shown
    x0_hat: Tensor  # the clean picture it predicts, in [-1, 1]
    noise_hat: Tensor  # the noise it predicts
    x_next: Tensor  # what the sampler made of it: the next step's x_t
    conditioned: Tensor | None = (
        None  # the clean picture with the prompt alone, before guidance, and ...
    )
    unconditioned: Tensor | None = None  # ... without it; None at guidance 1, where nobody asks


@dataclass(frozen=True)
class DownloadStep:
    """Some more bytes of a download."""

    file: str  # which is coming
    done: int  # bytes that are there, of all files
    total: int
