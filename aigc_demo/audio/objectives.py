"""What the chorale networks minimise: cross-entropy in nats a note, in any order or left to right.

Any order: with an order drawn uniformly and a number k of cells still hidden drawn uniformly, the
mean cross-entropy of the k hidden cells is an unbiased estimate of -log p(piece) / cells under that
order's chain rule (Uria et al., "A deep and tractable density estimator", 2014, eq. 11; the
equal weighting of Hoogeboom et al., "Autoregressive diffusion models", 2021). It is the ELBO of
absorbing diffusion, each note weighted by 1 / rate (Sahoo et al., MDLM, 2024).
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.audio.chorales import MASK
from aigc_demo.audio.network import ChoralesNetwork

GIVEN_VOICES = 0.2  # of a batch: some voices are given whole, as in harmonising a melody
GIVEN_AROUND = 0.1  # of a batch: all but a span of time is given, as in filling a gap


def draw_given(shape: tuple[int, int, int], generator: torch.Generator) -> Tensor:
    """Return which cells (B, T, 4) bool are given before the random order begins.

    In most rows none; in some, one to three whole voices; in others, all but a span of time.
    """
    B, T, V = shape
    device = generator.device
    kind = torch.rand(B, 1, 1, generator=generator, device=device)
    rank = torch.rand(B, 1, V, generator=generator, device=device).argsort(dim=2)
    count = torch.randint(1, V, (B, 1, 1), generator=generator, device=device)
    ends = torch.randint(0, T + 1, (B, 2), generator=generator, device=device)
    begin, end = ends.amin(dim=1), ends.amax(dim=1)
    end = torch.maximum(end, (begin + 1).clamp(max=T))  # a span of one step at least,
    begin = torch.minimum(begin, end - 1)  # at the very end too
    step = torch.arange(T, device=device)
    around = (step < begin[:, None]) | (step >= end[:, None])  # (B, T)
    voices = (rank < count) & (kind < GIVEN_VOICES)
    spans = around[:, :, None] & (kind >= GIVEN_VOICES) & (kind < GIVEN_VOICES + GIVEN_AROUND)
    return voices | spans


def draw_hidden(given: Tensor, generator: torch.Generator) -> Tensor:
    """Return which cells (B, T, 4) bool are hidden: of those not given, k at random, k uniform.

    k is from 1 to their number, and spread evenly over the batch, which lessens the variance.
    """
    B = len(given)
    device = given.device
    u = torch.rand(given.shape, generator=generator, device=device)
    order = torch.where(given, 2.0, u).flatten(1)
    rank = order.argsort(dim=1).argsort(dim=1)  # the given come last
    offset = torch.rand((), generator=generator, device=device)
    spread = (torch.randperm(B, generator=generator, device=device) + offset) / B  # (B,) in [0, 1)
    free = (~given).flatten(1).sum(dim=1)
    k = (spread * free).floor().long() + 1
    return (rank < torch.minimum(k, free)[:, None]).view(given.shape)


def any_order_loss(
    network: ChoralesNetwork,
    tokens: Tensor,
    phases: Tensor,
    hidden: Tensor,
) -> Tensor:
    """Return the mean nats a hidden note of each row (B,).

    tokens: (B, T, 4) int64; phases: (B, T) int64; hidden: (B, T, 4) bool, at least one a row.
    """
    logits = network(tokens.masked_fill(hidden, MASK), phases)
    nats = cross_entropy(logits, tokens).masked_fill(~hidden, 0)
    return nats.sum(dim=(1, 2)) / hidden.sum(dim=(1, 2))


def left_to_right_nats(network: ChoralesNetwork, tokens: Tensor, phases: Tensor) -> Tensor:
    """Return -log p (B, T, 4) of each note, in nats, given all notes before it."""
    return cross_entropy(network(tokens, phases), tokens)


def cross_entropy(logits: Tensor, tokens: Tensor) -> Tensor:
    """Return -log p (B, T, 4) of tokens (B, T, 4) under logits (B, T, 4, 47)."""
    nats = F.cross_entropy(logits.flatten(0, 2), tokens.flatten(), reduction="none")
    return nats.view(tokens.shape)
