"""The GAN's game: the best discriminator, what it is worth, and why alternating updates go round in
circles.

The article's section 4.4. Goodfellow et al., "Generative adversarial nets" (2014), section 4.1; the
Dirac-GAN and its cure: Mescheder, Geiger, Nowozin, "Which training methods for GANs do actually
converge?" (2018), sections 2 and 4.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import softplus

from aigc_demo.core.errors import check_choice, check_number
from aigc_demo.maths.divergence import MIN_WIDTH, Gaussian

EDGE, POINTS = 24.0, 1921  # where the integrals end, and how many points they are sums over
MAX_MEAN, MAX_WIDTH = 6, 3  # so that next to nothing lies beyond the edge
RULES = ["simultaneous", "alternating", "R1"]
MAX_STEPS = 1_000
MAX_PARAMETER = 2.5  # of theta and psi, at the beginning


@dataclass(frozen=True)
class Game:
    """The value of the game for one discriminator and for the best one, in nats. Vectors are (N,)
    float64, a place of x each.
    """

    x: Tensor
    best: Tensor  # D*(x) = p_data(x) / (p_data(x) + p_g(x))
    value: float  # V(D, G)
    best_value: float  # V(D*, G) = 2 JS - ln 4
    # the Jensen-Shannon divergence of p_data and p_g: 0 when they are equal, ln 2 when they never
    # meet
    js: float


def game(data: Gaussian, generated: Gaussian, sharpness: object = 1.0) -> Game:
    """Return the game in which p_data and p_g are Gaussians, and D's logit is `sharpness`, 0 to 3,
    times the best one's.

    Raises DemoError when the sharpness, a mean or a width is out of its range.
    """
    sharpness = check_number("sharpness", sharpness, 0, 3)
    for each in (data, generated):
        check_number("mean", each.mean, -MAX_MEAN, MAX_MEAN)
        check_number("width of a Gaussian", each.width, MIN_WIDTH, MAX_WIDTH)
    x = torch.linspace(-EDGE, EDGE, POINTS, dtype=torch.float64)
    log_p, log_q = data.log_density(x), generated.log_density(x)
    cell = 2 * EDGE / (POINTS - 1)

    def value(logit: Tensor) -> float:  # ln sigmoid(l) = -softplus(-l)
        return -(log_p.exp() * softplus(-logit) + log_q.exp() * softplus(logit)).sum().item() * cell

    best_logit = log_p - log_q
    log_m = torch.logaddexp(log_p, log_q) - math.log(2)  # the mixture of both
    js = 0.5 * (log_p.exp() * (log_p - log_m) + log_q.exp() * (log_q - log_m)).sum().item() * cell
    return Game(x, best_logit.sigmoid(), value(sharpness * best_logit), value(best_logit), js)


def dirac_value(theta: Tensor, psi: Tensor) -> Tensor:
    """Return V of the Dirac-GAN: all data at 0, all of G at theta, D(x) = sigmoid(psi x)."""
    return -math.log(2) - softplus(psi * theta)


def update(
    theta: Tensor, psi: Tensor, rule: str, rate: float, penalty: float
) -> tuple[Tensor, Tensor]:
    """Return the parameters after one round: D climbs V (under "R1" minus penalty psi^2 / 2), G
    descends it.

    Under "simultaneous" both look at the same place, under the other rules G looks at D's new one.
    """
    shrink = penalty * psi if rule == "R1" else 0
    new_psi = psi + rate * (-theta * torch.sigmoid(psi * theta) - shrink)
    seen = psi if rule == "simultaneous" else new_psi
    return theta + rate * seen * torch.sigmoid(seen * theta), new_psi


@dataclass(frozen=True)
class Dirac:
    """A course of the Dirac-GAN, from (theta, psi) over N rounds."""

    path: Tensor  # (N + 1, 2) float64: theta and psi
    values: Tensor  # (N + 1,) V at each
    # by which a round stretches a small distance from (0, 0): below 1 it converges, at 1 it
    # circles, above it leaves
    radius: float


def dirac(
    theta: object, psi: object, rule: object, rate: object, penalty: object, steps: object
) -> Dirac:
    """Return the course of the game; raises DemoError when a value is out of its range."""
    place = [
        check_number(name, value, -MAX_PARAMETER, MAX_PARAMETER)
        for name, value in (("θ", theta), ("ψ", psi))
    ]
    rule, rate = check_choice("rule", rule, RULES), check_number("learning rate", rate, 0.01, 1)
    penalty, steps = (
        check_number("penalty", penalty, 0, 2),
        check_number("steps", steps, 0, MAX_STEPS, whole=True),
    )
    path = [torch.tensor(place, dtype=torch.float64)]
    for _ in range(steps):
        theta_now, psi_now = path[-1]
        path.append(torch.stack(update(theta_now, psi_now, rule, rate, penalty)))
    whole = torch.stack(path)
    return Dirac(whole, dirac_value(whole[:, 0], whole[:, 1]), spectral_radius(rule, rate, penalty))


def spectral_radius(rule: str, rate: float, penalty: float) -> float:
    """Return the largest |eigenvalue| of `update`, linearised at (0, 0), from its trace and
    determinant.
    """
    decay = 1 - rate * penalty if rule == "R1" else 1.0
    half = rate / 2  # sigmoid(0) = 1/2
    trace = 1 + decay - (0 if rule == "simultaneous" else half**2)
    determinant = decay + (half**2 if rule == "simultaneous" else 0)
    inside = trace**2 / 4 - determinant
    return math.sqrt(determinant) if inside < 0 else abs(trace) / 2 + math.sqrt(inside)
