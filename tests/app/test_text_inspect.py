"""The event text_inspect: a text with the logits and random number of each of its characters."""

import base64
import math
import time
from typing import Any

import numpy as np
import pytest
import torch
from gradio_client import Client

import aigc_demo
from aigc_demo.text.sampling import SamplingParams, next_token_distribution
from aigc_demo.text.views._shared.models import EXAMPLES, WRITERS, offered
from aigc_demo.text.views.inspect.view import MAX_LENGTH
from tests.helpers import server
from tests.helpers.calls import in_time
from tests.helpers.server import Server

SAMPLING = {"temperature": 0.8, "top_k": 0, "top_p": 0.9, "min_p": 0.0}
GOOD = {
    "model": "Transformer",
    "prompt": "ROMEO:\n",
    "forced": "",
    "length": 24,
    **SAMPLING,
    "seed": 7,
}


@pytest.fixture(scope="module")
def client(app: Server) -> Client:
    return Client(app.url, verbose=False)


def inspected(client: Client, **changes: Any) -> dict[str, Any]:
    return client.predict(*{**GOOD, **changes}.values(), api_name="/text_inspect")


def told(app: Server, **changes: Any) -> tuple[str, str]:
    return server.told(
        app.url, "text_inspect", list(GOOD.values()), list({**GOOD, **changes}.values())
    )


def text_of(value: dict[str, Any]) -> str:
    return "".join(value["alphabet"][token] for token in value["tokens"])


@pytest.mark.parametrize("model", list(offered(WRITERS)))
def test_the_numbers_are_those_of_a_plain_recomputation(client, model):
    name, prompt = WRITERS[model], EXAMPLES[model]
    value, network = inspected(client, model=model, prompt=prompt), aigc_demo.load(name)
    logits = torch.tensor(
        np.stack([np.frombuffer(base64.b64decode(row), "<f4") for row in value["logits"]])
    )
    read = network.encode(prompt)
    with torch.no_grad():
        expected, _ = network.network(torch.tensor([read + value["tokens"]]))
    torch.testing.assert_close(logits, expected[0, len(read) - 1 : -1], atol=2e-4, rtol=0)
    drawn = [
        next_token_distribution(row, SamplingParams(**SAMPLING)).sample(u)
        for row, u in zip(logits, value["numbers"], strict=True)
    ]
    assert drawn == value["tokens"]
    assert text_of(value) == "".join(
        step.text for step in network.generate(prompt, max_new_tokens=24, seed=7, **SAMPLING)
    )


@pytest.mark.parametrize("model", list(offered(WRITERS)))
def test_forcing_the_drawn_character_replays_the_same_text(client, model):
    prompt = EXAMPLES[model]
    whole = inspected(client, model=model, prompt=prompt)
    for settled in (1, 9, 23):
        again = inspected(client, model=model, prompt=prompt, forced=text_of(whole)[:settled])
        assert (again["tokens"], again["start"]) == (whole["tokens"], settled)


def test_the_first_bars_come_before_the_text_is_finished(client):
    job = client.submit(*{**GOOD, "length": MAX_LENGTH}.values(), api_name="/text_inspect")
    began = time.monotonic()
    next(iter(job))
    assert in_time(time.monotonic() - began, 0.5)
    assert len(job.result()["tokens"]) == MAX_LENGTH
    assert not job.outputs()[0]["finished"]


NUMBERS = {
    "temperature": ("temperature", 0.1, 2, "温度"),
    "top_k": ("top-k", 0, 1000, "Top-k"),
    "top_p": ("top-p", 0.01, 1, "Top-p"),
    "min_p": ("min-p", 0, 1, "Min-p"),
    "length": ("length", 1, MAX_LENGTH, "长度"),
    "seed": ("seed", 0, 2**31 - 1, "随机种子"),
}


@pytest.mark.parametrize("value", [-1, 1e15, math.nan, None, "seven"], ids=str)
@pytest.mark.parametrize("key", NUMBERS)
def test_a_bad_number_is_told_its_field_and_range(app, client, key, value):
    field, low, high, in_chinese = NUMBERS[key]
    english, chinese = told(app, **{key: value})
    assert english.startswith(f"{field} must be")
    assert chinese.startswith(in_chinese)
    for message in (english, chinese):
        assert f"{low:,}" in message
        assert f"{high:,}" in message


def test_a_top_k_of_0_cuts_nothing(client):
    assert (
        inspected(client, top_k=0, top_p=1)["tokens"]
        == inspected(client, top_k=1000, top_p=1)["tokens"]
    )


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"prompt": ""}, "The prompt is empty", "开头是空的"),
        ({"prompt": "a" * 1_000_000}, "1,000,000 characters; at most 2,000", "1,000,000 个字符"),
        ({"prompt": "To 🙂"}, "never saw these characters: 🙂", "从未见过这些字符：🙂"),
        ({"forced": "🙂"}, "never saw these characters: 🙂", "从未见过这些字符：🙂"),
        (
            {"forced": "a" * 24},
            "24 characters are settled, and the length is 24",
            "已有 24 个字符确定",
        ),
        (
            {"forced": "a" * 1_000_000},
            "1,000,000 characters are settled",
            "已有 1,000,000 个字符确定",
        ),
        ({"forced": 7}, "must be text", "应为文本"),
        ({"forced": None}, "must be text", "应为文本"),
        ({"model": "GPT"}, "model must be one of RNN, LSTM, Transformer", "模型应为以下之一"),
        ({"model": None}, "model must be one of", "模型应为以下之一"),
    ],
)
def test_bad_input_is_told_what_is_wrong(app, client, changes, english, chinese):
    messages = told(app, **changes)
    assert english in messages[0]
    assert chinese in messages[1]
