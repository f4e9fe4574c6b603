"""A GAN in the plane, small enough to be trained while one watches: two networks, four losses, one
step at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Generator, Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime, toy_data
from aigc_demo.core.errors import check_choice, check_number, check_seed
from aigc_demo.core.training import optimizer_step

CHANGEABLE = ("loss", "rate_g", "rate_d", "d_steps")  # settings that may change during training
BATCH = 128
# Adam's; with more momentum the two oscillate about each other (Radford et al.,
# 2016)
BETAS = (0.5, 0.99)
# Weight of the Wasserstein loss's gradient penalty, as its authors chose it for points in a plane.
PENALTY = 0.1
# A training that breaks is chaotic: in float32 two processors' roundings part within a hundred
# iterations.
PRECISION = torch.float64
MAX_LAYERS, MAX_WIDTH, MAX_D_STEPS = 4, 64, 10
LEARNING_RATES = (1e-5, 0.1)


@dataclass(frozen=True)
class Loss:
    """What D and G descend, as functions of D's outputs (N,) before any sigmoid; `d` of those at
    real and at generated points.
    """

    d: Callable[[Tensor, Tensor], Tensor]
    g: Callable[[Tensor], Tensor]


def cross_entropy(real: Tensor, fake: Tensor) -> Tensor:
    """Return -ln D(x) - ln(1 - D(G(z))), that is -V(D, G) (Goodfellow et al., 2014, eq. 1)."""
    return F.softplus(-real).mean() + F.softplus(fake).mean()


LOSSES = {
    # ln(1 - D(G(z))) (Goodfellow et al., 2014, eq. 1)
    "saturating": Loss(cross_entropy, lambda fake: -F.softplus(fake).mean()),
    # -ln D(G(z)) (the same, section 3)
    "non-saturating": Loss(cross_entropy, lambda fake: F.softplus(-fake).mean()),
    # Mao et al., 2017, eq. 9
    "least squares": Loss(
        lambda real, fake: ((real - 1).square().mean() + fake.square().mean()) / 2,
        lambda fake: (fake - 1).square().mean() / 2,
    ),
    # Gulrajani et al., 2017, eq. 3
    "wasserstein": Loss(lambda real, fake: fake.mean() - real.mean(), lambda fake: -fake.mean()),
}
LOGARITHMIC = ("saturating", "non-saturating")  # D's output is a logit, the value of the game V


@dataclass(frozen=True)
class GanConfig:
    """How a GAN in the plane is trained."""

    shape: str = "ring"
    loss: str = "non-saturating"
    layers: int = 2  # hidden ones, of each network
    width_g: int = 32  # units a hidden layer
    width_d: int = 32
    rate_g: float = 0.005  # Adam's learning rates
    rate_d: float = 0.005
    d_steps: int = 1  # steps of D for each of G
    seed: int = 8  # soon at all eight modes


def check_config(values: dict[str, Any]) -> GanConfig:
    """Return the configuration of `values`, with the default where one is not given. Raises
    DemoError when one is out of its range.
    """
    rules = replace(
        GanConfig(),
        **{name: value for name, value in values.items() if name in GanConfig.__dataclass_fields__},
    )
    return GanConfig(
        check_choice("shape", rules.shape, toy_data.NAMES),
        check_choice("loss", rules.loss, [*LOSSES]),
        check_number("layers", rules.layers, 1, MAX_LAYERS, whole=True),
        check_number("width of G", rules.width_g, 1, MAX_WIDTH, whole=True),
        check_number("width of D", rules.width_d, 1, MAX_WIDTH, whole=True),
        check_number("learning rate of G", rules.rate_g, *LEARNING_RATES),
        check_number("learning rate of D", rules.rate_d, *LEARNING_RATES),
        check_number("D steps", rules.d_steps, 1, MAX_D_STEPS, whole=True),
        check_seed(rules.seed),
    )


def network(sizes: list[int], generator: Generator) -> list[Tensor]:
    """Return first weights for layers of `sizes`: W (out, in) and b (out,) alternately, each
    uniform within 1 / sqrt(in), as torch's own are.
    """
    shapes_of = [
        shape
        for inputs, outputs in zip(sizes, sizes[1:], strict=False)
        for shape in ((inputs, outputs, inputs), (inputs, outputs))
    ]
    first = [
        (2 * torch.rand(shape, generator=generator) - 1) / inputs**0.5
        for inputs, *shape in shapes_of
    ]
    return [weight.to(PRECISION).requires_grad_() for weight in first]


def mlp(weights: list[Tensor], x: Tensor) -> Tensor:
    """Return a network's outputs at x (N, in): layers with tanh between them, which makes smooth
    surfaces.
    """
    *hidden, last = zip(weights[::2], weights[1::2], strict=True)
    x = x.to(weights[0].dtype)
    for W, b in hidden:
        x = F.linear(x, W, b).tanh()
    return F.linear(x, *last)


class ToyGan:
    """G and D in the middle of their training, with a random generator of their own. Raises
    DemoError when `points` are no shape.
    """

    def __init__(self, rules: GanConfig, points: object = None):
        self.rules, self.points, self.shape = rules, points, toy_data.shape(rules.shape, points)
        self.random = runtime.generator(rules.seed)
        hidden = rules.layers
        self.weights = {  # step 1 of the article
            "G": network([2, *[rules.width_g] * hidden, 2], self.random),
            "D": network([2, *[rules.width_d] * hidden, 1], self.random),
        }
        self.optimizers = {
            name: torch.optim.Adam(weights, betas=BETAS, fused=True)
            for name, weights in self.weights.items()
        }
        self.iterations = 0
        self.last_losses = {"D": 0.0, "G": 0.0}  # of each, before its last step
        self._draw()
        # D's outputs on its last batch, before its step
        self.d_outputs = (self.judge(self.real).detach(), self.judge(self.fake).detach())
        self.z = self.noise(BATCH)

    def step_d(self) -> None:
        """Take steps 2 to 5: new points, real and generated, and one step of D."""
        self._draw()
        real, fake = self.judge(self.real), self.judge(self.fake)
        self.d_outputs = (real.detach(), fake.detach())
        self._update("D", self.loss_d(real, fake))

    def step_g(self) -> None:
        """Take steps 3 and 6: new noise, and one step of G, which ends an iteration."""
        self.z = self.noise(BATCH)
        self._update("G", self.loss_g())
        self.iterations += 1

    def step(self) -> None:
        """Take one iteration: as many steps of D as the configuration says, then one of G.

        Goodfellow et al. (2014), algorithm 1; `gan.train.plain_step` is the same for pictures.
        """
        for _ in range(self.rules.d_steps):
            self.step_d()
        self.step_g()

    def can_continue(self, rules: GanConfig, points: object = None) -> bool:
        """Return whether `rules` and `points` can be followed from here, without a new GAN."""
        return (
            self.points == points
            and replace(self.rules, **{name: getattr(rules, name) for name in CHANGEABLE}) == rules
        )

    def loss_d(self, real: Tensor, fake: Tensor) -> Tensor:
        """Return D's loss for its outputs on the last batch; with the Wasserstein loss, a penalty
        holds the norm of its gradient at `interpolates` near 1.
        """
        loss = LOSSES[self.rules.loss].d(real, fake)
        if self.rules.loss != "wasserstein":
            return loss
        between = self.interpolates.requires_grad_()
        (slope,) = torch.autograd.grad(self.judge(between).sum(), between, create_graph=True)
        return loss + PENALTY * (slope.norm(dim=1) - 1).square().mean()

    def loss_g(self) -> Tensor:
        """Return G's loss on its last batch of noise."""
        return LOSSES[self.rules.loss].g(self.judge(self.generate(self.z)))

    def noise(self, count: int) -> Tensor:
        """Draw z (count, 2), uniform in the square from -1 to 1: every cell of a grid over it
        holds as many samples.
        """
        return 2 * torch.rand(count, 2, generator=self.random) - 1

    def generate(self, z: Tensor) -> Tensor:
        """Return the points G(z) (N, 2)."""
        return mlp(self.weights["G"], z)

    def judge(self, x: Tensor) -> Tensor:
        """Return D's outputs (N,) at x (N, 2): logits, or what the loss wants instead; a critic's
        have no range.
        """
        return mlp(self.weights["D"], x)[:, 0]

    def generator_gradient_field(self, x: Tensor) -> Tensor:
        """Return the direction (N, 2) in which each point lowers G's loss: minus N times the loss's
        gradient at x (N, 2).
        """
        x = x.detach().to(PRECISION).requires_grad_()
        (gradient,) = torch.autograd.grad(len(x) * LOSSES[self.rules.loss].g(self.judge(x)), x)
        return -gradient

    def _draw(self) -> None:
        self.real = self.shape.sample(BATCH, self.random)
        with torch.no_grad():
            self.fake = self.generate(self.noise(BATCH))
        share = torch.rand(BATCH, 1, generator=self.random)
        self.interpolates = share * self.real + (1 - share) * self.fake

    def _update(self, name: str, loss: Tensor) -> None:
        rate = {"D": self.rules.rate_d, "G": self.rules.rate_g}[name]
        optimizer_step(loss, self.optimizers[name], learning_rate=rate)
        self.last_losses[name] = loss.item()
