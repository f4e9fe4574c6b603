"""Attention by hand: every matrix of softmax(Q K^T / sqrt(d_k)) V, of a few tokens.

The article's section 4.3. Vaswani et al., "Attention is all you need" (2017), eq. 1.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core.errors import check_number


@dataclass(frozen=True)
class Attention:
    """All that one head computes of n tokens; float64."""

    queries: Tensor  # Q = X W_Q (n, d_k)
    keys: Tensor  # K = X W_K (n, d_k)
    values: Tensor  # V = X W_V (n, d_v)
    scores: Tensor  # Q K^T (n, n)
    scaled: Tensor  # scores / (sqrt(d_k) temperature), and -inf where the mask is (n, n)
    weights: Tensor  # the softmax of each row (n, n)
    output: Tensor  # weights V (n, d_v)


def attend(
    x: Tensor,
    w_q: Tensor,
    w_k: Tensor,
    w_v: Tensor,
    *,
    scaled: bool = True,
    masked: bool = False,
    temperature: object = 1.0,
) -> Attention:
    """Return every step for the tokens `x` (n, d), with weights (d, d_k), (d, d_k), (d, d_v).

    scaled: whether the scores are divided by sqrt(d_k). masked: whether no token sees those after
    it. temperature: 0.05 to 10, by which the scores are divided too; raises DemoError when it is
    out of its range.
    """
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.T
    divided, weights = weigh(
        scores, q.shape[1], scaled=scaled, masked=masked, temperature=temperature
    )
    return Attention(q, k, v, scores, divided, weights, weights @ v)


def weigh(
    scores: Tensor,
    d_k: int,
    *,
    scaled: bool = True,
    masked: bool = False,
    temperature: object = 1.0,
) -> tuple[Tensor, Tensor]:
    """Return what the softmax is taken of, and the weights, both (n, n); as in `attend`."""
    temperature = check_number("temperature", temperature, 0.05, 10)
    divided = scores / ((d_k**0.5 if scaled else 1) * temperature)
    if masked:
        divided = divided.masked_fill(
            torch.ones_like(scores, dtype=torch.bool).triu(1), float("-inf")
        )
    return divided, divided.softmax(dim=-1)
