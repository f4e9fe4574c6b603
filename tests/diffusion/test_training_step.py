"""One training step of the denoiser, each number by another way than training_step.py's."""

import copy
import math

import pytest
import torch
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.model import CLASSES
from aigc_demo.diffusion.training_step import TrainingStep, generated, sample_batch, train_once
from tests.helpers.tiny_diffusion import diffusion

LABELS = torch.arange(8)


def pictures() -> torch.Tensor:
    return (2 * torch.rand(8, 1, 28, 28, generator=runtime.generator(3)) - 1).round()


@pytest.fixture(scope="module")
def shared():
    return diffusion()


@pytest.fixture(scope="module")
def step(shared) -> TrainingStep:
    return train_once(shared, pictures(), LABELS, 0.01, seed=4)


def loss_of(network, batch) -> torch.Tensor:
    return F.mse_loss(network(batch.x_t, batch.t, batch.label), batch.v)


def test_the_batch_is_noised_by_the_formula(shared, step):
    batch = step.batch
    for i, t in enumerate(batch.t.tolist()):
        keep = shared.schedule.alpha_bar[t].item()
        torch.testing.assert_close(
            batch.x_t[i], keep**0.5 * pictures()[i] + (1 - keep) ** 0.5 * batch.noise[i]
        )
        torch.testing.assert_close(
            batch.v[i], keep**0.5 * batch.noise[i] - (1 - keep) ** 0.5 * pictures()[i]
        )
        torch.testing.assert_close(
            keep**0.5 * batch.x_t[i] - (1 - keep) ** 0.5 * batch.v[i],
            pictures()[i],
            atol=1e-5,
            rtol=0,
        )


def test_one_class_in_ten_is_hidden_and_all_levels_come(shared):
    many = sample_batch(shared.schedule, torch.zeros(4000, 1, 1, 1), torch.full((4000,), 7), seed=1)
    assert set(many.label.tolist()) == {7, CLASSES}
    assert (many.label == CLASSES).float().mean().item() == pytest.approx(0.1, abs=0.02)
    assert many.t.float().mean().item() == pytest.approx(499.5, rel=0.05)
    assert many.noise.std().item() == pytest.approx(1, abs=0.05)


def test_the_loss_is_the_mean_squared_error_of_the_shared_model(shared, step):
    assert step.before.loss == pytest.approx(loss_of(shared.network, step.batch).item(), rel=1e-5)
    assert step.before.losses.mean().item() == pytest.approx(step.before.loss, rel=1e-5)
    by_hand = [((step.before.v[i] - step.batch.v[i]) ** 2).sum().item() / 784 for i in range(8)]
    assert step.before.losses.tolist() == pytest.approx(by_hand, rel=1e-5)


def test_the_gradient_is_that_of_another_computation_and_the_update_follows_it(shared, step):
    pupil = copy.deepcopy(shared.network).requires_grad_(True)
    weights = dict(pupil.named_parameters())
    found = torch.autograd.grad(loss_of(pupil, step.batch), list(weights.values()))
    assert step.gradient == pytest.approx(
        torch.cat([g.flatten() for g in found]).norm().item(), rel=1e-4
    )
    time = torch.cat(
        [g.flatten() for name, g in zip(weights, found, strict=True) if name.startswith("time.")]
    )
    assert step.gradients["time"] == pytest.approx(time.norm().item(), rel=1e-4)
    assert step.clip == pytest.approx(min(1, 1 / step.gradient))
    with torch.no_grad():
        for weight, g in zip(weights.values(), found, strict=True):
            weight -= 0.01 * step.clip * g
        assert step.after.loss == pytest.approx(loss_of(pupil, step.batch).item(), rel=1e-4)


@pytest.mark.parametrize("learning_rate", [1e-3, 3e-3])
def test_a_small_step_lowers_the_loss_by_about_what_the_gradient_promises(shared, learning_rate):
    step = train_once(shared, pictures(), LABELS, learning_rate)
    promised = learning_rate * step.clip * step.gradient**2
    assert step.before.loss - step.after.loss == pytest.approx(promised, rel=0.3)


def test_two_visitors_at_once_change_neither_the_model_nor_each_other(shared):
    weights = copy.deepcopy(shared.network.state_dict())
    first = train_once(shared, pictures(), LABELS, 1.0, seed=1)
    second = train_once(shared, pictures(), LABELS, 0.01, seed=1)
    assert all(
        torch.equal(weight, weights[name]) for name, weight in shared.network.state_dict().items()
    )
    assert not any(
        weight.requires_grad or weight.grad is not None for weight in shared.network.parameters()
    )
    assert torch.equal(first.before.v, second.before.v)
    assert not torch.equal(first.after.v, second.after.v)


def test_a_seed_settles_levels_and_noise(shared):
    first, same, other = (
        train_once(shared, pictures(), LABELS, 0.01, seed=seed) for seed in (1, 1, 2)
    )
    assert torch.equal(first.after.v, same.after.v)
    assert not torch.equal(first.batch.t, other.batch.t)
    assert not torch.equal(first.batch.noise, other.batch.noise)


def test_the_model_generates_a_batch_of_different_digits(shared):
    x_0, label = generated(shared, 3)
    assert x_0.shape == (8, 1, 28, 28)
    assert len(set(label.tolist())) == 8
    alone = list(
        shared.denoise([label[5].item()], steps=10, sampler="DPM-Solver++(2M)", seed=3 * 8 + 5)
    )[-1].x_next
    torch.testing.assert_close(x_0[5:6], alone, atol=1e-4, rtol=0)
    assert generated(shared, 2**31 - 1)[0].shape == (8, 1, 28, 28)
    assert train_once(shared, x_0, label, 0.01).after.loss > 0


@pytest.mark.parametrize("value", [0, 10.1, -1, math.nan, None, "0.1", True])
def test_a_learning_rate_outside_its_range_is_an_error(shared, value):
    with pytest.raises(DemoError, match="learning rate must be"):
        train_once(shared, pictures(), LABELS, value)
