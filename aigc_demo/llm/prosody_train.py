"""How adapters are taught the rules of regulated verse: by DPO, on pairs of the policy's own poems
that the rules have judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.llm import prosody_pairs
from aigc_demo.llm.lora import Adapters, LoraConfig, inject_adapters, merged
from aigc_demo.llm.preference import dpo_step, log_probabilities, preference_step
from aigc_demo.llm.prosody import Verdict
from aigc_demo.llm.rollouts import sample
from aigc_demo.text.corpus import END, tang_poems
from aigc_demo.text.model import TextModel
from aigc_demo.text.poems import Poem

REQUIRES = ("text-transformer-tang",)  # of another family


@dataclass(frozen=True)
class Plan:
    """How one checkpoint is taught."""

    base: str
    rank: int = 16
    alpha: float = 32.0
    beta: float = 0.3  # with less the poems drift from their form: see TRIALS.md
    learning_rate: float = 1e-3
    prompts: int = 64  # a step
    samples: int = 8  # poems a prompt
    longest: int = prosody_pairs.LONGEST  # characters of a poem
    spread: float = 0.05  # by which the scores of a pair differ at least


PLANS = {"llm-lora-prosody": Plan("text-transformer-tang")}


class ProsodyRecipe(Recipe):
    """DPO's loss, on-policy; AdamW on the adapters alone, gradients clipped at 1, float32."""

    takes_snapshots = False
    warmup = 20

    def __init__(
        self,
        plan: Plan,
        base: TextModel,
        prompts: prosody_pairs.Prompts,
        rule: Callable[[Poem], Verdict] = prosody_pairs.verdict,
        *,
        seed: int = 0,
    ):
        config = LoraConfig(plan.base, plan.rank, plan.alpha, task="prosody")
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
            average=0.99,
        )
        self.plan, self.base, self.prompts, self.adapters = plan, base, prompts, adapters
        self.rule = rule
        self.policy = inject_adapters(base.network, adapters)

    def update(self) -> dict[str, float]:
        """Write poems, judge them, and take one step on the pairs; `score` is the poems' mean."""
        plan = self.plan
        # 1. The policy as it is now writes several poems from each prompt.
        prompts = self.prompts.draw(plan.prompts, self.generator).to(runtime.device())
        written = sample(
            merged(self.base.network, self.adapters, 1.0),
            prompts.repeat_interleave(plan.samples, dim=0),
            end=self.base.encode(END)[0],
            longest=plan.longest,
            generator=self.generator,
        )
        # 2. The rules judge; of each prompt's poems the best and the worst are a pair.
        poems = prosody_pairs.poems_of(written, self.base)
        verdicts = [self.rule(poem) for poem in poems]
        chosen, rejected = prosody_pairs.choose(
            poems, verdicts, samples=plan.samples, spread=plan.spread
        )
        figures = {
            "score": sum(each.score for each in verdicts) / len(verdicts),
            "obeyed": sum(each.score == 1 for each in verdicts) / len(verdicts),
        }
        if not len(chosen):
            return {"loss": 0.0, "margin": 0.0, **figures}
        # 3. DPO, against the base.
        pairs = written.take(chosen), written.take(rejected)
        with torch.no_grad():
            reference = [log_probabilities(self.base.network, side) for side in pairs]
        loss, rewards = dpo_step(self.policy, pairs, (reference[0], reference[1]), beta=plan.beta)
        optimizer_step(loss, self.optimizers["adapters"], max_norm=1.0)
        record = preference_step(self.step + 1, loss, rewards)
        return {"loss": record.loss, "margin": record.margin, **figures}

    def export(self, folder: Path) -> None:
        """Write the averaged adapters, alone: config.json names their base."""
        checkpoints.save(folder, self.config, self.averaged["adapters"])


def recipe(name: str) -> ProsodyRecipe:
    """Return the recipe of checkpoint `name`, llm-lora-prosody; raises DemoError when its base or
    the poems are not at hand.
    """
    plan = PLANS[name]
    base = checkpoints.load(plan.base)
    return ProsodyRecipe(plan, base, prosody_pairs.Prompts(tang_poems("train"), base))
