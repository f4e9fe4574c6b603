"""One step of GPT's pretraining on one batch of text, in the five steps of the procedure, with
every intermediate result.

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

MAX_TEXT = 600  # characters
SEQUENCE = 12  # tokens that are predicted in each sequence of the batch
LIKELIEST = 5
CLIP = 1.0  # the gradient's maximal norm


@dataclass(frozen=True)
class Gradients:
    """The loss of the batch, and the norm of its gradient."""

    # (B, T) nats: -ln p of each predicted token; 0 at padding
    losses: Tensor
    norms: dict[str, float]  # the gradient's norm by part: embedding, layer 1, layer 2 ...
    # nats per token: the mean over the predicted tokens, which is differentiated
    loss: float

    @property
    def norm(self) -> float:
        """The norm of the whole gradient."""
        return sum(norm**2 for norm in self.norms.values()) ** 0.5


@dataclass(frozen=True)
class PretrainingStep:
    """All that happened in one step."""

    # (B, 1 + T) int64: each sequence after its start token, the last padded with start tokens
    ids: Tensor
    valid: Tensor  # (B, T) bool: where there is a token to be predicted
    # (layers + 1, B, T): the norm of each position's vector, embedded and after each layer
    lengths: Tensor
    # at each position the likeliest next tokens with their probabilities
    likeliest: list[list[list[tuple[int, float]]]]
    right: Tensor  # (B, T): the probability of the actual next token
    before: Gradients
    after: Gradients  # on the same batch, with the updated weights
    clip: float  # the factor that clips the gradient


def pretrain_once(model: LanguageModel, text: object, learning_rate: float) -> PretrainingStep:
    """Return one step of plain gradient descent on `text`, taken by a copy of the causal `model`;
    the model itself stays as it is.

    Raises DemoError when the text is none, too long or shorter than a token, or the learning rate
    is not from 0.0001 to 10.
    """
    ids, valid = batch(model, check_text(text))
    learning_rate = check_number("learning rate", learning_rate, 1e-4, 10)
    network = copy.deepcopy(model.network).requires_grad_(True)
    p = next_token_logits(model.network, ids).softmax(dim=-1)
    best = p.topk(LIKELIEST, dim=-1)
    before = back_propagate(network, ids, valid)
    clip = min(1.0, CLIP / before.norm)
    gradient_descent(network.parameters(), learning_rate * clip)
    return PretrainingStep(
        ids,
        valid,
        vector_norms(model.network, ids),
        [
            [list(zip(*place, strict=True)) for place in zip(*row, strict=True)]
            for row in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        ],
        p.gather(2, ids[:, 1:, None])[..., 0],
        before,
        back_propagate(network, ids, valid),
        clip,
    )


def batch(model: LanguageModel, text: str) -> tuple[Tensor, Tensor]:
    """Return step 1: the text's tokens cut into sequences, ids (B, 1 + T) after start tokens, and
    which of the T are no padding (B, T).
    """
    tokens = torch.tensor(model.encode_all(text))
    count = -(-len(tokens) // SEQUENCE)
    valid = (torch.arange(count * SEQUENCE) < len(tokens)).view(count, SEQUENCE)
    filled = F.pad(tokens, (0, count * SEQUENCE - len(tokens)), value=model.start).view(
        count, SEQUENCE
    )
    width = int(valid.sum(dim=1).max())  # a text of less than one sequence is one that is shorter
    return F.pad(filled[:, :width], (1, 0), value=model.start), valid[:, :width]


@torch.no_grad()
def next_token_logits(network: LanguageNetwork, ids: Tensor) -> Tensor:
    """Return the logits (B, T, V) of the next token at each place but the last."""
    return network.logits(*_inputs(ids))[:, :-1].cpu()


def back_propagate(network: LanguageNetwork, ids: Tensor, valid: Tensor) -> Gradients:
    """Return steps 3 to 5 for `network`; the gradients are left with its weights."""
    network.zero_grad()
    logits = network.logits(*_inputs(ids))[:, :-1]
    losses = (
        F.cross_entropy(
            logits.flatten(0, 1), ids[:, 1:].flatten().to(logits.device), reduction="none"
        )
        .view(valid.shape)
        .cpu()
        * valid
    )
    loss = losses.sum() / valid.sum()
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
    return Gradients(
        losses.detach(), {part: square**0.5 for part, square in squares.items()}, loss.item()
    )


@torch.no_grad()
def vector_norms(network: LanguageNetwork, ids: Tensor) -> Tensor:
    """Return step 2: the norm (layers + 1, B, T) of each position's vector, embedded and after each
    layer.
    """
    return torch.stack(
        [stream.norm(dim=-1)[:, :-1].cpu() for stream in network.hidden_states(*_inputs(ids))]
    )


def _inputs(ids: Tensor) -> tuple[Tensor, Tensor]:
    task = causal(ids)
    return task.ids.to(runtime.device()), task.attention_mask.to(runtime.device())


def check_text(text: object) -> str:
    """Return `text` with Unix line ends; raises DemoError when it is no text, empty or too long."""
    text = text.replace("\r\n", "\n") if isinstance(text, str) else ""
    if not 1 <= len(text) <= MAX_TEXT:
        raise DemoError(
            "The text has {length} characters; a batch has from {low} to {high}.",
            length=f"{len(text):,}",
            low=1,
            high=MAX_TEXT,
        )
    return text
