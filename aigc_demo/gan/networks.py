"""Generator and discriminator, both conditioned on the class.

Goodfellow et al., "Generative adversarial nets" (2014); the class enters the discriminator by
projection (Miyato and Koyama, 2018). Both work at half resolution or less: the last step folds 2 by
2 pixels out of channels.
"""

import torch
from torch import Tensor, nn

CLASSES = 10


class Generator(nn.Module):
    """z (N, latent) and a class (N,) in, pictures (N, 1, 28, 28) in [-1, 1] out."""

    def __init__(self, latent: int, width: int):
        super().__init__()
        self.latent, self.width = latent, width
        self.label = nn.Embedding(CLASSES, latent)
        self.seed = nn.Linear(2 * latent, 2 * width * 49)
        self.paint = nn.Sequential(
            # 7 by 7
            *(nn.BatchNorm2d(2 * width), nn.ReLU()),
            nn.Conv2d(2 * width, 2 * width, 3, padding=1),
            # 14 by 14
            *(nn.BatchNorm2d(2 * width), nn.ReLU(), nn.Upsample(scale_factor=2)),
            nn.Conv2d(2 * width, width, 3, padding=1),
            *(nn.BatchNorm2d(width), nn.ReLU(), nn.Conv2d(width, width, 3, padding=1)),
            # 28 by 28
            *(nn.BatchNorm2d(width), nn.ReLU(), nn.Conv2d(width, 4, 3, padding=1)),
            *(nn.PixelShuffle(2), nn.Tanh()),
        )

    def forward(self, z: Tensor, label: Tensor) -> Tensor:
        """Return the pictures G(z, y)."""
        together = torch.cat([z, self.label(label)], dim=1)
        return self.paint(self.seed(together).view(len(z), 2 * self.width, 7, 7))


class Discriminator(nn.Module):
    """Pictures and a class in, logits out: D(x, y) = sigmoid(logit) is the probability that x is
    real.
    """

    def __init__(self, width: int):
        super().__init__()
        self.look = nn.Sequential(
            # 14 by 14
            *(nn.PixelUnshuffle(2), nn.Conv2d(4, width, 3, padding=1), nn.LeakyReLU(0.2)),
            *(nn.Conv2d(width, 2 * width, 3, stride=2, padding=1), nn.LeakyReLU(0.2)),  # 7 by 7
            *(nn.Conv2d(2 * width, 2 * width, 3, padding=1), nn.LeakyReLU(0.2)),
            *(nn.Conv2d(2 * width, 4 * width, 3, stride=2, padding=1), nn.LeakyReLU(0.2)),  # 4 by 4
            *(nn.Flatten(), nn.Linear(4 * width * 16, 4 * width), nn.LeakyReLU(0.2)),
        )
        self.realness = nn.Linear(4 * width, 1)
        self.label = nn.Embedding(CLASSES, 4 * width)
        nn.init.normal_(self.label.weight, std=0.1)  # like the weights of `realness`

    def forward(self, pictures: Tensor, label: Tensor) -> Tensor:
        """Return the logits (N,)."""
        seen = self.look(pictures)  # (N, F)
        return self.realness(seen)[:, 0] + (seen * self.label(label)).sum(dim=1)
