"""The one optimizer step: closed forms, and bit by bit what the calls it is made of give."""

import re
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from torch.optim import SGD, AdamW

from aigc_demo.core import runtime
from aigc_demo.core.training import gradient_descent, optimizer_step, update_ema

PACKAGE = Path(__file__).resolve().parents[2] / "aigc_demo"


def weight(*values: float) -> nn.Parameter:
    return nn.Parameter(torch.tensor(values))


def grouped(network: nn.Module) -> AdamW:
    """Return AdamW with matrices before vectors: another order than the network's own."""
    parts = ([p for p in network.parameters() if p.ndim == n] for n in (2, 1))
    groups = [{"params": part, "weight_decay": n / 10} for n, part in enumerate(parts)]
    return AdamW(groups, 0.01, betas=(0.9, 0.98))


def network() -> nn.Sequential:
    with runtime.seeded(0):
        return nn.Sequential(nn.Linear(5, 40), nn.Tanh(), nn.Linear(40, 40), nn.Linear(40, 3))


def loss_of(network: nn.Module, inputs: Tensor) -> Tensor:
    return 100 * network(inputs).square().mean()  # a gradient longer than 1


def test_a_step_goes_down_the_gradient_scaled_to_the_largest_length():
    w = weight(3.0, 4.0)
    optimizer_step(w.square().sum() / 2, SGD([w], 0.5), max_norm=1.0)  # its gradient is w
    torch.testing.assert_close(w.detach(), torch.tensor([3 - 0.5 * 0.6, 4 - 0.5 * 0.8]))
    w = weight(0.3, 0.4)
    optimizer_step(w.square().sum() / 2, SGD([w], 0.5), max_norm=1.0)  # short enough
    torch.testing.assert_close(w.detach(), torch.tensor([0.15, 0.2]))


def test_the_step_forgets_older_gradients_and_gives_none_to_other_weights():
    w, other = weight(2.0), weight(7.0)
    w.grad = torch.tensor([1000.0])
    optimizer_step((w * other).sum(), SGD([w], 0.1))
    assert w.item() == pytest.approx(2 - 0.1 * 7)
    assert other.grad is None


def test_a_weight_that_the_loss_does_not_use_stays():
    w, unused = weight(2.0), weight(7.0)
    optimizer_step(w.square().sum(), AdamW([w, unused], 0.1), max_norm=1.0)
    assert w.item() < 2
    assert unused.item() == 7


def test_a_learning_rate_is_that_of_all_groups():
    a, b = weight(1.0), weight(1.0)
    optimizer = SGD([{"params": [a], "lr": 5.0}, {"params": [b], "lr": 6.0}])
    optimizer_step((a + b).sum(), optimizer, learning_rate=0.25)
    assert (a.item(), b.item()) == (0.75, 0.75)


@pytest.mark.parametrize("max_norm", [None, 1.0])
def test_the_step_is_bit_by_bit_the_calls_it_is_made_of(max_norm):
    ours, plain = network(), network()
    stepped, optimizer = grouped(ours), grouped(plain)
    for step in range(30):
        inputs = torch.randn(8, 5, generator=runtime.generator(step))
        weights = ours.parameters()
        optimizer_step(loss_of(ours, inputs), stepped, weights=weights, max_norm=max_norm)
        optimizer.zero_grad()
        loss_of(plain, inputs).backward()
        if max_norm:
            nn.utils.clip_grad_norm_(plain.parameters(), max_norm)
        optimizer.step()
    pairs = zip(ours.parameters(), plain.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)


def test_plain_gradient_descent_is_sgd_and_leaves_weights_without_a_gradient():
    ours, plain, unused = network(), network(), weight(7.0)
    inputs = torch.randn(8, 5, generator=runtime.generator(0))
    loss_of(ours, inputs).backward()
    gradient_descent([*ours.parameters(), unused], 0.01)
    optimizer_step(loss_of(plain, inputs), SGD(plain.parameters(), 0.01))
    for a, b in zip(ours.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(a, b)
    assert unused.item() == 7


def test_the_moving_average_is_short_at_first_and_then_as_long_as_asked():
    average, w = torch.tensor([0.0]), torch.tensor([1.0])
    update_ema([average], [w], step=1, decay=0.9)
    assert average.item() == pytest.approx(1 - 2 / 11)
    average.zero_()
    update_ema([average], [w], step=10_000, decay=0.9)
    assert average.item() == pytest.approx(0.1)


def test_no_recipe_has_an_optimizer_step_of_its_own():
    own = re.compile(r"clip_grad_norm_\(|optimizer\S*\.(?:step|zero_grad)\(")
    found = [path for path in PACKAGE.rglob("*.py") if own.search(path.read_text("utf-8"))]
    assert found == [PACKAGE / "core" / "training.py"]
