"""A short training: the learned score approaches the exact one, and the particles land."""

import copy
import math

import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.plane.exact_score import ExactScore
from aigc_demo.diffusion.plane.observation import Observation, landed, observe
from aigc_demo.diffusion.plane.trainer import Trainer, TrainerConfig, check_config
from aigc_demo.diffusion.schedule import Schedule

SHORT = 500


@pytest.fixture(scope="module")
def trained() -> Trainer:
    study = Trainer(TrainerConfig(shape="lines"))
    for _ in range(SHORT):
        study.step()
    return study


@pytest.fixture(scope="module")
def seen(trained) -> Observation:
    return observe(trained)


def test_the_learned_score_approaches_the_exact_one(seen):
    before = observe(Trainer(TrainerConfig(shape="lines")))
    assert before.gap > 0.15
    assert seen.gap < 0.02  # of a loss whose least is 1
    assert max(seen.apart[3:]) < 0.05 < max(before.apart[3:])


def test_the_loss_is_the_least_possible_and_what_the_scores_are_apart(trained, seen):
    random, study = runtime.generator(9), trained
    x_0, noise, t = (
        study.shape.sample(50_000, random),
        torch.randn(50_000, 2, generator=random),
        torch.arange(50_000) % 1000,
    )
    v = study.noised(noise, -x_0, t)
    measured = (study.velocity(study.noised(x_0, noise, t), t) - v).square().mean().item()
    # it is an average over 1,000 points alone
    assert seen.loss == pytest.approx(measured, abs=0.06)
    assert seen.loss == pytest.approx(study.exact.probes.min_loss + seen.gap)


def test_a_network_that_knew_the_exact_score_would_be_nowhere_apart(trained):
    study = copy.deepcopy(trained)
    study.velocity = lambda x, t: study_velocity(study, x, t)
    exact = observe(study)
    assert exact.gap == pytest.approx(0, abs=1e-8)
    assert exact.loss == pytest.approx(study.exact.probes.min_loss)
    torch.testing.assert_close(exact.arrows, study.exact.arrows, atol=2e-3, rtol=1e-3)


def study_velocity(study: Trainer, x: torch.Tensor, t: int | torch.Tensor) -> torch.Tensor:
    from aigc_demo.diffusion.plane import mixture

    alpha = study.schedule.alpha_bar[torch.as_tensor(t).expand(len(x)), None].sqrt()
    return mixture.velocity(study.shape, x, alpha, (1 - alpha**2).sqrt())


@pytest.mark.parametrize(
    ("sampler", "eta"),
    [
        ("DDIM", 0.0),
        ("DDIM", 1.0),
        ("DDPM", 0.0),
        ("Euler", 0.0),
        ("Heun", 0.0),
        ("DPM-Solver++(2M)", 0.0),
        ("SDE-DPM-Solver++", 0.0),
    ],
)
def test_the_particles_land_on_the_shape(trained, sampler, eta):
    study = copy.copy(trained)
    study.rules = TrainerConfig(shape="lines", sampler=sampler, eta=eta, steps=40)
    assert landed(study.shape, study.path(study.cloud)[1][-1]) > 0.85
    assert landed(study.shape, study.path(study.exact.cloud)[1][-1]) > 0.95
    assert landed(study.shape, study.exact.noise) < 0.5


def test_the_exact_score_brings_back_the_datas_distribution():
    truth = ExactScore(Trainer(TrainerConfig()).shape, Schedule(), 0)
    _, places = truth.cloud.path(truth.noise, steps=50, sampler="DDPM", eta=0, seed=1)
    counts = torch.bincount(torch.cdist(places[-1], truth.shape.centres).argmin(dim=1), minlength=8)
    assert counts.min() > 256 / 8 / 2  # every island gets its share, give or take chance
    assert (
        places[-1] - truth.shape.centres[torch.cdist(places[-1], truth.shape.centres).argmin(dim=1)]
    ).std() == pytest.approx(0.15, abs=0.02)


def test_a_path_begins_at_the_noise_and_has_its_levels(trained, seen):
    assert seen.times[0] == 999
    assert seen.times[-1] == -1
    assert len(seen.times) == len(seen.path) == 26
    torch.testing.assert_close(seen.path[0], trained.exact.noise)


def test_a_seed_settles_the_training_whoever_else_draws_numbers():
    one, two = Trainer(TrainerConfig(seed=4)), Trainer(TrainerConfig(seed=4))
    for study in (one, two):
        for _ in range(3):
            torch.rand(5)
            study.step()
    torch.testing.assert_close(observe(one).path, observe(two).path, atol=0, rtol=0)
    assert not torch.equal(observe(one).path, observe(Trainer(TrainerConfig(seed=5))).path)


def test_to_look_changes_nothing(trained):
    before = trained.random.get_state()
    observe(trained)
    assert torch.equal(before, trained.random.get_state())


def test_the_steps_of_a_batch_fit_together(trained):
    batch, level = trained.batch, trained.schedule.level(int(trained.batch.t[0]))
    noise = (batch.x_t[0] - level.alpha * batch.x_0[0]) / level.sigma
    torch.testing.assert_close(
        batch.v[0], level.alpha * noise - level.sigma * batch.x_0[0], atol=1e-3, rtol=1e-3
    )


def test_sampling_goes_on_under_other_rules_another_shape_does_not(trained):
    assert trained.can_continue(
        TrainerConfig(shape="lines", sampler="DDPM", steps=3, eta=1.0, rate=0.02)
    )
    assert not trained.can_continue(TrainerConfig(shape="ring"))
    assert not trained.can_continue(TrainerConfig(shape="lines", width=8))
    assert not trained.can_continue(TrainerConfig(shape="lines", seed=1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"shape": "cube"}, "shape must be one of"),
        ({"sampler": "magic"}, "sampler must be one of DDIM, DDPM"),
        ({"steps": 51}, "steps must be from 1 to 50"),
        ({"steps": 2.5}, "steps must be a whole number"),
        ({"width": 0}, "width must be from 1 to 128"),
        ({"rate": math.nan}, "learning rate must be a number"),
        ({"eta": 2}, "eta must be from 0 to 1"),
        ({"seed": "x"}, "seed must be a number"),
    ],
)
def test_a_rule_out_of_its_range_is_explained(changes, message):
    with pytest.raises(DemoError, match=message):
        check_config(changes)


def test_noise_shrinks_to_a_point_of_the_plane_with_one_step():
    truth = ExactScore(Trainer(TrainerConfig()).shape, Schedule(), 0)
    _, places = truth.cloud.path(
        torch.randn(256, 2, generator=runtime.generator(0)), steps=1, sampler="DDIM", eta=0, seed=0
    )
    # from pure noise the best guess is the mean of all data
    assert places[-1].norm(dim=1).max() < 0.05


def test_points_are_noised_as_pictures_are(trained):
    x_0, noise = (torch.randn(5, 2, generator=runtime.generator(i)) for i in (0, 1))
    t = torch.tensor([0, 10, 500, 900, 999])
    pictures = trained.schedule.add_noise(x_0[:, :, None, None], noise[:, :, None, None], t)
    torch.testing.assert_close(trained.noised(x_0, noise, t), pictures[:, :, 0, 0])
