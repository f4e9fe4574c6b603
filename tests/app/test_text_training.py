"""The time machine and the poems through the API."""

import pytest
from gradio_client import Client

from tests.helpers.server import Server, told

REPLAY = ["Transformer", "ROMEO:\n", 0.8, 40, 7]
POEMS = ["春夜", "", 0.8, 3]


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


@pytest.mark.parametrize("model", ["RNN", "LSTM", "Transformer"])
def test_a_model_is_replayed_from_untrained_to_finished_and_its_surprise_falls(visitor, model):
    replayed = visitor.predict(*[model, *REPLAY[1:]], api_name="/text_replay")
    snapshots = replayed["snapshots"]
    assert replayed["finished"]
    assert len(snapshots) >= 10
    assert snapshots[0]["step"] == 0
    assert [m["step"] for m in snapshots] == sorted({m["step"] for m in snapshots})
    assert all(len(m["text"]) == 40 for m in snapshots)
    assert snapshots[0]["bits"] > 4 > snapshots[-1]["bits"]
    assert replayed["curve"]["losses"][0] > 4 > 2 > replayed["curve"]["losses"][-1]


def test_the_finished_moment_is_what_the_model_writes(visitor):
    snapshots = visitor.predict(*REPLAY, api_name="/text_replay")["snapshots"]
    columns = visitor.predict("ROMEO:\n", 0.8, 40, 7, 0, 1.0, 0.0, api_name="/text_generate")
    assert snapshots[-1]["text"] == columns[2]["text"]


def test_four_poems_are_composed_each_from_its_own_seed(visitor):
    value = visitor.predict(*POEMS, api_name="/text_poems")
    again = visitor.predict(*[*POEMS[:3], 4], api_name="/text_poems")
    assert [poem["seed"] for poem in value["poems"]] == [3, 4, 5, 6]
    assert all(poem["title"] == "春夜" for poem in value["poems"])
    assert sum(bool(poem["lines"]) for poem in value["poems"]) > 1
    assert [poem["lines"] for poem in value["poems"][1:]] == [
        poem["lines"] for poem in again["poems"][:3]
    ]


def test_a_first_line_is_kept(visitor):
    poems = visitor.predict("", "小雨过山家", 0.8, 0, api_name="/text_poems")["poems"]
    assert all(poem["lines"][0] == "小雨过山家" for poem in poems)


@pytest.mark.parametrize(
    ("event", "inputs", "english", "chinese"),
    [
        (
            "text_replay",
            ["GPT", *REPLAY[1:]],
            "model must be one of RNN, LSTM, Transformer, Tang",
            "模型",
        ),
        ("text_replay", ["LSTM", "", *REPLAY[2:]], "The prompt is empty", "开头是空的"),
        (
            "text_poems",
            ["春", "明月照", 0.8, 0],
            "3 characters; a line has 5 or 7",
            "一句应为 5 个字或 7 个字",
        ),
        ("text_poems", ["春" * 31, "", 0.8, 0], "at most 30", "最多读取 30"),
        ("text_poems", ["moon", "", 0.8, 0], "m o n", "m o n"),
        ("text_poems", ["春", "", 9, 0], "temperature must be from 0.1 to 2", "温度"),
    ],
)
def test_a_mistake_is_explained_in_both_languages(app, event, inputs, english, chinese):
    in_english, in_chinese = told(
        app.url, event, {"text_replay": REPLAY, "text_poems": POEMS}[event], inputs
    )
    assert english in in_english
    assert chinese in in_chinese
