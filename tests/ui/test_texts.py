"""Half a character, which JSON can hold and nothing can send: one check for every text of every
event, and messages that hold none.
"""

import inspect
import json
from collections.abc import Callable
from typing import Any

import gradio as gr
import pytest

from aigc_demo.app import build_app
from aigc_demo.core import errors
from aigc_demo.core.errors import DemoError, check_choice, check_number
from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing
from tests.helpers.server import Server, call

HALVES = ["\ud83d", "ROMEO \udc4d", {"sentence": ["to be", {"deep": "\ud800or not"}]}]


@pytest.fixture(scope="module")
def blocks() -> gr.Blocks:
    return build_app()


def events(blocks: gr.Blocks) -> list[Any]:
    """Return the events that call Python with something that a visitor sends."""
    return [
        fn for fn in blocks.fns.values() if fn.fn is not None and (fn.inputs or takes_data(fn.fn))
    ]


def takes_data(handler: Callable[..., Any]) -> bool:
    return any(
        "EventData" in str(parameter.annotation)
        for parameter in inspect.signature(handler).parameters.values()
    )


def message(handler: Callable[..., Any], inputs: list[Any]) -> str:
    """Return what a handler, or the first step of one that streams, raises as an explanation."""
    with pytest.raises(gr.Error) as caught:
        answer = handler(*inputs)
        next(answer)
    return caught.value.message


@pytest.mark.parametrize("half", HALVES, ids=["alone", "in a text", "deep"])
def test_every_event_explains_half_a_character_in_any_of_its_inputs(blocks, half):
    found = events(blocks)
    assert len(found) > 80
    for event in found:
        data = [gr.EventData(None, half)] if takes_data(event.fn) else []
        for place in range(len(event.inputs)):
            inputs = [half if place == other else "" for other in range(len(event.inputs))]
            assert "holds half a character" in message(event.fn, inputs + data), event.fn
        if data:
            assert "holds half a character" in message(
                event.fn, ["" for _ in event.inputs] + data
            ), event.fn


@pytest.mark.parametrize("half", HALVES, ids=["alone", "in a text", "deep"])
def test_every_server_function_explains_half_a_character_or_leaves_it_to_the_queue(blocks, half):
    found = [
        getattr(block, name)
        for block in blocks.blocks.values()
        if isinstance(block, Drawing)
        for name in vars(block)
        if is_server(block, name)
    ]
    assert {function.__name__ for function in found} >= {
        "receive",
        "play",
        "look",
        "first_result",
        "point",
        "traverse",
    }
    for function in found:
        for asked in (half, {"drawing": half, "first": half, "token": half}):
            answer = function(asked)
            assert answer is None or "holds half a character" in answer["problem"]["en"], function


def is_server(block: Any, name: str) -> bool:
    return getattr(getattr(block, name), "_is_server_fn", False)


@pytest.mark.parametrize(
    ("event", "inputs"),
    [
        ("llm_guess", ["The \ud83d is [here].", 3]),
        ("gan_sample", ["\udfff", 3, 0.8]),
        ("diffusion_emoji", ["red \ud83c apple", "", "1", 0, 1, 3.0, "DDIM", 0.0]),
        ("llm_hub_look", ["owner/\ud83d"]),
    ],
)
def test_the_event_stream_brings_the_explanation(app: Server, event, inputs):
    answer = call(app.url, event, inputs)
    assert "half a character, U+" in answer.message


@pytest.mark.parametrize(
    "value",
    ["\ud83d", "a\x00b\x1b[31m", "\u202eevil", "x\udfff" * 9, ["\ud83d"], "\ud83d" * 100_000],
    ids=range(6),
)
def test_a_message_that_repeats_an_input_can_always_be_sent(value):
    for check in (
        lambda: check_choice("sampler", value, ["DDIM"]),
        lambda: check_number("seed", value, 0, 1),
        lambda: raw(value),
    ):
        with pytest.raises(DemoError) as caught:
            check()
        for text in language.error_both(caught.value).values():
            assert json.loads(json.dumps(text).encode("utf-8")) == text
            text.encode("utf-8")
            assert not set(text) & {"\x00", "\x1b", "\u202e"}
            assert len(text) < 2_200


def raw(value: object) -> None:
    raise DemoError("There is no recipe {name}. There are: {names}.", name=value, names="none")


def test_whole_texts_pass_however_deep():
    deep: Any = "月🙂👨‍👩‍👧"
    for _ in range(5_000):
        deep = [deep, {"x": 1}]
    errors.check_texts(deep)
    with pytest.raises(DemoError, match="half a character"):
        errors.check_texts([deep, {"\ud83d": 1}])
