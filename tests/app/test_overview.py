"""The contest through the API: what comes back, and what bad input is told."""

import base64
import io
from typing import Any

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.helpers.server import Server, told

GOOD = ["4", 7]


@pytest.fixture(scope="module")
def outputs(app: Server) -> list[dict[str, Any]]:
    """All that one call streams."""
    job = Client(app.url, verbose=False).submit(*GOOD, api_name="/overview_contest")
    job.result()
    return job.outputs()


def test_four_entries_come_one_by_one_and_the_last_answer_has_all(outputs):
    names = [list(output["entries"]) for output in outputs]
    assert names[-1] == ["gan", "vae", "few", "many"]
    assert [output["finished"] for output in outputs] == [False] * (len(outputs) - 1) + [True]
    assert all(
        earlier == later[: len(earlier)] for earlier, later in zip(names, names[1:], strict=False)
    )


def test_every_entry_has_eight_pictures_and_what_was_measured_of_them(outputs):
    value = outputs[-1]
    assert (value["digit"], value["seed"], value["count"], value["nearest"]) == (4, 7, 8, "unset")
    for name, entry in value["entries"].items():
        pixels = np.asarray(
            Image.open(io.BytesIO(base64.b64decode(entry["sheet"].partition(",")[2])))
        )
        assert pixels.shape == (28, 8 * 28)
        assert len(entry["reads"]) == 8
        assert entry["milliseconds"] > 0
        assert entry["diversity"] > 0
        assert entry["weights"] > 100_000
        assert entry["right"] == (None if name == "vae" else entry["reads"].count(4) / 8)
        assert entry["nearest"] is entry["apart"] is None  # the training pictures are not shipped
    assert (
        value["entries"]["many"]["milliseconds"]
        > value["entries"]["few"]["milliseconds"]
        > value["entries"]["gan"]["milliseconds"]
    )
    assert value["entries"]["vae"]["drawn"] > 8 == value["entries"]["gan"]["drawn"]


@pytest.mark.parametrize(
    ("changed", "english", "chinese"),
    [
        ({0: "all"}, "digit must be one of", "数字"),
        ({0: 4}, "digit must be one of", "数字"),
        ({1: -1}, "seed must be from 0", "随机种子"),
        ({1: 2.5}, "seed must be a whole number", "随机种子"),
        ({1: None}, "seed must be a number", "随机种子"),
    ],
)
def test_a_mistake_is_explained_in_both_languages(app, changed, english, chinese):
    bad = [changed.get(i, value) for i, value in enumerate(GOOD)]
    in_english, in_chinese = told(app.url, "overview_contest", GOOD, bad)
    assert english in in_english
    assert chinese in in_chinese
