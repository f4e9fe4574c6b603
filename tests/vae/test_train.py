import math

import pytest
import torch

import aigc_demo
from aigc_demo.core import images, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit
from aigc_demo.vae.evaluate import negative_elbo, psnr
from aigc_demo.vae.model import BETAS, VaeConfig, VaeModel, build_network
from aigc_demo.vae.train import DigitsRecipe, EmojiRecipe, plain_step
from tests.helpers.digits import bars

DENSE = VaeConfig("dense", latents=3, width=32, layers=2)


@pytest.fixture
def checkpoint_picker(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    return tmp_path


def test_digits_are_learned_saved_and_decoded_for_any_beta(checkpoint_picker):
    recipe = DigitsRecipe(DENSE, bars(), batch=64)
    events = list(fit(recipe, checkpoint_picker / "run", steps=300, warmup=5))
    first, last = (sum(events[i].losses.values()) for i in (0, -1))
    assert last < 0.5 * first
    recipe.export(checkpoint_picker / "vae-bars")
    model = aigc_demo.load("vae-bars")
    pictures = images.from_pixels(bars().pictures)[:6]
    mean, _ = model.encode(pictures)
    again = model.decode(mean)
    assert again.shape == pictures.shape
    assert (again - pictures).abs().mean() < 0.5 * (
        pictures.mean(dim=0) - pictures
    ).abs().mean()  # nearer than the mean of all
    reconstruction, kl = zip(
        *(negative_elbo(model, (pictures + 1) / 2, beta=beta) for beta in BETAS), strict=True
    )
    assert kl[0] > kl[1]  # a heavier KL term leaves less in z
    assert reconstruction[0] < reconstruction[1]


@pytest.mark.parametrize("scale", [1, 30], ids=["short gradient", "clipped gradient"])
def test_the_recipes_step_is_the_plain_one(scale, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_PRECISION", "float32")
    settings.cache_clear()
    fast, plain = (DigitsRecipe(DENSE, bars(), batch=8) for _ in range(2))
    for recipe in (fast, plain):  # plain gradient descent: Adam would magnify roundings
        recipe.optimizers["network"] = torch.optim.SGD(recipe.networks.parameters(), 0.01)
        recipe.networks["network"].moments.weight.data *= scale  # of mu, so that the KL is large
    first = {key: value.clone() for key, value in plain.networks.state_dict().items()}
    for _ in range(3):
        losses = fast.update()
        x, beta, epsilon = plain._batch()
        network, optimizer = plain.networks["network"], plain.optimizers["network"]
        elbo = plain_step(network, optimizer, x=x, epsilon=epsilon, beta=beta)
        assert sum(losses.values()) == pytest.approx(-elbo[beta == 1].mean().item(), rel=1e-5)
    last, found = plain.networks.state_dict(), fast.networks.state_dict()
    torch.testing.assert_close(found, last, atol=3e-6, rtol=1e-5)
    assert all((value - first[key]).abs().max() > 3e-5 for key, value in found.items())


def test_a_beta_out_of_its_range_raises_an_error_that_names_the_range():
    model = VaeModel(DENSE, build_network(DENSE))
    with pytest.raises(DemoError, match="beta must be from 0.1 to 10"):
        model.decode(torch.zeros(1, 3), beta=11)


def test_emoji_are_learned(checkpoint_picker):
    pictures = torch.randn(4, 3, 1, 1, generator=runtime.generator(0)).tanh().repeat(1, 1, 64, 64)
    recipe = EmojiRecipe(
        VaeConfig("convolutional", latents=4, width=64, layers=1), pictures, batch=4
    )
    events = list(fit(recipe, checkpoint_picker / "run", steps=30, warmup=2))
    assert events[-1].losses["squared error"] < 0.3 * events[0].losses["squared error"]
    recipe.export(checkpoint_picker / "vae-plain")
    model = aigc_demo.load("vae-plain")
    assert model.decode(model.encode(pictures)[0]).abs().max() <= 1


def test_the_elbo_of_a_decoder_that_knows_nothing_is_a_coin_toss_a_pixel():
    network = build_network(DENSE)
    for layer in (network.paint, network.moments):
        torch.nn.init.zeros_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    reconstruction, kl = negative_elbo(VaeModel(DENSE, network), torch.rand(7, 1, 28, 28))
    assert reconstruction == pytest.approx(784 * math.log(2), rel=1e-5)
    assert kl == 0


def test_the_psnr_of_an_error_as_large_as_the_range_is_zero():
    assert psnr(torch.tensor(4.0)) == 0
    assert psnr(torch.tensor(0.004)) == pytest.approx(30)
