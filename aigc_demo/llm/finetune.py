"""How adapters are trained to follow instructions: cross-entropy of the answers, the base's weights
frozen.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.llm import instruction_data
from aigc_demo.llm.lora import Adapters, LoraConfig, inject_adapters
from aigc_demo.text.model import TextModel
from aigc_demo.text.transformer import Transformer

REQUIRES = ("text-transformer-shakespeare", "text-transformer-tang")  # of other families
BATCHES = 4  # drawn at once, of which one is trained on


@dataclass(frozen=True)
class Plan:
    """How one checkpoint is fine-tuned."""

    base: str
    rank: int = 16
    alpha: float = 32.0
    size: int = 16  # instructions a step
    learning_rate: float = 2e-3
    # the loss weight of a keyword's characters, which are one in twenty
    emphasis: float = 5.0
    synthetic_share: float = 0.25  # share of the examples that are synthetic


PLANS = {
    "llm-lora-tang": Plan("text-transformer-tang"),
    "llm-lora-shakespeare": Plan("text-transformer-shakespeare"),
}


class FinetuneRecipe(Recipe[LoraConfig]):
    """Cross-entropy of the answers' characters, AdamW on the adapters alone, gradients clipped at
    1.
    """

    def __init__(
        self,
        plan: Plan,
        base: TextModel[Transformer],
        sources: list[instruction_data.Source],
        *,
        seed: int = 0,
    ):
        config = LoraConfig(plan.base, plan.rank, plan.alpha)
        with runtime.seeded(seed):
            adapters = Adapters(base.network, config).to(runtime.device())
        optimizer = torch.optim.AdamW(
            adapters.parameters(), plan.learning_rate, betas=(0.9, 0.99), weight_decay=0.0
        )
        super().__init__(
            config,
            nn.ModuleDict({"adapters": adapters}),
            {"adapters": optimizer},
            runtime.generator(seed),
            average=0.995,
        )
        self.plan, self.base, self.sources = plan, base, sources
        self.words = sorted(
            {word for source in sources for word in source.keywords if word.isalpha()}
        )
        self.network = inject_adapters(base.network, adapters).train()

    def update(self) -> dict[str, float]:
        """One step on a batch of instructions and their answers; the loss is in nats per character
        of an answer, keywords emphasised.
        """
        rows = instruction_data.collate(
            [self._example(source) for source in self._batch_of_similar_lengths()],
            self.base.encode,
            emphasis=self.plan.emphasis,
        )
        ids, weights = (tensor.to(runtime.device()) for tensor in rows)
        with runtime.autocast():
            logits, _ = self.network(ids[:, :-1])
        losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        loss = (losses * weights.flatten()).sum() / weights.sum()
        optimizer_step(loss, self.optimizers["adapters"], max_norm=1.0)
        return {"loss": loss.item()}

    def _example(self, source: instruction_data.Source) -> instruction_data.Example:
        example = instruction_data.Example(
            source.sample_instruction(self.generator, early=True), source.answer
        )
        replaced = torch.rand((), generator=self.generator) < self.plan.synthetic_share
        return (
            instruction_data.synthetic_example(example, self.words, self.generator)
            if replaced
            else example
        )

    def _batch_of_similar_lengths(self) -> list[instruction_data.Source]:
        """Draw BATCHES batches, sort them by length and return any one: it needs little padding."""
        size = self.plan.size
        drawn = torch.randint(
            len(self.sources), (BATCHES * size,), generator=self.generator
        ).tolist()
        ordered = sorted((self.sources[i] for i in drawn), key=lambda source: len(source.answer))
        begin = size * int(torch.randint(BATCHES, (), generator=self.generator))
        return ordered[begin : begin + size]

    def export(self, folder: Path) -> None:
        """Write the averaged adapters, alone: config.json names their base."""
        checkpoints.save(folder, self.config, self.averaged["adapters"])


def recipe(name: str) -> FinetuneRecipe:
    """Return the recipe of checkpoint `name`, for instance llm-lora-tang; raises DemoError when its
    base or the data are not at hand.
    """
    plan = PLANS[name]
    return FinetuneRecipe(
        plan, checkpoints.load(plan.base), instruction_data.sources(plan.base, "train")
    )
