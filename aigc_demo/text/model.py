"""Writing: predict the next character, draw it, append it, again.

Read `generate_naive` first: the plain algorithm. `TextModel.generate` writes the same, faster.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.batching import Call, Job, run
from aigc_demo.core.errors import (
    DemoError,
    check_choice,
    check_ids,
    check_number,
    check_seed,
    check_string,
)
from aigc_demo.core.spelling import known_forms
from aigc_demo.core.steps import TokenStep
from aigc_demo.text.batch_decode import BatchDecoder, DrawRequest
from aigc_demo.text.recurrent import CELLS, Recurrent
from aigc_demo.text.sampling import SamplingParams, next_token_distribution, sample_batch
from aigc_demo.text.tokenizer import unknown_characters
from aigc_demo.text.transformer import Transformer

MAX_PROMPT = 2_000  # characters
MAX_NEW_TOKENS = 2_000
MAX_LIST = 200  # characters of an alphabet that a message can list
Network = TypeVar("Network", bound=Transformer | Recurrent)


@dataclass(frozen=True)
class TextConfig:
    """The shape of a text network; `heads` is for the Transformer alone, `embedding` for the
    recurrent ones.
    """

    architecture: str  # "rnn", "lstm" or "transformer"
    vocabulary: int
    width: int
    layers: int
    context: int  # characters a training window holds, and the Transformer sees
    dropout: float
    heads: int = 0
    embedding: int = 0

    def __post_init__(self) -> None:
        """Raise DemoError when there is no such architecture."""
        check_choice("architecture", self.architecture, [*CELLS, "transformer"])


def build_network(config: TextConfig) -> Transformer | Recurrent:
    """Return an untrained network of the configured architecture."""
    if config.architecture == "transformer":
        return build_transformer(config)
    return Recurrent(
        config.architecture,
        config.vocabulary,
        width=config.width,
        layers=config.layers,
        embedding=config.embedding,
        dropout=config.dropout,
    )


def build_transformer(config: TextConfig) -> Transformer:
    """Return an untrained Transformer, whatever architecture `config` names."""
    return Transformer(
        config.vocabulary,
        width=config.width,
        layers=config.layers,
        heads=config.heads,
        context=config.context,
        dropout=config.dropout,
    )


def from_checkpoint(folder: Path) -> "TextModel":
    """Return the text model stored in `folder`; raises DemoError when its files are missing or
    damaged.
    """
    config = checkpoints.read_config(folder, TextConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    tokenizer = checkpoints.read_tokenizer(folder, config.vocabulary)
    return TextModel(config, checkpoints.freeze_for_inference(network, runtime.device()), tokenizer)


@dataclass(frozen=True)
class Drawn:
    """A text's next token."""

    token: int
    bits: float  # see TokenStep
    logits: Tensor  # (V,) float32
    state: object  # of the network, after what it has read
    seconds: float  # that the batch took


class TextModel(Generic[Network]):
    """A network and its tokenizer: text in, text out."""

    def __init__(self, config: TextConfig, network: Network, tokenizer: Tokenizer):
        self.config = config
        self.network = network
        self.tokenizer = tokenizer
        self._decoder = BatchDecoder(network)

    def encode(self, text: str) -> list[int]:
        """Return the token ids of `text`, one a character. Raise DemoError that names the
        characters the model never saw.

        Of a character that it knows in another form alone (simplified, full-width), that form is
        read.
        """
        check_string("text", text)
        text = known_forms(text, self.tokenizer.get_vocab())
        if unknown := unknown_characters(self.tokenizer, text):
            shown = " ".join(
                character if character.isprintable() else f"U+{ord(character):04X}"
                for character in unknown[:20]
            )
            if len(self.alphabet) > MAX_LIST:
                raise DemoError(
                    "This model never saw these characters: {unknown}. It knows {count} others.",
                    unknown=shown,
                    count=len(self.alphabet),
                )
            raise DemoError(
                "This model never saw these characters: {unknown}. It knows: {known}",
                unknown=shown,
                known=self.alphabet,
            )
        return self.tokenizer.encode(text).ids

    def decode(self, ids: list[int]) -> str:
        """Return the text of token ids. Raise DemoError for what are none."""
        check_ids(ids, self.tokenizer.get_vocab_size())
        return self.tokenizer.decode(ids)

    @property
    def alphabet(self) -> str:
        """All characters that the model knows, without the white space."""
        return "".join(
            sorted(character for character in self.tokenizer.get_vocab() if not character.isspace())
        )

    def generate(
        self,
        prompt: str,
        *,
        forced: str = "",
        max_new_tokens: int = 400,
        temperature: float = 0.8,
        top_k: int = 0,
        top_p: float = 1.0,
        min_p: float = 0.0,
        seed: int = 0,
    ) -> Iterator[TokenStep]:
        """Write on from `prompt`, one TokenStep a character, as `generate_naive` does, but faster.

        `SamplingParams` explains temperature and cuts. The seed gives every new character a random
        number of its own. `forced` is how the writing begins, settled instead of drawn: each of its
        characters counts as new and leaves its number unused, so forcing what would have been drawn
        changes nothing. Only what is drawn is yielded. Raises DemoError when a value is out of its
        range.
        """
        ids = self.encode(check_prompt(prompt))
        length = check_number("length", max_new_tokens, 1, MAX_NEW_TOKENS, whole=True)
        written = self.encode(check_forced(forced, length))
        sampling, seed = SamplingParams(temperature, top_k, top_p, min_p), check_seed(seed)
        return run(
            self._generate(
                ids + written, range(len(written), length), sampling, random_numbers(seed, length)
            )
        )

    def _generate(
        self, ids: list[int], indices: range, sampling: SamplingParams, numbers: list[float]
    ) -> Job:
        state, unread, seconds = None, ids, 0.0
        for index in indices:
            request = DrawRequest(unread, state, sampling, numbers[index])
            drawn: Drawn = yield Call(self.draw_batch, request)
            state, unread, seconds = drawn.state, [drawn.token], seconds + drawn.seconds
            text = self.decode(unread)
            yield TokenStep(index, drawn.token, text, drawn.bits, seconds, drawn.logits)

    @torch.inference_mode()
    def draw_batch(self, requests: list[DrawRequest]) -> list[Drawn]:
        """Return the next token of each text; the network is called once for all that have been
        read before.
        """
        began = time.perf_counter()
        read = self.read_batch(requests)
        logits = torch.stack([logits for logits, _ in read])  # (B, V)
        samplings, numbers = zip(*((r.sampling, r.number) for r in requests), strict=True)
        tokens = sample_batch(logits, samplings, numbers)
        surprise = -torch.log_softmax(logits, dim=1).gather(1, tokens[:, None])[:, 0] / math.log(2)
        drawn = zip(tokens.tolist(), surprise.tolist(), read, strict=True)
        seconds = time.perf_counter() - began
        return [
            Drawn(token, bits, logits, state, seconds) for token, bits, (logits, state) in drawn
        ]

    def read_batch(self, requests: list[DrawRequest]) -> list[tuple[Tensor, Any]]:
        """Return for each text the logits (V,) float32 after it, and the state after it."""
        return self._decoder.read(requests)

    @torch.inference_mode()
    def read(self, ids: list[int], state: object) -> tuple[Tensor, object]:
        """Return the logits (V,) float32 of the character after `ids`, and the state after them."""
        logits, state = self.network(torch.tensor([ids], device=runtime.device()), state)
        return logits[0, -1].cpu(), state


@torch.inference_mode()
def generate_naive(
    network: Transformer | Recurrent,
    ids: list[int],
    sampling: SamplingParams,
    numbers: Sequence[float],
) -> list[int]:
    """Return token ids that go on from `ids`, one for each of `numbers` in [0, 1): all of the text
    is read anew for each.

    So says the paper; `TextModel.generate` gives the same faster, for it keeps what it has computed
    (the KV cache, the state).
    """
    written: list[int] = []
    for number in numbers:
        logits, _ = network(torch.tensor([[*ids, *written]], device=runtime.device()))  # (1, T, V)
        written.append(next_token_distribution(logits[0, -1].cpu(), sampling).sample(number))
    return written


def check_prompt(prompt: object) -> str:
    """Return `prompt` with Unix line ends; raises DemoError when empty, too long or no text."""
    if not isinstance(prompt, str) or not prompt:
        raise DemoError(
            "The prompt is empty: type at least one character, for instance {example}.",
            example="ROMEO:",
        )
    if len(prompt) > MAX_PROMPT:
        raise DemoError(
            "The prompt has {length} characters; at most {limit} are read.",
            length=f"{len(prompt):,}",
            limit=f"{MAX_PROMPT:,}",
        )
    return prompt.replace("\r\n", "\n")


def check_forced(forced: object, length: int) -> str:
    """Return the forced beginning of a writing; raises DemoError when it is no text, or leaves
    nothing of `length` to draw.
    """
    if not isinstance(forced, str):
        raise DemoError("What is forced must be text.")
    if len(forced) >= length:
        raise DemoError(
            "{count} characters are settled, and the length is {length}: nothing is left to draw.",
            count=f"{len(forced):,}",
            length=length,
        )
    return forced


def random_numbers(seed: int, count: int) -> list[float]:
    """Return the first `count` random numbers of `seed`, each in [0, 1): one for each character
    that is written.
    """
    return torch.rand(count, generator=runtime.generator(seed), dtype=torch.float64).tolist()
