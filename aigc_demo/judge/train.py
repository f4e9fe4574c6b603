"""How the classifier is trained: cross-entropy on digits shifted by up to two pixels."""

from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.judge.model import Classifier, JudgeConfig

BATCH = 128
MAX_SHIFT = 2  # pixels


class JudgeRecipe(Recipe[JudgeConfig]):
    """Cross-entropy with AdamW."""

    def __init__(self, config: JudgeConfig, digits: data.Digits, *, seed: int = 0):
        with runtime.seeded(seed):
            network = Classifier(config).to(runtime.device())
        optimizer = torch.optim.AdamW(network.parameters(), 2e-3, weight_decay=0.02)
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.99,
        )
        self.pictures = images.from_pixels(digits.pictures)
        self.labels = torch.from_numpy(digits.labels)

    def update(self) -> dict[str, float]:
        """One step on a batch of shifted digits; the loss is in nats."""
        network, optimizer = self.networks["network"], self.optimizers["network"]
        rows = torch.randint(len(self.labels), (BATCH,), generator=self.generator)
        down, right = torch.randint(
            -MAX_SHIFT, MAX_SHIFT + 1, (2,), generator=self.generator
        ).tolist()
        # a digit's border is empty
        x = self.pictures[rows].roll((down, right), dims=(2, 3)).to(runtime.device())
        with runtime.autocast():
            scores = network(x)
        loss = F.cross_entropy(scores.float(), self.labels[rows].to(runtime.device()))
        optimizer_step(loss, optimizer)
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged network."""
        checkpoints.save(folder, self.config, self.averaged["network"])


def recipe(name: str) -> JudgeRecipe:
    """Return the recipe of judge-digits."""
    return JudgeRecipe(JudgeConfig(width=24, features=128), data.digits("train"))
