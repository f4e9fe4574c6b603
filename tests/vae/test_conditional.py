import math

import pytest
import torch
from torch.distributions import Normal, kl_divergence

import aigc_demo
from aigc_demo.core import checkpoints, images, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit
from aigc_demo.vae.evaluate import negative_elbo_given_class
from aigc_demo.vae.model import ConditionalVaeModel, VaeConfig, build_network
from aigc_demo.vae.network import AffineCoupling, kl_to_learned_prior
from aigc_demo.vae.train import ConditionalRecipe
from tests.helpers.digits import bars

CONFIG = VaeConfig("class-conditional", latents=4, width=16, layers=1, classes=2)


def network(flows: int):
    with runtime.seeded(0):
        built = build_network(VaeConfig("class-conditional", 5, 16, 1, classes=3, flows=flows))
        for flow in built.prior:
            torch.nn.init.normal_(flow.say[-1].weight, std=0.3)
    return built.eval()


@pytest.mark.parametrize("flows", [0, 3])
def test_the_way_to_the_normal_distribution_leads_back(flows):
    built, label = network(flows), torch.tensor([0, 1, 2])
    z = torch.randn(3, 5, generator=runtime.generator(0))
    u, _ = built.to_normal(z, label)
    torch.testing.assert_close(built.from_normal(u, label), z, atol=1e-5, rtol=1e-5)
    assert torch.equal(u, z) == (flows == 0)


def test_the_determinant_is_that_of_autograds_jacobian():
    built, label = network(3), torch.tensor([2])
    z = torch.randn(1, 5, generator=runtime.generator(1))
    jacobian = torch.autograd.functional.jacobian(lambda z: built.to_normal(z, label)[0], z)[
        0, :, 0
    ]
    torch.testing.assert_close(built.to_normal(z, label)[1], jacobian.slogdet().logabsdet[None])


def test_a_new_flow_changes_nothing():
    z, y = torch.randn(4, 6), torch.zeros(4, 2)
    u, log_determinant = AffineCoupling(6, 2, 8, flip=True)(z, y)
    torch.testing.assert_close(u, z)
    assert (log_determinant == 0).all()


def test_without_a_flow_the_mean_of_the_learned_divergence_is_the_closed_form():
    mean, log_variance = torch.tensor([[0.7, -0.2]]), torch.tensor([[-0.4, 0.3]])
    epsilon = torch.randn(400_000, 2, generator=runtime.generator(0))
    z = mean + (0.5 * log_variance).exp() * epsilon
    drawn = kl_to_learned_prior(log_variance, epsilon, z, torch.zeros(len(z))).mean().item()
    expected = (
        kl_divergence(Normal(mean, (0.5 * log_variance).exp()), Normal(0.0, 1.0)).sum().item()
    )
    assert drawn == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("flows", [0, 2])
def test_digits_of_a_class_are_learned_and_saved(tmp_path, monkeypatch, flows):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    config = VaeConfig("class-conditional", latents=4, width=16, layers=1, classes=2, flows=flows)
    recipe = ConditionalRecipe(config, bars(), batch=32)
    list(fit(recipe, tmp_path / "run", steps=120, warmup=5))
    recipe.export(tmp_path / "vae-bars")
    model = aigc_demo.load("vae-bars")
    assert isinstance(model, ConditionalVaeModel)
    u = torch.randn(8, 4, generator=runtime.generator(0))
    lying, upright = (model.generate(u, torch.full((8,), label)) for label in (0, 1))
    real = images.from_pixels(bars().pictures)
    for made, of_class, other in (
        (lying, real[0::2], real[1::2]),
        (upright, real[1::2], real[0::2]),
    ):
        mean = made.mean(dim=0)
        assert (mean - of_class.mean(dim=0)).abs().mean() < (mean - other.mean(dim=0)).abs().mean()
    mean, log_variance = model.encode(real[:2], torch.tensor([0, 1]))
    assert mean.shape == log_variance.shape == (2, 4)
    assert model.decode(mean, torch.tensor([0, 1])).shape == (2, 1, 28, 28)


def test_beta_falls_by_equal_factors_over_the_first_fifth_of_training(tmp_path):
    recipe = ConditionalRecipe(CONFIG, bars(), beta=0.25, batch=8)
    betas = [recipe.beta for _ in fit(recipe, tmp_path / "run", steps=20, warmup=1)]
    assert betas[:4] == pytest.approx([4, 2, 1, 0.5])
    assert set(betas[4:]) == {0.25}


@pytest.mark.parametrize("flows", [0, 3])
def test_the_elbo_of_a_decoder_that_knows_nothing_is_a_coin_toss_a_pixel(flows):
    config = VaeConfig("class-conditional", 5, 16, 1, classes=3, flows=flows)
    built = build_network(config).eval()
    torch.nn.init.zeros_(built.decoder[-2].weight)
    torch.nn.init.zeros_(built.decoder[-2].bias)
    ink = torch.rand(6, 1, 28, 28, generator=runtime.generator(0))
    lost, told = negative_elbo_given_class(
        ConditionalVaeModel(config, built), ink, torch.arange(6) % 3
    )
    assert lost == pytest.approx(784 * math.log(2), rel=1e-5)
    assert math.isfinite(told)


def test_a_class_that_there_is_not_raises_an_error():
    model = ConditionalVaeModel(CONFIG, build_network(CONFIG))
    with pytest.raises(DemoError, match="labels"):
        model.generate(torch.zeros(1, 4), torch.tensor([2]))


def test_a_checkpoint_older_than_a_key_takes_its_default(tmp_path):
    older = {"network": "dense", "latents": 2, "width": 8, "layers": 1}
    checkpoints.write_json(tmp_path / "config.json", older)
    assert checkpoints.read_config(tmp_path, VaeConfig) == VaeConfig(**older)
    checkpoints.write_json(tmp_path / "config.json", {"network": "dense", "latents": 2, "width": 8})
    with pytest.raises(DemoError, match="look at layers"):
        checkpoints.read_config(tmp_path, VaeConfig)


def test_ink_is_likely_at_first_as_it_is_in_mnist():
    built = network(0)
    share = built.decode(torch.zeros(3, 5), torch.arange(3)).sigmoid().mean().item()
    assert math.isclose(share, 0.13, abs_tol=0.1)
