"""How a model of the Hub generated a text: every token's likeliest logits, from which a browser can
repeat each draw.

As the text tab's inspection, but for vocabularies of 150,000 tokens: only the MAX_TOP_K likeliest
logits are sent, and sampled from. The total weight of the others is sent for each of TEMPERATURES,
so that every probability is that of the whole vocabulary.
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

MAX_LENGTH = 128  # tokens
MAX_TOP_K = 1_000
# 0.1 to 2: those for which the weight of the other tokens is sent
TEMPERATURES = [round(0.1 + 0.05 * i, 2) for i in range(39)]
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
    length = check_number("length", length, 1, MAX_LENGTH, whole=True)
    given, pending = _forced_tokens(model, forced, length)
    top_k = check_number("top-k", sampling.get("top_k", 0), 0, MAX_TOP_K, whole=True)
    sampling["top_k"] = top_k or MAX_TOP_K
    params = SamplingParams(**sampling)
    numbers, unread = random_numbers(check_seed(seed), length), [*encode(model, prompt), *given]
    record, state, shown = _Record(model, numbers, given), None, 0.0
    room = max(0, model.max_tokens - len(unread))
    for number in numbers[len(given) :][:room]:
        logits, state = model.read(unread, state)
        # some networks have more outputs than there are tokens
        logits = logits[: len(model.tokenizer)]
        drawn = next_token_distribution(logits, params)
        token = pending.pop(0) if pending else drawn.sample(number)
        unread = [token]
        record.add(token, logits)
        if token in model.eos_tokens:
            break
        if time.monotonic() - shown > 1 / UPDATES_PER_SECOND:
            yield record.value(finished=False)
            shown = time.monotonic()
    yield record.value(finished=True)


class _Record:
    """The text so far, and the likeliest logits at each drawn token."""

    def __init__(self, model: HubModel, numbers: list[float], forced: list[int]):
        self.model = model
        self.numbers = numbers
        self.start = len(forced)
        self.tokens = [*forced]
        self.names = _texts(model, forced)
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
    """Return the likeliest tokens; and, packed, these, their logits and the other tokens' weight at
    each temperature, where the likeliest token's is 1.
    """
    z, tokens = logits.double().sort(descending=True, stable=True)
    rest = torch.stack(
        [((z[MAX_TOP_K:] - z[0]) / temperature).exp().sum() for temperature in TEMPERATURES]
    )
    return tokens[:MAX_TOP_K].tolist(), {
        "tokens": encode_bytes(tokens[:MAX_TOP_K].int()),
        "z": encode_bytes(z[:MAX_TOP_K].float()),
        "rest": encode_bytes(rest.float()),
    }


def _forced_tokens(model: HubModel, forced: object, length: int) -> tuple[list[int], list[int]]:
    """Return the tokens with which the text begins, and those of a typed text after its first."""
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
        raise DemoError(
            "{count} tokens are settled, and the length is {length}: nothing is left to draw.",
            count=f"{len(ids) + len(pieces):,}",
            length=f"{length:,}",
        )
    return [*ids, *pieces[:1]], pieces[1:]


def _texts(model: HubModel, tokens: list[int]) -> dict[str, str]:
    return {str(token): model.tokenizer.decode([token]) for token in tokens}
