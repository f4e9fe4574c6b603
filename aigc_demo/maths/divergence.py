"""KL divergence, both ways: of bars, of Gaussians, and as what a fit makes small.

The article's section 4.2. Kullback and Leibler, "On information and sufficiency" (1951); on
covering and seeking modes: Minka, "Divergence measures and message passing" (2005).
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core.errors import check_choice, check_number

MIN_WIDTH, MAX_WIDTH, MAX_MEAN = 0.1, 10, 20  # of a Gaussian
EDGE, POINTS = 16.0, 801  # where a mixture's integral ends, and how many points it sums over
FIRST_STEP, LAST_STEP = 0.5, 1e-5  # of the search for the best fit
# With which it begins: narrow, so that the reverse direction finds the mode on whose side it is.
FIRST_WIDTH = 0.5
DIRECTIONS = ["forward", "reverse"]


def parts(p: Tensor, q: Tensor) -> Tensor:
    """Return P(x) ln(P(x) / Q(x)) of each outcome (N,): 0 where P is 0, infinite where Q alone is
    0.
    """
    return torch.where(p == 0, torch.zeros_like(p), p * (p / q).log())


@dataclass(frozen=True)
class Divergence:
    """Both directions, in nats; parts are (N,) float64, an outcome each."""

    forward: float  # D(P || Q)
    reverse: float  # D(Q || P)
    forward_parts: Tensor
    reverse_parts: Tensor


def divergence(p: Tensor, q: Tensor) -> Divergence:
    """Return how far two distributions (N,) are from each other."""
    forward, reverse = parts(p, q), parts(q, p)
    return Divergence(forward.sum().item(), reverse.sum().item(), forward, reverse)


@dataclass(frozen=True)
class Gaussian:
    """A normal distribution. Raises DemoError when mean or width is out of its range."""

    mean: float
    width: float  # its standard deviation

    def __post_init__(self) -> None:
        """Raise DemoError when mean or width is out of its range."""
        check_number("mean", self.mean, -MAX_MEAN, MAX_MEAN)
        check_number("width of a Gaussian", self.width, MIN_WIDTH, MAX_WIDTH)

    def log_density(self, x: Tensor) -> Tensor:
        """Return ln of the density at each `x`."""
        return -(((x - self.mean) / self.width) ** 2) / 2 - math.log(
            self.width * math.sqrt(2 * math.pi)
        )


def kl_gaussians(p: Gaussian, q: Gaussian) -> float:
    """Return D(P || Q) in nats, in closed form."""
    return (
        math.log(q.width / p.width) + (p.width**2 + (p.mean - q.mean) ** 2) / (2 * q.width**2) - 0.5
    )


@dataclass(frozen=True)
class Mixture:
    """Two Gaussians of one width at -distance and +distance; `share` is how much of the probability
    the left one has.
    """

    distance: float = 2.0
    share: float = 0.5
    width: float = 0.7

    def __post_init__(self) -> None:
        """Raise DemoError when a value is out of its range."""
        check_number("distance", self.distance, 0, 4)
        check_number("share of the left", self.share, 0.05, 0.95)
        check_number("width of a Gaussian", self.width, 0.3, 2)

    def log_density(self, x: Tensor) -> Tensor:
        """Return ln of the density at each `x`."""
        left, right = Gaussian(-self.distance, self.width), Gaussian(self.distance, self.width)
        return torch.logaddexp(
            math.log(self.share) + left.log_density(x),
            math.log(1 - self.share) + right.log_density(x),
        )


def kl_to_mixture(mixture: Mixture, mean: float, log_width: float, direction: str) -> float:
    """Return D(P || Q), "forward", or D(Q || P), "reverse", between the mixture P and one Gaussian
    Q, as a sum over a grid. In nats.
    """
    x = torch.linspace(-EDGE, EDGE, POINTS, dtype=torch.float64)
    log_p, log_q = mixture.log_density(x), Gaussian(mean, math.exp(log_width)).log_density(x)
    weight = log_p.exp() if direction == "forward" else log_q.exp()
    gap = log_p - log_q if direction == "forward" else log_q - log_p
    return (weight * gap).sum().item() * 2 * EDGE / (POINTS - 1)


@dataclass(frozen=True)
class Fit:
    """The Gaussian at which a search ended, its divergence in nats, and how often this was
    computed.
    """

    mean: float
    width: float
    divergence: float
    tries: int


def fit(mixture: Mixture, direction: object, start: object = 1.0) -> Fit:
    """Return the Gaussian that lies nearest to the mixture, searched from mean `start` and width
    0.5.

    A compass search: of four steps, mean or ln width up or down, the best is taken; where none is
    better the step is halved. So the reverse direction ends in the valley in which it began. Raises
    DemoError when a value is out of its range.
    """
    direction = check_choice("direction", direction, DIRECTIONS)
    best, step, tries = (check_number("start", start, -4, 4), math.log(FIRST_WIDTH)), FIRST_STEP, 1
    least = kl_to_mixture(mixture, *best, direction)
    while step > LAST_STEP:
        around = [
            (best[0] + step, best[1]),
            (best[0] - step, best[1]),
            (best[0], best[1] + step),
            (best[0], best[1] - step),
        ]
        found = [
            (kl_to_mixture(mixture, *each, direction), each)
            for each in around
            if MIN_WIDTH <= math.exp(each[1]) <= MAX_WIDTH
        ]
        tries += len(found)
        if min(found)[0] < least:
            least, best = min(found)
        else:
            step /= 2
    return Fit(best[0], math.exp(best[1]), least, tries)
