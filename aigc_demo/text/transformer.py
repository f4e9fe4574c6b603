"""The Transformer: every character attends to all earlier ones.

Vaswani et al., "Attention is all you need" (2017), in its present form: rotary positions (Su et
al., 2021), RMSNorm (Zhang and Sennrich, 2019), SwiGLU (Shazeer, 2020), normalisation before each
block.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.text import numpy_decode
from aigc_demo.text.numpy_decode import KVCache

Layer = tuple[Tensor, Tensor]  # rotated keys, and values: (B, H, T, D) each
Cache = tuple[int, list[Layer]]  # how many characters were read, and what each layer caches of them


def rope_cos_sin(positions: Tensor, D: int) -> tuple[Tensor, Tensor]:
    """Return cosines and sines (T, D / 2) of the angles by which vectors at `positions` (T,) are
    rotated: RoFormer, eq. 15.
    """
    frequencies = 10_000 ** (-torch.arange(D // 2, device=positions.device) / (D // 2))
    angles = positions[:, None] * frequencies
    return angles.cos(), angles.sin()


def apply_rotary_emb(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotate each pair of coordinates of `x` (B, H, T, D) by the angles of its position.

    The product of a rotated query and a rotated key then depends on their distance alone.
    """
    a, b = x.chunk(2, dim=-1)  # (B, H, T, D / 2)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


class Attention(nn.Module):
    """Causal multi-head self-attention, softmax(Q K^T / sqrt(D)) V, over a sliding window, with a
    cache of keys and values.
    """

    def __init__(self, width: int, heads: int, context: int):
        super().__init__()
        self.heads, self.context = heads, context
        self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(
        self, x: Tensor, cos_sin: tuple[Tensor, Tensor], cache: Layer | None
    ) -> tuple[Tensor, Layer]:
        """Return (B, T, C), and the cache with this call's keys and values appended."""
        B, T, C = x.shape
        qkv = self.query_key_value(x).view(B, T, 3, self.heads, C // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  # (B, H, T, D)
        q, k = apply_rotary_emb(q, *cos_sin), apply_rotary_emb(k, *cos_sin)
        if cache is not None:
            k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
        # A single character attends to all that is cached.
        mask = self.causal_mask(T, k.shape[2]).to(x.device) if T > 1 else None
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        return self.out(y.transpose(1, 2).reshape(B, T, C)), (k, v)

    def causal_mask(self, T: int, keys: int) -> Tensor:
        """Return the mask (T, keys) bool of the last T of `keys` positions: each attends to itself
        and those before it, at most `context` in all.
        """
        ahead = keys - T
        return torch.ones(T, keys, dtype=torch.bool).tril(ahead).triu(ahead - self.context + 1)


class FeedForward(nn.Module):
    """SwiGLU: one projection gates the other."""

    def __init__(self, width: int):
        super().__init__()
        hidden = 8 * width // 3
        self.gate_and_value = nn.Linear(width, 2 * hidden, bias=False)
        self.out = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, T, C)."""
        gate, value = self.gate_and_value(x).chunk(2, dim=-1)
        return self.out(F.silu(gate) * value)


class Block(nn.Module):
    """Attention, then the feed-forward network, each added to its input."""

    def __init__(self, width: int, heads: int, context: int, dropout: float):
        super().__init__()
        self.attention_norm, self.attention = nn.RMSNorm(width), Attention(width, heads, context)
        self.feed_forward_norm, self.feed_forward = nn.RMSNorm(width), FeedForward(width)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, x: Tensor, cos_sin: tuple[Tensor, Tensor], cache: Layer | None
    ) -> tuple[Tensor, Layer]:
        """Return (B, T, C) and the layer's cache."""
        attended, extended = self.attention(self.attention_norm(x), cos_sin, cache)
        x = x + self.dropout(attended)
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x))), extended


class Transformer(nn.Module):
    """A decoder-only Transformer whose state is its key-value cache, at most `context` positions
    long.
    """

    def __init__(
        self,
        vocabulary: int,
        *,
        width: int,
        layers: int,
        heads: int,
        context: int,
        dropout: float = 0.0,
    ):
        super().__init__()
        self.context, self.heads = context, heads
        self.embedding = nn.Embedding(vocabulary, width)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(width, heads, context, dropout) for _ in range(layers))
        self.norm = nn.RMSNorm(width)
        self.apply(_initialise)

    def forward(
        self, ids: Tensor, state: Cache | KVCache | None = None
    ) -> tuple[Tensor, Cache | KVCache]:
        """Return logits (B, T, V) float32 and the cache after `ids` (B, T) int64.

        Without gradients a single further character is computed by numpy_decode.py, faster.
        """
        if (
            state is not None
            and ids.numel() == 1
            and ids.device.type == "cpu"
            and not torch.is_grad_enabled()
        ):
            cache = state if isinstance(state, KVCache) else KVCache.from_torch(self, state)
            logits, cache = numpy_decode.step(int(ids.item()), cache)
            return logits[None, None], cache
        cache = state.to_torch() if isinstance(state, KVCache) else state
        return self.forward_embeddings(self.embedding(ids), cache)

    def forward_embeddings(self, x: Tensor, state: Cache | None = None) -> tuple[Tensor, Cache]:
        """Go on from the characters' vectors `x` (B, T, C), as `forward` does from their ids."""
        read, layers = state or (0, [None] * len(self.blocks))
        T, D = x.shape[1], x.shape[2] // self.heads
        cos_sin = rope_cos_sin(torch.arange(read, read + T, device=x.device), D)
        x, caches = self.dropout(x), []
        for block, cache in zip(self.blocks, layers, strict=True):
            x, cache = block(x, cos_sin, cache)
            caches.append(tuple(tensor[:, :, -self.context + 1 :] for tensor in cache))
        return self.unembed(self.norm(x)).float(), (read + T, caches)

    def unembed(self, x: Tensor) -> Tensor:
        """Return the logits (..., V) of `x` (..., C); the embedding matrix is shared (weight
        tying: Press and Wolf, 2017).
        """
        return F.linear(x, self.embedding.weight)


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
