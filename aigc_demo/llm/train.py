"""How the three small language models are trained: the same network, text and tokens, three
objectives.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.llm import finetune, objectives, prosody_train
from aigc_demo.llm.model import LanguageConfig, build_network
from aigc_demo.llm.tokenizer import MASK, START, token_id, train_tokenizer

VOCABULARY = 2048
OBJECTIVES = {
    "llm-gpt-shakespeare": "causal",
    "llm-bert-shakespeare": "masked",
    "llm-xlnet-shakespeare": "permuted",
}


@dataclass(frozen=True)
class Batches:
    """How much text is read at a time."""

    size: int = 24  # windows
    learning_rate: float = 1.5e-3


class LanguageRecipe(Recipe[LanguageConfig]):
    """Cross-entropy of the tokens that the objective predicts, AdamW, gradients clipped at 1."""

    takes_snapshots = False

    def __init__(
        self,
        config: LanguageConfig,
        tokenizer: Tokenizer,
        text: str,
        batches: Batches = Batches(),
        *,
        seed: int = 0,
    ):
        with runtime.seeded(seed):
            network = build_network(config).to(runtime.device())
        optimizer = torch.optim.AdamW(
            network.parameters(), batches.learning_rate, betas=(0.9, 0.99), weight_decay=0.1
        )
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.995,
        )
        self.network, self.tokenizer, self.batches = network, tokenizer, batches
        self.ids = torch.tensor(tokenizer.encode(text).ids)

    def update(self) -> dict[str, float]:
        """One step on a batch of windows; the loss is in nats per predicted token."""
        task = objectives.task(
            self.config.objective,
            self._windows(),
            mask=token_id(self.tokenizer, MASK),
            vocabulary=self.config.vocabulary,
            generator=self.generator,
        )
        with runtime.autocast():
            logits, targets = objectives.predict(self.network, task)
        loss = F.cross_entropy(logits, targets)
        optimizer_step(loss, self.optimizers["network"], max_norm=1.0)
        return {"loss": loss.item()}

    def _windows(self) -> Tensor:
        """Draw windows (B, T): the start token, then text from anywhere."""
        length = self.config.context - 1
        begins = torch.randint(
            len(self.ids) - length, (self.batches.size, 1), generator=self.generator
        )
        start = token_id(self.tokenizer, START)
        return F.pad(self.ids[begins + torch.arange(length)], (1, 0), value=start)

    def export(self, folder: Path) -> None:
        """Write the averaged network and the tokenizer."""
        checkpoints.write_json(folder / "tokenizer.json", json.loads(self.tokenizer.to_str()))
        checkpoints.save(folder, self.config, self.averaged["network"])


def recipe(name: str) -> Recipe:
    """Return the recipe of checkpoint `name`, for instance llm-bert-shakespeare."""
    if name in finetune.PLANS:
        return finetune.recipe(name)
    if name in prosody_train.PLANS:
        return prosody_train.recipe(name)
    text = data.shakespeare("train")
    tokenizer = train_tokenizer(text, VOCABULARY)
    config = LanguageConfig(
        OBJECTIVES[name], VOCABULARY, width=144, layers=4, heads=6, context=96, dropout=0.1
    )
    return LanguageRecipe(config, tokenizer, text)
