"""One character through the Transformer, as writing needs it: transformer.py's arithmetic for a
single position, in NumPy.

One character is little arithmetic, and torch spends most of its step on bookkeeping: about 12 µs an
operation, NumPy 2 µs. `Transformer.forward_embeddings` remains the definition; a test holds both to
the same logits. Symbols as there: heads H, kept positions t, width of a head D, of a layer C = H D.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy import ndarray
from torch import Tensor

if TYPE_CHECKING:
    from aigc_demo.text.transformer import Cache, Transformer

EPSILON = float(torch.finfo(torch.float32).eps)  # as in torch's RMSNorm


@dataclass(frozen=True)
class Weights:
    """A Transformer's weights as arrays that share the network's own memory."""

    embedding: ndarray  # (V, C), which also reads out
    blocks: list[
        tuple[ndarray, ...]
    ]  # of each: gain, query_key_value, out; gain, gate_and_value, out
    norm: ndarray  # (C,)
    frequencies: ndarray  # (D / 2,) radians a position
    heads: int
    context: int


@dataclass(frozen=True)
class KVCache:
    """The key-value cache of one text. Reading on does not change it: what is new is written behind
    its end, in room that it shares.
    """

    weights: Weights
    read: int  # characters so far
    room: ndarray  # (layers, 2, H, 2 context, D): keys, already turned, and values
    start: int  # room[..., start:end, :] is what is kept
    end: int
    filled: list[int]  # how far the shared room is filled, by whomever


def remember(network: Transformer, cache: Cache) -> KVCache:
    """Return what `network` keeps of a text, one row of it, that was read as a whole."""
    read, layers = cache
    room = np.stack(
        [np.stack([tensor.numpy()[0] for tensor in layer]) for layer in layers]
    )  # (layers, 2, H, t, D)
    return _moved(KVCache(_weights(network), read, room, 0, room.shape[3], []))


def recall(kept: KVCache) -> Cache:
    """Return the cache from which `Transformer.forward_embeddings` reads on."""
    layers = torch.from_numpy(kept.room[..., kept.start : kept.end, :])
    return kept.read, [(keys[None], values[None]) for keys, values in layers]


def step(token: int, kept: KVCache) -> tuple[Tensor, KVCache]:
    """Return the logits (V,) float32 after one more character, and what is kept with it."""
    if kept.filled[0] != kept.end or kept.end == kept.room.shape[3]:
        kept = _moved(kept)  # another text went on from the same beginning, or the room is full
    weights, start, end = kept.weights, kept.start, kept.end + 1
    angles = kept.read * weights.frequencies
    turn = np.cos(angles), np.sin(angles)
    x = weights.embedding[token]  # (C,)
    for layer, room in zip(weights.blocks, kept.room, strict=True):
        x = x + _attend(_norm(x, layer[0]), layer[1], turn, room[:, :, start:end], layer[2])
        x = x + _feed_forward(_norm(x, layer[3]), layer[4], layer[5])
    kept.filled[0] = end
    logits = torch.from_numpy(weights.embedding @ _norm(x, weights.norm))
    return logits, KVCache(
        weights, kept.read + 1, kept.room, max(start, end + 1 - weights.context), end, kept.filled
    )


def _attend(
    x: ndarray, query_key_value: ndarray, turn: tuple[ndarray, ndarray], room: ndarray, out: ndarray
) -> ndarray:
    """Return softmax(q K^T / sqrt(D)) V, read out; the new key and value take the last place of
    `room` (2, H, t, D).
    """
    _, H, _, D = room.shape
    qkv = (query_key_value @ x).reshape(3, H, D)
    q, k = _rotate(qkv[:2], *turn)  # (H, D)
    room[0, :, -1], room[1, :, -1] = k, qkv[2]
    keys, values = room
    scores = (keys @ q[:, :, None])[:, :, 0] * D**-0.5  # (H, t)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return out @ (shares[:, None] @ values).reshape(-1)


def _feed_forward(x: ndarray, gate_and_value: ndarray, out: ndarray) -> ndarray:
    gate, value = (gate_and_value @ x).reshape(2, -1)
    return out @ (
        0.5 * gate * (1 + np.tanh(0.5 * gate)) * value
    )  # SiLU, so written that nothing overflows


def _norm(x: ndarray, gain: ndarray) -> ndarray:
    return x * (gain * (x @ x / len(x) + EPSILON) ** -0.5)


def _rotate(x: ndarray, cos: ndarray, sin: ndarray) -> ndarray:
    a, b = x[..., : len(cos)], x[..., len(cos) :]  # (2, H, D / 2)
    return np.concatenate([a * cos - b * sin, a * sin + b * cos], axis=-1)


def _moved(kept: KVCache) -> KVCache:
    """Return the same in room of its own, which holds at least as much again."""
    seen = kept.room[..., kept.start : kept.end, :]
    layers, _, H, t, D = seen.shape
    room = np.empty((layers, 2, H, 2 * kept.weights.context, D), np.float32)
    room[..., :t, :] = seen
    return KVCache(kept.weights, kept.read, room, 0, t, [t])


def _weights(network: Transformer) -> Weights:
    def array(tensor: Tensor) -> ndarray:
        return tensor.detach().numpy()

    blocks = [tuple(array(weight) for weight in block.parameters()) for block in network.blocks]
    D = blocks[0][0].size // network.heads
    frequencies = (10_000.0 ** (-np.arange(D // 2) / (D // 2))).astype(np.float32)
    return Weights(
        array(network.embedding.weight),
        blocks,
        array(network.norm.weight),
        frequencies,
        network.heads,
        network.context,
    )
