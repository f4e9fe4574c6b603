"""Generator and discriminator of 16 by 16 by 4 latents, both conditioned on the code of an emoji
that the picture is to be near.

Conditioned on an instance in place of a class (Casanova et al., "Instance-conditioned GAN", 2021);
the code enters the generator through every normalisation (Perez et al., "FiLM", 2018) and the
discriminator by projection (Miyato and Koyama, 2018).
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

CHANNELS = 4  # of a latent
STYLE = 256  # numbers that code and noise are mapped to


class Styled(nn.Module):
    """Normalise, scale and shift by the style, silu, convolve."""

    def __init__(self, channels_in: int, channels: int):
        super().__init__()
        self.norm, self.conv = (
            nn.GroupNorm(8, channels_in),
            nn.Conv2d(channels_in, channels, 3, padding=1),
        )
        self.style = nn.Linear(STYLE, 2 * channels_in)
        nn.init.zeros_(self.style.weight)
        nn.init.zeros_(self.style.bias)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """Return (N, channels, H, W) for x (N, channels_in, H, W) and the style w (N, 256)."""
        scale, shift = self.style(w)[:, :, None, None].chunk(2, dim=1)
        return self.conv(F.silu(self.norm(x) * (1 + scale) + shift))


class Block(nn.Module):
    """A residual block: two styled convolutions, added to their input."""

    def __init__(self, channels_in: int, channels: int):
        super().__init__()
        self.first, self.second = Styled(channels_in, channels), Styled(channels, channels)
        self.skip = (
            nn.Conv2d(channels_in, channels, 1) if channels_in != channels else nn.Identity()
        )

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """Return (N, channels, H, W)."""
        return self.skip(x) + self.second(self.first(x, w), w)


class Generator(nn.Module):
    """z (N, code + latent) in, latents (N, 4, 16, 16) out."""

    def __init__(self, numbers: int, width: int):
        super().__init__()
        self.style = nn.Sequential(
            nn.Linear(numbers, STYLE), nn.SiLU(), nn.Linear(STYLE, STYLE), nn.SiLU()
        )
        self.seed = nn.Linear(STYLE, 4 * width * 16)
        self.blocks = nn.ModuleList(
            [
                Block(4 * width, 2 * width),
                Block(2 * width, 2 * width),
                Block(2 * width, width),
                Block(width, width),
            ]
        )
        self.paint = nn.Sequential(
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, CHANNELS, 3, padding=1)
        )

    def forward(self, z: Tensor) -> Tensor:
        """Return standardised latents."""
        w = self.style(z)
        x = self.seed(w).unflatten(1, (-1, 4, 4)).to(memory_format=torch.channels_last)
        small, middle, large, last = self.blocks
        x = F.interpolate(small(x, w), scale_factor=2.0)  # 8 by 8
        x = F.interpolate(middle(x, w), scale_factor=2.0)  # 16 by 16
        return self.paint(last(large(x, w), w)).float()


class Halve(nn.Module):
    """Two convolutions to half the size and twice the channels, added to a short cut."""

    def __init__(self, channels: int):
        super().__init__()
        self.look = nn.Sequential(
            nn.LeakyReLU(0.2),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.AvgPool2d(2),
        )
        self.deepen = nn.Conv2d(channels, 2 * channels, 3, padding=1)
        self.skip = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(channels, 2 * channels, 1, bias=False))

    def forward(self, x: Tensor) -> Tensor:
        """Return (N, 2 channels, H / 2, W / 2)."""
        return (self.deepen(self.look(x)) + self.skip(x)) * math.sqrt(0.5)


class Discriminator(nn.Module):
    """Latents in, logits out, with the code they are to be near or without."""

    def __init__(self, code: int, width: int):
        super().__init__()
        self.look = nn.Sequential(
            *(nn.Conv2d(CHANNELS, width, 3, padding=1), Halve(width), Halve(2 * width)),  # 4 by 4
            *(nn.LeakyReLU(0.2), nn.Conv2d(4 * width, 4 * width, 3, padding=1), nn.LeakyReLU(0.2)),
            *(nn.Flatten(), nn.Linear(4 * width * 16, 4 * width), nn.LeakyReLU(0.2)),
        )
        self.realness = nn.Linear(4 * width, 1)
        self.near = nn.Linear(code, 4 * width, bias=False)

    def forward(self, latents: Tensor, code: Tensor) -> Tensor:
        """Return the logits (N,) of standardised latents (N, 4, 16, 16) for codes (N, code); a code
        of zeros stands for no emoji.
        """
        seen = self.look(latents)
        return (
            self.realness(seen)[:, 0]
            + (seen * self.near(code)).sum(dim=1) / math.sqrt(seen.shape[1])
        ).float()
