"""Each sampler beside its counterpart in diffusers: the same network, the same first noise, the
same fresh noise.
"""

import math

import pytest
import torch
from diffusers import (
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    HeunDiscreteScheduler,
)
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.diffusion.model import DiffusionConfig, build_network
from aigc_demo.diffusion.samplers import (
    CLEAN,
    EVEN,
    SAMPLERS,
    SPACINGS,
    NoiseLevel,
    Prediction,
    SamplerState,
    sample,
)
from aigc_demo.diffusion.schedule import Schedule

SHARED = {
    "num_train_timesteps": 1000,
    "beta_schedule": "squaredcos_cap_v2",
    "timestep_spacing": "trailing",
    "prediction_type": "v_prediction",
}
SCHEDULE = Schedule(1000)


@pytest.fixture(scope="module")
def network() -> torch.nn.Module:
    with runtime.seeded(0):
        made = build_network(DiffusionConfig(width=8, timesteps=1000))
        for weight in made.parameters():  # the first weights are partly zero
            torch.nn.init.normal_(weight, std=0.1)
    return made.eval().requires_grad_(False)


def v_of(network: torch.nn.Module, x_t: Tensor, t: int) -> Tensor:
    with torch.no_grad():
        return network(x_t.float(), torch.full((len(x_t),), t), torch.full((len(x_t),), 3)).to(
            x_t.dtype
        )


def ours(
    network: torch.nn.Module,
    sampler: str,
    steps: int,
    x: Tensor,
    fresh: list[Tensor],
    *,
    eta: float = 0.0,
) -> Tensor:
    """Return the result of a whole sampling in which nothing is clipped."""

    def predict(x_t: Tensor, level: NoiseLevel) -> Prediction:
        v = v_of(network, x_t, level.t)
        return Prediction(level.alpha * x_t - level.sigma * v, level.sigma * x_t + level.alpha * v)

    given = iter(fresh)
    return sample(
        predict, levels(sampler, steps), x, SAMPLERS[sampler], eta=eta, fresh=lambda _: next(given)
    )


def levels(sampler: str, steps: int) -> list[NoiseLevel]:
    return SCHEDULE.levels(steps, SPACINGS.get(SAMPLERS[sampler], EVEN))


def noises(steps: int) -> tuple[Tensor, list[Tensor]]:
    generator = runtime.generator(5)
    first, *fresh = (torch.randn(2, 1, 28, 28, generator=generator) for _ in range(steps + 1))
    return first, fresh


@pytest.mark.parametrize("steps", [1, 4, 25])
@pytest.mark.parametrize(
    "sampler", ["DDPM", "DDIM", "DDIM, eta 0.6", "DPM-Solver++(2M)", "SDE-DPM-Solver++"]
)
def test_samplers_of_x_t_are_diffusers(network, sampler, steps):
    name, _, eta = sampler.partition(", eta ")
    theirs = {
        "DDPM": lambda: DDPMScheduler(clip_sample=False, variance_type="fixed_small", **SHARED),
        "DDIM": lambda: DDIMScheduler(clip_sample=False, **SHARED),
        "DPM-Solver++(2M)": lambda: DPMSolverMultistepScheduler(final_sigmas_type="zero", **SHARED),
        "SDE-DPM-Solver++": lambda: DPMSolverMultistepScheduler(
            final_sigmas_type="zero", algorithm_type="sde-dpmsolver++", **SHARED
        ),
    }[name]()
    theirs.set_timesteps(
        **(
            {"timesteps": [level.t for level in levels(name, steps)]}
            if "Solver" in name
            else {"num_inference_steps": steps}
        )
    )
    first, fresh = noises(steps)
    options = {"eta": float(eta)} if eta else {}
    x = first
    for t, noise in zip(theirs.timesteps, fresh, strict=True):
        with Replayed(noise):
            x = theirs.step(v_of(network, x, int(t)), t, x, **options).prev_sample
    torch.testing.assert_close(
        ours(network, name, steps, first, fresh, eta=float(eta or 0)), x, atol=1e-4, rtol=0
    )


@pytest.mark.parametrize("steps", [1, 4, 25])
@pytest.mark.parametrize(
    ("sampler", "kind"), [("Euler", EulerDiscreteScheduler), ("Heun", HeunDiscreteScheduler)]
)
def test_solvers_of_the_differential_equation_are_diffusers(network, sampler, kind, steps):
    theirs = kind(**SHARED)
    theirs.set_timesteps(timesteps=[level.t for level in levels(sampler, steps)])
    first, fresh = noises(steps)
    x = first / levels(sampler, steps)[0].alpha  # the equation's variable, x_t / alpha
    for t in theirs.timesteps:
        x_t = theirs.scale_model_input(x, t)
        x = theirs.step(v_of(network, x_t, int(t)), t, x).prev_sample
    # unclipped, x goes up to 7
    torch.testing.assert_close(ours(network, sampler, steps, first, fresh), x, atol=1e-4, rtol=1e-4)


class Replayed:
    """Hands `noise` to whatever diffusers draws."""

    def __init__(self, noise: Tensor):
        self.noise = noise

    def __enter__(self) -> None:
        self.patch = pytest.MonkeyPatch()
        for module in ("scheduling_ddpm", "scheduling_ddim", "scheduling_dpmsolver_multistep"):
            self.patch.setattr(
                f"diffusers.schedulers.{module}.randn_tensor", lambda *_, **__: self.noise
            )

    def __exit__(self, *_: object) -> None:
        self.patch.undo()


def test_a_step_of_euler_is_one_of_ddim_without_chance():
    x_t, x0_hat = noises(1)[0], noises(2)[1][1]
    now, following = SCHEDULE.level(700), SCHEDULE.level(500)
    m = SamplerState(
        x_t, now, following, x0_hat, (x_t - now.alpha * x0_hat) / now.sigma, x_t, 0.0, None, None
    )
    torch.testing.assert_close(SAMPLERS["Euler"](m), SAMPLERS["DDIM"](m), atol=1e-5, rtol=0)


@pytest.mark.parametrize(("sampler", "ratio"), [("DDIM", math.inf), ("Heun", 80)])
def test_solvers_of_the_equation_begin_where_its_variable_is_bounded(sampler, ratio):
    found = levels(sampler, 10)
    assert len({level.t for level in found}) == 10
    assert found[0].edm_sigma <= ratio
    assert found[0].t == 999 or SCHEDULE.level(found[0].t + 1).edm_sigma > ratio


@pytest.mark.parametrize("sampler", list(SAMPLERS))
def test_a_gaussians_exact_score_leads_to_that_gaussian(sampler):
    """The data are N(0.5, 0.2^2): the best prediction is known, so only the steps themselves can
    err.
    """
    mean, deviation = 0.5, 0.2

    def predict(x_t: Tensor, level: NoiseLevel) -> Prediction:
        spread = (level.alpha * deviation) ** 2 + level.sigma**2
        noise_hat = level.sigma * (x_t - level.alpha * mean) / spread
        return Prediction((x_t - level.sigma * noise_hat) / level.alpha, noise_hat)

    generator = runtime.generator(0)
    x = torch.randn(20_000, 1, 1, 1, generator=generator, dtype=torch.float64)
    x = sample(
        predict,
        levels(sampler, 200),
        x,
        SAMPLERS[sampler],
        fresh=lambda x_t: torch.randn(x_t.shape, generator=generator),
    )
    assert x.mean().item() == pytest.approx(mean, abs=0.005)
    assert x.std().item() == pytest.approx(deviation, rel=0.06)


def test_a_level_has_its_ratios():
    level = NoiseLevel(3, 0.6, 0.8)
    assert level.edm_sigma == pytest.approx(4 / 3)
    assert level.half_log_snr == pytest.approx(math.log(0.75))
    assert CLEAN.half_log_snr == math.inf
    assert SCHEDULE.level(700).alpha ** 2 == pytest.approx(SCHEDULE.alpha_bar[700].item())
