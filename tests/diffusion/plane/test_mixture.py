"""The exact answer against torch.distributions, autograd and samples."""

import math

import pytest
import torch
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from aigc_demo.core import runtime, toy_data
from aigc_demo.diffusion.plane import mixture
from aigc_demo.diffusion.plane.trainer import Trainer, TrainerConfig
from aigc_demo.diffusion.schedule import Schedule

SCHEDULE = Schedule()
LEVELS = [SCHEDULE.level(t) for t in (0, 60, 300, 700, 999)]
SOME = toy_data.Shape(toy_data.spiral().centres.double(), 0.08, False)


def near(level, count: int = 50) -> torch.Tensor:
    """Points where the noised data are, in double precision."""
    random = runtime.generator(3)
    return level.alpha * SOME.sample(count, random) + level.sigma * torch.randn(
        count, 2, generator=random
    )


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.t)
def test_the_density_is_the_mixtures(level):
    spread = math.sqrt((level.alpha * SOME.spread) ** 2 + level.sigma**2)
    bells = Independent(
        Normal(level.alpha * SOME.centres, torch.full_like(SOME.centres, spread)), 1
    )
    known = MixtureSameFamily(Categorical(torch.ones(len(SOME.centres)).double()), bells)
    x = near(level)
    torch.testing.assert_close(
        mixture.log_density(SOME, x, level.alpha, level.sigma), known.log_prob(x)
    )


@pytest.mark.parametrize("level", LEVELS, ids=lambda level: level.t)
def test_the_score_is_the_gradient_of_the_density(level):
    x = near(level).requires_grad_()
    (gradient,) = torch.autograd.grad(
        mixture.log_density(SOME, x, level.alpha, level.sigma).sum(), x
    )
    torch.testing.assert_close(mixture.score(SOME, x.detach(), level.alpha, level.sigma), gradient)


def test_each_point_may_have_a_level_of_its_own():
    alpha, sigma = (
        torch.tensor([[getattr(level, name)] for level in LEVELS], dtype=torch.float64)
        for name in ("alpha", "sigma")
    )
    x = torch.cat([near(level, 1) for level in LEVELS])
    for answer in (mixture.log_density, mixture.score, mixture.velocity):
        alone = [
            answer(SOME, x[i : i + 1], level.alpha, level.sigma) for i, level in enumerate(LEVELS)
        ]
        torch.testing.assert_close(answer(SOME, x, alpha, sigma), torch.cat(alone))


@pytest.mark.parametrize("level", LEVELS[1:4], ids=lambda level: level.t)
def test_the_best_v_is_made_of_the_score_alone(level):
    x = near(level)
    score = mixture.score(SOME, x, level.alpha, level.sigma)
    noise = -level.sigma * score
    clean = (x - level.sigma * noise) / level.alpha
    torch.testing.assert_close(
        mixture.velocity(SOME, x, level.alpha, level.sigma),
        level.alpha * noise - level.sigma * clean,
    )


def test_the_best_v_is_the_mean_of_all_that_end_at_one_place():
    level, random = SCHEDULE.level(500), runtime.generator(0)
    shape = toy_data.ring()
    x_0, noise = shape.sample(2_000_000, random), torch.randn(2_000_000, 2, generator=random)
    x_t, place = level.alpha * x_0 + level.sigma * noise, torch.tensor([[0.7, -0.4]])
    ended = (x_t - place).norm(dim=1) < 0.08
    v = (level.alpha * noise - level.sigma * x_0)[ended]
    error = (v.std(dim=0) / len(v) ** 0.5).max().item()  # of the mean
    torch.testing.assert_close(
        mixture.velocity(shape, place, level.alpha, level.sigma)[0],
        v.mean(dim=0),
        atol=4 * error + 0.02,
        rtol=0,
    )
    variance = v.var(dim=0).mean()
    torch.testing.assert_close(
        mixture.uncertainty(shape, place, level.alpha, level.sigma)[0],
        variance,
        atol=0.05,
        rtol=0.05,
    )


def test_the_map_holds_the_density_times_the_cells_area():
    level, shape = SCHEDULE.level(300), toy_data.ring()
    area = (2 * toy_data.EXTENT / toy_data.SIDE) ** 2
    expected = (
        area * mixture.log_density(shape, toy_data.cell_centres(), level.alpha, level.sigma).exp()
    )
    torch.testing.assert_close(
        mixture.density_on_cells(shape, level), expected, atol=1e-7, rtol=1e-3
    )


@pytest.mark.parametrize("t", [0, 250, 700, 999])
def test_noise_is_added_with_the_schedules_mean_and_variance(t):
    study, level = Trainer(TrainerConfig()), SCHEDULE.level(t)
    x_0 = torch.tensor([[1.5, -0.5]]).repeat(100_000, 1)
    x_t = study.noised(
        x_0, torch.randn(100_000, 2, generator=runtime.generator(0)), torch.full((100_000,), t)
    )
    torch.testing.assert_close(x_t.mean(dim=0), level.alpha * x_0[0], atol=0.015, rtol=0)
    torch.testing.assert_close(
        x_t.var(dim=0), torch.full((2,), level.sigma**2), atol=1e-4, rtol=0.02
    )
