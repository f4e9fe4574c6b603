"""Ablation of attention heads, and its effect on the generated text.

Michel et al., "Are sixteen heads really better than one?" (2019).
"""

import copy
import math
import re
from dataclasses import dataclass

import torch
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.spelling import plain
from aigc_demo.text.model import TextModel
from aigc_demo.text.transformer import Block, Transformer

Heads = frozenset[tuple[int, int]]  # (layer, head), both counted from 0


@dataclass(frozen=True)
class Ablation:
    """One prompt written on twice, with one seed: by the whole model and by the model without some
    heads.
    """

    whole: str
    ablated: str
    whole_bits: float  # per character of `whole`: how much it surprises the whole model
    ablated_bits: float  # and how much the ablated one


def read_heads(written: object, *, layers: int, heads: int) -> Heads:
    """Return the heads that `written` names: "2.1 4.3" is head 1 of layer 2 and head 3 of layer 4,
    "all" is every head.

    Raises DemoError when it names a head that there is not, or names nothing.
    """
    every = {
        f"{layer + 1}.{head + 1}": (layer, head) for layer in range(layers) for head in range(heads)
    }
    names = (
        re.split(r"[\s,;、]+", plain(written).strip())
        if isinstance(written, str)
        else [repr(written)]
    )
    if [name.lower() for name in names] == ["all"]:
        return frozenset(every.values())
    if wrong := [name for name in names if name and name not in every]:
        raise DemoError(
            "A head is named by layer and number, from 1.1 to {last}, several with spaces between,"
            " or all; {value} is not.",
            last=f"{layers}.{heads}",
            value=f"“{wrong[0][:40]}”",
        )
    return frozenset(every[name] for name in names if name)


def name_heads(off: Heads) -> str:
    """Return `off` as `read_heads` reads it."""
    return " ".join(f"{layer + 1}.{head + 1}" for layer, head in sorted(off))


@torch.no_grad()
def without_heads(model: TextModel[Transformer], off: Heads) -> TextModel[Transformer]:
    """Return `model` with the heads `off` ablated: their output is multiplied by zero. The model
    itself stays whole.
    """
    if not off:
        return model
    network = copy.deepcopy(model.network)
    for layer, head in off:
        block = network.blocks[layer]
        assert isinstance(block, Block)  # a ModuleList does not say so
        attention = block.attention
        D = attention.out.in_features // attention.heads
        attention.out.weight[:, head * D : (head + 1) * D] = (
            0  # the columns that read this head's output
        )
    return TextModel(model.config, network, model.tokenizer)


def compare(
    model: TextModel, ablated: TextModel, prompt: str, *, length: int, temperature: float, seed: int
) -> Ablation:
    """Return what both models write on from `prompt`, and what the ablated one makes of the whole
    one's text.
    """
    whole, other = (
        "".join(
            step.text
            for step in each.generate(
                prompt, max_new_tokens=length, temperature=temperature, seed=seed
            )
        )
        for each in (model, ablated)
    )
    return Ablation(
        whole,
        other,
        bits_per_character(model, prompt, whole),
        bits_per_character(ablated, prompt, whole),
    )


@torch.inference_mode()
def bits_per_character(model: TextModel, prompt: str, text: str) -> float:
    """Return how much `text` after `prompt` surprises `model`: the mean of -log2 p over its
    characters.
    """
    ids = torch.tensor(model.encode(prompt + text), device=runtime.device())
    begin = len(model.encode(prompt))
    logits, _ = model.network(ids[None, :-1])
    return F.cross_entropy(logits[0, begin - 1 :], ids[begin:]).item() / math.log(2)
