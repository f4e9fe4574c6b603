"""The event text_mask: two networks in training, streamed, and what bad input is told."""

import base64
import math

import numpy as np
import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.server import Server

LESSON = (
    "the cat sat on the mat, and the dog sat on the log; then the cat and the dog went home. " * 14
)
GOOD = [LESSON, 40, 0]
NETWORKS = {"unmasked", "masked"}


def told(app: Server, *inputs: object) -> tuple[str, str]:
    return server.told(app.url, "text_mask", [LESSON, 10, 0], list(inputs))


def test_both_networks_are_streamed_while_they_learn(app):
    job = Client(app.url, verbose=False).submit(*GOOD, api_name="/text_mask")
    last = job.result()
    frames = job.outputs()
    assert len(frames) > 3
    assert [frame["done"] for frame in frames] == sorted({frame["done"] for frame in frames})
    assert (last["done"], last["steps"], last["context"]) == (40, 40, 64)
    assert last["held_out"]["steps"] == [*range(4, 41, 4)]
    assert len(last["prompt"]) == 64
    assert last["prompt"].endswith("".join(last["shown"]))
    for name in NETWORKS:
        weights = (
            np.frombuffer(base64.b64decode(last["focus"][name]["weights"]), np.uint8).reshape(
                len(last["shown"]), -1
            )
            / 255
        )
        assert weights.sum(axis=1) == pytest.approx(1, abs=0.03)
        assert (np.triu(weights, 1).max() > 0) == (name == "unmasked")
        assert len(last["curve"][name]) == len(last["curve"]["steps"])
        assert last["curve"][name][0] == pytest.approx(math.log(len(set(LESSON))), abs=0.2)
        assert last["curve"][name][-1] < last["curve"][name][0]
        assert len(last["written"][name]) == 60
    # the seed settles everything
    assert Client(app.url, verbose=False).predict(*GOOD, api_name="/text_mask") == last


@pytest.mark.parametrize(("text", "english", "chinese"), [
    ("", "The text is empty", "文本是空的"),
    (None, "The text is empty", "文本是空的"),
    ("To be, or not to be", "from 1,000 to 20,000 are needed", "需要 1,000 到 20,000 个"),
    ("a" * 1_000_000, "1,000,000 characters; at most 20,000 are read", "最多读取 20,000 个"),
    ("na " * 500, "3 different characters, ' ' 'a' 'n'; below 10", "3 种不同的字符"),
    (LESSON + "\ud800", "half a character", "半个字符"),
])  # fmt: skip
def test_a_text_from_which_little_is_learned_is_told_why(app, text, english, chinese):
    messages = told(app, text, 40, 0)
    assert english in messages[0]
    assert chinese in messages[1]


@pytest.mark.parametrize(("steps", "seed", "english", "chinese"), [
    (9, 0, "steps must be from 10 to 600", "步数应在 10 到 600 之间"),
    (601, 0, "steps must be from 10 to 600", "步数应在 10 到 600 之间"),
    (20.5, 0, "steps must be a whole number", "步数应为"),
    (None, 0, "steps must be a number", "步数应为"),
    (40, -1, "seed must be from 0", "随机种子应在"),
    (40, math.nan, "seed must be a number", "随机种子应为"),
])  # fmt: skip
def test_a_bad_number_is_told_its_range(app, steps, seed, english, chinese):
    messages = told(app, LESSON, steps, seed)
    assert english in messages[0]
    assert chinese in messages[1]
