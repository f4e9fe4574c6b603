"""How well a model predicts unseen chorales: -log p(piece) by the chain rule, in nats a note.

A note is a cell: one voice at one sixteenth, silence included. Pieces longer than 128 sixteenths
are cut into equal windows (`equal_windows`), each by itself; left to right, windows overlap by half
and only what is new counts, so that all but a piece's beginning has at least 64 steps before it.
"""

from collections.abc import Iterator

import torch
from torch import Tensor

from aigc_demo.audio.chorales import (
    MASK,
    MAX_STEPS,
    NOTES,
    SILENCE,
    VOICES,
    Corpus,
    equal_windows,
    windows,
)
from aigc_demo.audio.network import ChoralesNetwork
from aigc_demo.audio.objectives import any_order_loss, cross_entropy, left_to_right_nats

LEVELS = 16  # numbers of hidden cells at which a random order is looked at
ROWS = 32  # windows in one batch


def draw_ranks(tokens: Tensor, generator: torch.Generator) -> Tensor:
    """Return a random order for each window (N, T, 4): each cell's rank, 0 to 4 T - 1, int64."""
    u = torch.rand(tokens.shape, generator=generator, device=tokens.device)
    return u.flatten(1).argsort(dim=1).argsort(dim=1).view(tokens.shape)


@torch.no_grad()
def random_order_estimate(
    network: ChoralesNetwork,
    pieces: Corpus,
    generator: torch.Generator,
    *,
    levels: int = LEVELS,
) -> float:
    """Return the nats a note over one random order a window: an unbiased estimate, quick.

    Of the 4 T terms of the chain rule, `levels` are looked at, evenly spread; each is the mean over
    all cells that might come next, not over one of them.
    """
    nats, cells = 0.0, 0
    for tokens, phases in equal_windows(pieces):
        ranks = draw_ranks(tokens, generator)
        N = ranks[0].numel()
        offset = torch.rand(len(tokens), levels, generator=generator, device=tokens.device)
        known = ((torch.arange(levels, device=tokens.device) + offset) / levels * N).long()
        rows = zip(
            tokens.repeat_interleave(levels, 0).split(ROWS),
            phases.repeat_interleave(levels, 0).split(ROWS),
            ranks.repeat_interleave(levels, 0).split(ROWS),
            known.clamp(max=N - 1).flatten().split(ROWS),
            strict=True,
        )
        for x, phase, rank, k in rows:
            loss = any_order_loss(network, x, phase, rank >= k[:, None, None])
            nats += loss.double().sum().item() * N / levels
        cells += tokens.numel()
    return nats / cells


@torch.no_grad()
def left_to_right_estimate(
    network: ChoralesNetwork,
    pieces: Corpus,
    generator: torch.Generator,
    *,
    levels: int = LEVELS,
) -> tuple[float, float]:
    """Return the nats a note of an any-order network from left to right, and its standard error.

    Of the 4 T terms of each window's chain rule, `levels` are looked at, evenly spread: an unbiased
    estimate. Here one cell alone comes next, so it varies more than that of random orders.
    """
    nats, cells, variance = 0.0, 0, 0.0
    for tokens, phases in equal_windows(pieces):
        N = tokens[0].numel()
        ranks = torch.arange(N, device=tokens.device).view(tokens[0].shape)
        offset = torch.rand(len(tokens), levels, generator=generator, device=tokens.device)
        spread = (torch.arange(levels, device=tokens.device) + offset) / levels
        known = (spread * N).long().clamp(max=N - 1).flatten()
        x, phase = (each.repeat_interleave(levels, 0) for each in (tokens, phases))
        for x_part, phase_part, k in zip(
            x.split(ROWS), phase.split(ROWS), known.split(ROWS), strict=True
        ):
            logits = network(x_part.masked_fill(ranks >= k[:, None, None], MASK), phase_part)
            loss = cross_entropy(logits, x_part).flatten(1).gather(1, k[:, None]).double()
            nats += loss.sum().item() * N / levels
            variance += len(k) * loss.var().nan_to_num().item() * (N / levels) ** 2
        cells += tokens.numel()
    return nats / cells, variance**0.5 / cells


@torch.no_grad()
def chain_rule_nats(
    network: ChoralesNetwork,
    tokens: Tensor,
    phases: Tensor,
    ranks: Tensor,
) -> Iterator[Tensor]:
    """Yield -log p (N,) in nats of each window's next cell, one cell after the other.

    tokens, ranks: (N, T, 4); phases: (N, T). Exact, with one call of the network for every cell.
    """
    order = ranks.flatten(1).argsort(dim=1)  # (N, 4 T): which cell comes k-th
    known = torch.full_like(tokens, MASK).flatten(1)
    flat = tokens.flatten(1)
    for k in range(order.shape[1]):
        cell = order[:, k : k + 1]
        logits = network(known.view(tokens.shape), phases).flatten(1, 2)  # (N, 4 T, 47)
        here = logits.gather(1, cell[:, :, None].expand(-1, -1, NOTES)).squeeze(1)
        note = flat.gather(1, cell)
        yield -here.log_softmax(dim=1).gather(1, note).squeeze(1)
        known.scatter_(1, cell, note)


def random_order(
    network: ChoralesNetwork,
    pieces: Corpus,
    generator: torch.Generator,
    *,
    orders: int = 1,
) -> Iterator[tuple[float, int]]:
    """Yield the nats of a batch of windows, each in `orders` random orders, and its cells. Exact.

    The sum of the nats over the sum of the cells is the nats a note.
    """
    for tokens, phases in equal_windows(pieces):
        x, phase = tokens.repeat(orders, 1, 1), phases.repeat(orders, 1)
        yield _chained(network, x, phase, draw_ranks(x, generator))


def any_order_left_to_right(
    network: ChoralesNetwork,
    pieces: Corpus,
) -> Iterator[tuple[float, int]]:
    """Yield the nats of a batch of windows that an any-order network reads from left to right."""
    for tokens, phases in equal_windows(pieces):
        ranks = torch.arange(tokens[0].numel(), device=tokens.device).view(tokens[0].shape)
        yield _chained(network, tokens, phases, ranks.expand_as(tokens))


def _chained(
    network: ChoralesNetwork,
    tokens: Tensor,
    phases: Tensor,
    ranks: Tensor,
) -> tuple[float, int]:
    """Return the nats of all windows together, and their cells."""
    nats = 0.0
    rows = zip(tokens.split(ROWS), phases.split(ROWS), ranks.split(ROWS), strict=True)
    for x, phase, rank in rows:
        total = torch.zeros((), dtype=torch.double, device=x.device)
        for each in chain_rule_nats(network, x, phase, rank):
            total += each.double().sum()
        nats += total.item()
    return nats, tokens.numel()


@torch.no_grad()
def left_to_right(network: ChoralesNetwork, pieces: Corpus) -> float:
    """Return the nats a note of a left-to-right network. Exact; one call for each window."""
    nats, cells, first = 0.0, 0, 0
    device = pieces.tokens.device
    for length in pieces.lengths:
        size = min(length, MAX_STEPS)
        begin = [*range(0, length - size, size // 2), length - size]
        x, phases = windows(pieces, first + torch.tensor(begin, device=device), size)
        loss = left_to_right_nats(network, x, phases)
        scored = 0  # steps of the piece
        for at, row in zip(begin, loss, strict=True):
            nats += row[scored - at :].double().sum().item()
            scored = at + size
        cells += length * VOICES
        first += length
    return nats / cells


def unigram_nats(train: Corpus, test: Corpus) -> float:
    """Return the nats a note of each voice's own frequencies of notes, one added to each count."""
    counts = torch.ones(VOICES, NOTES)
    counts.scatter_add_(1, train.tokens.T, torch.ones(train.tokens.T.shape))
    logits = (counts / counts.sum(dim=1, keepdim=True)).log()  # (4, 47)
    return -logits.gather(1, test.tokens.T).mean().item()


def markov_nats(train: Corpus, test: Corpus, *, added: float = 0.1) -> float:
    """Return the nats a note of a first-order Markov chain of each voice, `added` to each count.

    A piece begins as if it followed silence.
    """
    counts = torch.full((VOICES, NOTES, NOTES), float(added))
    before, after = _pairs(train)
    for v in range(VOICES):
        pairs = before[:, v] * NOTES + after[:, v]
        counts[v].view(-1).index_add_(0, pairs, torch.ones(len(pairs)))
    logits = (counts / counts.sum(dim=2, keepdim=True)).log()
    before, after = _pairs(test)
    return -logits[torch.arange(VOICES), before, after].mean().item()


def _pairs(pieces: Corpus) -> tuple[Tensor, Tensor]:
    """Return each cell's predecessor and itself, (steps, 4) each."""
    before = torch.cat([torch.full((1, VOICES), SILENCE), pieces.tokens[:-1]])
    first = torch.tensor([0, *pieces.lengths[:-1]]).cumsum(0)
    return before.index_fill(0, first, SILENCE), pieces.tokens
