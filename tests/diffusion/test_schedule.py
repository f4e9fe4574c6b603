import math

import pytest
import torch
from diffusers import DDIMScheduler, EulerDiscreteScheduler

from aigc_demo.diffusion.samplers import EVEN, Spacing
from aigc_demo.diffusion.schedule import Schedule

PARITY = DDIMScheduler(1000, beta_schedule="squaredcos_cap_v2", timestep_spacing="trailing")


def test_alpha_bar_is_diffusers():
    assert torch.equal(Schedule(1000).alpha_bar, PARITY.alphas_cumprod)
    assert Schedule(1000).alpha_bar.dtype == torch.float32


def test_alpha_bar_falls_from_nearly_one_to_nearly_zero():
    alpha_bar = Schedule(100).alpha_bar
    assert alpha_bar.shape == (100,)
    assert (alpha_bar.diff() < 0).all()
    assert alpha_bar[0] > 0.999
    assert 0 < alpha_bar[-1] < 1e-3


@pytest.mark.parametrize("steps", [1, 2, 4, 5, 10, 20, 25, 40, 50, 100, 125, 200, 250, 1000])
def test_timesteps_are_diffusers(steps):
    PARITY.set_timesteps(steps)
    assert Schedule(1000).timesteps(steps) == PARITY.timesteps.tolist()


@pytest.mark.parametrize("spacing", [EVEN, Spacing(karras=True)])
@pytest.mark.parametrize("length", [250, 1000])
def test_timesteps_of_any_number_start_at_the_last_fall_and_never_pass_zero(length, spacing):
    for steps in range(1, 251):
        timesteps = Schedule(length).timesteps(steps, spacing)
        assert len(timesteps) == steps
        assert timesteps[0] == length - 1
        assert timesteps[-1] >= 0
        assert all(now > later for now, later in zip(timesteps, timesteps[1:], strict=False))


@pytest.mark.parametrize("steps", [5, 10, 25])
def test_karras_levels_are_diffusers(steps):
    theirs = EulerDiscreteScheduler(
        1000, beta_schedule="squaredcos_cap_v2", timestep_spacing="trailing", use_karras_sigmas=True
    )
    schedule, spacing = Schedule(1000), Spacing(80.0, karras=True)
    levels = schedule.levels(steps, spacing)
    wanted = theirs._convert_to_karras(
        torch.tensor([levels[0].edm_sigma, levels[-1].edm_sigma]), steps
    )
    for level, ratio in zip(levels, wanted.tolist(), strict=True):
        # the last is rounded first
        assert (
            abs(
                level.t
                - min(range(1000), key=lambda t: abs(math.log(schedule.level(t).edm_sigma / ratio)))
            )
            <= 1
        )


def test_a_picture_noised_by_few_steps_is_cleaned_in_as_many_at_most():
    schedule, spacing = Schedule(1000), Spacing(80.0, karras=True)
    assert schedule.timesteps(25, spacing, first=3) == [2, 1, 0]
    assert schedule.timesteps(25, spacing, first=0) == []
    assert schedule.timesteps(1, spacing, first=400) == [399]


@pytest.mark.parametrize("t", [0, 300, 700, 999])
def test_noised_pictures_have_the_mean_and_variance_of_the_formula(t):
    schedule = Schedule(1000)
    x_0 = torch.tensor([-1.0, 0.5]).view(1, 2, 1, 1).expand(40_000, 2, 1, 1)
    noise = torch.randn(x_0.shape, generator=torch.Generator().manual_seed(0))
    x_t = schedule.add_noise(x_0, noise, torch.full((40_000,), t))
    alpha_bar = schedule.alpha_bar[t]
    torch.testing.assert_close(x_t.mean(dim=0), alpha_bar.sqrt() * x_0[0], atol=0.02, rtol=0)
    torch.testing.assert_close(
        x_t.var(dim=0), (1 - alpha_bar).expand(2, 1, 1), atol=1e-6, rtol=0.03
    )


def test_each_picture_gets_the_noise_of_its_own_step_as_diffusers_adds_it():
    generator = torch.Generator().manual_seed(0)
    x_0, noise = torch.randn(2, 4, 1, 28, 28, generator=generator)
    t = torch.tensor([0, 10, 500, 999])
    torch.testing.assert_close(
        Schedule(1000).add_noise(x_0, noise, t), PARITY.add_noise(x_0, noise, t)
    )
