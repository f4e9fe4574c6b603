"""From logits to a character: temperature, cuts, and where a random number falls."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import torch
from torch import Tensor

from aigc_demo.core.errors import check_number


class SamplingOptions(TypedDict, total=False):
    """What a caller may set of SamplingParams, where it passes them on as keywords."""

    temperature: float
    top_k: int
    top_p: float
    min_p: float


@dataclass(frozen=True)
class SamplingParams:
    """How the next token is drawn: one temperature and three cuts, each of which may be open."""

    temperature: float = 0.8  # 0.1 to 2: divides the logits
    top_k: int = 0  # keep the k likeliest (Fan et al., 2018); 0: all
    # keep the fewest that have this much probability together (Holtzman et al., 2020); 1: all
    top_p: float = 1.0
    # keep what has at least this share of the largest probability (Nguyen et al., 2024); 0: all
    min_p: float = 0.0

    def __post_init__(self) -> None:
        """Raise DemoError when a value is out of its range."""
        check_number("temperature", self.temperature, 0.1, 2)
        check_number("top-k", self.top_k, 0, 1_000, whole=True)
        check_number("top-p", self.top_p, 0.01, 1)
        check_number("min-p", self.min_p, 0, 1)


@dataclass(frozen=True)
class NextTokenDistribution:
    """What becomes of the logits z (V,) on the way to a draw. All are (V,), the likeliest token
    first; equals by their number.
    """

    tokens: Tensor  # int64
    probs: Tensor  # float64: p = softmax(z / T)
    # float64: p after the cuts, made to sum to 1 again; 0 where it was cut off
    filtered_probs: Tensor

    def sample(self, u: float) -> int:
        """Return the token on which `u`, a random number in [0, 1), falls when all that is kept
        lies end to end on a line.
        """
        line = self.filtered_probs.cumsum(0)
        return int(self.tokens[torch.searchsorted(line, u * line[-1], right=True)])


def next_token_distribution(logits: Tensor, sampling: SamplingParams) -> NextTokenDistribution:
    """Return what one draw from `logits` (V,) is made from."""
    z, tokens = logits.double().sort(descending=True, stable=True)
    probs = torch.softmax(z / sampling.temperature, dim=0)
    filtered = probs.clone()
    if sampling.top_k:  # 1. top-k
        filtered[int(sampling.top_k) :] = 0
    if sampling.top_p < 1:  # 2. top-p, of what top-k left
        before = filtered.cumsum(0) - filtered  # a token stays while those before it have less
        filtered[before >= sampling.top_p * filtered.sum()] = 0
    if sampling.min_p:  # 3. min-p
        filtered[filtered < sampling.min_p * filtered[0]] = 0
    return NextTokenDistribution(tokens, probs, filtered / filtered.sum())


def sample_batch(
    logits: Tensor, samplings: Sequence[SamplingParams], numbers: Sequence[float]
) -> Tensor:
    """Return the tokens (B,) int64 that fall to `numbers`, each in [0, 1), from `logits` (B, V):
    for many texts at once what next_token_distribution(...).sample does for one.
    """

    def column(values: Sequence[float]) -> Tensor:  # (B, 1)
        return torch.tensor(values, dtype=torch.float64)[:, None]

    z, tokens = logits.double().sort(dim=1, descending=True, stable=True)
    filtered = torch.softmax(z / column([each.temperature for each in samplings]), dim=1)
    if any(each.top_k for each in samplings):
        k = column([each.top_k or logits.shape[1] for each in samplings])
        filtered = filtered.masked_fill(torch.arange(logits.shape[1]) >= k, 0)
    if any(each.top_p < 1 for each in samplings):
        p = column([each.top_p if each.top_p < 1 else torch.inf for each in samplings])
        before = filtered.cumsum(1) - filtered
        filtered = filtered.masked_fill(before >= p * filtered.sum(1, keepdim=True), 0)
    if any(each.min_p for each in samplings):
        least = column([each.min_p for each in samplings]) * filtered[:, :1]
        filtered = filtered.masked_fill(filtered < least, 0)
    line = (filtered / filtered.sum(1, keepdim=True)).cumsum(1)
    place = torch.searchsorted(line, column(numbers) * line[:, -1:], right=True)
    return tokens.gather(1, place)[:, 0]
