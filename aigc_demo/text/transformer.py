"""The Transformer: every character looks back at all earlier ones.

Vaswani et al., "Attention is all you need" (2017), in its present form: rotary positions (Su et al., 2021), RMSNorm
(Zhang and Sennrich, 2019), SwiGLU (Shazeer, 2020), normalisation before each block.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

Cache = list[tuple[Tensor, Tensor]]  # keys and values (B, H, T, D) a layer


def rotate(x: Tensor, positions: Tensor) -> Tensor:
    """Turns each pair of coordinates of `x` (B, H, T, D) by an angle proportional to its position (T,): RoFormer, eq. 15.

    The product of a rotated query and a rotated key then depends on their distance alone.
    """
    half = x.shape[-1] // 2
    frequencies = 10_000 ** (-torch.arange(half, device=x.device) / half)
    angles = positions[:, None] * frequencies  # (T, D / 2)
    cos, sin = angles.cos(), angles.sin()
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)


class Attention(nn.Module):
    """Causal multi-head self-attention, softmax(Q K^T / sqrt(D)) V, with a cache of keys and values."""

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, cache: tuple[Tensor, Tensor] | None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Gives back (B, T, C), and the cache with this call's keys and values appended."""
        B, T, C = x.shape
        q, k, v = self.query_key_value(x).view(B, T, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)  # (B, H, T, D)
        if cache is not None:
            k, v = torch.cat([cache[0], k], dim=2), torch.cat([cache[1], v], dim=2)
        positions = torch.arange(k.shape[2], device=x.device)
        visible = positions[None, :] <= positions[-T:, None]  # (T, past + T): nobody sees the future
        y = F.scaled_dot_product_attention(rotate(q, positions[-T:]), rotate(k, positions), v, attn_mask=visible)
        return self.out(y.transpose(1, 2).reshape(B, T, C)), (k, v)


class FeedForward(nn.Module):
    """SwiGLU: one projection opens and closes the other."""

    def __init__(self, width: int):
        super().__init__()
        hidden = 8 * width // 3
        self.gate_and_value = nn.Linear(width, 2 * hidden, bias=False)
        self.out = nn.Linear(hidden, width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Gives back (B, T, C)."""
        gate, value = self.gate_and_value(x).chunk(2, dim=-1)
        return self.out(F.silu(gate) * value)


class Block(nn.Module):
    """Attention, then the feed-forward network, each added to its input."""

    def __init__(self, width: int, heads: int, dropout: float):
        super().__init__()
        self.attention_norm, self.attention = nn.RMSNorm(width), Attention(width, heads)
        self.feed_forward_norm, self.feed_forward = nn.RMSNorm(width), FeedForward(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, cache: tuple[Tensor, Tensor] | None) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        """Gives back (B, T, C) and the layer's cache."""
        attended, cache = self.attention(self.attention_norm(x), cache)
        x = x + self.dropout(attended)
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x))), cache


class Transformer(nn.Module):
    """A decoder-only Transformer whose state is its key-value cache, at most `context` positions long."""

    def __init__(self, vocabulary: int, *, width: int, layers: int, heads: int, context: int, dropout: float = 0.0):
        super().__init__()
        self.context = context
        self.embedding = nn.Embedding(vocabulary, width)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.norm = nn.RMSNorm(width)
        self.read_out = nn.Linear(width, vocabulary, bias=False)
        self.apply(_initialise)
        self.read_out.weight = self.embedding.weight  # one table for reading and writing (Press and Wolf, 2017)

    def forward(self, ids: Tensor, state: Cache | None = None) -> tuple[Tensor, Cache]:
        """Gives back logits (B, T, V) float32 and the cache after `ids` (B, T) int64.

        Keys are cached before their rotation, so positions count from the oldest key that is kept.
        """
        x, new_state = self.dropout(self.embedding(ids)), []
        for layer, block in enumerate(self.blocks):
            x, cache = block(x, None if state is None else state[layer])
            new_state.append(tuple(kept[:, :, -self.context + 1 :] for kept in cache))
        return self.read_out(self.norm(x)).float(), new_state


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
