"""One character each of many texts in one batch: what the engine calls where several visitors
write with one network.

A recurrent network's states are stacked. A Transformer's keys and values lie in a pool, a row a
text, so that nothing is copied between two characters; each row is a ring of as many places as the
network looks back (its keys are rotated already, so their order does not matter). A text that
writes alone goes the way of numpy_decode.py, on its row where it has one.
"""

from __future__ import annotations

import threading
import weakref
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.text import numpy_decode
from aigc_demo.text.numpy_decode import KVCache
from aigc_demo.text.sampling import SamplingParams
from aigc_demo.text.transformer import Block, Cache, Transformer, apply_rotary_emb, rope_cos_sin


@dataclass(frozen=True)
class DrawRequest:
    """A text that wants its next token."""

    unread: list[int]  # token ids behind `state`
    state: Any  # after what was read before; None: nothing was
    sampling: SamplingParams
    number: float  # in [0, 1), by which the token is drawn


class Slot:
    """A text's row in a pool. It is free again when nobody holds the slot any more."""

    def __init__(self, row: int, read: int):
        self.row, self.read = row, read


class KVPool:
    """The keys and values of the texts that one Transformer writes at once: (layers, 2, rows, H,
    context, D).
    """

    def __init__(self, network: Transformer):
        self.network = network
        self.weights = numpy_decode.weights_of(network)
        self._free: list[int] = []
        width = network.embedding.embedding_dim // network.heads
        self.buffer = torch.empty(len(network.blocks), 2, 0, network.heads, network.context, width)

    def adopt(self, state: Cache | KVCache) -> Slot:
        """Return a slot that holds a copy of the `state` of one text."""
        read, layers = state.to_torch() if isinstance(state, KVCache) else state
        slot = Slot(self._row(), read)
        weakref.finalize(slot, self._free.append, slot.row)
        context, count = self.network.context, layers[0][0].shape[2]
        places = torch.arange(read - count, read) % context
        for buffer, layer in zip(self.buffer, layers, strict=True):
            for part, cached in zip(buffer, layer, strict=True):
                part[slot.row][:, places] = cached[0]
        return slot

    def _row(self) -> int:
        if not self._free:
            rows = self.buffer.shape[2]
            grown = self.buffer.new_zeros(
                *self.buffer.shape[:2], max(8, 2 * rows), *self.buffer.shape[3:]
            )
            grown[:, :, :rows] = self.buffer
            self.buffer = grown
            self._free += range(rows, grown.shape[2])
        self._free.sort(reverse=True)  # the lowest row first: rows in use lie close together
        return self._free.pop()

    def step_one(self, token: int, slot: Slot) -> Tensor:
        """Return the logits (V,) after one more character of one text."""
        logits = numpy_decode.step_in_ring(
            token, slot.read, self.weights, self.buffer[:, :, slot.row].numpy()
        )
        slot.read += 1
        return logits

    def step(self, tokens: Sequence[int], slots: Sequence[Slot]) -> Tensor:
        """Return the logits (B, V) after one more character of each text: transformer.py's
        arithmetic for a single position each.
        """
        network, rows = self.network, torch.tensor([slot.row for slot in slots])
        low, high = int(rows.min()), int(rows.max()) + 1
        read = torch.tensor([slot.read for slot in slots])
        places, last = read % network.context, int((read + 1).clamp(max=network.context).max())
        seen = torch.zeros(high - low, dtype=torch.long).index_put((rows - low,), read + 1)
        mask = (torch.arange(last) < seen[:, None])[:, None, None]  # (rows, 1, 1, last)
        mask[..., 0] = True  # a row that is not asked now: any number, but no NaN
        x = network.embedding(torch.tensor(tokens))  # (B, C)
        cos, sin = rope_cos_sin(read, x.shape[1] // network.heads)
        for block, buffer in zip(network.blocks, self.buffer, strict=True):
            assert isinstance(block, Block)  # as all of a Transformer's are
            attention = block.attention
            qkv = attention.query_key_value(block.attention_norm(x))
            qkv = qkv.view(len(slots), 3, network.heads, -1)  # (B, 3, H, D)
            q, k = apply_rotary_emb(qkv[:, :2], cos[:, None, None], sin[:, None, None]).unbind(1)
            buffer[0, rows, :, places], buffer[1, rows, :, places] = k, qkv[:, 2]
            keys, values = buffer[:, low:high, :, :last]
            asked = q.new_zeros(high - low, *q.shape[1:]).index_put((rows - low,), q)
            y = F.scaled_dot_product_attention(asked[:, :, None], keys, values, attn_mask=mask)
            x = x + attention.out(y[rows - low].flatten(1))
            x = x + block.feed_forward(block.feed_forward_norm(x))
        for slot in slots:
            slot.read += 1
        return network.unembed(network.norm(x)).float()


class BatchDecoder:
    """Reads on for several texts at once, with one network."""

    def __init__(self, network: Any):
        self.network = network
        self._lock = threading.Lock()
        self._pool: KVPool | None = None

    @torch.inference_mode()
    def read(self, requests: Sequence[DrawRequest]) -> list[tuple[Tensor, Any]]:
        """Return for each text the logits (V,) float32 after it, and its state."""
        with self._lock:
            read: dict[int, tuple[Tensor, Any]] = {}
            steps = [i for i, each in enumerate(requests) if _is_step(each)]
            texts = defaultdict(list)  # those of one length are read together
            for i, each in enumerate(requests):
                if not _is_step(each):
                    texts[len(each.unread) if each.state is None else -i].append(i)
            for group in texts.values():
                read |= zip(group, self._texts([requests[i] for i in group]), strict=True)
            if steps:
                read |= zip(steps, self._step([requests[i] for i in steps]), strict=True)
        return [read[i] for i in range(len(requests))]

    def _texts(self, requests: list[DrawRequest]) -> list[tuple[Tensor, Any]]:
        ids = torch.tensor([each.unread for each in requests], device=runtime.device())
        logits, state = self.network(ids, requests[0].state)
        states = _split(state, len(requests))
        return [*zip(logits[:, -1].cpu(), states, strict=True)]

    def _step(self, requests: list[DrawRequest]) -> list[tuple[Tensor, Any]]:
        tokens = [each.unread[0] for each in requests]
        states = [each.state for each in requests]
        if not isinstance(self.network, Transformer):
            logits, state = self.network(
                torch.tensor([[token] for token in tokens], device=runtime.device()), _stack(states)
            )
            return [*zip(logits[:, -1].cpu(), _split(state, len(requests)), strict=True)]
        if len(requests) == 1 and not isinstance(states[0], Slot):
            return self._texts(requests)
        if self._pool is None:
            self._pool = KVPool(self.network)
        pool = self._pool
        slots = [state if isinstance(state, Slot) else pool.adopt(state) for state in states]
        if len(slots) == 1:
            return [(pool.step_one(tokens[0], slots[0]), slots[0])]
        return [*zip(pool.step(tokens, slots), slots, strict=True)]


def _is_step(request: DrawRequest) -> bool:
    return request.state is not None and len(request.unread) == 1


def _split(state: Any, count: int) -> list[Any]:
    """Return the state of a batch as those of its texts."""
    if count == 1:
        return [state]
    if isinstance(state, Tensor):  # an RNN's (layers, B, W)
        return [*state.split(1, dim=1)]
    if isinstance(state[0], Tensor):  # an LSTM's pair of them
        return [*zip(*(part.split(1, dim=1) for part in state), strict=True)]
    read, layers = state
    return [(read, [(k[i : i + 1], v[i : i + 1]) for k, v in layers]) for i in range(count)]


def _stack(states: list[Any]) -> Any:
    """Return the states of recurrent texts as that of their batch."""
    if isinstance(states[0], Tensor):
        return torch.cat(states, dim=1)
    return tuple(torch.cat(parts, dim=1) for parts in zip(*states, strict=True))
