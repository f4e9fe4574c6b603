"""Whatever a public event is sent, it answers with a result, with a message that explains, or with
HTTP 4xx; and it goes on serving.

AIGC_DEMO_FUZZ=2000 tries so many inputs instead of a hundred.
"""

import json
import os
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.calls import GOOD, in_time
from tests.helpers.server import Answer, Server, call

COUNT = int(os.environ.get("AIGC_DEMO_FUZZ", "120"))
SLOW = ("hub", "train")  # what asks a network that is not there, and what trains before it can fail

VALUES: list[Callable[[random.Random], Any]] = [
    lambda r: None,
    lambda r: r.choice([True, False]),
    lambda r: r.choice([float("nan"), float("inf"), float("-inf"), -0.0, 1e308, -1e308, 5e-324]),
    lambda r: r.choice([-1, 2**31, 2**63, -(2**63), 10**400, -(10**400)]),
    lambda r: r.choice([0.5, 1.0000001, 1e9, -3]),
    lambda r: r.choice(["", " ", "\x00", "\u202e", "\ud83d", "a\udc00b", "\ufeff", "�"]),
    lambda r: r.choice(
        [
            "<img src=x onerror=alert(1)>",
            "{0}",
            "{value}",
            "%s",
            "../../etc/passwd",
            "'; --",
            "$(id)",
        ]
    ),
    lambda r: r.choice(["a", "中", "👩‍🚀", "e\u0301", "𝕏"]) * r.choice([1, 100, 100_000]),
    lambda r: "".join(
        chr(
            r.choice(
                [r.randrange(1, 128), r.randrange(0x4E00, 0x9FFF), r.randrange(0x1F300, 0x1FAFF)]
            )
        )
        for _ in range(r.randrange(1, 40))
    ),
    lambda r: [],
    lambda r: {},
    lambda r: [[None]] * r.randrange(1, 5),
    lambda r: [r.uniform(-9, 9) for _ in range(r.choice([1, 2, 3, 1000]))],
    lambda r: [
        [r.uniform(-9, 9) for _ in range(r.choice([1, 2, 3]))]
        for _ in range(r.choice([1, 7, 3000]))
    ],
    lambda r: nested(r.choice([5, 60, 400])),
    lambda r: {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
    lambda r: {"__type__": "update", "value": "x"},
    lambda r: "data:image/png;base64," + r.choice(["", "####", "iVBORw0KGgo=", "A" * 1000]),
]


def nested(depth: int) -> Any:
    value: Any = "deep"
    for level in range(depth):
        value = [value] if level % 2 else {"a": value}
    return value


def events(url: str) -> dict[str, list[Any]]:
    """Return the inputs with which each public event's own page begins, by its name."""
    with urllib.request.urlopen(f"{url}/gradio_api/info", timeout=60) as answer:
        named = json.load(answer)["named_endpoints"]
    return {
        name.strip("/"): [
            each.get("parameter_default", each.get("example_input")) for each in event["parameters"]
        ]
        for name, event in named.items()
    }


def spoilt(inputs: list[Any], r: random.Random) -> list[Any]:
    """Return `inputs` with one or more of them replaced, now and then too few or too many."""
    bad = list(inputs)
    for _ in range(r.choice([1, 1, 1, 2, max(len(bad), 1)])):
        if bad:
            bad[r.randrange(len(bad))] = r.choice(VALUES)(r)
    return r.choice([bad] * 18 + [bad[:-1], [*bad, "more"]])


def ask(url: str, event: str, inputs: list[Any]) -> Answer | int:
    """Return what the event answers, or the HTTP status with which it is refused."""
    try:
        return call(url, event, inputs)
    except urllib.error.HTTPError as refusal:
        return refusal.code


def lasting(answer: Answer | int) -> str:
    """Return what is the same at each call: times and what is made of them are not."""
    assert isinstance(answer, Answer) and answer.status == "complete"
    return json.dumps(
        [value for value in answer.data if isinstance(value, dict) and "sheet" in value]
    )


@pytest.fixture(scope="module")
def known(app: Server) -> dict[str, list[Any]]:
    return events(app.url)


@pytest.mark.parametrize("part", range(4))
def test_bad_inputs_are_explained_and_nothing_breaks(app, known, part):
    names = sorted(name for name in known if not any(word in name for word in SLOW))
    assert len(names) > 20
    before = {
        event: lasting(ask(app.url, event, [*GOOD[event].values()]))
        for event in ("gan_sample", "diffusion_noise")
    }
    r, problems = random.Random(part), []
    for number in range(COUNT // 4):
        event = names[(number * 4 + part) % len(names)]
        inputs = spoilt(known[event], r)
        began = time.monotonic()
        answer = ask(app.url, event, inputs)
        seconds = time.monotonic() - began
        refused = isinstance(answer, int) and 400 <= answer < 500
        explained = isinstance(answer, Answer) and (
            answer.status == "complete" or bool(answer.data and answer.data.get("error"))
        )
        late = isinstance(answer, Answer) and answer.status == "error" and not in_time(seconds, 1)
        if late or not (refused or explained):
            problems.append((event, json.dumps(inputs)[:300], str(answer)[:200], round(seconds, 1)))
    assert problems == []
    for event, result in before.items():
        assert lasting(ask(app.url, event, [*GOOD[event].values()])) == result
