"""The events text_memory and text_units: who remembers how far, and what single units hold."""

import base64

import numpy as np
import pytest
from gradio_client import Client

from aigc_demo.text.views._shared.models import SHAKESPEARE
from tests.helpers.server import Server, call

PROMPT = "FIRST GUARD:\nWho walks so late?"


def test_each_model_has_a_curve_and_shares_that_sum_to_one(app):
    client = Client(app.url, verbose=False)
    value, happened = client.predict(PROMPT, api_name="/text_memory")
    assert [model["name"] for model in value["models"]] == list(SHAKESPEARE)
    assert "".join(value["text"]).startswith(PROMPT)
    assert len(value["text"]) == 200
    assert value["prompt_length"] == len(PROMPT)
    for model in value["models"]:
        assert len(model["curve"]) == 199
        assert sum(model["curve"]) == pytest.approx(1, abs=1e-3)
        assert len(model["shares"]) == value["end"] + 1
        assert sum(model["shares"]) == pytest.approx(1, abs=2e-3)
        assert (
            sum(model["curve"][: model["reach"]]) >= 0.9 > sum(model["curve"][: model["reach"] - 1])
        )
    assert "200 characters were read" in happened
    assert client.predict(PROMPT, api_name="/text_memory")[0] == value


@pytest.mark.parametrize("model", ["LSTM", "RNN"])
def test_every_unit_holds_something_after_every_character(app, model):
    value = Client(app.url, verbose=False).predict(model, PROMPT, api_name="/text_units")
    held = np.frombuffer(base64.b64decode(value["state"]["int8"]), np.int8).reshape(
        value["state"]["shape"]
    )
    assert held.shape[0] == len(value["text"]) == 200
    assert held.std() > 5
    assert len(value["found"]) >= 3
    strengths = [abs(unit["correlation"]) for unit in value["found"]]
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[0] > 0.5
    for unit in value["found"]:
        assert 0 <= unit["neuron"] < held.shape[1]
        assert set(unit["feature"]) == {"en", "zh"}


def test_of_a_long_text_the_last_200_characters_are_read(app):
    value, _ = Client(app.url, verbose=False).predict("a rose, " * 50, api_name="/text_memory")
    assert "".join(value["text"]) == "a rose, " * 25
    assert (value["prompt_length"], value["left_out"]) == (200, 200)


@pytest.mark.parametrize(("prompt", "expected", "in_chinese"), [
    ("", "prompt is empty", "开头是空的"),
    (None, "prompt is empty", "开头是空的"),
    ([PROMPT], "prompt is empty", "开头是空的"),
    ("a" * 1_000_000, "at most 2,000", "最多读取 2,000"),
    ("Good 晚上 sir", "never saw these characters: 晚 上", "从未见过这些字符：晚 上"),
])  # fmt: skip
@pytest.mark.parametrize("event", ["text_memory", "text_units"])
def test_bad_input_is_told_what_is_wrong(app: Server, event, prompt, expected, in_chinese):
    inputs = ["LSTM", prompt] if event == "text_units" else [prompt]
    assert expected in call(app.url, event, inputs).message
    assert in_chinese in call(app.url, event, inputs, Referer=f"{app.url}/?lang=zh").message


def test_a_model_without_units_is_told_which_have_them(app):
    assert (
        "model must be one of LSTM, RNN"
        in call(app.url, "text_units", ["Transformer", PROMPT]).message
    )
