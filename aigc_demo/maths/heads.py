"""Real attention: the scores and values of every head of a Transformer that reads a short text."""

import torch
from torch import Tensor

from aigc_demo.text.attention import trace
from aigc_demo.text.model import TextModel
from aigc_demo.text.transformer import Transformer

COMPONENTS = 4  # of each value vector


def heads(model: TextModel, text: str) -> tuple[Tensor, Tensor, int]:
    """Return Q K^T (layers, H, T, T), unscaled and unmasked; the values' first components (layers,
    H, T, 4); and d_k.

    Raises DemoError that names the characters which `model` never saw.
    """
    assert isinstance(model.network, Transformer)  # the recurrent models have no attention
    layers = trace(model.network, model.encode(text)).layers
    scores = torch.stack([steps.scores for steps in layers])
    values = torch.stack([steps.values for steps in layers])
    return scores.float(), values[..., :COMPONENTS].float(), values.shape[-1]


def most_focused_head(scores: Tensor, d_k: int) -> tuple[int, int]:
    """Return layer and head, from 1, in which the last character gives most weight to a single one
    that is more than two back.
    """
    # The last character sees all.
    weights = (scores[:, :, -1] / d_k**0.5).softmax(dim=-1)  # (layers, H, T)
    strongest = weights[..., : max(1, weights.shape[-1] - 3)].amax(dim=-1)
    layer, head = divmod(int(strongest.argmax()), strongest.shape[1])
    return layer + 1, head + 1
