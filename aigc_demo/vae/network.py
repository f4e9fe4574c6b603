"""The networks of the variational autoencoders: a dense one for digits, convolutional ones for
digits of a class and for emoji.

Kingma and Welling, "Auto-encoding variational Bayes" (2013). Symbols as there: x a picture, z its
latent, q(z|x) = N(mu, sigma^2) the posterior that the encoder predicts, p(x|z) the
likelihood that the decoder predicts.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

PIXELS = 28 * 28
MEAN_INK = 0.1307  # of MNIST's pixels: where the decoder begins
PLANNED = 16  # channels of the 7 by 7 picture between dense layers and convolutions


class Layer(nn.Module):
    """A dense layer conditioned on beta: silu(norm(W x + V b)), added to x where widths agree."""

    def __init__(self, width_in: int, width: int):
        super().__init__()
        self.weigh, self.dial = nn.Linear(width_in, width), nn.Linear(3, width, bias=False)
        self.norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, b: Tensor) -> Tensor:
        """Return (N, width) for x (N, width_in) and beta as b (N, 3)."""
        y = F.silu(self.norm(self.weigh(x) + self.dial(b)))
        return x + y if x.shape == y.shape else y


class Dense(nn.Module):
    """The digits' autoencoder. One network for every beta, on which both halves are conditioned
    (after Bae et al., "Multi-rate VAE", 2022).
    """

    def __init__(self, latents: int, width: int, layers: int):
        super().__init__()
        self.encoder = nn.ModuleList(
            Layer(PIXELS if i == 0 else width, width) for i in range(layers)
        )
        self.moments = nn.Linear(width, 2 * latents)
        self.decoder = nn.ModuleList(
            Layer(latents if i == 0 else width, width) for i in range(layers)
        )
        self.paint = nn.Linear(width, PIXELS)
        nn.init.constant_(self.paint.bias, torch.logit(torch.tensor(MEAN_INK)).item())

    def encode(self, x: Tensor, beta: Tensor) -> tuple[Tensor, Tensor]:
        """Return mu and log sigma^2 of q(z|x), each (N, latents), for pictures x (N, 1, 28, 28) in
        [0, 1] and beta (N,).
        """
        h, b = x.flatten(1), beta_features(beta)
        for layer in self.encoder:
            h = layer(h, b)
        mean, log_variance = self.moments(h).float().chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def decode(self, z: Tensor, beta: Tensor) -> Tensor:
        """Return the logits (N, 1, 28, 28) of p(x|z), the probability that each pixel is ink, for z
        (N, latents) and beta (N,).
        """
        h, b = z, beta_features(beta)
        for layer in self.decoder:
            h = layer(h, b)
        return self.paint(h).float().view(-1, 1, 28, 28)


def beta_features(beta: Tensor) -> Tensor:
    """Return the features of beta (N,): its logarithm l, tanh(l) and l^2 / 4, (N, 3)."""
    l = beta.log()  # noqa: E741
    return torch.stack([l, l.tanh(), l.square() / 4], dim=1)


class Residual(nn.Module):
    """A residual block: two convolutions, added to their input."""

    def __init__(self, channels: int):
        super().__init__()
        self.change = nn.Sequential(
            *(nn.GroupNorm(8, channels), nn.SiLU(), nn.Conv2d(channels, channels, 3, padding=1)),
            *(nn.GroupNorm(8, channels), nn.SiLU(), nn.Conv2d(channels, channels, 3, padding=1)),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return (N, channels, H, W)."""
        return x + self.change(x)


class Convolutional(nn.Module):
    """The emoji's autoencoder: 64 by 64 by 3 into 16 by 16 by `latents` and back (after Rombach et
    al., "Latent diffusion", 2022).

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
        """Return mu and log sigma^2, each (N, latents, 16, 16), for pictures x (N, 3, 64, 64) in
        [-1, 1].
        """
        mean, log_variance = self.encoder(x).float().chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def decode(self, z: Tensor) -> Tensor:
        """Return pictures (N, 3, 64, 64), nearly in [-1, 1], for z (N, latents, 16, 16)."""
        return self.decoder(z).float()


class ClassConditional(nn.Module):
    """The autoencoder of digits whose class is known: q(z|x, y) and p(x|z, y), y one-hot.

    Sohn et al., "Learning structured output representation using deep conditional generative
    models" (2015). z need not encode which digit it is, so that any z gives any digit in one style.
    With `flows` the prior p(z|y) is learned, see `AffineCoupling`; else it is N(0, 1).
    """

    def __init__(self, latents: int, width: int, layers: int, classes: int, flows: int = 0):
        super().__init__()
        half, hidden = width // 2, 8 * width
        self.classes = classes
        self.label = nn.Linear(classes, half, bias=False)
        # 14 by 14
        self.enter = nn.Sequential(nn.PixelUnshuffle(2), nn.Conv2d(4, half, 3, padding=1))
        self.encoder = nn.Sequential(
            *(Residual(half), nn.Conv2d(half, width, 3, stride=2, padding=1)),  # 7 by 7
            *(Residual(width) for _ in range(layers)),
            *(nn.GroupNorm(8, width), nn.SiLU(), nn.Conv2d(width, PLANNED, 1), nn.Flatten()),
        )
        self.moments = nn.Linear(PLANNED * 49 + classes, 2 * latents)
        self.style, self.digit = nn.Linear(latents, hidden), nn.Linear(classes, hidden, bias=False)
        self.plan = nn.Sequential(
            *(nn.SiLU(), nn.Linear(hidden, hidden), nn.SiLU()),
            *(nn.Linear(hidden, PLANNED * 49), nn.Unflatten(1, (PLANNED, 7, 7))),
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(PLANNED, width, 3, padding=1),
            *(Residual(width) for _ in range(layers)),
            *(nn.Conv2d(width, 4 * half, 3, padding=1), nn.PixelShuffle(2)),  # 14 by 14
            *(Residual(half), Residual(half), nn.GroupNorm(8, half), nn.SiLU()),
            *(nn.Conv2d(half, 4, 3, padding=1), nn.PixelShuffle(2)),  # 28 by 28
        )
        self.prior = nn.ModuleList(
            AffineCoupling(latents, classes, hidden // 4, flip=i % 2 == 1) for i in range(flows)
        )
        nn.init.normal_(self.digit.weight)  # large from the start: z need not repeat what y says
        last = self.decoder[-2]
        assert isinstance(last, nn.Conv2d) and last.bias is not None
        nn.init.constant_(last.bias, torch.logit(torch.tensor(MEAN_INK)).item())

    def encode(self, x: Tensor, label: Tensor) -> tuple[Tensor, Tensor]:
        """Return mu and log sigma^2 of q(z|x, y), each (N, latents), for x (N, 1, 28, 28) in [0, 1]
        and label (N,) int64.
        """
        y = self.one_hot(label)
        h = self.encoder(self.enter(x) + self.label(y)[:, :, None, None])
        mean, log_variance = self.moments(torch.cat([h, y], dim=1)).float().chunk(2, dim=1)
        return mean, log_variance.clamp(-12, 4)

    def decode(self, z: Tensor, label: Tensor) -> Tensor:
        """Return the logits (N, 1, 28, 28) of p(x|z, y), the probability that each pixel is ink."""
        return self.decoder(self.plan(self.style(z) + self.digit(self.one_hot(label)))).float()

    def to_normal(self, z: Tensor, label: Tensor) -> tuple[Tensor, Tensor]:
        """Return u (N, latents), which is N(0, 1) where z is p(z|y), and log |det du/dz| (N,)."""
        y, u, log_determinant = self.one_hot(label), z, z.new_zeros(len(z))
        for flow in self.prior:
            u, change = flow(u, y)
            log_determinant = log_determinant + change
        return u, log_determinant

    def from_normal(self, u: Tensor, label: Tensor) -> Tensor:
        """Return the latents z (N, latents) of p(z|y) for u (N, latents) drawn from N(0, 1)."""
        y, z = self.one_hot(label), u
        for flow in reversed(self.prior):
            assert isinstance(flow, AffineCoupling)
            z = flow.inverse(z, y)
        return z

    def one_hot(self, label: Tensor) -> Tensor:
        """Return label (N,) int64 as (N, classes) float32."""
        return F.one_hot(label, self.classes).float()


class AffineCoupling(nn.Module):
    """An affine coupling layer: half of z, and y, determine how the other half is scaled and
    shifted.

    Dinh et al., "Density estimation using Real NVP" (2017), eq. 7 and 8. A chain of them turns N(0,
    1) into the latents that the encoder really uses (Chen et al., "Variational lossy autoencoder",
    2017, section 3.2).
    """

    def __init__(self, latents: int, classes: int, width: int, *, flip: bool):
        super().__init__()
        self.flip, self.unchanged = flip, latents // 2
        self.say = nn.Sequential(
            *(nn.Linear(self.unchanged + classes, width), nn.SiLU()),
            *(nn.Linear(width, width), nn.SiLU()),
            nn.Linear(width, 2 * (latents - self.unchanged)),
        )
        last = self.say[-1]
        assert isinstance(last, nn.Linear)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)

    def forward(self, z: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        """Return u (N, latents) and log |det du/dz| (N,) for z (N, latents) and y (N, classes)."""
        unchanged, changed = self._halves(z)
        log_scale, shift = self._scale_and_shift(unchanged, y)
        return self._joined(unchanged, changed * log_scale.exp() + shift), log_scale.sum(dim=1)

    def inverse(self, u: Tensor, y: Tensor) -> Tensor:
        """Return the z (N, latents) of which `forward` makes u."""
        unchanged, changed = self._halves(u)
        log_scale, shift = self._scale_and_shift(unchanged, y)
        return self._joined(unchanged, (changed - shift) * (-log_scale).exp())

    def _halves(self, z: Tensor) -> tuple[Tensor, Tensor]:
        z = z.flip(1) if self.flip else z
        return z[:, : self.unchanged], z[:, self.unchanged :]

    def _joined(self, unchanged: Tensor, changed: Tensor) -> Tensor:
        z = torch.cat([unchanged, changed], dim=1)
        return z.flip(1) if self.flip else z

    def _scale_and_shift(self, unchanged: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
        log_scale, shift = self.say(torch.cat([unchanged, y], dim=1)).float().chunk(2, dim=1)
        return 2 * (log_scale / 2).tanh(), shift


def reparameterize(mean: Tensor, log_variance: Tensor, epsilon: Tensor) -> Tensor:
    """Return z = mu + sigma * epsilon: the reparameterisation trick (Kingma and Welling, eq. 4), so
    that gradients reach mu and sigma.
    """
    return mean + (0.5 * log_variance).exp() * epsilon


def kl_to_standard_normal(mean: Tensor, log_variance: Tensor) -> Tensor:
    """Return KL(N(mu, sigma^2) || N(0, 1)) of each latent number in nats, in closed form (Kingma
    and Welling, appendix B).
    """
    return 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance)


def kl_to_learned_prior(
    log_variance: Tensor, epsilon: Tensor, u: Tensor, log_determinant: Tensor
) -> Tensor:
    """Return log q(z|x) - log p(z) in nats, (N,), at z = mu + sigma * epsilon; its mean over
    epsilon is the KL divergence.

    p is the density of a flow: log p(z) = log N(u; 0, 1) + log |det du/dz| (Dinh et al., eq. 2).
    With u = z it is N(0, 1).
    """
    # The constant, a half of log 2 pi for each number, is in both logarithms.
    log_q = -0.5 * (log_variance + epsilon.square()).sum(dim=1)
    return log_q + 0.5 * u.square().sum(dim=1) - log_determinant
