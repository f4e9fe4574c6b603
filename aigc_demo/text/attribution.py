"""How far back a network's predictions depend on its context: the attribution of each prediction to
the past characters.

Gradient times input: Simonyan et al., "Deep inside convolutional networks" (2013); Shrikumar et
al., "Not just a black box" (2016).
"""

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.text.model import TextModel
from aigc_demo.text.recurrent import Recurrent
from aigc_demo.text.transformer import Transformer

ENDS = 8  # over how many places of the text the curve is averaged


def attribution(network: Transformer | Recurrent, ids: Tensor, ends: list[int]) -> Tensor:
    """Return shares (N, T): how much of what moves the prediction after each of the N places `ends`
    comes from each character.

    With x_j the vector of character j and p the probability of the character that does follow, the
    share of j is
    |dlog p / dx_j . x_j|, divided by its sum over all j; later characters have none. `ids` (T,)
    int64; every end is below T - 1.
    """
    # (N, T, C): each end has a copy of its own.
    x = network.embedding(ids).detach().repeat(len(ends), 1, 1).requires_grad_()
    rows = torch.arange(len(ends), device=ids.device)
    # cuDNN's cells have no backward pass in evaluation
    with torch.enable_grad(), torch.backends.cudnn.flags(enabled=False):
        logits, _ = network.forward_embeddings(x)
        chosen = logits.log_softmax(dim=-1)[rows, ends, ids[1:][ends]]  # (N,)
        (gradient,) = torch.autograd.grad(chosen.sum(), x)
    moved = (gradient * x.detach()).sum(dim=-1).abs()
    return moved / moved.sum(dim=1, keepdim=True).clamp(min=1e-30)


def attribute(model: TextModel, text: str, end: int) -> list[float]:
    """Return the share of each of the characters 0 to `end` in what moves the prediction of
    character `end` + 1.
    """
    ids = torch.tensor(model.encode(text), device=runtime.device())
    return attribution(model.network, ids, [end])[0, : end + 1].tolist()


def by_distance(model: TextModel, text: str) -> list[float]:
    """Return the mean share of the character 1, 2, ... before the predicted one; together they are
    1.

    The mean is over places spread evenly over the text's second half, at each distance over those
    that can look so far back.
    """
    ids = torch.tensor(model.encode(text), device=runtime.device())
    ends = (
        torch.linspace(len(ids) // 2 - 1, len(ids) - 2, min(ENDS, len(ids) // 2))
        .round()
        .long()
        .tolist()
    )
    shares, total, count = (
        attribution(model.network, ids, ends),
        torch.zeros(ends[-1] + 1),
        torch.zeros(ends[-1] + 1),
    )
    for row, end in zip(shares.cpu(), ends, strict=True):
        total[: end + 1] += row[: end + 1].flip(0)
        count[: end + 1] += 1
    mean = total / count
    return (mean / mean.sum().clamp(min=1e-30)).tolist()


def reach(shares: list[float], share: float = 0.9) -> int:
    """Return the distance within which `share` of all influence lies."""
    total = 0.0
    for distance, part in enumerate(shares, start=1):
        total += part
        if total >= share:
            return distance
    return len(shares)
