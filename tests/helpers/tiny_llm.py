"""Untrained language models, small enough for any test."""

import json
from pathlib import Path

import torch

from aigc_demo.core import checkpoints, runtime
from aigc_demo.llm.model import LanguageConfig, LanguageModel, build_network
from aigc_demo.llm.tokenizer import train_tokenizer
from aigc_demo.text.model import TextConfig, TextModel
from aigc_demo.text.model import build_network as build_text_network
from aigc_demo.text.tokenizer import character_tokenizer

TEXT = "To be, or not to be, that is the question: whether 'tis nobler in the mind to suffer. "
VOCABULARY = 270  # 256 bytes, the start, the mask and twelve merges


def model(objective: str, *, layers: int = 2) -> LanguageModel:
    """Return a model with random weights, always the same, as sharp as a trained one's."""
    config = LanguageConfig(
        objective, VOCABULARY, width=16, layers=layers, heads=2, context=24, dropout=0.5
    )
    network = build_network(config)
    with runtime.seeded(0):
        for weight in network.parameters():
            torch.nn.init.normal_(weight, std=0.4)
    return LanguageModel(
        config, network.eval().requires_grad_(False), train_tokenizer(TEXT, VOCABULARY)
    )


def writer(alphabet: str, *, width: int = 16, layers: int = 2, context: int = 64) -> TextModel:
    """Return a text Transformer over the characters of `alphabet` with random weights, always the
    same, as sharp as a trained one's.
    """
    tokenizer = character_tokenizer(alphabet)
    config = TextConfig(
        "transformer",
        tokenizer.get_vocab_size(),
        width=width,
        layers=layers,
        context=context,
        dropout=0.0,
        heads=2,
    )
    network = build_text_network(config)
    with runtime.seeded(0):
        for weight in network.parameters():
            if weight.ndim == 2:
                torch.nn.init.normal_(weight, std=0.3)
    return TextModel(config, network.eval().requires_grad_(False), tokenizer)


def save_writer(model: TextModel, folder: Path) -> None:
    """Write a text model's checkpoint."""
    checkpoints.write_json(folder / "tokenizer.json", json.loads(model.tokenizer.to_str()))
    checkpoints.save(folder, model.config, model.network)
