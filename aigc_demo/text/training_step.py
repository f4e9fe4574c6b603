"""One training step of a Transformer on one text, in the six stages of the procedure, with every
intermediate result.

1. embedding and positions, 2. self-attention, 3. softmax, 4. cross-entropy, 5. back-propagation and
update, 6. generation. Stages 1 to 3 are the forward pass, which attention.py traces.
"""

import copy
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_number
from aigc_demo.core.training import gradient_descent
from aigc_demo.text.attention import Trace, trace
from aigc_demo.text.model import TextModel
from aigc_demo.text.transformer import Transformer

MIN_TEXT, MAX_TEXT = 2, 200  # characters: one to read and one to predict, at least
# the gradient's maximal norm: Pascanu et al., "On the difficulty of training recurrent
# neural networks" (2013)
CLIP = 1.0
NEW_CHARACTERS, TEMPERATURE = 40, 0.8  # of stage 6

# embedding, attention, feed_forward or norm; and of which layer, from 1, or 0
Group = tuple[str, int]


@dataclass(frozen=True)
class Gradients:
    """What back-propagation gives on one text of T + 1 characters."""

    losses: Tensor  # (T,) nats: -ln p of each predicted character
    norms: dict[Group, float]  # the gradient's norm by group

    @property
    def loss(self) -> float:
        """The cross-entropy in nats per character, which is differentiated."""
        return self.losses.mean().item()

    @property
    def norm(self) -> float:
        """The norm of the whole gradient."""
        return sum(norm**2 for norm in self.norms.values()) ** 0.5


@dataclass(frozen=True)
class WeightUpdate:
    """The update of the weight with the steepest gradient: w' = w - learning rate * clipped g."""

    group: Group
    row: int
    column: int
    before: float
    gradient: float  # before it is clipped
    after: float


@dataclass(frozen=True)
class Continuation:
    """One model's continuations of the text: greedy, and sampled."""

    greedy: str
    sampled: str


@dataclass(frozen=True)
class TrainingStep:
    """One step of training, with its intermediate results."""

    ids: list[int]  # the text: T + 1 tokens; the first T are read, the last T are to be predicted
    forward: Trace
    before: Gradients
    after: Gradients  # on the same text, with the updated weights
    clip: float  # the factor that clips the gradient
    weight_update: WeightUpdate
    continuations: tuple[Continuation, Continuation]  # before and after the update


def train_once(
    model: TextModel[Transformer], text: str, learning_rate: float, *, seed: int = 0
) -> TrainingStep:
    """Return one step of gradient descent on `text`, taken by a copy of `model`'s Transformer; the
    model itself stays as it is.

    The step is plain: w <- w - learning_rate * g, the gradient g clipped to length 1; no dropout,
    no momentum. Raises DemoError when the text is too short, too long or holds unknown characters,
    or the learning rate is not from 0.0001 to 10.
    """
    ids = model.encode(check_text(text))
    learning_rate = check_number("learning rate", learning_rate, 1e-4, 10)
    network = copy.deepcopy(model.network).requires_grad_(True)
    before = back_propagate(network, ids)
    clip = min(1.0, CLIP / before.norm)
    weight_update = update(network, clip, learning_rate)
    after = back_propagate(network, ids)
    updated = TextModel(model.config, network.requires_grad_(False), model.tokenizer)
    continuations = continue_text(model, text, seed), continue_text(updated, text, seed)
    return TrainingStep(
        ids, trace(model.network, ids[:-1]), before, after, clip, weight_update, continuations
    )


def back_propagate(network: Transformer, ids: list[int]) -> Gradients:
    """Return losses and gradient norms of `network` on a text; the gradients themselves are left
    with the weights.
    """
    inputs, targets = torch.tensor([ids[:-1], ids[1:]], device=runtime.device())
    network.zero_grad()
    logits, _ = network(inputs[None])
    losses = F.cross_entropy(logits[0], targets, reduction="none")  # (T,)
    losses.mean().backward()
    squares: dict[Group, float] = {}
    for name, weight in network.named_parameters():
        square = _gradient(weight).square().sum().item()
        squares[group_of(name)] = squares.get(group_of(name), 0.0) + square
    return Gradients(losses.detach(), {group: square**0.5 for group, square in squares.items()})


@torch.no_grad()
def update(network: Transformer, clip: float, learning_rate: float) -> WeightUpdate:
    """Update every weight against its gradient; return the update of the one with the steepest
    gradient.
    """
    name, steepest = max(
        network.named_parameters(), key=lambda named: _gradient(named[1]).abs().max().item()
    )
    row, column = divmod(int(_gradient(steepest).abs().argmax()), steepest.shape[-1])
    before, gradient = (
        tensor.view(-1, steepest.shape[-1])[row, column].item()
        for tensor in (steepest, _gradient(steepest))
    )
    gradient_descent(network.parameters(), learning_rate * clip)
    return WeightUpdate(
        group_of(name),
        row,
        column,
        before,
        gradient,
        steepest.view(-1, steepest.shape[-1])[row, column].item(),
    )


def _gradient(weight: Tensor) -> Tensor:
    assert weight.grad is not None  # the loss uses every weight
    return weight.grad


def group_of(name: str) -> Group:
    """Return what a parameter belongs to: blocks.0.attention_norm.weight to layer 1's attention."""
    if not name.startswith("blocks."):
        return name.split(".")[0], 0
    _, index, part, *_ = name.split(".")
    return part.removesuffix("_norm"), int(index) + 1


def continue_text(model: TextModel, text: str, seed: int) -> Continuation:
    """Return the continuations of `text` by `model`."""
    greedy = model.generate(text, max_new_tokens=NEW_CHARACTERS, top_k=1, seed=seed)
    sampled = model.generate(
        text, max_new_tokens=NEW_CHARACTERS, temperature=TEMPERATURE, seed=seed
    )
    return Continuation(*("".join(step.text for step in steps) for steps in (greedy, sampled)))


def check_text(text: object) -> str:
    """Return `text` with Unix line ends; raises DemoError when it is no text, too short or too
    long.
    """
    text = text.replace("\r\n", "\n") if isinstance(text, str) else ""
    if not MIN_TEXT <= len(text) <= MAX_TEXT:
        raise DemoError(
            "The text has {length} characters; a batch has from {low} to {high}.",
            length=f"{len(text):,}",
            low=MIN_TEXT,
            high=MAX_TEXT,
        )
    return text
