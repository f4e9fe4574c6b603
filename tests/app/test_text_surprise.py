"""The event text_surprise: any text, as each model reads it."""

import time

import pytest
from gradio_client import Client

from aigc_demo.text.views._shared.models import SHAKESPEARE
from tests.helpers import server
from tests.helpers.calls import in_time
from tests.helpers.server import Server, call

TEXT = "ROMEO:\nA laptop reads.\n"


def told(app: Server, text: object) -> tuple[str, str]:
    return server.told(app.url, "text_surprise", ["a"], [text])


def test_each_model_gives_bits_and_five_likeliest_for_every_character(app):
    value, happened = Client(app.url, verbose=False).predict(TEXT, api_name="/text_surprise")
    assert value["text"] == TEXT
    assert [reader["name"] for reader in value["readers"][:3]] == list(SHAKESPEARE)
    for reader in value["readers"][:3]:
        reading = reader["reading"]
        assert len(reading["bits"]) == len(reading["likeliest"]) == len(TEXT)
        assert len(reading["thousandths"]) == 5 * len(TEXT)
        assert sum(reading["bits"]) / len(TEXT) == pytest.approx(
            reader["bits_per_character"], abs=0.01
        )
        assert 0 < reader["bits_per_character"] < reader["blind"]
    assert f"{len(TEXT)} characters" in happened


def test_what_was_written_carries_the_bits_it_was_drawn_with(app):
    client = Client(app.url, verbose=False)
    inputs = {"prompt": "ROMEO:\n", "temperature": 0.8, "length": 40, "seed": 7}
    *columns, _ = client.predict(**inputs, api_name="/text_generate")
    for column in columns:
        assert len(column["surprise"]["bits"]) == 40
        assert sum(column["surprise"]["bits"]) / 40 == pytest.approx(
            column["bits_per_character"], abs=0.01
        )


def test_a_million_characters_are_told_the_limit_at_once(app):
    call(app.url, "text_surprise", ["a"])
    began = time.monotonic()
    message = call(app.url, "text_surprise", ["a" * 1_000_000]).message
    assert message == "The text has 1,000,000 characters; at most 4,000 are read."
    assert in_time(time.monotonic() - began, 0.5)
    assert "1,000,000 个字符" in told(app, "a" * 1_000_000)[1]


def test_unknown_characters_are_named(app):
    english, chinese = told(app, "To € be 🙂")
    assert "never saw these characters: € 🙂." in english
    assert "€ 🙂" in chinese


@pytest.mark.parametrize("text", ["", None, 5, ["a"], {"a": 1}], ids=repr)
def test_no_text_is_told_what_to_do(app, text):
    english, chinese = told(app, text)
    assert english.startswith("The text is empty")
    assert chinese.startswith("文本是空的")
