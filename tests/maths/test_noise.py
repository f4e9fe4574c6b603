import math

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.maths.noise import SCHEDULES, alpha_bar, elbo, noised

DRAWS = torch.Generator().manual_seed(0)


def test_the_cosine_is_that_of_the_diffusion_models_and_the_linear_that_of_its_paper():
    torch.testing.assert_close(
        alpha_bar("cosine").float(), Schedule().alpha_bar, atol=1e-6, rtol=1e-3
    )
    linear = alpha_bar("linear")
    assert linear[0].item() == pytest.approx(1 - 1e-4)
    # the KL at T of DDPM's section 4 rests on it
    assert linear[-1].item() == pytest.approx(4.036e-5, rel=1e-3)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_leap_ends_where_the_walk_does(schedule):
    left = alpha_bar(schedule)
    beta = 1 - left / torch.cat([torch.ones(1, dtype=torch.float64), left[:-1]])
    t, x = 300, torch.full((20_000,), 1.7, dtype=torch.float64)
    for each in beta[: t + 1]:
        x = (1 - each).sqrt() * x + each.sqrt() * torch.randn(
            x.shape, generator=DRAWS, dtype=torch.float64
        )
    seen = noised(1.7, t, schedule)
    assert [x.mean().item(), x.std().item()] == pytest.approx([seen.mean, seen.width], abs=0.02)
    assert seen.mean == pytest.approx(1.7 * math.sqrt(seen.alpha_bar))
    assert seen.snr == pytest.approx(10 ** (seen.decibels / 10))


@pytest.mark.parametrize("_", range(6))
def test_the_bound_and_its_gap_make_the_evidence(_):
    x, mean, width, slope, spread = (
        6 * torch.rand(5, generator=DRAWS, dtype=torch.float64) - 3
    ).tolist()
    width, spread = abs(width) + 0.1, abs(spread) + 0.2
    seen = elbo(x, mean, width, slope, spread)
    assert seen.elbo + seen.gap == pytest.approx(seen.evidence)
    assert seen.elbo == pytest.approx(seen.reconstruction - seen.kl)
    assert seen.gap >= -1e-12
    q, double = Normal(mean, width), torch.tensor
    assert seen.kl == pytest.approx(kl_divergence(q, Normal(0.0, 1.0)).item(), rel=1e-5)
    assert seen.gap == pytest.approx(
        kl_divergence(q, Normal(seen.posterior_mean, seen.posterior_width)).item(),
        rel=1e-4,
        abs=1e-6,
    )
    assert seen.evidence == pytest.approx(
        Normal(0.0, math.hypot(slope, spread)).log_prob(double(x)).item(), rel=1e-5
    )
    z = torch.linspace(mean - 9 * width, mean + 9 * width, 4001, dtype=torch.float64)
    weights = q.log_prob(z).exp() * (z[1] - z[0])
    assert seen.reconstruction == pytest.approx(
        (weights * Normal(slope * z, spread).log_prob(double(x))).sum().item(), rel=1e-4
    )


def test_the_true_posterior_closes_the_gap_and_a_blind_decoder_needs_no_code():
    loose = elbo(2.2, 0.4, 0.9, 1.5, 0.8)
    tight = elbo(2.2, loose.posterior_mean, loose.posterior_width, 1.5, 0.8)
    assert tight.gap == pytest.approx(0, abs=1e-12)
    assert tight.elbo == pytest.approx(tight.evidence)
    blind = elbo(1.0, 0, 1, 0, 1)
    assert (blind.kl, blind.gap, blind.posterior_mean, blind.posterior_width) == (0, 0, 0, 1)
