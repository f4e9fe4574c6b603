"""How the denoiser is trained: add noise of a random level, predict, compare, update."""

from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.diffusion.model import CLASSES, DiffusionConfig, build_network
from aigc_demo.diffusion.schedule import Schedule

BATCH = 64
LEARNING_RATE = 1e-3
WITHOUT_CLASS = 0.1  # share of the pictures whose class is hidden, for classifier-free guidance


class DiffusionRecipe(Recipe[DiffusionConfig]):
    """DDPM's algorithm 1 with v as the target."""

    def __init__(self, config: DiffusionConfig, digits: data.Digits, *, seed: int = 0):
        with runtime.seeded(seed):
            network = runtime.channels_last(build_network(config), runtime.device())
        optimizer = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=0.01)
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.999,
        )
        self.pictures = images.from_pixels(digits.pictures)
        self.labels = torch.from_numpy(digits.labels)
        self.schedule = Schedule(config.timesteps)

    def update(self) -> dict[str, float]:
        """One step of the article's six, on one batch; the loss is a mean square."""
        network, optimizer = self.networks["network"], self.optimizers["network"]
        rows = torch.randint(len(self.labels), (BATCH,), generator=self.generator)
        x_0, label = self.pictures[rows], self.labels[rows]  # 1. sample data
        label = label.where(torch.rand(BATCH, generator=self.generator) >= WITHOUT_CLASS, CLASSES)
        t = torch.randint(self.schedule.steps, (BATCH,), generator=self.generator)
        noise = torch.randn(x_0.shape, generator=self.generator)
        x_t = self.schedule.add_noise(x_0, noise, t)  # 2. add noise of a random level
        # sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0
        v = self.schedule.add_noise(noise, -x_0, t)
        x_t, t, label, v = (tensor.to(runtime.device()) for tensor in (x_t, t, label, v))
        with runtime.autocast():
            prediction = network(x_t, t, label)  # 3. and 4. show the picture and the level, predict
        loss = F.mse_loss(prediction, v)  # 5. mean squared error
        optimizer_step(loss, optimizer, max_norm=1.0)  # 6. update
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged denoiser."""
        checkpoints.save(folder, self.config, self.averaged["network"])


def recipe(name: str) -> Recipe:
    """Return the recipe of diffusion-digits or diffusion-emoji."""
    if name == "diffusion-emoji":
        from aigc_demo.diffusion.emoji.train import recipe

        return recipe()
    return DiffusionRecipe(DiffusionConfig(width=64, timesteps=1000), data.digits("train"))
