"""The three families' training objectives: input tokens, attention mask and targets.

Each sequence begins with a start token, to which every position may attend.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.llm.network import LanguageNetwork

OBJECTIVES = ("causal", "masked", "permuted")  # GPT's, BERT's, XLNet's

# share of the tokens that BERT predicts (Devlin et al., "BERT", 2019, section 3.1) ...
MASKED = 0.15
# ... of which so many are hidden, and so many replaced by another; the rest stay
HIDDEN, REPLACED = 0.8, 0.1
# share of the tokens, the last of the order, that XLNet predicts (section 2.3, "partial
# prediction")
PERMUTED = 1 / 3


@dataclass(frozen=True)
class Task:
    """One batch of an objective."""

    ids: Tensor  # (B, T) int64: the input; the first of each row is the start token
    attention_mask: Tensor  # (B, T, T) bool: in row i, the positions to which position i attends
    query_mask: Tensor | None  # (B, T, T) bool: of the query stream, where there is one
    targets: Tensor  # (B, T) int64: what is to be predicted at each position ...
    predicted: Tensor  # (B, T) bool: ... that counts in the loss


def task(
    objective: str, ids: Tensor, *, mask: int, vocabulary: int, generator: torch.Generator
) -> Task:
    """Return the task that `objective` makes of windows `ids` (B, T)."""
    if objective == "causal":
        return causal(ids)
    return (
        masked(ids, mask, vocabulary, generator)
        if objective == "masked"
        else permuted(ids, generator)
    )


def predict(network: LanguageNetwork, task: Task) -> tuple[Tensor, Tensor]:
    """Return the logits (N, V) float32 of the N tokens to be predicted, and these tokens (N,)."""
    ids, attention_mask, targets, predicted = (
        tensor.to(runtime.device())
        for tensor in (task.ids, task.attention_mask, task.targets, task.predicted)
    )
    logits = (
        network.logits(ids, attention_mask)
        if task.query_mask is None
        else network.query_stream_logits(ids, attention_mask, task.query_mask.to(runtime.device()))
    )
    return logits[predicted], targets[predicted]


def causal(ids: Tensor) -> Task:
    """Return GPT's task on `ids` (B, T): the next token, from all before it (Radford et al., "GPT",
    2018, eq. 1).
    """
    predicted = torch.ones_like(ids, dtype=torch.bool)
    predicted[:, -1] = False  # the token after the last is not known
    return Task(
        ids,
        causal_mask(ids.shape[1]).expand(len(ids), -1, -1),
        None,
        ids.roll(-1, dims=1),
        predicted,
    )


def masked(ids: Tensor, mask: int, vocabulary: int, generator: torch.Generator) -> Task:
    """Return BERT's task on `ids` (B, T): masked tokens, from both sides; `mask` is the mask token.

    A tenth of the predicted tokens are replaced by any of the `vocabulary`'s instead, and a tenth
    stay.
    """
    predicted = torch.rand(ids.shape, generator=generator) < MASKED
    predicted[:, 0] = False
    chance = torch.rand(ids.shape, generator=generator)
    other = torch.randint(vocabulary, ids.shape, generator=generator)
    shown = ids.where(~(predicted & (chance < HIDDEN + REPLACED)), other).where(
        ~(predicted & (chance < HIDDEN)), mask
    )
    return Task(shown, full_mask(ids.shape[1]).expand(len(ids), -1, -1), None, ids, predicted)


def permuted(ids: Tensor, generator: torch.Generator) -> Task:
    """Return XLNet's task on `ids` (B, T): the last tokens of a random order, each from those
    before it in that order (eq. 5).
    """
    B, T = ids.shape
    order = torch.rand(B, T, generator=generator)
    order[:, 0] = -1.0  # the start comes first
    rank = order.argsort(dim=1).argsort(dim=1)  # (B, T): each position's place in the order
    attention_mask, query_mask = permutation_masks(rank)
    return Task(ids, attention_mask, query_mask, ids, rank >= T - max(1, round(PERMUTED * (T - 1))))


def causal_mask(T: int) -> Tensor:
    """Return GPT's mask (1, T, T): each position attends to itself and all before it."""
    return torch.ones(1, T, T, dtype=torch.bool).tril()


def full_mask(T: int) -> Tensor:
    """Return BERT's mask (1, T, T): every position attends to every other."""
    return torch.ones(1, T, T, dtype=torch.bool)


def permutation_masks(rank: Tensor) -> tuple[Tensor, Tensor]:
    """Return XLNet's content and query masks (B, T, T) for positions in the order `rank` (B, T).

    The content stream attends to itself and to what comes before it in the order, the query stream
    only to what comes before. The start token, with nothing before it, attends to itself: it is
    never predicted.
    """
    before = rank[:, None, :] < rank[:, :, None]
    itself = torch.eye(rank.shape[1], dtype=torch.bool)
    first = (rank == 0)[:, :, None] & itself
    return before | itself, before | first
