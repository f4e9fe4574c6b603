"""The denoiser of points: a small network that is conditioned on the level of noise."""

import torch
from torch import Generator, Tensor, nn
from torch.nn import functional as F

from aigc_demo.diffusion.network import sinusoidal_embedding

# of sines and cosines of x and y: without them fine shapes take five times as long (Tancik et al.,
# 2020)
FREQUENCIES = (1.0, 2.0, 4.0)
TIME = 16  # features of the noise level
LAYERS = 3  # hidden ones


class PointNetwork(nn.Module):
    """Noised points (N, 2) and steps t (N,) of a schedule in; a prediction (N, 2) out. Its first
    weights are drawn from `generator`.
    """

    frequencies: Tensor

    def __init__(self, width: int, steps: int, generator: Generator):
        super().__init__()
        self.steps = steps
        self.register_buffer("frequencies", torch.tensor(FREQUENCIES), persistent=False)
        sizes = [2 + 4 * len(FREQUENCIES) + TIME, *[width] * LAYERS, 2]
        layers = [
            nn.Linear(inputs, outputs) for inputs, outputs in zip(sizes, sizes[1:], strict=False)
        ]
        self.layers = nn.ModuleList(layers)
        for layer in layers:
            for weight in layer.parameters():
                nn.init.uniform_(
                    weight, -(layer.in_features**-0.5), layer.in_features**-0.5, generator=generator
                )

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        """Return v = alpha noise - sigma x_0 (N, 2), as it is predicted."""
        angles = (x[:, :, None] * self.frequencies).flatten(1)
        h = torch.cat(
            [x, angles.sin(), angles.cos(), sinusoidal_embedding(t / self.steps, TIME)], dim=1
        )
        *hidden, last = self.layers
        for layer in hidden:
            h = F.silu(layer(h))
        return last(h)
