"""One Transformer for three families: who may see whom is told from outside, as a mask.

The blocks are those of `text` (rotary positions, RMSNorm, SwiGLU) with attention in which one
stream may ask another: XLNet's two streams (Yang et al., "XLNet", 2019, section 2.3) share all
their weights.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.text.transformer import FeedForward, apply_rotary_emb, rope_cos_sin


class Attention(nn.Module):
    """Multi-head attention softmax(Q K^T / sqrt(D)) V: one stream's queries, another's keys and
    values, a mask between them.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key_value = nn.Linear(width, 2 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(
        self, asking: Tensor, told: Tensor, may_see: Tensor, turn: tuple[Tensor, Tensor]
    ) -> Tensor:
        """Return (B, T, C): what each place of `asking` (B, T, C) gathers from the places of `told`
        that it may see (B, T, T) bool.
        """
        B, T, C = asking.shape
        q = self.query(asking).view(B, T, self.heads, -1).transpose(1, 2)  # (B, H, T, D)
        k, v = self.key_value(told).view(B, T, 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(
            apply_rotary_emb(q, *turn), apply_rotary_emb(k, *turn), v, attn_mask=may_see[:, None]
        )
        return self.out(y.transpose(1, 2).reshape(B, T, C))


class Block(nn.Module):
    """Attention, then the feed-forward network, each added to its input."""

    def __init__(self, width: int, heads: int, dropout: float):
        super().__init__()
        self.attention_norm, self.attention = nn.RMSNorm(width), Attention(width, heads)
        self.feed_forward_norm, self.feed_forward = nn.RMSNorm(width), FeedForward(width)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, asking: Tensor, told: Tensor, may_see: Tensor, turn: tuple[Tensor, Tensor]
    ) -> Tensor:
        """Return the next (B, T, C) of the stream that asks."""
        x = asking + self.dropout(
            self.attention(self.attention_norm(asking), self.attention_norm(told), may_see, turn)
        )
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


class LanguageNetwork(nn.Module):
    """Tokens in, logits out; with one stream of what is known of each place, or a second that only
    asks.
    """

    def __init__(
        self, vocabulary: int, *, width: int, layers: int, heads: int, dropout: float = 0.0
    ):
        super().__init__()
        self.heads = heads
        self.embedding = nn.Embedding(vocabulary, width)
        # XLNet's w: the second stream knows at first nothing but its place
        self.question = nn.Parameter(torch.empty(width))
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.norm = nn.RMSNorm(width)
        for weight in self.parameters():
            if weight.dim() == 2 or weight is self.question:
                nn.init.normal_(weight, std=0.02)

    def read(self, ids: Tensor, may_see: Tensor) -> Tensor:
        """Return logits (B, T, V) float32 of one stream over `ids` (B, T) int64; may_see (B, T, T)
        bool: row i, what place i sees.
        """
        *_, h = self.streams(ids, may_see)
        return self._logits(h)

    def streams(self, ids: Tensor, may_see: Tensor) -> list[Tensor]:
        """Return what is known of each place (B, T, C): embedded, and after each block; told as
        `read`.
        """
        h, turn = self._begin(ids)
        known = [h]
        for block in self.blocks:
            known.append(block(known[-1], known[-1], may_see, turn))
        return known

    def ask(self, ids: Tensor, may_see: Tensor, may_ask: Tensor) -> Tensor:
        """Return the logits (B, T, V) float32 of the stream that asks: XLNet, eq. 3 and 4.

        The content stream h knows its own token and sees by `may_see`; the query stream g knows its
        own place only, and sees by `may_ask` (B, T, T) what h knows. No place may ask itself, or it
        would be told the answer.
        """
        h, turn = self._begin(ids)
        g = self.dropout(self.question.expand_as(h))
        for i, block in enumerate(self.blocks):
            g_next = block(g, h, may_ask, turn)
            if i + 1 < len(self.blocks):  # nobody asks the last h
                h = block(h, h, may_see, turn)
            g = g_next
        return self._logits(g)

    def _begin(self, ids: Tensor) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        x = self.embedding(ids)
        return self.dropout(x), rope_cos_sin(
            torch.arange(ids.shape[1], device=ids.device), x.shape[-1] // self.heads
        )

    def _logits(self, x: Tensor) -> Tensor:
        return F.linear(self.norm(x), self.embedding.weight).float()
