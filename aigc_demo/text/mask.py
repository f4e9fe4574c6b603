"""What the causal mask is for: two Transformers, equal but for the mask, are trained on one text.

At every position of a window the next character is predicted. Without the mask a position attends
to later characters too: its target is one position to the right, and such a network learns to copy
it. When it generates, there is nothing to copy. The mask: Vaswani et al.,
"Attention is all you need" (2017), section 3.2.3.
"""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_number, check_seed, check_text
from aigc_demo.core.training import LossCurve, optimizer_step
from aigc_demo.text.attention import trace
from aigc_demo.text.batch_decode import DrawRequest
from aigc_demo.text.model import TextConfig, TextModel, build_transformer
from aigc_demo.text.tokenizer import character_tokenizer
from aigc_demo.text.transformer import Attention, Transformer

NETWORKS = ("unmasked", "masked")
MIN_TEXT, MAX_TEXT = 1_000, 20_000  # characters of the text that is learned
MIN_DISTINCT = 10  # characters: with fewer there is little to predict, with or without the mask
MAX_STEPS = 600
HELD_OUT = 0.1  # share of the text that is not learned, its end

WARMUP = 20  # steps over which the learning rate rises; then it falls to a tenth
EVALUATIONS = 10  # in a training
TEMPERATURE, TEXT_TEMPERATURE = 0.7, 0.7  # how the two write, and how what they learn was written
MAX_OFFSET = 4  # characters to the left and right


@dataclass(frozen=True)
class Plan:
    """How large the networks are and how they are trained: so that some ten seconds on two cores
    show the difference.
    """

    width: int = 64
    layers: int = 2
    heads: int = 4
    # characters of a window. Its last place alone has no answer to copy: in short windows the
    # unmasked one learns from that
    context: int = 64
    batch: int = 6  # windows a step
    # AdamW's. At twice as much roundings grow 100,000-fold, and two processors end with different
    # texts
    learning_rate: float = 3e-3
    evaluated: int = 96  # held-out windows on whose last character the loss is measured
    written: int = 60  # characters


class UnmaskedAttention(Attention):
    """Attention without the mask: every position attends to every other, later ones included."""

    def causal_mask(self, T: int, keys: int) -> Tensor:
        """Return the mask (T, keys) bool that hides nothing."""
        return torch.ones(T, keys, dtype=torch.bool)


class UncachedTextModel(TextModel):
    """A text model that recomputes its whole context for each character: without the causal mask
    the vectors of early positions depend on later ones, so nothing can be cached.
    """

    def read(self, ids: list[int], state: object) -> tuple[Tensor, list[int]]:
        """Return the logits (V,) float32 of the character after `state` and `ids`, and the context
        of the next call.
        """
        assert state is None or isinstance(state, list)  # what this method returned before
        seen = [*(state or ()), *ids][-self.config.context :]
        return super().read(seen, None)[0], seen

    def read_batch(self, requests: list[DrawRequest]) -> list[tuple[Tensor, Any]]:
        """Return what `read` does, for each text."""
        return [self.read(each.unread, each.state) for each in requests]


def paired_models(config: TextConfig, seed: int) -> dict[str, Transformer]:
    """Return two Transformers of equal weights, the first without the mask."""
    masked, unmasked = build_transformer(config), build_transformer(config)
    # Their own: others may train at the same time, and torch's is shared by all.
    generator = runtime.generator(seed)
    for weight in masked.parameters():
        if weight.dim() > 1:
            nn.init.normal_(weight, std=0.02, generator=generator)
    for block in unmasked.blocks:
        block.attention = UnmaskedAttention(config.width, config.heads, config.context)
    unmasked.load_state_dict(masked.state_dict())
    return {"unmasked": unmasked.to(runtime.device()), "masked": masked.to(runtime.device())}


@dataclass(frozen=True)
class Evaluation:
    """Both networks' held-out losses, in the order of NETWORKS, after `step` updates."""

    step: int
    # nats per character: see `PairTraining.held_out_loss`
    losses: tuple[float, ...]


@dataclass(frozen=True)
class HeadFocus:
    """The head that attends most to one relative position, `offset` characters to the right."""

    layer: int  # from 1
    head: int
    offset: int
    share: float  # its mean attention weight there
    weights: Tensor  # (T, T): row i attends to column j


class PairTraining:
    """Two networks in training: the same weights at first, the same windows at each step."""

    def __init__(self, text: object, *, steps: object, seed: object, plan: Plan = Plan()):
        """Raise DemoError when the text is too short, too long or too uniform, or steps or seed are
        out of their range.
        """
        text, self.plan = check_training_text(text), plan
        self.steps, self.seed = (
            check_number("steps", steps, EVALUATIONS, MAX_STEPS, whole=True),
            check_seed(seed),
        )
        self.tokenizer = character_tokenizer(text)
        self.config = TextConfig(
            "transformer",
            self.tokenizer.get_vocab_size(),
            plan.width,
            plan.layers,
            plan.context,
            dropout=0.0,
            heads=plan.heads,
        )
        ids = torch.tensor(self.tokenizer.encode(text).ids)
        held_out = round(HELD_OUT * len(ids))
        self.learned, self.held_out = ids[:-held_out], ids[-held_out:]
        self.held_out_windows = self.windows(
            self.held_out,
            torch.linspace(0, len(self.held_out) - plan.context - 1, plan.evaluated).long(),
        )
        self.prompt = self.held_out[: plan.context].tolist()
        self.networks = paired_models(self.config, self.seed)
        weights = {name: network.parameters() for name, network in self.networks.items()}
        self.optimizers = {
            name: torch.optim.AdamW(each, plan.learning_rate, betas=(0.9, 0.99), weight_decay=0.1)
            for name, each in weights.items()
        }
        self.generator = runtime.generator(self.seed)
        self.done = 0
        self.curve = LossCurve()
        self.evaluations: list[Evaluation] = []

    def step(self) -> None:
        """Take one step with both networks on the same windows; ten times in a training,
        evaluate both.
        """
        windows = self.windows(
            self.learned,
            torch.randint(
                len(self.learned) - self.plan.context, (self.plan.batch,), generator=self.generator
            ),
        )
        self.done += 1
        learning_rate = (
            self.plan.learning_rate
            * min(1, self.done / WARMUP)
            * (1 - 0.9 * self.done / self.steps)
        )
        self.curve.add(
            self.done, {name: self._update(name, windows, learning_rate) for name in NETWORKS}
        )
        if self.done * EVALUATIONS // self.steps > (self.done - 1) * EVALUATIONS // self.steps:
            self.evaluations.append(Evaluation(self.done, tuple(map(self.held_out_loss, NETWORKS))))

    def _update(self, name: str, windows: Tensor, learning_rate: float) -> float:
        network, optimizer = self.networks[name], self.optimizers[name]
        logits, _ = network(windows[:, :-1])
        loss = F.cross_entropy(logits.flatten(0, 1), windows[:, 1:].flatten())
        optimizer_step(loss, optimizer, max_norm=1.0, learning_rate=learning_rate)
        return loss.item()

    @torch.no_grad()
    def held_out_loss(self, name: str) -> float:
        """Return the loss in nats per character on the held-out part, as in generation: of the
        character after the last position alone.
        """
        logits, _ = self.networks[name](self.held_out_windows[:, :-1])
        return F.cross_entropy(logits[:, -1], self.held_out_windows[:, -1]).item()

    def windows(self, ids: Tensor, starts: Tensor) -> Tensor:
        """Return the windows (N, context + 1) of `ids` that begin at `starts` (N,)."""
        return ids[starts[:, None] + torch.arange(self.plan.context + 1)].to(runtime.device())

    def unigram_loss(self) -> float:
        """Return a unigram model's loss on the same characters: the training text's frequencies
        with add-one smoothing.
        """
        counts = 1 + torch.bincount(self.learned, minlength=self.config.vocabulary).double()
        return -(counts / counts.sum()).log()[self.held_out_windows[:, -1].cpu()].mean().item()

    def write(self, name: str) -> str:
        """Return a network's continuation of the prompt; both use the same random numbers."""
        model = UncachedTextModel(self.config, self.networks[name], self.tokenizer)
        steps = model.generate(
            model.decode(self.prompt),
            max_new_tokens=self.plan.written,
            temperature=TEMPERATURE,
            seed=self.seed,
        )
        return "".join(step.text for step in steps)

    def head_focus(self, name: str, length: int) -> HeadFocus:
        """Return the most focused head on the last `length` characters of the prompt."""
        layers = trace(self.networks[name], self.prompt[-length:]).layers
        return most_focused_head(torch.stack([steps.weights for steps in layers]))


def most_focused_head(weights: Tensor) -> HeadFocus:
    """Return, of all heads' weights (layers, H, T, T), the head with the largest mean weight at one
    relative position.
    """
    offsets = range(-MAX_OFFSET, MAX_OFFSET + 1)
    # (offsets, layers, H)
    shares = torch.stack([weights.diagonal(offset, -2, -1).mean(-1) for offset in offsets])
    at, layer, head = (int(index) for index in torch.unravel_index(shares.argmax(), shares.shape))
    return HeadFocus(
        layer + 1, head + 1, offsets[at], shares[at, layer, head].item(), weights[layer, head].cpu()
    )


@torch.inference_mode()
def generated_text(model: TextModel, begun: str, *, pieces: int, length: int, seed: int) -> str:
    """Return a text to learn: `pieces` of `length` characters each, which `model` writes all at
    once, each after `begun`.
    """
    ids, state, generator = (
        torch.tensor([model.encode(begun)] * pieces, device=runtime.device()),
        None,
        runtime.generator(seed),
    )
    written = []
    for _ in range(length):
        logits, state = model.network(ids, state)
        ids = torch.multinomial(
            (logits[:, -1].cpu() / TEXT_TEMPERATURE).softmax(dim=-1), 1, generator=generator
        ).to(runtime.device())
        written.append(ids.cpu())
    return "\n".join(model.decode(row).strip() for row in torch.cat(written, dim=1).tolist())


def check_training_text(text: object) -> str:
    """Return `text` with Unix line ends; raises DemoError when it is no text, too short, too long,
    or of too few distinct characters.
    """
    text = check_text(text, MAX_TEXT)
    if len(text) < MIN_TEXT:
        raise DemoError(
            "The text has {length} characters; to learn from it, from {low} to {high} are needed.",
            length=f"{len(text):,}",
            low=f"{MIN_TEXT:,}",
            high=f"{MAX_TEXT:,}",
        )
    if len(distinct := sorted(set(text))) < MIN_DISTINCT:
        raise DemoError(
            "The text has {count} different characters, {shown}; below {low} there is hardly"
            " anything to guess.",
            count=len(distinct),
            shown=" ".join(map(repr, distinct)),
            low=MIN_DISTINCT,
        )
    return text
