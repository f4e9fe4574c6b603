import math

import pytest
import torch
from torch.distributions import Categorical, Normal, kl_divergence

from aigc_demo.maths.divergence import (
    Gaussian,
    Mixture,
    divergence,
    fit,
    kl_gaussians,
    kl_to_mixture,
)

DRAWS = torch.Generator().manual_seed(0)


def distribution(count: int) -> torch.Tensor:
    return torch.rand(count, generator=DRAWS, dtype=torch.float64).pow(3).softmax(0)


@pytest.mark.parametrize("count", [2, 4, 12])
def test_bars_diverge_as_torch_says(count):
    p, q = distribution(count), distribution(count)
    seen = divergence(p, q)
    assert seen.forward == pytest.approx(kl_divergence(Categorical(p), Categorical(q)).item())
    assert seen.reverse == pytest.approx(kl_divergence(Categorical(q), Categorical(p)).item())
    assert seen.forward_parts.sum().item() == pytest.approx(seen.forward)
    assert seen.forward > 0 < seen.reverse


def test_the_extremes():
    p, q = (torch.tensor(row, dtype=torch.float64) for row in ([0.5, 0.5, 0.0], [0.0, 0.5, 0.5]))
    assert divergence(p, q).forward == divergence(p, q).reverse == math.inf
    narrower = torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64)
    assert divergence(narrower, p).forward == pytest.approx(math.log(2))
    assert divergence(narrower, p).reverse == math.inf
    assert divergence(p, p).forward == divergence(p, p).reverse == 0


@pytest.mark.parametrize("_", range(5))
def test_gaussians_diverge_as_torch_says(_):
    means, widths = 6 * torch.rand(2, generator=DRAWS) - 3, 3 * torch.rand(2, generator=DRAWS) + 0.2
    p, q = (Gaussian(mean.item(), width.item()) for mean, width in zip(means, widths, strict=True))
    expected = kl_divergence(Normal(p.mean, p.width), Normal(q.mean, q.width)).item()
    assert kl_gaussians(p, q) == pytest.approx(expected, rel=1e-5)
    assert kl_gaussians(p, p) == 0


@pytest.mark.parametrize(
    "mixture", [Mixture(2, 0.6, 0.7), Mixture(0.5, 0.3, 1), Mixture(3, 0.9, 0.4)], ids=str
)
def test_the_forward_fit_takes_the_mixtures_mean_and_width(mixture):
    mean = mixture.distance * (1 - 2 * mixture.share)
    width = math.sqrt(mixture.width**2 + mixture.distance**2 - mean**2)
    for start in (-3, 0, 3):
        found = fit(mixture, "forward", start)
        assert [found.mean, found.width] == pytest.approx([mean, width], abs=2e-4)


@pytest.mark.parametrize("start", [-2, 2])
def test_the_reverse_fit_seeks_the_mode_where_it_began_and_nothing_near_is_better(start):
    mixture = Mixture(2, 0.6, 0.5)
    found = fit(mixture, "reverse", start)
    assert found.mean * start > 0
    assert [abs(found.mean), found.width] == pytest.approx([2, 0.5], abs=0.02)
    share = 0.6 if start < 0 else 0.4
    # nearly: of one hump alone
    assert found.divergence == pytest.approx(-math.log(share), abs=0.01)
    best = [found.mean, math.log(found.width)]
    for k in (0, 1):
        slopes = [
            kl_to_mixture(mixture, *(x + by * (j == k) for j, x in enumerate(best)), "reverse")
            for by in (-1e-3, 1e-3)
        ]
        assert (slopes[1] - slopes[0]) / 2e-3 == pytest.approx(0, abs=1e-4)


def test_one_hump_is_fitted_by_itself_both_ways():
    for direction in ("forward", "reverse"):
        found = fit(Mixture(0, 0.5, 0.8), direction, 0.5)
        assert [found.mean, found.width, found.divergence] == pytest.approx([0, 0.8, 0], abs=1e-3)
