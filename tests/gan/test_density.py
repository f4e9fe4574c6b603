import math

import pytest
import torch
from torch.distributions import Categorical, MultivariateNormal, kl_divergence

from aigc_demo.core import runtime, toy_data
from aigc_demo.core.toy_data import Shape, ring
from aigc_demo.gan import density

CELL = 2 * 3 / toy_data.SIDE


def gaussian(x: float, y: float, spread: float) -> Shape:
    return Shape(torch.tensor([[x, y]]), spread, True)


def test_a_shapes_density_is_the_blurred_gaussians():
    spread = math.hypot(0.5, density.BLUR)
    exact = (
        MultivariateNormal(torch.tensor([0.6, -0.9]), spread**2 * torch.eye(2))
        .log_prob(toy_data.cell_centres())
        .exp()
        * CELL**2
    )
    found = density.density_of_shape(gaussian(0.6, -0.9, 0.5))
    assert found.sum() == pytest.approx(1, abs=1e-5)
    torch.testing.assert_close(found[:-1], exact, atol=3e-5, rtol=2e-3)


def test_many_samples_speak_for_the_shape_itself():
    exact, found = (
        density.density_of_shape(ring()),
        density.density_of_samples(ring().sample(50_000, runtime.generator(0))),
    )
    assert density.js(exact, found) < 0.002


def test_divergences_are_those_of_two_gaussians():
    p, q = (density.density_of_shape(gaussian(x, 0, 0.6)) for x in (-0.4, 0.4))
    one, other = (
        MultivariateNormal(torch.tensor([x, 0.0]), (0.6**2 + density.BLUR**2) * torch.eye(2))
        for x in (-0.4, 0.4)
    )
    assert density.kl(p, q) == pytest.approx(kl_divergence(one, other).item(), rel=0.01)
    middle = Categorical((p + q) / 2)
    assert density.js(p, q) == pytest.approx(
        (
            (kl_divergence(Categorical(p), middle) + kl_divergence(Categorical(q), middle)) / 2
        ).item(),
        rel=1e-4,
    )


def test_divergences_end_at_their_bounds():
    p, q = (density.density_of_shape(gaussian(x, x, 0.1)) for x in (-2, 2))
    assert density.kl(p, p) == pytest.approx(0, abs=1e-6)
    assert math.log(2) - 0.01 < density.js(p, q) < math.log(2)
    assert 7 < density.kl(p, q) < 15  # finite though nothing overlaps


def test_points_off_the_plane_are_counted_as_outside():
    assert density.density_of_samples(torch.full((10, 2), 50.0))[-1] > 0.99


def test_the_best_discriminator_has_the_greatest_value():
    p, q = density.density_of_shape(ring()), density.density_of_shape(gaussian(0, 0, 1.0))
    best = density.optimal_discriminator(p, q)

    def value(D: torch.Tensor) -> float:
        return (p * D.log() + q * (1 - D).log()).sum().item()

    assert value(best) == pytest.approx(2 * density.js(p, q) - math.log(4), abs=1e-5)
    for shift in (-0.02, 0.02):
        assert value((best + shift).clamp(1e-6, 1 - 1e-6)) < value(best)
    torch.testing.assert_close(density.optimal_discriminator(p, p), torch.full_like(p, 0.5))
