"""A Transformer's forward pass computed plainly, with every intermediate result of every head.

Vaswani et al., "Attention is all you need" (2017), eq. 1: Attention(Q, K, V) = softmax(Q K^T /
sqrt(d_k)) V.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.text.transformer import (
    Attention,
    Block,
    Transformer,
    apply_rotary_emb,
    rope_cos_sin,
)


@dataclass(frozen=True)
class Steps:
    """One layer's attention, for all its H heads and a text of T characters; row i attends
    from character i to characters j.
    """

    values: Tensor  # V (H, T, D)
    scores: Tensor  # Q K^T (H, T, T)
    scaled: Tensor  # scores / sqrt(D), and -inf where j is in i's future (H, T, T)
    weights: Tensor  # the softmax of each row: probabilities over j (H, T, T)
    output: Tensor  # weights V (H, T, D)


@dataclass(frozen=True)
class Trace:
    """A whole forward pass."""

    layers: list[Steps]
    # the characters' vectors (T, C): first as they are embedded, then after each layer
    streams: list[Tensor]
    logits: Tensor  # (T, V): row i scores what may follow character i


@torch.inference_mode()
def trace(network: Transformer, ids: list[int]) -> Trace:
    """Return every step by which `network` reads `ids`; its logits are those that `network` itself
    gives.
    """
    x = network.embedding(torch.tensor(ids, device=network.embedding.weight.device))  # (T, C)
    layers, streams = [], [x]
    for block in network.blocks:
        assert isinstance(block, Block)  # a ModuleList does not say so
        steps = attend(block.attention, block.attention_norm(x))
        heads = steps.output.transpose(0, 1).flatten(1)  # side by side: (T, H D) = (T, C)
        x = x + block.attention.out(heads)
        x = x + block.feed_forward(block.feed_forward_norm(x))
        layers.append(steps)
        streams.append(x)
    return Trace(layers, streams, network.unembed(network.norm(x)).float())


def attend(attention: Attention, x: Tensor) -> Steps:
    """Return the steps of eq. 1 by which `attention` reads the vectors `x` (T, C)."""
    T, H, D = len(x), attention.heads, x.shape[1] // attention.heads
    q, k, v = attention.query_key_value(x).view(T, 3, H, D).permute(1, 2, 0, 3)  # (H, T, D) each
    cos_sin = rope_cos_sin(torch.arange(T, device=x.device), D)
    q, k = (apply_rotary_emb(vectors, *cos_sin) for vectors in (q, k))
    scores = q @ k.transpose(1, 2)
    mask = attention.causal_mask(T, T).to(x.device)  # j <= i, and not too far back
    scaled = (scores / D**0.5).masked_fill(~mask, float("-inf"))
    weights = scaled.softmax(dim=-1)
    return Steps(v, scores, scaled, weights, weights @ v)


@torch.inference_mode()
def logit_lens(network: Transformer, streams: list[Tensor]) -> Tensor:
    """Return what each layer would predict, were it the last: probabilities (layers + 1, T, V), the
    first before any layer.

    The final norm and the read-out are applied to the vectors between the layers: nostalgebraist,
    "interpreting GPT: the logit lens" (2020).
    """
    return network.unembed(network.norm(torch.stack(streams))).float().softmax(dim=-1)
