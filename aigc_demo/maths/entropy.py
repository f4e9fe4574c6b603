"""Cross-entropy, and how fast it falls: for two classes, for several, and for a language model's
next character.

The article's section 4.1. Goodfellow, Bengio, Courville, "Deep learning" (2016), section 6.2.2, on
why not the squared error.
"""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from aigc_demo.core.errors import DemoError, check_number

MAX_CLASSES = 8
START = "\n"  # read before a text, so that its first character has something to go by


@dataclass(frozen=True)
class Binary:
    """Two losses of one guess, and how each grows with the guess and with its logit z, where the
    guess is 1 / (1 + e^-z). In nats.
    """

    loss: float  # cross-entropy
    slope: float  # d loss / d guess
    slope_z: float  # d loss / d z: what training by cross-entropy follows
    squared: float  # (guess - y)^2
    squared_slope: float
    squared_slope_z: float  # next to nothing where the guess is surest, right or wrong


def binary(y: object, guess: object) -> Binary:
    """Return the losses where the truth is `y`, 0 or 1, and `guess`, from 0 to 1, is the
    probability that it is 1.

    A guess of 0 where the truth is 1 costs infinity; raises DemoError when either is out of its
    range.
    """
    y, guess = check_number("y", y, 0, 1, whole=True), check_number("ŷ", guess, 0, 1)
    right = guess if y else 1 - guess  # the probability of what is true
    sign, away = (-1 if y else 1), guess - y
    loss, slope = (-math.log(right), sign / right) if right else (math.inf, sign * math.inf)
    return Binary(loss + 0.0, slope, away, away**2, 2 * away, 2 * away * guess * (1 - guess))


@dataclass(frozen=True)
class Classes:
    """Softmax and cross-entropy of C classes. Vectors are (C,) float64."""

    probabilities: Tensor
    loss: float  # nats
    gradient: Tensor  # of the loss by the logits: probabilities - truth

    @property
    def bits(self) -> float:
        """The loss in bits: how many yes-or-no questions the truth still costs."""
        return self.loss / math.log(2)

    @property
    def perplexity(self) -> float:
        """e^loss: among how many equally likely classes one would be as unsure."""
        return math.exp(self.loss)


def classes(logits: Tensor, truth: object) -> Classes:
    """Return softmax and loss where class `truth`, from 0, is the true one. Raises DemoError when
    there is no such class.
    """
    truth = check_number("truth", truth, 0, len(logits) - 1, whole=True)
    log_p = logits - logits.logsumexp(0)
    one_hot = torch.zeros_like(log_p)
    one_hot[truth] = 1
    return Classes(log_p.exp(), -log_p[truth].item(), log_p.exp() - one_hot)


@dataclass(frozen=True)
class Prediction:
    """What a model expects after a text of N characters, and what each character of the text itself
    cost.
    """

    alphabet: list[str]  # the V characters that it knows
    log_probabilities: Tensor  # (V,) float64 of the next character, natural logarithms
    losses: Tensor  # (N,) nats of each character, given those before it

    @property
    def perplexity(self) -> float:
        """e to the mean loss of the text."""
        return math.exp(self.losses.mean().item())


@torch.inference_mode()
def predict_next(model: Any, text: str) -> Prediction:
    """Return what `model`, a text model, expects after `text`. Raises DemoError that names
    characters it never saw, or that there is no text.
    """
    if not text:
        raise DemoError("The text is empty: type or paste at least one character.")
    ids = torch.tensor(model.encode(START + text), device=next(model.network.parameters()).device)
    logits, _ = model.network(ids[None], None)
    log_p = logits[0].double().log_softmax(dim=-1).cpu()  # (N + 1, V)
    came = ids[1:].cpu()
    alphabet = [model.decode([token]) for token in range(log_p.shape[1])]
    return Prediction(alphabet, log_p[-1], -log_p[:-1].gather(1, came[:, None])[:, 0])
