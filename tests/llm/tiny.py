"""Untrained language models, small enough for any test."""

import torch

from aigc_demo import runtime
from aigc_demo.llm.sample import LanguageConfig, LanguageModel, build_network
from aigc_demo.llm.tokenizer import train_tokenizer

TEXT = "To be, or not to be, that is the question: whether 'tis nobler in the mind to suffer. "
VOCABULARY = 270  # 256 bytes, the start, the mask and twelve merges


def model(objective: str, *, layers: int = 2) -> LanguageModel:
    """Gives back a model with random weights, always the same, as sharp as a trained one's."""
    config = LanguageConfig(objective, VOCABULARY, width=16, layers=layers, heads=2, context=24, dropout=0.5)
    network = build_network(config)
    with runtime.seeded(0):
        for weight in network.parameters():
            torch.nn.init.normal_(weight, std=0.4)
    return LanguageModel(config, network.eval().requires_grad_(False), train_tokenizer(TEXT, VOCABULARY))
