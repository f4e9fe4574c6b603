"""What the three families are asked in training: which tokens they are shown, which places see
which, and what is to be predicted.

Each sequence begins with a token that says so, which every place may see.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.llm.network import LanguageNetwork

OBJECTIVES = ("causal", "masked", "permuted")  # GPT's, BERT's, XLNet's

# share of the tokens that BERT is asked for (Devlin et al., "BERT", 2019, section 3.1) ...
MASKED = 0.15
# ... of which so many are hidden, and so many replaced by another; the rest stay
HIDDEN, REPLACED = 0.8, 0.1
# share of the tokens, the last of the order, that XLNet is asked for (section 2.3, "partial
# prediction")
PERMUTED = 1 / 3


@dataclass(frozen=True)
class Task:
    """One batch as an objective asks it."""

    ids: Tensor  # (B, T) int64: what the network is shown; the first of each row is the start token
    may_see: Tensor  # (B, T, T) bool: row i, the places that place i sees
    may_ask: Tensor | None  # (B, T, T) bool: of the second stream, where there is one
    targets: Tensor  # (B, T) int64: what is to be predicted at each place ...
    asked: Tensor  # (B, T) bool: ... where it is asked


def task(
    objective: str, ids: Tensor, *, mask: int, vocabulary: int, generator: torch.Generator
) -> Task:
    """Return what `objective` asks of windows `ids` (B, T)."""
    if objective == "causal":
        return causal(ids)
    return (
        masked(ids, mask, vocabulary, generator)
        if objective == "masked"
        else permuted(ids, generator)
    )


def answer(network: LanguageNetwork, task: Task) -> tuple[Tensor, Tensor]:
    """Return the logits (N, V) float32 of the N tokens that `task` asks for, and what they are
    (N,).
    """
    ids, may_see, targets, asked = (
        tensor.to(runtime.device()) for tensor in (task.ids, task.may_see, task.targets, task.asked)
    )
    logits = (
        network.read(ids, may_see)
        if task.may_ask is None
        else network.ask(ids, may_see, task.may_ask.to(runtime.device()))
    )
    return logits[asked], targets[asked]


def causal(ids: Tensor) -> Task:
    """Return GPT's task on `ids` (B, T): the next token, from all before it (Radford et al., "GPT",
    2018, eq. 1).
    """
    asked = torch.ones_like(ids, dtype=torch.bool)
    asked[:, -1] = False  # what comes after the last is not known
    return Task(
        ids, causal_mask(ids.shape[1]).expand(len(ids), -1, -1), None, ids.roll(-1, dims=1), asked
    )


def masked(ids: Tensor, mask: int, vocabulary: int, generator: torch.Generator) -> Task:
    """Return BERT's task on `ids` (B, T): tokens that were hidden, from both sides; `mask` is the
    token that hides.

    A tenth of those that are asked for are replaced by any of the `vocabulary`'s instead, and a
    tenth stay.
    """
    asked = torch.rand(ids.shape, generator=generator) < MASKED
    asked[:, 0] = False
    chance = torch.rand(ids.shape, generator=generator)
    other = torch.randint(vocabulary, ids.shape, generator=generator)
    shown = ids.where(~(asked & (chance < HIDDEN + REPLACED)), other).where(
        ~(asked & (chance < HIDDEN)), mask
    )
    return Task(shown, everything(ids.shape[1]).expand(len(ids), -1, -1), None, ids, asked)


def permuted(ids: Tensor, generator: torch.Generator) -> Task:
    """Return XLNet's task on `ids` (B, T): the last tokens of a random order, each from those
    before it in that order (eq. 5).
    """
    B, T = ids.shape
    order = torch.rand(B, T, generator=generator)
    order[:, 0] = -1.0  # the start comes first
    rank = order.argsort(dim=1).argsort(dim=1)  # (B, T): the how manieth each place is
    may_see, may_ask = order_masks(rank)
    return Task(ids, may_see, may_ask, ids, rank >= T - max(1, round(PERMUTED * (T - 1))))


def causal_mask(T: int) -> Tensor:
    """Return GPT's mask (1, T, T): each place sees itself and all before it."""
    return torch.ones(1, T, T, dtype=torch.bool).tril()


def everything(T: int) -> Tensor:
    """Return BERT's mask (1, T, T): every place sees every other."""
    return torch.ones(1, T, T, dtype=torch.bool)


def order_masks(rank: Tensor) -> tuple[Tensor, Tensor]:
    """Return XLNet's two masks (B, T, T) for places that come in the order `rank` (B, T).

    The content stream sees itself and what comes before it in the order, the query stream only what
    comes before. The start,
    which comes first, would ask nobody: it asks itself, and is itself never asked for.
    """
    before = rank[:, None, :] < rank[:, :, None]
    itself = torch.eye(rank.shape[1], dtype=torch.bool)
    first = (rank == 0)[:, :, None] & itself
    return before | itself, before | first
