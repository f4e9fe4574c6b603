import math

import pytest
import torch
from torch.distributions import Normal, kl_divergence

from aigc_demo.core import runtime
from aigc_demo.vae.network import Convolutional, Dense, kl_to_standard_normal, reparameterize


def moments(*shape: int) -> tuple[torch.Tensor, torch.Tensor]:
    mean, log_variance = torch.randn(2, *shape, generator=runtime.generator(0), dtype=torch.float64)
    return 3 * mean, 4 * log_variance


def test_the_divergence_is_that_of_torch_distributions():
    mean, log_variance = moments(100, 8)
    expected = kl_divergence(Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(
        kl_to_standard_normal(mean, log_variance), expected, atol=1e-6, rtol=1e-6
    )
    assert kl_to_standard_normal(torch.zeros(1), torch.zeros(1)).item() == 0


def test_the_divergence_is_the_mean_of_log_q_minus_log_p():
    mean, log_variance = torch.tensor([0.7]), torch.tensor([-0.4])
    q, p = Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0)
    z = reparameterize(mean, log_variance, torch.randn(400_000, generator=runtime.generator(0)))
    assert (q.log_prob(z) - p.log_prob(z)).mean().item() == pytest.approx(
        kl_to_standard_normal(mean, log_variance).item(), rel=0.02
    )


def test_a_drawn_latent_is_mu_plus_sigma_epsilon():
    torch.testing.assert_close(
        reparameterize(torch.tensor([1.0]), torch.tensor([math.log(4.0)]), torch.tensor([-0.5])),
        torch.tensor([0.0]),
    )


def test_digits_go_in_and_come_out_in_their_shapes_and_beta_matters():
    torch.manual_seed(0)
    network = Dense(latents=5, width=16, layers=2).eval()
    x, beta = torch.rand(3, 1, 28, 28), torch.ones(3)
    mean, log_variance = network.encode(x, beta)
    assert mean.shape == log_variance.shape == (3, 5)
    assert network.decode(mean, beta).shape == (3, 1, 28, 28)
    assert not torch.allclose(network.encode(x, 4 * beta)[0], mean)
    assert not torch.allclose(network.decode(mean, 4 * beta), network.decode(mean, beta))


def test_emoji_go_in_and_come_out_in_their_shapes():
    network = Convolutional(latents=4, width=64, blocks=1).eval()
    mean, log_variance = network.encode(torch.zeros(2, 3, 64, 64))
    assert mean.shape == log_variance.shape == (2, 4, 16, 16)
    assert network.decode(mean).shape == (2, 3, 64, 64)
