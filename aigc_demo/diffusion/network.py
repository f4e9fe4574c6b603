"""The denoiser: a small U-Net that is conditioned on the level of noise and the class.

Ronneberger et al., "U-Net" (2015); Ho et al., "Denoising diffusion probabilistic models" (2020),
section B. It works on 14 by 14 and 7 by 7: 2 by 2 pixels are folded into channels first, which
costs little quality and saves most of the time.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ResnetBlock(nn.Module):
    """Two convolutions added to their input; the condition scales and shifts between them."""

    def __init__(self, before: int, after: int, condition: int):
        super().__init__()
        self.norm_in, self.conv_in = nn.GroupNorm(8, before), nn.Conv2d(before, after, 3, padding=1)
        self.norm_out, self.conv_out = nn.GroupNorm(8, after), nn.Conv2d(after, after, 3, padding=1)
        self.scale_and_shift = nn.Linear(condition, 2 * after)
        self.skip = nn.Conv2d(before, after, 1) if before != after else nn.Identity()
        nn.init.zeros_(self.conv_out.weight)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        """Return (N, after, H, W) for x (N, before, H, W) and condition (N, D)."""
        scale, shift = self.scale_and_shift(condition)[:, :, None, None].chunk(2, dim=1)
        h = self.conv_in(F.silu(self.norm_in(x)))
        h = self.norm_out(h) * (1 + scale) + shift
        return self.skip(x) + self.conv_out(F.silu(h))


class Attention(nn.Module):
    """Self-attention over all positions of the picture."""

    def __init__(self, width: int, heads: int = 4):
        super().__init__()
        self.heads = heads
        self.norm = nn.GroupNorm(8, width)
        self.query_key_value = nn.Conv2d(width, 3 * width, 1)
        self.out = nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Return (N, C, H, W)."""
        N, C, H, W = x.shape
        q, k, v = (
            self.query_key_value(self.norm(x))
            .view(N, 3, self.heads, C // self.heads, H * W)
            .transpose(3, 4)
            .unbind(dim=1)
        )
        y = F.scaled_dot_product_attention(q, k, v)  # (N, heads, H W, D)
        return x + self.out(y.transpose(2, 3).reshape(N, C, H, W))


class UNet(nn.Module):
    """Noisy pictures (N, 1, 28, 28), steps t (N,) and classes (N,) in; a prediction of the
    pictures' shape out.

    Class `classes` (one more than there are) means "no class": what classifier-free guidance
    compares with.
    """

    def __init__(self, width: int, classes: int, steps: int):
        super().__init__()
        self.steps, self.width = steps, width
        condition = 4 * width
        self.time = nn.Sequential(
            nn.Linear(width, condition), nn.SiLU(), nn.Linear(condition, condition)
        )
        self.label = nn.Embedding(classes + 1, condition)
        self.enter = nn.Conv2d(4, width, 3, padding=1)  # 14 by 14
        self.down_block = ResnetBlock(width, width, condition)
        self.down = nn.Conv2d(width, 2 * width, 3, stride=2, padding=1)  # 7 by 7
        self.middle_before = ResnetBlock(2 * width, 2 * width, condition)
        self.middle_after = ResnetBlock(2 * width, 2 * width, condition)
        self.attention = Attention(2 * width)
        # 14 by 14
        self.up = nn.Sequential(
            nn.Upsample(scale_factor=2), nn.Conv2d(2 * width, width, 3, padding=1)
        )
        self.up_block = ResnetBlock(2 * width, width, condition)
        self.last_block = ResnetBlock(width, width, condition)
        self.leave = nn.Sequential(
            nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, 4, 3, padding=1)
        )

    def forward(self, x: Tensor, t: Tensor, label: Tensor) -> Tensor:
        """Return the prediction (N, 1, 28, 28)."""
        return self.predict(x, t, self.label(label))

    def predict(self, x: Tensor, t: Tensor, label: Tensor) -> Tensor:
        """As `forward`, from the classes' vectors (N, D): interpolations of two classes are
        possible too.
        """
        condition = F.silu(self.time(sinusoidal_embedding(t / self.steps, self.width)) + label)
        fine = self.down_block(self.enter(F.pixel_unshuffle(x, 2)), condition)
        coarse = self.middle_before(self.down(fine), condition)
        coarse = self.middle_after(self.attention(coarse), condition)
        fine = self.up_block(torch.cat([self.up(coarse), fine], dim=1), condition)
        return F.pixel_shuffle(self.leave(self.last_block(fine, condition)), 2).float()


def sinusoidal_embedding(t: Tensor, width: int) -> Tensor:
    """Return sines and cosines (N, width) of t (N,) in [0, 1], from slow to fast: the level of
    noise as a vector.
    """
    frequencies = torch.exp(torch.linspace(0, math.log(1000), width // 2, device=t.device))
    angles = t[:, None] * frequencies
    return torch.cat([angles.sin(), angles.cos()], dim=1)
