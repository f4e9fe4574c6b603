"""How a model of the Hub wrote a text: every token's likeliest logits, so that whoever has them
can make each draw again.

As the text tab's inspection, but of vocabularies of 150,000 tokens: only the likeliest KEPT are
told one by one, and drawn. What the others hold together at each temperature of GRID is told too,
so that every probability is of the whole vocabulary.
"""

import time
from collections.abc import Iterator
from typing import Any, Unpack

import torch
from torch import Tensor

from aigc_demo.core.errors import DemoError, check_number, check_seed
from aigc_demo.core.wire_format import encode_bytes
from aigc_demo.llm.hub import HubModel, check_writes, encode
from aigc_demo.text.model import random_numbers
from aigc_demo.text.sampling import SamplingOptions, SamplingParams, next_token_distribution

LONGEST = 128  # tokens
KEPT = 1_000  # the most that top-k keeps
# the temperatures, 0.1 to 2, at which the rest's share is told
GRID = [round(0.1 + 0.05 * i, 2) for i in range(39)]
UPDATES_PER_SECOND = 3  # each holds all that was written before, about 10 KB a token


def inspect(
    model: HubModel,
    prompt: str,
    *,
    forced: list[int | str],
    length: int,
    seed: int,
    **sampling: Unpack[SamplingOptions],
) -> Iterator[dict[str, Any]]:
    """Write on from `prompt`; yield, at the first drawn token, then three times a second, then at
    the end, what the text tab's view of the next token draws.

    forced: how the writing begins, tokens by their numbers; a text that a visitor typed may be the
    last. length: 1 to 128 tokens in all; the one that ends a text is the last. The rest is as in
    `complete`, which raises the same DemoErrors.
    """
    check_writes(model)
    length = check_number("length", length, 1, LONGEST, whole=True)
    settled, pending = _settled(model, forced, length)
    top_k = check_number("top-k", sampling.get("top_k", 0), 0, KEPT, whole=True)
    sampling["top_k"] = top_k or KEPT
    params = SamplingParams(**sampling)
    numbers, unread = random_numbers(check_seed(seed), length), [*encode(model, prompt), *settled]
    record, state, shown = _Record(model, numbers, settled), None, 0.0
    room = max(0, model.most_tokens - len(unread))
    for number in numbers[len(settled) :][:room]:
        logits, state = model.read(unread, state)
        # some networks have more outputs than there are tokens
        logits = logits[: len(model.tokenizer)]
        drawn = next_token_distribution(logits, params)
        token = pending.pop(0) if pending else drawn.sample(number)
        unread = [token]
        record.add(token, logits)
        if token in model.ends:
            break
        if time.monotonic() - shown > 1 / UPDATES_PER_SECOND:
            yield record.value(finished=False)
            shown = time.monotonic()
    yield record.value(finished=True)


class _Record:
    """What was written so far, and the likeliest logits at each drawn token."""

    def __init__(self, model: HubModel, numbers: list[float], settled: list[int]):
        self.model = model
        self.numbers = numbers
        self.start = len(settled)
        self.tokens = [*settled]
        self.names = _texts(model, settled)
        self.rows: list[dict[str, str]] = []

    def add(self, token: int, logits: Tensor) -> None:
        likeliest, row = _row(logits)
        new = [each for each in [*likeliest, token] if str(each) not in self.names]
        self.tokens.append(token)
        self.rows.append(row)
        self.names |= _texts(self.model, new)

    def value(self, *, finished: bool) -> dict[str, Any]:
        return {
            "alphabet": {**self.names},
            "numbers": self.numbers,
            "tokens": [*self.tokens],
            "start": self.start,
            "logits": [*self.rows],
            "vocabulary": len(self.model.tokenizer),
            "finished": finished,
        }


def _row(logits: Tensor) -> tuple[list[int], dict[str, str]]:
    """Return the likeliest tokens, and them, their logits and the rest's weight at each
    temperature, the likeliest one's being 1, packed.
    """
    z, tokens = logits.double().sort(descending=True, stable=True)
    rest = torch.stack([((z[KEPT:] - z[0]) / temperature).exp().sum() for temperature in GRID])
    return tokens[:KEPT].tolist(), {
        "tokens": encode_bytes(tokens[:KEPT].int()),
        "z": encode_bytes(z[:KEPT].float()),
        "rest": encode_bytes(rest.float()),
    }


def _settled(model: HubModel, forced: object, length: int) -> tuple[list[int], list[int]]:
    """Return the tokens that the writing begins with, and those which a typed text has beyond its
    first.
    """
    vocabulary = len(model.tokenizer)
    given = forced if isinstance(forced, list) else [None]
    *rest, typed = given if given and isinstance(given[-1], str) else [*given, ""]
    ids = [each for each in rest if isinstance(each, int) and 0 <= each < vocabulary]
    if len(ids) < len(rest):
        raise DemoError(
            "What is forced must be a list of tokens, by their numbers below {count}; "
            "a text may be the last.",
            count=f"{vocabulary:,}",
        )
    pieces = model.tokenizer(typed, add_special_tokens=False)["input_ids"] if typed else []
    if len(ids) + len(pieces) >= length:
        settled = f"{len(ids) + len(pieces):,}"
        raise DemoError(
            "{count} tokens are settled, and the length is {length}: nothing is left to draw.",
            count=settled,
            length=f"{length:,}",
        )
    return [*ids, *pieces[:1]], pieces[1:]


def _texts(model: HubModel, tokens: list[int]) -> dict[str, str]:
    return {str(token): model.tokenizer.decode([token]) for token in tokens}
