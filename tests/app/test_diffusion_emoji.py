"""Text to emoji through the API."""

import base64
import io
from typing import Any

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.helpers.server import Server, told

GOOD = {
    "prompt": "red heart",
    "negative": "",
    "count": "1",
    "seed": 3,
    "steps": 4,
    "guidance": 3.0,
    "sampler": "DPM-Solver++(2M)",
    "eta": 0.0,
}


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


def draw(client: Client, **changes: Any) -> Any:
    return client.predict(*{**GOOD, **changes}.values(), api_name="/diffusion_emoji")


def pixels(uri: str) -> np.ndarray:
    return np.asarray(
        Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("RGB")
    ).astype(int)


@pytest.fixture(scope="module")
def drawn(visitor) -> tuple[dict, dict, str]:
    return draw(visitor)


def test_the_films_last_frame_is_the_result(drawn):
    film, story, _ = drawn
    assert (
        film["frames"],
        len(film["tracks"]),
        sum(track["seen"] for track in film["tracks"]),
    ) == (5, 6, 3)
    sheet, result = pixels(film["sheet"]), pixels(story["sheet"])
    assert result.shape == (64, 64, 3)
    for track in (1, 2):
        last = sheet[64 * track : 64 * (track + 1), -64:]
        assert np.abs(last - result).max() <= 4  # decoded in a batch and alone, at half precision
    assert result[..., 0].mean() > result[..., 2].mean()  # it is red


def test_the_words_are_explained(drawn):
    story = drawn[1]
    assert [each["word"] for each in story["words"]] == ["red", "heart"]
    assert all(each["taught"] for each in story["words"])
    assert "❤️" in story["together"]
    assert len(story["nearest"][0]) == 5


def test_four_pictures_have_four_seeds(visitor, drawn):
    _, story, happened = draw(visitor, count="4", seed=0)
    sheet = pixels(story["sheet"]).reshape(64, 4, 64, 3).swapaxes(0, 1)
    assert np.abs(sheet[3] - pixels(drawn[1]["sheet"])).mean() < 2  # the fourth has seed 3
    assert "4 × 4" in happened


def test_words_that_never_stood_together_are_an_invention(visitor):
    assert draw(visitor, prompt="pizza rocket")[1]["together"] == []


def test_chinese_words_are_understood(visitor):
    assert [each["word"] for each in draw(visitor, prompt="红心")[1]["words"]] == ["红", "心"]


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (
            {"prompt": "blu dragn"},
            "never saw these words: blu, dragn",
            "从未见过这些词：blu, dragn",
        ),
        ({"negative": "xyzzy"}, "never saw these words: xyzzy", "从未见过这些词：xyzzy"),
        ({"prompt": " "}, "The prompt is empty", "开头是空的"),
        ({"prompt": None}, "The prompt is empty", "开头是空的"),
        ({"prompt": "blue " * 500}, "2,500 characters; at most 200", "2,500 个字符；最多读取 200"),
        ({"count": "1000"}, "pictures must be one of 1, 4, 16", "图片数应为以下之一"),
        ({"steps": 51}, "steps must be from 1 to 50", "应在 1 到 50 之间"),
        ({"guidance": -1}, "guidance must be from 0 to 10", "应在 0 到 10 之间"),
    ],
)
def test_a_mistake_is_told_in_both_languages(app, change, english, chinese):
    in_english, in_chinese = told(
        app.url, "diffusion_emoji", [*GOOD.values()], [*{**GOOD, **change}.values()]
    )
    assert english in in_english
    assert chinese in in_chinese
