"""One Transformer for three families, which differ in the attention mask that the caller gives.

The blocks are those of `text` (rotary positions, RMSNorm, SwiGLU); queries and keys may come from
different streams: XLNet's two streams (Yang et al., "XLNet", 2019, section 2.3) share all weights.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.text.transformer import FeedForward, apply_rotary_emb, rope_cos_sin

CosSin = tuple[Tensor, Tensor]  # of the rotary angles: (T, D / 2) each


class Attention(nn.Module):
    """Masked multi-head attention softmax(Q K^T / sqrt(D)) V, with queries of one stream and keys
    and values of another.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width, bias=False)
        self.key_value = nn.Linear(width, 2 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(
        self, query: Tensor, content: Tensor, attention_mask: Tensor, cos_sin: CosSin
    ) -> Tensor:
        """Return (B, T, C): for each position of `query` (B, T, C) the attended values of `content`
        (B, T, C), where `attention_mask` (B, T, T) bool is true.
        """
        B, T, C = query.shape
        q = self.query(query).view(B, T, self.heads, -1).transpose(1, 2)  # (B, H, T, D)
        k, v = self.key_value(content).view(B, T, 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(
            apply_rotary_emb(q, *cos_sin),
            apply_rotary_emb(k, *cos_sin),
            v,
            attn_mask=attention_mask[:, None],
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
        self, query: Tensor, content: Tensor, attention_mask: Tensor, cos_sin: CosSin
    ) -> Tensor:
        """Return the next (B, T, C) of the stream `query`."""
        q, kv = self.attention_norm(query), self.attention_norm(content)
        x = query + self.dropout(self.attention(q, kv, attention_mask, cos_sin))
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


class LanguageNetwork(nn.Module):
    """Tokens in, logits out; with the content stream alone, or with XLNet's query stream too."""

    def __init__(
        self, vocabulary: int, *, width: int, layers: int, heads: int, dropout: float = 0.0
    ):
        super().__init__()
        self.heads = heads
        self.embedding = nn.Embedding(vocabulary, width)
        # XLNet's w: at first the query stream holds nothing but its position
        self.question = nn.Parameter(torch.empty(width))
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.norm = nn.RMSNorm(width)
        for weight in self.parameters():
            if weight.dim() == 2 or weight is self.question:
                nn.init.normal_(weight, std=0.02)

    def logits(self, ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return the logits (B, T, V) float32 of the content stream over `ids` (B, T) int64.

        attention_mask (B, T, T) bool: in row i, the positions to which position i attends.
        """
        *_, h = self.hidden_states(ids, attention_mask)
        return self._logits(h)

    def hidden_states(self, ids: Tensor, attention_mask: Tensor) -> list[Tensor]:
        """Return the content stream's vectors (B, T, C): embedded, and after each block; the mask
        as in `logits`.
        """
        h, cos_sin = self._embed(ids)
        states = [h]
        for block in self.blocks:
            states.append(block(states[-1], states[-1], attention_mask, cos_sin))
        return states

    def query_stream_logits(
        self, ids: Tensor, attention_mask: Tensor, query_mask: Tensor
    ) -> Tensor:
        """Return the logits (B, T, V) float32 of the query stream: XLNet, eq. 3 and 4.

        The content stream h holds its own token and attends to h by `attention_mask`; the query
        stream g holds its own position only, and attends to h by `query_mask` (B, T, T). No
        position may attend to itself there: its vector h holds the token that is predicted.
        """
        h, cos_sin = self._embed(ids)
        g = self.dropout(self.question.expand_as(h))
        for i, block in enumerate(self.blocks):
            g_next = block(g, h, query_mask, cos_sin)
            if i + 1 < len(self.blocks):  # nothing attends to the last h
                h = block(h, h, attention_mask, cos_sin)
            g = g_next
        return self._logits(g)

    def _embed(self, ids: Tensor) -> tuple[Tensor, CosSin]:
        x = self.embedding(ids)
        return self.dropout(x), rope_cos_sin(
            torch.arange(ids.shape[1], device=ids.device), x.shape[-1] // self.heads
        )

    def _logits(self, x: Tensor) -> Tensor:
        return F.linear(self.norm(x), self.embedding.weight).float()
