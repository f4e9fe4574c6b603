"""The event text_procedure: one training step, and what bad input is told."""

import math
import time

import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.calls import in_time
from tests.helpers.server import Server

TEXT = "the king and the queen shall speak of it tomorrow."
GOOD = [TEXT, 0.1]


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    client = Client(app.url, verbose=False)
    train(client, *GOOD)
    return client


def train(client: Client, text: object, learning_rate: object) -> dict:
    return client.predict(text, learning_rate, api_name="/text_procedure")


def told(app: Server, *inputs: object) -> tuple[str, str]:
    return server.told(app.url, "text_procedure", GOOD, list(inputs))


def test_the_stages_agree_with_each_other(visitor):
    step = train(visitor, *GOOD)
    T = len(TEXT) - 1
    assert "".join(step["text"]) == TEXT
    assert len(step["ids"]) == T + 1
    assert step["vectors"]["shape"] == [T, 32]
    assert len(step["guesses"]) == len(step["losses"]) == step["lengths"]["shape"][0] == T
    assert step["loss"][0] == pytest.approx(sum(step["losses"]) / T, abs=1e-3)
    for loss, p, z, total in zip(
        step["losses"], step["probabilities"], step["scores"], step["totals"], strict=True
    ):
        assert math.exp(-loss) == pytest.approx(p, abs=2e-3)
        assert math.exp(z - total) == pytest.approx(p, rel=0.02, abs=1e-4)
    for index in (0, 1):
        assert step["gradient"][index] ** 2 == pytest.approx(
            sum(group["norms"][index] ** 2 for group in step["groups"]), rel=1e-6
        )
    weight_update = step["weight_update"]
    assert weight_update["after"] == pytest.approx(
        weight_update["before"] - 0.1 * step["clip"] * weight_update["gradient"], abs=1e-6
    )
    assert step["loss"][1] < step["loss"][0]


def test_a_step_is_settled_by_its_text_and_learning_rate(visitor):
    first = train(visitor, *GOOD)
    small = train(visitor, TEXT, 0.001)
    assert train(visitor, *GOOD) == first  # the shared model has learned nothing
    assert small["loss"][0] == first["loss"][0]
    assert small["loss"][1] != first["loss"][1]


def test_the_longest_text_is_trained_on_in_time(visitor):
    began = time.monotonic()
    train(visitor, (TEXT * 4)[:200], 0.1)
    assert in_time(time.monotonic() - began, 0.8)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a" * 201, "a" * 1_000_000, None, 7, ["a"], {"a": "b"}],
    ids=lambda text: repr(text)[:12],
)
def test_a_text_that_is_no_batch_is_told_the_range(app, visitor, text):
    english, chinese = told(app, text, 0.1)
    assert "a batch has from 2 to 200" in english
    assert "2 到 200" in chinese


def test_unknown_characters_are_named(app, visitor):
    english, chinese = told(app, "to be 🙂", 0.1)
    assert "🙂" in english
    assert "🙂" in chinese


@pytest.mark.parametrize("value", [0, 11, -1, math.nan, None, "0.1", True, [1]], ids=repr)
def test_a_bad_learning_rate_is_told_its_range(app, visitor, value):
    english, chinese = told(app, TEXT, value)
    assert english.startswith("learning rate must be")
    assert chinese.startswith("学习率")
    assert "0.0001" in english
