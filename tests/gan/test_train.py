import numpy as np
import pytest
import torch
from torch import Tensor, nn

from aigc_demo.core.data import Digits
from aigc_demo.core.training import fit
from aigc_demo.gan.model import GanConfig, from_checkpoint
from aigc_demo.gan.train import (
    DIVERSITY,
    PENALTY,
    PENALTY_EVERY,
    GanRecipe,
    gradient_penalty,
    plain_step,
)


class Linear(nn.Module):
    """D(x) = w . x + b: its gradient is w wherever it looks."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(28 * 28, generator=torch.Generator().manual_seed(0)))

    def forward(self, pictures: Tensor, label: Tensor) -> Tensor:
        return pictures.flatten(1) @ self.weight + label


def recipe() -> GanRecipe:
    pictures = np.zeros((20, 28, 28, 1), np.uint8)
    pictures[:, 8:20, 8:20] = 255
    return GanRecipe(GanConfig(latent=4, width=8), Digits(pictures, np.arange(20) % 10))


def descending(recipe: GanRecipe) -> GanRecipe:
    """Return the recipe with plain gradient descent in place of Adam.

    Adam would make steps of one size out of the roundings that are all of some gradients, those of
    biases before a batch normalization.
    """
    for name, network in recipe.networks.items():
        recipe.optimizers[name] = torch.optim.SGD(network.parameters(), 0.05)
    return recipe


def test_the_penalty_of_a_linear_discriminator_is_its_squared_slope_and_can_be_learned_from():
    D = Linear()
    penalty = gradient_penalty(D, torch.randn(5, 1, 28, 28), torch.arange(5))
    assert penalty.item() == pytest.approx(D.weight.square().sum().item(), rel=1e-5)
    penalty.backward()
    torch.testing.assert_close(D.weight.grad, 2 * D.weight.detach())


def test_a_step_trains_both_and_reports_probabilities():
    trained = recipe()
    before = {key: value.clone() for key, value in trained.networks.named_parameters()}
    losses = trained.update()
    assert set(losses) == {"D", "G", "D(x)", "D(G(z))"}
    assert all(0 <= losses[key] <= 1 for key in ("D(x)", "D(G(z))"))
    changed = {
        key.split(".")[0]
        for key, value in trained.networks.named_parameters()
        if not torch.equal(value, before[key])
    }
    assert changed == {"generator", "discriminator"}


def test_the_recipes_step_is_the_plain_one_with_r1_at_every_eighth():
    fast, plain = (descending(recipe()) for _ in range(2))
    first = {key: value.clone() for key, value in plain.networks.state_dict().items()}
    for step in range(PENALTY_EVERY - 1, PENALTY_EVERY + 2):
        fast.step = step
        losses = fast.update()
        weights = {"penalty": PENALTY_EVERY * PENALTY if step == PENALTY_EVERY else 0.0}
        loss_D, loss_G = plain_step(
            plain.networks,
            plain.optimizers,
            real=plain._real(),
            noise=plain._noise(),
            diversity=DIVERSITY,
            **weights,
        )
        assert losses["D"] == pytest.approx(loss_D.item(), rel=1e-5)
        assert losses["G"] == pytest.approx(loss_G.item(), rel=1e-5)
    last, found = plain.networks.state_dict(), fast.networks.state_dict()
    torch.testing.assert_close(found, last, atol=1e-6, rtol=1e-5)
    still = {key for key, value in found.items() if (value - first[key]).abs().max() < 1e-4}
    assert still == {f"generator.paint.{i}.bias" for i in (2, 6, 9)}  # before a normalization


def test_the_losses_of_the_plain_step_are_the_papers_logarithms():
    trained = recipe()
    G, D = trained.networks["generator"], trained.networks["discriminator"]
    real, noise = trained._real(), trained._noise()
    with torch.no_grad():
        p_real, p_fake = D(*real).sigmoid(), D(G(*noise), noise[1]).sigmoid()
    loss_D, _ = plain_step(trained.networks, trained.optimizers, real=real, noise=noise)
    expected = -(p_real.log() + (1 - p_fake).log()).mean()
    assert loss_D.item() == pytest.approx(expected.item(), rel=1e-5)


def test_the_discriminator_learns_to_tell_and_the_checkpoint_says_so(tmp_path):
    trained = recipe()
    losses = [event.losses for event in fit(trained, tmp_path / "run", steps=25, warmup=5)]
    assert losses[-1]["D(x)"] > losses[-1]["D(G(z))"]
    assert losses[-1]["D"] < losses[0]["D"]
    trained.export(tmp_path / "gan-digits")
    model = from_checkpoint(tmp_path / "gan-digits")
    noise = torch.rand(8, 1, 28, 28, generator=torch.Generator().manual_seed(0)) * 2 - 1
    assert (
        model.judge(trained.pictures[:8], trained.labels[:8]).mean()
        > model.judge(noise, trained.labels[:8]).mean()
    )
