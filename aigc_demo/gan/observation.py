"""What can be seen of a GAN in the middle of its training: where the points are, D's output
everywhere, and how far both are from the optimum.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime, toy_data
from aigc_demo.gan import density
from aigc_demo.gan.toy_gan import LOGARITHMIC, ToyGan

# Of either kind, that are shown; always the same noise, so that they move and do not flicker.
POINTS = 256
ARROWS = 64  # of them, with the gradient
GRID = 13  # lines of G's grid, each way
LATTICE = 45  # 2,025 noises, evenly spread: what densities are estimated from
JUDGED = 1_000  # real points for V


@dataclass(frozen=True)
class Observation:
    """A GAN after some iterations. Surfaces (1600,) are read row by row from the top left, as
    `toy_data.cell_centres` are.
    """

    real: Tensor  # (256, 2)
    generated: Tensor  # (256, 2)
    generator_gradients: Tensor  # (64, 2): minus the gradient of G's loss at the first of them
    warped_grid: Tensor  # (169, 2): G of a regular grid of noise
    # D in [0, 1]; for a critic, 0.5 is midway between its means on real and on generated points
    surface: Tensor
    optimum: Tensor | None  # D*
    distance_to_optimum: float | None  # mean |D - D*| where real and generated points are
    value: float | None  # V(D, G), nats
    optimal_value: float | None  # V(D*, G) = 2 JS - ln 4, nats
    wasserstein: float | None  # the critic's estimate of the Wasserstein distance
    kl: float  # KL(p || q), nats
    js: float
    modes_covered: int | None  # modes that G reaches


@torch.no_grad()
def observe(gan: ToyGan) -> Observation:
    """Return what can be seen of `gan`, which is not changed and whose random numbers are not
    touched.
    """
    real = gan.shape.sample(JUDGED, runtime.generator(0))
    everywhere = gan.generate(noise_grid(LATTICE, edges=False)).float()
    shown = gan.generate(2 * torch.rand(POINTS, 2, generator=runtime.generator(1)) - 1)
    p, q = density.density_of_shape(gan.shape), density.density_of_samples(everywhere)
    outputs = [gan.judge(points) for points in (real, everywhere)]
    surface = probabilities(gan, gan.judge(toy_data.cell_centres()), *outputs)
    critic, logarithmic = gan.rules.loss == "wasserstein", gan.rules.loss in LOGARITHMIC
    optimum = None if critic else density.optimal_discriminator(p, q)[:-1]
    js = density.js(p, q)
    with torch.enable_grad():
        gradients = gan.generator_gradient_field(shown[:ARROWS])
    return Observation(
        real=real[:POINTS],
        generated=shown,
        generator_gradients=gradients,
        warped_grid=gan.generate(noise_grid(GRID, edges=True)),
        surface=surface,
        optimum=optimum,
        distance_to_optimum=None
        if optimum is None
        else ((p + q)[:-1] / 2 * (surface - optimum).abs()).sum().item(),
        value=value(*outputs) if logarithmic else None,
        optimal_value=2 * js - math.log(4) if logarithmic else None,
        wasserstein=(outputs[0].mean() - outputs[1].mean()).item() if critic else None,
        kl=density.kl(p, q),
        js=js,
        modes_covered=gan.shape.modes_covered(everywhere) if gan.shape.separable_modes else None,
    )


def noise_grid(side: int, *, edges: bool) -> Tensor:
    """Return noise (side * side, 2) on a regular grid over the square from -1 to 1, from edge to
    edge or in the middles of its cells.
    """
    end = 1 if edges else 1 - 1 / side
    ticks = torch.linspace(-end, end, side)
    return torch.cartesian_prod(ticks, ticks)


def value(real: Tensor, fake: Tensor) -> float:
    """Return V(D, G) = E ln D(x) + E ln(1 - D(G(z))) from logits, in nats."""
    return (
        torch.nn.functional.logsigmoid(real).mean() + torch.nn.functional.logsigmoid(-fake).mean()
    ).item()


def probabilities(gan: ToyGan, outputs: Tensor, real: Tensor, fake: Tensor) -> Tensor:
    """Return D's outputs as numbers in [0, 1]; `real` and `fake` are its outputs on points of
    either kind, which place a critic's.
    """
    if gan.rules.loss in LOGARITHMIC:
        return outputs.sigmoid()
    if gan.rules.loss == "least squares":
        return outputs.clamp(0, 1)
    away = outputs - (real.mean() + fake.mean()) / 2
    return 0.5 + away / (2 * away.abs().max().clamp(min=1e-6))
