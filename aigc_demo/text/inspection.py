"""One generated text with every character's logits and random number, from which a browser can
repeat each draw.
"""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, Unpack

from aigc_demo.core.errors import check_number
from aigc_demo.core.steps import TokenStep
from aigc_demo.core.wire_format import encode_bytes
from aigc_demo.text.compare import FRAMES_PER_SECOND
from aigc_demo.text.model import TextModel, random_numbers
from aigc_demo.text.sampling import SamplingOptions

MAX_LENGTH = 128  # characters: a vocabulary of 5,000 makes them 2.5 MB of logits


@dataclass(frozen=True)
class Inspection:
    """The text so far; JSON-like, so that a browser can resample from it without the network."""

    alphabet: list[str]  # each token's text
    numbers: list[float]  # the random number, in [0, 1), of each character that is to be written
    tokens: list[int]  # what is written: first what was forced, then what was drawn
    start: int  # how many were forced
    logits: list[str]  # of each drawn character: (V,) little-endian float32, in base64
    finished: bool

    def add(self, step: TokenStep) -> "Inspection":
        """Return the inspection with one more character."""
        finished = step.index + 1 == len(self.numbers)
        return replace(
            self,
            tokens=[*self.tokens, step.token],
            logits=[*self.logits, encode_bytes(step.logits)],
            finished=finished,
        )


def inspect(
    model: TextModel,
    prompt: str,
    *,
    forced: str,
    length: int,
    seed: int,
    **sampling: Unpack[SamplingOptions],
) -> Iterator[dict[str, Any]]:
    """Write on from `prompt` and yields the fields of an Inspection: at the first drawn character,
    then twelve times a second, then at the end.

    forced: how the writing begins, up to and with the character that a visitor chose. length: 1 to
    128 characters in all.
    sampling: as `TextModel.generate` takes it, which also raises the DemoErrors.
    """
    length = check_number("length", length, 1, MAX_LENGTH, whole=True)
    steps = model.generate(prompt, forced=forced, max_new_tokens=length, seed=seed, **sampling)
    tokens = model.encode(forced)
    vocabulary = model.tokenizer.get_vocab()
    written = Inspection(
        sorted(vocabulary, key=lambda token: vocabulary[token]),
        random_numbers(seed, length),
        tokens,
        len(tokens),
        [],
        finished=False,
    )
    shown = 0.0
    for step in steps:
        written = written.add(step)
        if written.finished or time.monotonic() - shown > 1 / FRAMES_PER_SECOND:
            yield asdict(written)
            shown = time.monotonic()
