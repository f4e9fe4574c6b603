"""Surprise: how many bits each character of a text has for a model that reads it.

An event of probability p carries -log2 p bits: Shannon, "A mathematical theory of communication"
(1948), and, for the characters of a language, "Prediction and entropy of printed English" (1951).
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.batching import exclusive
from aigc_demo.text.model import TextModel

START = "\n"  # read before the text, so that the first character has something to go by
MAX_TEXT = 4_000  # characters
LIKELIEST = 5  # how many of the characters that the model expected are returned
# characters read at once: in one pass over the whole text the Transformer's attention would grow
# with its square
PIECE = 256


@dataclass(frozen=True)
class Reading:
    """What a model expected at each of a text's T characters, at temperature 1."""

    bits: Tensor  # (T,) -log2 of the probability that the model gave the character
    likeliest: list[str]  # T strings: the likeliest characters at each, best first
    probabilities: Tensor  # (T, likeliest): theirs, 0 to 1

    @property
    def bits_per_character(self) -> float:
        """How surprised the model was on the average."""
        return self.bits.mean().item()

    def compact(self) -> dict[str, list]:
        """Return what _shared/tinted.js draws: bits with two decimals, and the probabilities, one
        after another, in thousandths.
        """
        return {
            "bits": [round(bits, 2) for bits in self.bits.tolist()],
            "likeliest": self.likeliest,
            "thousandths": (1000 * self.probabilities).round().int().flatten().tolist(),
        }


@exclusive
@torch.inference_mode()
def read(model: TextModel, text: str, *, after: str = START) -> Reading:
    """Return what `model` expected at each character of `text` when it had read `after` and the
    characters before.

    Raises DemoError that names the characters which the model never saw.
    """
    ids = torch.tensor(model.encode(after + text), device=runtime.device())
    answers, state = [], None
    for inputs, targets in zip(ids[:-1].split(PIECE), ids[1:].split(PIECE), strict=True):
        logits, state = model.network(inputs[None], state)
        answers.append(_expected(logits[0], targets))
    bits, probabilities, tokens = (
        torch.cat(parts)[-len(text) :].cpu() for parts in zip(*answers, strict=True)
    )
    return Reading(bits, [model.decode(row) for row in tokens.tolist()], probabilities)


def _expected(logits: Tensor, targets: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    log_p = torch.log_softmax(logits.double(), dim=-1)  # (T, V)
    bits = -log_p.gather(1, targets[:, None])[:, 0] / math.log(2)
    best = log_p.exp().topk(min(LIKELIEST, log_p.shape[1]))
    return bits, best.values, best.indices
