"""The event text_attention: a Transformer's steps, its heads, and the text without some of them."""

import base64
import time

import numpy as np
import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.calls import in_time
from tests.helpers.server import Server

GOOD = {
    "model": "shakespeare",
    "prompt": "the king and the ki",
    "layer": 2,
    "head": 1,
    "heads_off": "",
    "seed": 7,
}


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    client = Client(app.url, verbose=False)
    look(client)
    return client


def look(client: Client, **changes: object) -> tuple:
    return client.predict(*{**GOOD, **changes}.values(), api_name="/text_attention")


def told(app: Server, **changes: object) -> tuple[str, str]:
    return server.told(
        app.url, "text_attention", list(GOOD.values()), list({**GOOD, **changes}.values())
    )


def exact(packed: dict) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed["float32"]), "<f4").reshape(packed["shape"])


def test_the_steps_of_a_head_follow_from_each_other_and_its_map_is_among_all(visitor):
    steps, happened, lens, decay = look(visitor)
    scores, weights, values, output = (
        exact(steps[name]) for name in ("scores", "weights", "values", "output")
    )
    T = len(GOOD["prompt"])
    scaled = np.where(np.tri(T) > 0, scores / values.shape[1] ** 0.5, -np.inf)
    expected = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    np.testing.assert_allclose(weights, expected / expected.sum(axis=1, keepdims=True), atol=1e-5)
    np.testing.assert_allclose(output, weights @ values, atol=1e-5)
    maps = np.frombuffer(base64.b64decode(steps["maps"]["uint8"]), np.uint8).reshape(
        steps["maps"]["shape"]
    )
    np.testing.assert_allclose(maps[1, 0] / 255, weights, atol=0.003)
    assert "Layer 2, head 1" in happened
    assert "第 2 层第 1 头" in happened
    layers = steps["maps"]["shape"][0]
    assert [len(lens[key]) for key in ("guesses", "probabilities", "right")] == [layers + 1] * 3
    assert decay["whole"] == decay["ablated"]
    assert len(decay["whole"]) == 120


def test_without_heads_the_text_changes_and_its_bits_rise(visitor):
    steps, *_, decay = look(visitor, heads_off="1.1, 2.1")
    assert steps["off"] == ["1.1", "2.1"]
    assert decay["off"] == 2
    assert decay["whole"] != decay["ablated"]
    every = look(visitor, heads_off="all")[-1]
    assert every["off"] == every["heads"]
    assert every["ablated_bits"] > decay["ablated_bits"] > decay["whole_bits"] > 0


def test_of_a_long_text_the_last_64_characters_are_read(visitor):
    steps, *_ = look(visitor, prompt="a rose, " * 20)
    assert len(steps["text"]) == 64
    assert steps["left_out"] == 96
    assert look(visitor, prompt="a")[0]["maps"]["shape"][2:] == [1, 1]


def test_another_head_is_there_before_the_text_is_written(visitor):
    began = time.monotonic()
    job = visitor.submit(*{**GOOD, "head": 2}.values(), api_name="/text_attention")
    next(iter(job))
    assert in_time(time.monotonic() - began, 0.5)
    assert not job.done() or len(job.outputs()) > 1


@pytest.mark.parametrize(("changes", "expected", "in_chinese"), [
    ({"prompt": ""}, "prompt is empty", "开头是空的"),
    ({"prompt": None}, "prompt is empty", "开头是空的"),
    ({"prompt": "a" * 1_000_000}, "1,000,000 characters; at most 2,000", "1,000,000"),
    ({"prompt": "a 中 b"}, "never saw these characters: 中", "从未见过这些字符：中"),
    ({"layer": 0}, "layer must be from 1", "层应在 1"),
    ({"layer": 99}, "is outside", "超出了范围"),
    ({"head": 1.5}, "head must be a whole number", "注意力头应为"),
    ({"head": None}, "head must be a number", "注意力头应为"),
    ({"heads_off": "9.9"}, "“9.9” is not", "“9.9” 不是"),
    ({"heads_off": None}, "A head is named by layer and number", "注意力头写成"),
    ({"model": "dante"}, "model must be one of shakespeare", "模型应为以下之一"),
    ({"seed": -1}, "seed must be from 0", "随机种子应在"),
])  # fmt: skip
def test_bad_input_is_told_what_is_wrong(app, visitor, changes, expected, in_chinese):
    english, chinese = told(app, **changes)
    assert expected in english
    assert in_chinese in chinese
