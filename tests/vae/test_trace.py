import math

import pytest
import torch
from torch.distributions import Bernoulli, Normal, kl_divergence

from aigc_demo.core.errors import DemoError
from aigc_demo.vae.trace import (
    POSITIONS,
    REACH,
    decode_with_loss,
    dimensions_by_kl,
    latent_traversal,
    trace,
)
from tests.helpers import tiny_vae as tiny


def test_the_numbers_are_those_of_the_encoder_and_of_torch_distributions():
    model, picture = tiny.model(), tiny.pictures(1)
    run = trace(model, picture, seeds=[4, 5])
    mean, log_variance = model.encode(picture)
    torch.testing.assert_close(run.mean, mean[0])
    torch.testing.assert_close(run.log_variance, log_variance[0])
    torch.testing.assert_close(
        run.kl, kl_divergence(Normal(mean[0], (log_variance[0] / 2).exp()), Normal(0.0, 1.0))
    )
    assert run.kl.min() > 0
    assert run.pictures.shape == (3, 1, 28, 28)


def test_mu_comes_first_and_each_seed_draws_mu_plus_sigma_epsilon():
    run = trace(tiny.model(), tiny.pictures(1), seeds=[4, 5])
    assert run.epsilon[0].tolist() == [0, 0, 0]
    assert torch.equal(run.z[0], run.mean)
    torch.testing.assert_close(run.z, run.mean + (run.log_variance / 2).exp() * run.epsilon)
    assert run.epsilon[1].abs().min() > 0
    assert not torch.equal(run.epsilon[1], run.epsilon[2])


def test_a_seed_draws_the_same_whoever_stands_beside_it():
    model, picture = tiny.model(), tiny.pictures(1)
    both, one = trace(model, picture, seeds=[4, 5]), trace(model, picture, seeds=[5])
    assert torch.equal(both.epsilon[2], one.epsilon[1])
    torch.testing.assert_close(both.pictures[2], one.pictures[1])
    assert len(trace(model, picture).z) == 1


def test_the_reconstruction_of_a_black_and_white_picture_is_its_bernoulli_surprise():
    model = tiny.model()
    ink = (tiny.pictures(1) > 0).float()
    run = trace(model, 2 * ink - 1, seeds=[1])
    expected = (
        -Bernoulli(probs=(run.pictures + 1) / 2)
        .log_prob(ink.expand(2, 1, 28, 28))
        .sum(dim=(1, 2, 3))
    )
    torch.testing.assert_close(run.reconstruction, expected, rtol=1e-4, atol=1e-3)


def test_the_reconstruction_of_a_grey_picture_is_the_mean_over_its_black_and_white_ones():
    model, picture = tiny.model(), tiny.pictures(1)
    z = torch.zeros(1, 3)
    _, grey = decode_with_loss(model, z, picture, beta=1)
    drawn = torch.bernoulli(
        ((picture + 1) / 2).expand(500, 1, 28, 28), generator=torch.Generator().manual_seed(0)
    )
    each = [decode_with_loss(model, z, 2 * ink[None] - 1, beta=1)[1].item() for ink in drawn]
    error = torch.tensor(each).std().item() / math.sqrt(len(each))
    assert grey.item() == pytest.approx(sum(each) / len(each), abs=4 * error)


def test_beta_changes_the_way():
    model, picture = tiny.model(), tiny.pictures(1)
    assert not torch.allclose(trace(model, picture, beta=4).mean, trace(model, picture).mean)
    with pytest.raises(DemoError, match="beta"):
        trace(model, picture, beta=11)


def test_one_number_is_turned_and_the_others_stay():
    z = torch.tensor([0.5, -0.25, 9.0])
    rows = latent_traversal(z, 1)
    assert rows.shape == (POSITIONS, 3)
    assert rows[:, 1].tolist() == pytest.approx(
        [-REACH + i * 2 * REACH / (POSITIONS - 1) for i in range(POSITIONS)]
    )
    assert (rows[:, 0] == 0.5).all()
    assert (rows[:, 2] == 9).all()
    assert z[1] == -0.25


@pytest.mark.parametrize("dimension", [-1, 3, 0.5, None, "1"])
def test_a_number_that_z_has_not_cannot_be_turned(dimension):
    with pytest.raises(DemoError, match="dimension"):
        latent_traversal(torch.zeros(3), dimension)


def test_the_dearest_number_comes_first():
    model = tiny.model()
    with torch.no_grad():
        model.network.moments.weight.zero_()
        bias = torch.tensor([0.0, 3.0, 1.0, 0.0, 0.0, 0.0])  # mu, then log sigma^2
        model.network.moments.bias.copy_(bias)
    assert dimensions_by_kl(model, tiny.pictures()) == [1, 2, 0]
