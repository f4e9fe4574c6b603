"""The chorale network: a Transformer whose positions are cells, four voices by T sixteenths.

The same blocks read in any order (`causal` false: every cell sees every other, hidden ones are
masked) or from left to right (`causal` true: soprano, alto, tenor, bass of one sixteenth, then the
next). Most notes at sixteenths are held, so each block begins with a short convolution over the
neighbouring steps of all four voices; attention follows, over all cells, or (`axial`) over all
steps of the same voice and over the four voices of the same step.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.audio.chorales import BAR, MASK, NOTES, VOICES
from aigc_demo.text.transformer import FeedForward, apply_rotary_emb, rope_cos_sin


@dataclass(frozen=True)
class ChoralesConfig:
    """The shape of a chorale network."""

    causal: bool  # left to right; otherwise in any order
    width: int
    layers: int
    heads: int
    reach: int  # steps before (and, unless causal, after) its own that a cell's convolution sees
    dropout: float
    axial: bool = False  # attention along time and across voices, instead of over all cells


class Neighbourhood(nn.Module):
    """A depthwise convolution over time that joins the voices.

    Each channel of a cell becomes a weighted sum of that channel over all cells at most `reach`
    steps away; each voice has its own weights. Causal: over cells not later than its own.
    """

    seen: Tensor  # (taps, 4, 4): 1 where a weight counts

    def __init__(self, width: int, reach: int, causal: bool):
        super().__init__()
        self.before, self.after = reach, 0 if causal else reach
        taps = self.before + self.after + 1
        self.weight = nn.Parameter(torch.randn(width, taps, VOICES, VOICES) * 0.1)  # from, to
        seen = torch.ones(taps, VOICES, VOICES)
        if causal:
            seen[-1] = seen[-1].triu()  # in its own step: the voices up to its own
        self.register_buffer("seen", seen, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, T, 4, C) for x (B, T, 4, C)."""
        B, T, V, C = x.shape
        weight = (self.weight * self.seen).permute(0, 3, 2, 1).reshape(C * V, V, -1)
        near = F.pad(x.permute(0, 3, 2, 1).reshape(B, C * V, T), (self.before, self.after))
        return F.conv1d(near, weight, groups=C).view(B, C, V, T).permute(0, 3, 2, 1)


class Attention(nn.Module):
    """Multi-head self-attention, with rotary positions (Su et al., 2021) where they are given."""

    def __init__(self, width: int, heads: int, causal: bool, dropout: float):
        super().__init__()
        self.heads, self.causal, self.dropout = heads, causal, dropout
        self.query_key_value = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor] | None) -> Tensor:
        """Return (B, N, C) for x (B, N, C) and each position's cosines and sines, (N, D / 2)."""
        B, N, C = x.shape
        qkv = self.query_key_value(x).view(B, N, 3, self.heads, C // self.heads)
        qkv = qkv.permute(2, 0, 3, 1, 4)  # (3, B, H, N, D)
        q, k = qkv[:2] if rotation is None else apply_rotary_emb(qkv[:2], *rotation)
        dropout = self.dropout if self.training else 0.0
        y = F.scaled_dot_product_attention(q, k, qkv[2], dropout_p=dropout, is_causal=self.causal)
        return self.out(y.transpose(1, 2).reshape(B, N, C))


class AxialAttention(nn.Module):
    """Attention over the T steps of each voice, plus attention over the four voices of each step.

    Huang et al., "CCNet" (2019), and Ho et al., "Axial attention" (2019), here side by side: T + 4
    cells instead of 4 T are looked at, so that its cost no longer grows with T^2 alone.
    """

    def __init__(self, width: int, heads: int, dropout: float):
        super().__init__()
        self.time = Attention(width, heads, False, dropout)
        self.voices = Attention(width, heads, False, 0.0)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
        """Return (B, N, C) for x (B, N, C), N = 4 T, and the rotation of at least T positions."""
        B, N, C = x.shape
        T = N // VOICES
        rows = x.view(B, T, VOICES, C).transpose(1, 2).reshape(B * VOICES, T, C)
        time = self.time(rows, tuple(part[:T] for part in rotation))
        time = time.view(B, VOICES, T, C).transpose(1, 2).reshape(B, N, C)
        return time + self.voices(x.view(B * T, VOICES, C), None).view(B, N, C)


class Block(nn.Module):
    """Convolution, attention, feed-forward network: each normalised first, then added."""

    def __init__(self, config: ChoralesConfig):
        super().__init__()
        width = config.width
        self.near_norm = nn.RMSNorm(width)
        self.near = Neighbourhood(width, config.reach, config.causal)
        self.attention_norm = nn.RMSNorm(width)
        self.attention = (
            AxialAttention(width, config.heads, config.dropout)
            if config.axial
            else Attention(width, config.heads, config.causal, config.dropout)
        )
        self.feed_forward_norm, self.feed_forward = nn.RMSNorm(width), FeedForward(width)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, rotation: tuple[Tensor, Tensor]) -> Tensor:
        """Return (B, T, 4, C) for x (B, T, 4, C) and the rotation of 4 T positions."""
        B, T, V, C = x.shape
        x = x + self.dropout(self.near(self.near_norm(x)))
        y = self.attention(self.attention_norm(x).view(B, T * V, C), rotation)
        x = x + self.dropout(y).view(B, T, V, C)
        return x + self.dropout(self.feed_forward(self.feed_forward_norm(x)))


class ChoralesNetwork(nn.Module):
    """The logits of every cell's note, from the cells that it may see."""

    def __init__(self, config: ChoralesConfig):
        super().__init__()
        self.causal, self.head_width = config.causal, config.width // config.heads
        self.notes = nn.Embedding(NOTES + 1, config.width)  # the last one: hidden, or the beginning
        self.voices = nn.Parameter(torch.randn(VOICES, config.width))
        self.phases = nn.Embedding(BAR, config.width)
        self.dropout = nn.Dropout(config.dropout)
        self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.norm = nn.RMSNorm(config.width)
        self.apply(_initialise)
        nn.init.normal_(self.voices, std=0.02)

    def forward(self, tokens: Tensor, phases: Tensor) -> Tensor:
        """Return logits (B, T, 4, 47) float32 for tokens (B, T, 4) and phases (B, T), both int64.

        In any order: a cell's logits depend on all known cells; hidden ones hold MASK. Left to
        right: they depend on the cells before it alone.
        """
        B, T, V = tokens.shape
        if self.causal:  # position i reads token i - 1 and predicts token i
            tokens = F.pad(tokens.view(B, T * V)[:, :-1], (1, 0), value=MASK).view(B, T, V)
        x = self.notes(tokens) + self.voices + self.phases(phases)[:, :, None]
        x = self.dropout(x)
        rotation = rope_cos_sin(torch.arange(T * V, device=tokens.device), self.head_width)
        for block in self.blocks:
            x = block(x, rotation)
        return F.linear(self.norm(x), self.notes.weight[:NOTES]).float()


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Embedding):
        nn.init.normal_(module.weight, std=0.02)
