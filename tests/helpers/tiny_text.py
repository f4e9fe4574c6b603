"""Untrained text models, small enough for any test."""

import torch

from aigc_demo.core import runtime
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.tokenizer import character_tokenizer
from aigc_demo.text.transformer import Transformer

VERSE = "To be, or not to be:\n春眠不觉晓\n"
LINE = "\nto be, or 月 not\n"  # begins and ends with a line break


def config(architecture: str, *, context: int = 8, text: str = VERSE) -> TextConfig:
    return TextConfig(
        architecture,
        len(set(text)),
        width=8,
        layers=2,
        context=context,
        dropout=0.5,
        heads=2,
        embedding=4,
    )


def model(architecture: str = "transformer", *, context: int = 8, text: str = VERSE) -> TextModel:
    shape = config(architecture, context=context, text=text)
    torch.manual_seed(0)
    network = build_network(shape)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    return TextModel(
        shape, network.to(runtime.device()).eval().requires_grad_(False), character_tokenizer(text)
    )


def reader(architecture: str, *, context: int = 8, text: str = LINE) -> TextModel:
    return model(architecture, context=context, text=text)


def transformer(*, layers: int = 3, context: int = 12) -> Transformer:
    torch.manual_seed(0)
    network = Transformer(11, width=16, layers=layers, heads=2, context=context, dropout=0.5).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.4)  # as sharp as a trained network
    return network.requires_grad_(False)


def tokens(length: int, *, batch: int = 2) -> torch.Tensor:
    """Return (batch, length) random tokens for `transformer`."""
    return torch.randint(11, (batch, length), generator=torch.Generator().manual_seed(1))
