import math

import pytest
import torch
from torch.nn import functional as F

from aigc_demo.maths.divergence import Gaussian
from aigc_demo.maths.minimax import RULES, dirac, dirac_value, game, spectral_radius, update

HALF = math.log(2)


@pytest.mark.parametrize(
    ("data", "made"), [((-0.8, 1), (1.4, 0.7)), ((0, 0.3), (0.5, 2)), ((2, 1), (2, 1.5))]
)
def test_the_best_discriminator_is_worth_twice_js_minus_ln_4_and_no_other_is_worth_more(data, made):
    seen = game(Gaussian(*data), Gaussian(*made))
    assert seen.best_value == pytest.approx(2 * seen.js - math.log(4), abs=1e-6)
    p, q = (
        torch.distributions.Normal(*(torch.tensor(x, dtype=torch.float64) for x in each))
        for each in (data, made)
    )
    torch.testing.assert_close(
        seen.best,
        p.log_prob(seen.x).exp() / (p.log_prob(seen.x).exp() + q.log_prob(seen.x).exp()),
        atol=1e-9,
        rtol=1e-6,
        equal_nan=True,
    )
    assert 0 < seen.js < HALF
    for sharpness in (0, 0.5, 0.9, 1.1, 3):
        assert game(Gaussian(*data), Gaussian(*made), sharpness).value < seen.best_value
    assert game(Gaussian(*data), Gaussian(*made), 0).value == pytest.approx(-math.log(4), abs=1e-6)


def test_equal_distributions_leave_the_least_and_far_ones_the_most():
    same = game(Gaussian(1, 0.5), Gaussian(1, 0.5))
    assert [same.js, same.best_value] == pytest.approx([0, -math.log(4)], abs=1e-9)
    far = game(Gaussian(-6, 0.3), Gaussian(6, 0.3))
    assert [far.js, far.best_value] == pytest.approx([HALF, 0], abs=1e-9)


@pytest.mark.parametrize("rule", RULES)
def test_a_round_follows_the_values_own_gradient(rule):
    rate, penalty = 0.3, 0.4
    theta, psi = (torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in (1.2, -0.7))
    cost = penalty / 2 * psi**2 if rule == "R1" else 0
    expected_psi = psi + rate * torch.autograd.grad(dirac_value(theta, psi) - cost, psi)[0]
    seen = psi if rule == "simultaneous" else expected_psi.detach()
    expected_theta = theta - rate * torch.autograd.grad(dirac_value(theta, seen), theta)[0]
    assert [each.item() for each in update(theta, psi, rule, rate, penalty)] == pytest.approx(
        [expected_theta.item(), expected_psi.item()]
    )
    assert dirac_value(theta, psi).item() == pytest.approx(
        (-HALF + F.logsigmoid(-psi * theta)).item()
    )


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("rate", "penalty"), [(0.05, 0.3), (0.5, 0.1), (1, 2), (0.9, 1.0)])
def test_the_radius_is_the_largest_eigenvalue_of_the_round(rule, rate, penalty):
    zero = torch.zeros(2, dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(
        lambda place: torch.stack(update(place[0], place[1], rule, rate, penalty)), zero
    )
    assert spectral_radius(rule, rate, penalty) == pytest.approx(
        torch.linalg.eigvals(jacobian).abs().max().item()
    )


def test_one_rule_leaves_one_circles_and_one_converges():
    ends = {rule: dirac(1.2, 0.4, rule, 0.2, 0.3, 400) for rule in RULES}
    far = {rule: course.path.norm(dim=1) for rule, course in ends.items()}
    assert far["simultaneous"][-1] > 1.5 * far["simultaneous"][0]
    assert (
        0.8 * far["alternating"][0]
        < far["alternating"].min()
        < far["alternating"].max()
        < 1.2 * far["alternating"][0]
    )
    assert far["R1"][-1] < 1e-3
    assert ends["R1"].path.shape == (401, 2)
    assert ends["R1"].values[-1].item() == pytest.approx(-math.log(4), abs=1e-6)
