"""How the text networks are trained: next-character cross-entropy on random windows."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.text.corpus import corpus
from aigc_demo.text.model import TextConfig, build_network
from aigc_demo.text.tokenizer import character_tokenizer


class Shape(TypedDict):
    """The sizes of a network, as TextConfig takes them."""

    width: int
    layers: int
    dropout: float
    heads: NotRequired[int]  # the Transformer's
    embedding: NotRequired[int]  # the recurrent networks'


@dataclass(frozen=True)
class Plan:
    """How one checkpoint is trained: found by trials, which TRIALS.md tells."""

    shape: Shape
    context: int  # characters in a window
    batch: int  # windows
    learning_rate: float


PLANS = {
    "text-rnn-shakespeare": Plan(
        {"width": 576, "layers": 2, "embedding": 64, "dropout": 0.1}, 256, 12, 1e-3
    ),
    "text-lstm-shakespeare": Plan(
        {"width": 512, "layers": 1, "embedding": 64, "dropout": 0.2}, 256, 12, 3e-3
    ),
    "text-transformer-shakespeare": Plan(
        {"width": 256, "layers": 4, "heads": 8, "dropout": 0.1}, 256, 8, 1.5e-3
    ),
    "text-transformer-tang": Plan(
        {"width": 192, "layers": 4, "heads": 6, "dropout": 0.1}, 128, 16, 2e-3
    ),
}


class TextRecipe(Recipe[TextConfig]):
    """Cross-entropy of the next character, AdamW, gradients clipped at 1."""

    def __init__(
        self,
        config: TextConfig,
        tokenizer: Tokenizer,
        text: str,
        *,
        batch: int = 8,
        learning_rate: float = 2e-3,
        seed: int = 0,
    ):
        with runtime.seeded(seed):
            network = build_network(config).to(runtime.device())
        optimizer = torch.optim.AdamW(
            network.parameters(), learning_rate, betas=(0.9, 0.99), weight_decay=0.1
        )
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.995,
        )
        self.tokenizer, self.batch = tokenizer, batch
        self.ids = torch.tensor(tokenizer.encode(text).ids)

    def update(self) -> dict[str, float]:
        """One step on a batch of windows; the loss is in nats per character."""
        network, optimizer = self.networks["network"], self.optimizers["network"]
        starts = torch.randint(
            len(self.ids) - self.config.context, (self.batch, 1), generator=self.generator
        )
        # (B, T + 1)
        windows = self.ids[starts + torch.arange(self.config.context + 1)].to(runtime.device())
        with runtime.autocast():
            logits, _ = network(windows[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer_step(loss, optimizer, max_norm=1.0)
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged network and the tokenizer."""
        checkpoints.write_json(folder / "tokenizer.json", json.loads(self.tokenizer.to_str()))
        # The weights last: they make it a checkpoint.
        checkpoints.save(folder, self.config, self.averaged["network"])


def recipe(name: str) -> TextRecipe:
    """Return the recipe of checkpoint `name`, for instance text-lstm-shakespeare."""
    plan, architecture = PLANS[name], name.split("-")[1]
    train, test = corpus(name, "train"), corpus(name, "test")
    tokenizer = character_tokenizer(train + test)
    config = TextConfig(
        architecture, vocabulary=tokenizer.get_vocab_size(), context=plan.context, **plan.shape
    )
    return TextRecipe(config, tokenizer, train, batch=plan.batch, learning_rate=plan.learning_rate)
