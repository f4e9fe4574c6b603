"""One character through the Transformer, as writing needs it: transformer.py's arithmetic for a
single position, in NumPy.

One character is little arithmetic, and torch spends most of its step on bookkeeping: about 12 µs an
operation, NumPy 2 µs. `Transformer.forward_embeddings` remains the definition; a test holds both to
the same logits. Symbols as there: heads H, cached positions t, width of a head D, of a layer
C = H D.
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
    # of each: gain, query_key_value, out; gain, gate_and_value, out
    blocks: list[tuple[ndarray, ...]]
    norm: ndarray  # (C,)
    frequencies: ndarray  # (D / 2,) radians a position
    heads: int
    context: int


@dataclass(frozen=True)
class KVCache:
    """The key-value cache of one text. Reading on does not change it: what is new is written behind
    its end, in a buffer that it shares.
    """

    weights: Weights
    read: int  # characters so far
    buffer: ndarray  # (layers, 2, H, 2 context, D): rotated keys, and values
    start: int  # buffer[..., start:end, :] is this text's
    end: int
    filled: list[int]  # how far the shared buffer is filled, by whomever

    @classmethod
    def from_torch(cls, network: Transformer, cache: Cache) -> KVCache:
        """Return the cache of a text, one row of it, that `network` read as a whole."""
        read, layers = cache
        # (layers, 2, H, t, D)
        buffer = np.stack([np.stack([tensor.numpy()[0] for tensor in layer]) for layer in layers])
        return cls(weights_of(network), read, buffer, 0, buffer.shape[3], []).moved()

    def to_torch(self) -> Cache:
        """Return the cache from which `Transformer.forward_embeddings` reads on."""
        layers = torch.from_numpy(self.buffer[..., self.start : self.end, :])
        return self.read, [(keys[None], values[None]) for keys, values in layers]

    def moved(self) -> KVCache:
        """Return the same in a buffer of its own, with room for at least as much again."""
        seen = self.buffer[..., self.start : self.end, :]
        layers, _, H, t, D = seen.shape
        buffer = np.empty((layers, 2, H, 2 * self.weights.context, D), np.float32)
        buffer[..., :t, :] = seen
        return KVCache(self.weights, self.read, buffer, 0, t, [t])


def step(token: int, cache: KVCache) -> tuple[Tensor, KVCache]:
    """Return the logits (V,) float32 after one more character, and the cache with it."""
    if cache.filled[0] != cache.end or cache.end == cache.buffer.shape[3]:
        cache = cache.moved()  # another text went on from the same beginning, or no room is left
    weights, start, end = cache.weights, cache.start, cache.end + 1
    logits = _forward(token, cache.read, weights, cache.buffer[..., start:end, :], -1)
    cache.filled[0] = end
    start = max(start, end + 1 - weights.context)
    return logits, KVCache(weights, cache.read + 1, cache.buffer, start, end, cache.filled)


def step_in_ring(token: int, read: int, weights: Weights, ring: ndarray) -> Tensor:
    """Return the logits (V,) float32 after one more character of a text of which `read` were read,
    and write its keys and values into `ring` (layers, 2, H, context, D), over the oldest.
    """
    count = min(read + 1, weights.context)
    return _forward(token, read, weights, ring[..., :count, :], read % weights.context)


def _forward(token: int, read: int, weights: Weights, seen: ndarray, place: int) -> Tensor:
    """Return the logits (V,) of what follows `token`, whose keys and values take `place` among
    those it sees (layers, 2, H, t, D).
    """
    angles = read * weights.frequencies
    cos_sin = np.cos(angles), np.sin(angles)
    x = weights.embedding[token]  # (C,)
    for layer, buffer in zip(weights.blocks, seen, strict=True):
        x = x + _attend(_norm(x, layer[0]), layer[1], cos_sin, buffer, place, layer[2])
        x = x + _feed_forward(_norm(x, layer[3]), layer[4], layer[5])
    return torch.from_numpy(weights.embedding @ _norm(x, weights.norm))


def _attend(
    x: ndarray,
    query_key_value: ndarray,
    cos_sin: tuple[ndarray, ndarray],
    buffer: ndarray,
    place: int,
    out: ndarray,
) -> ndarray:
    """Return softmax(q K^T / sqrt(D)) V, read out; the new key and value take `place` in `buffer`
    (2, H, t, D).
    """
    _, H, _, D = buffer.shape
    qkv = (query_key_value @ x).reshape(3, H, D)
    q, k = _rotate(qkv[:2], *cos_sin)  # (H, D)
    buffer[0, :, place], buffer[1, :, place] = k, qkv[2]
    keys, values = buffer
    scores = (keys @ q[:, :, None])[:, :, 0] * D**-0.5  # (H, t)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return out @ (shares[:, None] @ values).reshape(-1)


def _feed_forward(x: ndarray, gate_and_value: ndarray, out: ndarray) -> ndarray:
    gate, value = (gate_and_value @ x).reshape(2, -1)
    silu = 0.5 * gate * (1 + np.tanh(0.5 * gate))  # so written that nothing overflows
    return out @ (silu * value)


def _norm(x: ndarray, gain: ndarray) -> ndarray:
    return x * (gain * (x @ x / len(x) + EPSILON) ** -0.5)


def _rotate(x: ndarray, cos: ndarray, sin: ndarray) -> ndarray:
    a, b = x[..., : len(cos)], x[..., len(cos) :]  # (2, H, D / 2)
    return np.concatenate([a * cos - b * sin, a * sin + b * cos], axis=-1)


def weights_of(network: Transformer) -> Weights:
    """Return a Transformer's weights as arrays."""

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
