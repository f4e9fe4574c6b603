"""One step of GPT's pretraining on one batch of text, in the five steps of the procedure, with
every number kept.

1. corpus to token sequences, 2. through the Transformer, 3. the next token as objective, 4.
cross-entropy, 5. back-propagation. Radford et al., "Improving language understanding by generative
pre-training" (2018), eq. 1 and 2. The network is a stack of the encoder's blocks under a causal
mask, which is also called decoder-only.
"""

import copy
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_number
from aigc_demo.core.training import gradient_descent
from aigc_demo.llm.model import LanguageModel
from aigc_demo.llm.network import LanguageNetwork
from aigc_demo.llm.objectives import causal

LONGEST = 600  # characters
SEQUENCE = 12  # tokens that are predicted in each sequence of the batch
LIKELIEST = 5
CLIP = 1.0  # the gradient is never longer than this


@dataclass(frozen=True)
class Pass:
    """What the network makes of the batch, and how the loss leans on its weights."""

    # (B, T) nats: -ln p of each token that was to be predicted; 0 where a sequence has ended
    losses: Tensor
    norms: dict[str, float]  # the length of the gradient: embedding, layer 1, layer 2 ...
    # nats per token: the mean over what was to be predicted, which is what is differentiated
    loss: float

    @property
    def norm(self) -> float:
        """The length of the whole gradient."""
        return sum(norm**2 for norm in self.norms.values()) ** 0.5


@dataclass(frozen=True)
class Pretraining:
    """All that happened in one step."""

    # (B, 1 + T) int64: each sequence behind its start token; what is left of the last one is filled
    # with start tokens
    ids: Tensor
    real: Tensor  # (B, T) bool: where there is a token to be predicted
    lengths: (
        Tensor  # (layers + 1, B, T): how long each place's vector is, embedded and after each layer
    )
    # at each place the likeliest next tokens with their probabilities
    likeliest: list[list[list[tuple[int, float]]]]
    right: Tensor  # (B, T): the probability of the token that did come
    before: Pass
    after: Pass  # on the same batch, with the updated weights
    clip: float  # what the gradient was multiplied with


def pretrain_once(model: LanguageModel, text: object, learning_rate: float) -> Pretraining:
    """Return one step of plain gradient descent on `text`, taken by a copy of the causal `model`;
    the model itself stays as it is.

    Raises DemoError when the text is none, too long or shorter than a token, or the learning rate
    is not from 0.0001 to 10.
    """
    ids, real = batch_of(model, check_text(text))
    learning_rate = check_number("learning rate", learning_rate, 1e-4, 10)
    network = copy.deepcopy(model.network).requires_grad_(True)
    p = read(model.network, ids).softmax(dim=-1)
    best = p.topk(LIKELIEST, dim=-1)
    before = back_propagate(network, ids, real)
    clip = min(1.0, CLIP / before.norm)
    gradient_descent(network.parameters(), learning_rate * clip)
    return Pretraining(
        ids,
        real,
        lengths(model.network, ids),
        [
            [list(zip(*place, strict=True)) for place in zip(*row, strict=True)]
            for row in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        ],
        p.gather(2, ids[:, 1:, None])[..., 0],
        before,
        back_propagate(network, ids, real),
        clip,
    )


def batch_of(model: LanguageModel, text: str) -> tuple[Tensor, Tensor]:
    """Return step 1: the text's tokens cut into sequences, ids (B, 1 + T) behind start tokens, and
    which of the T are real.
    """
    tokens = torch.tensor(model.encode_all(text))
    count = -(-len(tokens) // SEQUENCE)
    real = (torch.arange(count * SEQUENCE) < len(tokens)).view(count, SEQUENCE)
    filled = F.pad(tokens, (0, count * SEQUENCE - len(tokens)), value=model.start).view(
        count, SEQUENCE
    )
    width = int(real.sum(dim=1).max())  # a text of less than one sequence is one that is shorter
    return F.pad(filled[:, :width], (1, 0), value=model.start), real[:, :width]


@torch.no_grad()
def read(network: LanguageNetwork, ids: Tensor) -> Tensor:
    """Return the logits (B, T, V) of the next token at each place but the last."""
    return network.read(*_told(ids))[:, :-1].cpu()


def back_propagate(network: LanguageNetwork, ids: Tensor, real: Tensor) -> Pass:
    """Return steps 3 to 5 for `network`; the gradients are left with its weights."""
    network.zero_grad()
    logits = network.read(*_told(ids))[:, :-1]
    losses = (
        F.cross_entropy(
            logits.flatten(0, 1), ids[:, 1:].flatten().to(logits.device), reduction="none"
        )
        .view(real.shape)
        .cpu()
        * real
    )
    loss = losses.sum() / real.sum()
    loss.backward()
    squares: dict[str, float] = {}
    for name, weight in network.named_parameters():
        if weight.grad is not None:
            part = (
                f"layer {int(name.split('.')[1]) + 1}"
                if name.startswith("blocks.")
                else name.split(".")[0]
            )
            squares[part] = squares.get(part, 0.0) + weight.grad.square().sum().item()
    return Pass(
        losses.detach(), {part: square**0.5 for part, square in squares.items()}, loss.item()
    )


@torch.no_grad()
def lengths(network: LanguageNetwork, ids: Tensor) -> Tensor:
    """Return step 2: the length (layers + 1, B, T) of each place's vector, embedded and after each
    layer.
    """
    return torch.stack(
        [stream.norm(dim=-1)[:, :-1].cpu() for stream in network.streams(*_told(ids))]
    )


def _told(ids: Tensor) -> tuple[Tensor, Tensor]:
    task = causal(ids)
    return task.ids.to(runtime.device()), task.may_see.to(runtime.device())


def check_text(text: object) -> str:
    """Return `text` with Unix line ends; raises DemoError when it is no text, empty or too long."""
    text = text.replace("\r\n", "\n") if isinstance(text, str) else ""
    if not 1 <= len(text) <= LONGEST:
        raise DemoError(
            "The text has {length} characters; a batch has from {low} to {high}.",
            length=f"{len(text):,}",
            low=1,
            high=LONGEST,
        )
    return text
