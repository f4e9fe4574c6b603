"""One training step of the denoiser on one small batch, in the six steps of the procedure, with
every number recorded.

1. sample data, 2. add noise of a random level, 3. give picture and level to the model, 4. predict,
5. mean squared error, 6. update. Ho et al., "Denoising diffusion probabilistic models" (2020),
algorithm 1, with v in place of the noise (Salimans and Ho, 2022).
"""

import copy
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import check_number, check_seed
from aigc_demo.core.training import gradient_descent
from aigc_demo.diffusion.model import CLASSES, DiffusionModel
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.diffusion.train import WITHOUT_CLASS

BATCH = 8
SAMPLING_STEPS = 10
CLIP = 1.0  # the gradient is never longer than this, as in train.py


@dataclass(frozen=True)
class Batch:
    """Steps 1 and 2: pictures, and what chance adds.

    Pictures are (N, 1, 28, 28) float32 in [-1, 1].
    """

    x_0: Tensor
    label: Tensor  # (N,) int64: 0 to 9, or 10 where the class is hidden
    t: Tensor  # (N,) int64: the level of noise
    noise: Tensor  # N(0, I)
    x_t: Tensor
    v: Tensor  # what is to be predicted: sqrt(alpha_bar) noise - sqrt(1 - alpha_bar) x_0


@dataclass(frozen=True)
class Prediction:
    """Steps 3 to 5: what a denoiser predicts of a batch, and its error."""

    v: Tensor  # (N, 1, 28, 28)
    x0_hat: Tensor  # the clean picture that it implies
    squared_errors: Tensor  # (N, 1, 28, 28): (its v - the right v)^2

    @property
    def losses(self) -> Tensor:
        """The mean squared error of each picture (N,)."""
        return self.squared_errors.mean(dim=(1, 2, 3))

    @property
    def loss(self) -> float:
        """The mean over all pixels of all pictures: what is differentiated."""
        return self.squared_errors.mean().item()


@dataclass(frozen=True)
class TrainingStep:
    """All that happened in one step of training."""

    batch: Batch
    before: Prediction
    gradients: dict[str, float]  # the length of the gradient by part of the network
    clip: float  # what the gradient was multiplied with
    after: Prediction  # on the same batch, with the updated weights

    @property
    def gradient(self) -> float:
        """The length of the whole gradient."""
        return sum(norm**2 for norm in self.gradients.values()) ** 0.5


def generated(model: DiffusionModel, seed: int) -> tuple[Tensor, Tensor]:
    """Return a batch that the model generates itself (8, 1, 28, 28), and its classes (8,), all
    different; determined by `seed`.
    """
    first = check_seed(seed) * BATCH
    labels = [(first + i) % CLASSES for i in range(BATCH)]
    seeds = [(first + i) % 2**31 for i in range(BATCH)]
    *_, last = model.denoise(labels, steps=SAMPLING_STEPS, sampler="DPM-Solver++(2M)", seed=seeds)
    # a clone: what is made in inference mode takes no part in training
    return last.x_next.clone(), torch.tensor(labels)


def sample_batch(schedule: Schedule, x_0: Tensor, label: Tensor, seed: int) -> Batch:
    """Return pictures with noise of random levels; one class in ten is hidden, for classifier-free
    guidance.
    """
    generator = runtime.generator(check_seed(seed))
    label = label.where(torch.rand(len(label), generator=generator) >= WITHOUT_CLASS, CLASSES)
    t = torch.randint(schedule.steps, (len(x_0),), generator=generator)
    noise = torch.randn(x_0.shape, generator=generator)
    return Batch(
        x_0, label, t, noise, schedule.add_noise(x_0, noise, t), schedule.add_noise(noise, -x_0, t)
    )


def train_once(
    model: DiffusionModel, x_0: Tensor, label: Tensor, learning_rate: float, *, seed: int = 0
) -> TrainingStep:
    """Return one step of gradient descent on pictures (N, 1, 28, 28) of classes (N,), taken by a
    copy of `model`'s network.

    The model itself stays as it is. The step is plain: w <- w - learning_rate * g, the gradient g
    clipped to length 1; no momentum. Raises DemoError when the learning rate is not from 0.0001 to
    10, or the seed is none.
    """
    learning_rate = check_number("learning rate", learning_rate, 1e-4, 10)
    batch = sample_batch(model.schedule, x_0.cpu(), label.cpu(), seed)
    network = copy.deepcopy(model.network).requires_grad_(True)
    before = predict(network, model.schedule, batch)
    gradients = back_propagate(network, batch)
    length = sum(norm**2 for norm in gradients.values()) ** 0.5
    clip = min(1.0, CLIP / length) if length else 1.0
    gradient_descent(network.parameters(), learning_rate * clip)
    return TrainingStep(batch, before, gradients, clip, predict(network, model.schedule, batch))


@torch.no_grad()
def predict(network: nn.Module, schedule: Schedule, batch: Batch) -> Prediction:
    """Return what `network` predicts of `batch`, and its errors."""
    v = _predict_v(network, batch).cpu()
    alpha_bar = schedule.alpha_bar[batch.t][:, None, None, None]
    return Prediction(
        v, alpha_bar.sqrt() * batch.x_t - (1 - alpha_bar).sqrt() * v, (v - batch.v).square()
    )


def back_propagate(network: nn.Module, batch: Batch) -> dict[str, float]:
    """Return the length of the loss's gradient by part of the network; the gradients themselves are
    left with the weights.
    """
    network.zero_grad()
    F.mse_loss(_predict_v(network, batch), batch.v.to(runtime.device())).backward()
    totals: dict[str, float] = {}
    for name, weight in network.named_parameters():
        assert weight.grad is not None  # the loss goes through every part
        part = name.split(".")[0]
        totals[part] = totals.get(part, 0.0) + weight.grad.square().sum().item()
    return {part: square**0.5 for part, square in totals.items()}


def _predict_v(network: nn.Module, batch: Batch) -> Tensor:
    return network(*(tensor.to(runtime.device()) for tensor in (batch.x_t, batch.t, batch.label)))
