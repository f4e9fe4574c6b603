"""Models of the Hub write: on from a prompt, or the answer to a conversation."""

import math
import time
from collections.abc import Iterator
from typing import Unpack

import torch

from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed, check_text
from aigc_demo.core.steps import TokenStep
from aigc_demo.llm.hub import MAX_TEXT, HubModel, check_length, check_writes, encode
from aigc_demo.text.model import random_numbers
from aigc_demo.text.sampling import SamplingOptions, SamplingParams, next_token_distribution

MAX_NEW_TOKENS = 1_000
ROLES = ["system", "user", "assistant"]


def complete(
    model: HubModel,
    prompt: str,
    *,
    max_new_tokens: int = 100,
    seed: int = 0,
    **sampling: Unpack[SamplingOptions],
) -> Iterator[TokenStep]:
    """Write on from `prompt`, one TokenStep a token; its text may be empty while a character's
    bytes are still to come.

    `sampling` is that of `text.sampling.SamplingParams`: temperature, top_k, top_p, min_p. The seed
    gives every token a random number of its own. Raises DemoError when the model does not write,
    the prompt is empty or too long, or a value is out of its range.
    """
    return _write(
        model, encode(model, prompt), max_new_tokens, SamplingParams(**sampling), check_seed(seed)
    )


def chat(
    model: HubModel,
    messages: list[dict[str, str]],
    *,
    max_new_tokens: int = 200,
    seed: int = 0,
    **sampling: Unpack[SamplingOptions],
) -> Iterator[TokenStep]:
    """Answer the last of `messages`, each {"role": "system", "user" or "assistant", "content":
    text}, as `complete` writes.

    Raises DemoError like `complete`, and when the model has no chat template.
    """
    if not model.can_chat:
        raise DemoError(
            "{repo} was not taught to chat: it has no chat template. "
            "Let it complete or fill in a text.",
            repo=model.repo,
        )
    conversation = [
        {
            "role": check_choice("role", m["role"], ROLES),
            "content": check_text(m["content"], MAX_TEXT),
        }
        for m in messages
    ]
    try:
        ids = model.tokenizer.apply_chat_template(
            conversation, add_generation_prompt=True, return_dict=True
        )["input_ids"]
    # the template is a small program of the repository, run in a sandbox, and raises what it likes
    except Exception as error:
        raise DemoError(
            "The chat template of {repo} does not take these messages: {why}",
            repo=model.repo,
            why=str(error)[:200],
        ) from error
    return _write(
        model,
        check_length(model, ids),
        max_new_tokens,
        SamplingParams(**sampling),
        check_seed(seed),
    )


def _write(
    model: HubModel, ids: list[int], length: int, sampling: SamplingParams, seed: int
) -> Iterator[TokenStep]:
    check_writes(model)
    length = check_number("length", length, 1, MAX_NEW_TOKENS, whole=True)
    return _tokens(
        model, ids, sampling, random_numbers(seed, min(length, model.max_tokens - len(ids)))
    )


def _tokens(
    model: HubModel, ids: list[int], sampling: SamplingParams, numbers: list[float]
) -> Iterator[TokenStep]:
    state, unread, written, seconds = None, ids, [], 0.0
    shown = len(_text(model, ids))
    for index, number in enumerate(numbers):
        began = time.perf_counter()
        logits, state = model.read(unread, state)
        token = next_token_distribution(logits, sampling).sample(number)
        bits = -torch.log_softmax(logits, dim=0)[token].item() / math.log(2)
        seconds += time.perf_counter() - began
        if token in model.eos_tokens:
            return
        unread = [token]
        written.append(token)
        text = _text(model, ids + written)
        # half a character: its other bytes come with the next tokens
        new_text = "" if text.endswith("\ufffd") else text[shown:]
        shown += len(new_text)
        yield TokenStep(index, token, new_text, bits, seconds, logits)


def _text(model: HubModel, ids: list[int]) -> str:
    return model.tokenizer.decode(ids, skip_special_tokens=True)
