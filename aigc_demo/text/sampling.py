"""From logits to a character: temperature, cuts, and where a random number falls."""

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
