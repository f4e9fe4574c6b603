import pytest
import torch
from diffusers import DDIMScheduler, DDPMScheduler

import aigc_demo
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.settings import settings
from aigc_demo.diffusion.denoiser import Conditioning
from aigc_demo.diffusion.model import CLASSES, DiffusionModel
from aigc_demo.diffusion.samplers import (
    EVEN,
    SAMPLERS,
    SPACINGS,
    NoiseLevel,
    Prediction,
    SamplerState,
    sample,
)
from aigc_demo.diffusion.schedule import Schedule
from tests.helpers.tiny_diffusion import diffusion, result

SHARED = {
    "num_train_timesteps": 1000,
    "beta_schedule": "squaredcos_cap_v2",
    "timestep_spacing": "trailing",
}
CLIPPED = {  # diffusers' schedulers that can clip the predicted picture as ours do
    "DDPM": (DDPMScheduler, {"variance_type": "fixed_small"}, {}),
    "DDIM": (DDIMScheduler, {}, {"use_clipped_model_output": True}),
}


@pytest.fixture(scope="module")
def model() -> DiffusionModel:
    return diffusion()


# --- parity with diffusers ---


@pytest.mark.parametrize("sampler", list(CLIPPED))
@pytest.mark.parametrize("steps", [10, 25])
def test_a_whole_denoising_is_diffusers(model, sampler, steps):
    kind, options, step_options = CLIPPED[sampler]
    theirs = kind(prediction_type="v_prediction", clip_sample=True, **SHARED, **options)
    theirs.set_timesteps(steps)
    generator = torch.Generator().manual_seed(5)
    x = torch.randn(1, 1, 28, 28, generator=generator)
    ours = list(model.denoise([3], steps=steps, sampler=sampler, guidance=1, seed=5))
    assert [step.t for step in ours] == theirs.timesteps.tolist()
    for step, t in zip(ours, theirs.timesteps, strict=True):
        torch.testing.assert_close(step.x_t.cpu(), x, atol=1e-5, rtol=0)
        with torch.no_grad():
            v = model.network(
                x.to(runtime.device()),
                t[None].to(runtime.device()),
                torch.tensor([3], device=runtime.device()),
            ).cpu()
        done = theirs.step(v, t, x, generator=generator, **step_options)
        torch.testing.assert_close(step.x0_hat.cpu(), done.pred_original_sample, atol=1e-5, rtol=0)
        torch.testing.assert_close(step.x_next.cpu(), done.prev_sample, atol=1e-5, rtol=0)
        x = done.prev_sample


@pytest.mark.parametrize("sampler", list(SAMPLERS))
def test_a_model_samples_as_the_plain_loop_does(model, sampler):
    """One picture, without guidance, whose fresh noise is drawn in the same order."""
    noises, condition = runtime.NoisePerPicture([5]), model.embed_prompt([3])

    def predict(x_t: torch.Tensor, level: NoiseLevel) -> Prediction:
        with torch.inference_mode():
            v = model.velocity(x_t, torch.full((1,), level.t), condition)
        x0_hat = (level.alpha * x_t - level.sigma * v).clamp(-model.clip_range, model.clip_range)
        return Prediction(x0_hat, (x_t - level.alpha * x0_hat) / level.sigma)

    levels = model.schedule.levels(6, SPACINGS.get(SAMPLERS[sampler], EVEN))
    plain = sample(
        predict,
        levels,
        noises.draw(*model.shape),
        SAMPLERS[sampler],
        eta=0.5,
        fresh=lambda _: noises.draw(*model.shape),
    )
    *_, last = model.denoise([3], steps=6, sampler=sampler, guidance=1, eta=0.5, seed=5)
    torch.testing.assert_close(last.x_next, plain, atol=1e-4, rtol=0)


# --- known truths ---


@pytest.mark.parametrize("sampler", list(SAMPLERS))
def test_the_last_step_gives_the_predicted_picture(model, sampler):
    last = list(model.denoise([1, 2], steps=5, sampler=sampler))[-1]
    torch.testing.assert_close(last.x_next, last.x0_hat, atol=1e-6, rtol=0)


def moment(
    schedule: Schedule,
    x_t: torch.Tensor,
    x0_hat: torch.Tensor,
    noise_hat: torch.Tensor,
    noise: torch.Tensor,
    *,
    eta: float = 0.0,
) -> SamplerState:
    """A step from t = 600 to 400 at which the network is not asked again."""
    return SamplerState(
        x_t, schedule.level(600), schedule.level(400), x0_hat, noise_hat, noise, eta, None, None
    )


def test_a_step_that_knows_picture_and_noise_lands_on_the_forward_process():
    schedule, generator = Schedule(1000), torch.Generator().manual_seed(0)
    x_0, noise = (
        torch.rand(1, 1, 28, 28, generator=generator),
        torch.randn(1, 1, 28, 28, generator=generator),
    )
    x_t, x_s = (schedule.add_noise(x_0, noise, torch.tensor([t])) for t in (600, 400))
    for name in ("DDIM", "Euler", "DPM-Solver++(2M)"):
        reached = SAMPLERS[name](moment(schedule, x_t, x_0, noise, noise))
        torch.testing.assert_close(reached, x_s, atol=1e-5, rtol=1e-5)


def test_a_step_keeps_the_marginal_of_the_forward_process():
    schedule, generator, x_0 = (
        Schedule(1000),
        torch.Generator().manual_seed(0),
        torch.full((40_000, 1, 1, 1), 0.3),
    )
    x_t = schedule.add_noise(
        x_0, torch.randn(x_0.shape, generator=generator), torch.full((40_000,), 600)
    )
    later, fresh = schedule.level(400), torch.randn(x_0.shape, generator=generator)
    for name, eta in (("DDPM", 0.0), ("DDIM", 0.0), ("DDIM", 0.5), ("DDIM", 1.0)):
        x_s = SAMPLERS[name](
            moment(
                schedule,
                x_t,
                x_0,
                (x_t - schedule.level(600).alpha * x_0) / schedule.level(600).sigma,
                fresh,
                eta=eta,
            )
        )
        assert x_s.mean().item() == pytest.approx(0.3 * later.alpha, abs=0.02)
        assert x_s.var().item() == pytest.approx(later.sigma**2, rel=0.03)


def test_predictions_make_up_the_picture_they_were_made_from(model):
    for step in model.denoise([4], steps=10, guidance=3, seed=1):
        alpha_bar = model.schedule.alpha_bar[step.t]
        assert step.x0_hat.abs().max() <= 1
        torch.testing.assert_close(
            alpha_bar.sqrt() * step.x0_hat + (1 - alpha_bar).sqrt() * step.noise_hat,
            step.x_t,
            atol=1e-5,
            rtol=0,
        )


def test_guidance_moves_from_no_class_over_the_class_beyond_it(model):
    x_t, labels = (
        torch.randn(2, 1, 28, 28, generator=runtime.generator(0)).to(runtime.device()),
        torch.tensor([3, 7], device=runtime.device()),
    )
    level = model.schedule.level(500)
    t = torch.full((2,), level.t, device=runtime.device())
    with_class, without = (
        model.network(x_t, t, labels),
        model.network(x_t, t, torch.full_like(labels, CLASSES)),
    )
    assert (with_class - without).abs().max() > 0.01
    for guidance, expected in (
        (0, without),
        (1, with_class),
        (2.5, without + 2.5 * (with_class - without)),
    ):
        telling = Conditioning(
            model.embed_prompt([3, 7]), model.null_embedding(2), torch.full((2,), float(guidance))
        )
        known = model.predict(x_t, level, telling)
        for got, v in (
            (known.x0_hat, expected),
            (known.conditioned, with_class),
            (known.unconditioned, without),
        ):
            if got is not None:
                torch.testing.assert_close(
                    got, (level.alpha * x_t - level.sigma * v).clamp(-1, 1), atol=1e-4, rtol=0
                )
        assert (known.unconditioned is None) == (guidance == 1)


def test_each_picture_may_have_guidance_and_seed_of_its_own(model):
    mixed = result(model, [3, 3, 3], steps=5, guidance=[1, 2, 4.5], seed=[7, 7, 2])
    for i, (guidance, seed) in enumerate([(1, 7), (2, 7), (4.5, 2)]):
        torch.testing.assert_close(
            mixed[i : i + 1],
            result(model, [3], steps=5, guidance=guidance, seed=seed),
            atol=1e-4,
            rtol=0,
        )


def test_guidance_of_one_is_no_guidance(model):
    # takes the way through both predictions
    nearly = result(model, [3], steps=10, guidance=1 + 1e-9)
    torch.testing.assert_close(result(model, [3], steps=10, guidance=1), nearly, atol=1e-4, rtol=0)


# --- one seed, one picture ---


@pytest.mark.parametrize("sampler", list(SAMPLERS))
def test_a_picture_is_the_same_alone_and_in_a_batch(model, sampler):
    batch = result(model, [3, 1, 4], steps=10, sampler=sampler, seed=7)
    assert batch.shape == (3, 1, 28, 28)
    for i, label in enumerate([3, 1, 4]):
        torch.testing.assert_close(
            batch[i : i + 1],
            result(model, [label], steps=10, sampler=sampler, seed=7 + i),
            atol=1e-4,
            rtol=0,
        )


def test_class_and_seed_both_matter(model):
    first = result(model, [3], steps=5, seed=1)
    assert (first - result(model, [4], steps=5, seed=1)).abs().max() > 0.01
    assert (first - result(model, [3], steps=5, seed=2)).abs().max() > 0.01


def test_visitors_at_the_same_time_change_nothing(model):
    alone = [result(model, [label], steps=6, sampler="DDPM", seed=label) for label in range(4)]
    runs = [model.denoise([label], steps=6, sampler="DDPM", seed=label) for label in range(4)]
    together = list(zip(*runs, strict=True))[-1]
    assert all(
        torch.equal(step.x_next, picture) for step, picture in zip(together, alone, strict=True)
    )


def test_steps_are_chained_and_counted(model):
    steps = list(model.denoise([0], steps=8, seed=0))
    assert [step.index for step in steps] == list(range(8))
    assert {step.total for step in steps} == {8}
    assert all(
        torch.equal(now.x_next, later.x_t) for now, later in zip(steps, steps[1:], strict=False)
    )


def test_the_largest_seed_serves_a_whole_batch(model):
    assert result(model, [0, 1, 2], steps=1, seed=2**31 - 1).shape == (3, 1, 28, 28)


def test_a_checkpoint_gives_back_the_model(model, tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    checkpoints.save(tmp_path / "diffusion-digits", model.config, model.network)
    loaded = aigc_demo.load("diffusion-digits")
    assert loaded.config == model.config
    torch.testing.assert_close(
        result(loaded, [3], steps=3), result(model, [3], steps=3), atol=0.02, rtol=0
    )
