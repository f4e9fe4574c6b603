"""The event text_merges: a text that byte-pair encoding ties together."""

import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.server import Server

TEXT = "the cat, the hat\n模型读语言，语言教模型"


def told(app: Server, text: object, merges: object) -> tuple[str, str]:
    return server.told(app.url, "text_merges", ["aa", 1], [text, merges])


def test_a_text_is_merged_frame_by_frame(app):
    value, happened = Client(app.url, verbose=False).predict(TEXT, 300, api_name="/text_merges")
    frames = value["frames"]
    assert (frames[0]["pair"], frames[0]["tokens"], frames[0]["vocabulary"]) == (
        None,
        len(TEXT),
        len(set(TEXT)),
    )
    assert all(
        later["tokens"] < earlier["tokens"]
        for earlier, later in zip(frames, frames[1:], strict=False)
    )
    assert ["模", "型"] in [frame["pair"] for frame in frames]
    assert value["exhausted"]
    assert value["ids"][0] is not None  # the Shakespeare models know t
    assert value["ids"][TEXT.index("模")] is None
    assert f"{len(frames) - 1} merges: {len(TEXT)} tokens became {frames[-1]['tokens']}" in happened


def test_as_many_merges_as_were_asked_for(app):
    value, _ = Client(app.url, verbose=False).predict(TEXT, 2, api_name="/text_merges")
    assert len(value["frames"]) == 3
    assert not value["exhausted"]


@pytest.mark.parametrize(("text", "english", "chinese"), [
    ("", "The text is empty", "文本是空的"),
    (None, "The text is empty", "文本是空的"),
    (5, "The text is empty", "文本是空的"),
    ("a" * 1_000_000, "1,000,000 characters; at most 1,000 are read", "最多读取 1,000 个"),
])  # fmt: skip
def test_a_bad_text_is_told_what_is_wrong(app, text, english, chinese):
    answers = told(app, text, 5)
    assert english in answers[0]
    assert chinese in answers[1]


@pytest.mark.parametrize("merges", [0, 301, 2.5, None, "nine", True])
def test_a_bad_number_of_merges_is_told_the_range(app, merges):
    english, chinese = told(app, "aa", merges)
    assert english.startswith("merges must be")
    assert chinese.startswith("合并次数")
    assert "300" in english
    assert "300" in chinese
