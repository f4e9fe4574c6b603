"""The networks of the variational autoencoders: a dense one for digits, a convolutional one for emoji.

Kingma and Welling, "Auto-encoding variational Bayes" (2013). Symbols as there: x a picture, z its latent, q(z|x) = N(mu, sigma^2)
what the encoder says, p(x|z) what the decoder says.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PIXELS = 28 * 28
MEAN_INK = 0.1307  # of MNIST's pixels: where the decoder begins


class Layer(nn.Module):
    """A dense layer that is told beta: silu(norm(W x + V b)), added to x where the widths agree."""

    def __init__(self, width_in: int, width: int):
        super().__init__()
        self.weigh, self.dial, self.norm = nn.Linear(width_in, width), nn.Linear(3, width, bias=False), nn.LayerNorm(width)

    def forward(self, x: Tensor, b: Tensor) -> Tensor:
        """Gives back (N, width) for x (N, width_in) and the dial b (N, 3)."""
        y = F.silu(self.norm(self.weigh(x) + self.dial(b)))
        return x + y if x.shape == y.shape else y


class Dense(nn.Module):
    """The digits' autoencoder. One network for every beta: both halves are told it (after Bae et al., "Multi-rate VAE", 2022)."""

    def __init__(self, latents: int, width: int, layers: int):
        super().__init__()
        self.encoder = nn.ModuleList(Layer(PIXELS if i == 0 else width, width) for i in range(layers))
        self.moments = nn.Linear(width, 2 * latents)
        self.decoder = nn.ModuleList(Layer(latents if i == 0 else width, width) for i in range(layers))
        self.paint = nn.Linear(width, PIXELS)
        nn.init.constant_(self.paint.bias, torch.logit(torch.tensor(MEAN_INK)).item())

    def encode(self, x: Tensor, beta: Tensor) -> tuple[Tensor, Tensor]:
        """Gives back mu and log sigma^2 of q(z|x), each (N, latents), for pictures x (N, 1, 28, 28) in [0, 1] and beta (N,)."""
        h, b = x.flatten(1), dial(beta)
        for layer in self.encoder:
            h = layer(h, b)
        mean, log_variance = self.moments(h).float().chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def decode(self, z: Tensor, beta: Tensor) -> Tensor:
        """Gives back the logits (N, 1, 28, 28) of p(x|z), the probability that each pixel is ink, for z (N, latents) and beta (N,)."""
        h, b = z, dial(beta)
        for layer in self.decoder:
            h = layer(h, b)
        return self.paint(h).float().view(-1, 1, 28, 28)


def dial(beta: Tensor) -> Tensor:
    """Gives back what a layer is told of beta (N,): its logarithm l, tanh(l) and l^2 / 4, (N, 3)."""
    l = beta.log()  # noqa: E741
    return torch.stack([l, l.tanh(), l.square() / 4], dim=1)


class Residual(nn.Module):
    """Two convolutions added to what they were given."""

    def __init__(self, channels: int):
        super().__init__()
        self.change = nn.Sequential(
            *(nn.GroupNorm(8, channels), nn.SiLU(), nn.Conv2d(channels, channels, 3, padding=1)),
            *(nn.GroupNorm(8, channels), nn.SiLU(), nn.Conv2d(channels, channels, 3, padding=1)),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Gives back (N, channels, H, W)."""
        return x + self.change(x)


class Convolutional(nn.Module):
    """The emoji's autoencoder: 64 by 64 by 3 into 16 by 16 by `latents` and back (after Rombach et al., "Latent diffusion", 2022).

    No convolution works at full resolution: 2 by 2 pixels are folded into channels first.
    """

    def __init__(self, latents: int, width: int, blocks: int):
        super().__init__()
        half = 3 * width // 8
        self.encoder = nn.Sequential(
            *(nn.PixelUnshuffle(2), nn.Conv2d(12, half, 3, padding=1), Residual(half)),  # 32 by 32
            nn.Conv2d(half, width, 3, stride=2, padding=1),  # 16 by 16
            *(Residual(width) for _ in range(blocks)),
            *(nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, 2 * latents, 3, padding=1)),
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(latents, width, 3, padding=1),
            *(Residual(width) for _ in range(blocks)),
            *(nn.Conv2d(width, 4 * half, 3, padding=1), nn.PixelShuffle(2)),  # 32 by 32
            *(Residual(half), Residual(half), nn.GroupNorm(8, half), nn.SiLU()),
            *(nn.Conv2d(half, 12, 3, padding=1), nn.PixelShuffle(2)),  # 64 by 64
        )

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Gives back mu and log sigma^2, each (N, latents, 16, 16), for pictures x (N, 3, 64, 64) in [-1, 1]."""
        mean, log_variance = self.encoder(x).float().chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def decode(self, z: Tensor) -> Tensor:
        """Gives back pictures (N, 3, 64, 64), nearly in [-1, 1], for z (N, latents, 16, 16)."""
        return self.decoder(z).float()


def draw(mean: Tensor, log_variance: Tensor, epsilon: Tensor) -> Tensor:
    """Gives back z = mu + sigma * epsilon: the reparameterisation trick (Kingma and Welling, eq. 4), so that gradients reach mu and sigma."""
    return mean + (0.5 * log_variance).exp() * epsilon


def divergence(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Gives back KL(N(mu, sigma^2) || N(0, 1)) of each latent number in nats, in closed form (Kingma and Welling, appendix B)."""
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)
