"""What bad input is told: the field, the range, what to do, in both languages; and the app goes on
serving.
"""

import base64
import math
from typing import Any

import numpy as np
import pytest

from tests.helpers import server
from tests.helpers.calls import GOOD, a_seven, bomb, data_uri, png
from tests.helpers.server import Server, call

# field as it is named in messages: (event, input, lowest, highest, name in Chinese)
NUMBERS = {
    "temperature": ("text_generate", "temperature", 0.1, 2, "温度"),
    "length": ("text_generate", "length", 1, 2000, "长度"),
    "seed": ("text_generate", "seed", 0, 2**31 - 1, "随机种子"),
    "top-k": ("text_generate", "top_k", 0, 1000, "Top-k"),
    "top-p": ("text_generate", "top_p", 0.01, 1, "Top-p"),
    "min-p": ("text_generate", "min_p", 0, 1, "Min-p"),
    "seed of a grid": ("gan_sample", "seed", 0, 2**31 - 1, "随机种子"),
    "truncation": ("gan_sample", "truncation", 0, 1.5, "截断"),
    "seed of a walk": ("gan_walk", "seed", 0, 2**31 - 1, "随机种子"),
    "seed at a walk's end": ("gan_walk", "goal", 0, 2**31 - 1, "随机种子"),
    "truncation of a walk": ("gan_walk", "truncation", 0, 1.5, "截断"),
    "pictures": ("diffusion_denoise", "count", 1, 16, "图片数"),
    "steps": ("diffusion_denoise", "steps", 1, 100, "步数"),
    "guidance": ("diffusion_denoise", "guidance", 0, 10, "引导强度"),
    "seed of a film": ("diffusion_denoise", "seed", 0, 2**31 - 1, "随机种子"),
    "seed of a drawing": ("diffusion_noise", "seed", 0, 2**31 - 1, "随机种子"),
}
WHOLE = [
    field
    for field, (_, key, *_) in NUMBERS.items()
    if key in ("length", "seed", "goal", "top_k", "count", "steps")
]


def told(app: Server, event: str, **changes: Any) -> tuple[str, str]:
    return server.told(
        app.url, event, list(GOOD[event].values()), list({**GOOD[event], **changes}.values())
    )


def test_the_language_is_the_addresss_and_else_the_browsers(app):
    def message(**headers: str) -> str:
        return call(
            app.url,
            "text_generate",
            list({**GOOD["text_generate"], "prompt": ""}.values()),
            **headers,
        ).message

    english, chinese = message(), message(Referer=f"{app.url}/?lang=zh")
    assert (english[:10], chinese[:5]) == ("The prompt", "开头是空的")
    assert message(**{"Accept-Language": "zh-CN,zh;q=0.9"}) == chinese
    assert message(**{"Accept-Language": "fr,zh;q=0.5"}) == chinese
    assert message(**{"Accept-Language": "fr,zh;q=0"}) == english
    assert (
        message(**{"Accept-Language": "zh-CN,zh;q=0.9", "Referer": f"{app.url}/?tab=text&lang=en"})
        == english
    )
    assert (
        message(**{"Accept-Language": "zh-CN,zh;q=0.9", "Referer": f"{app.url}/?lang=klingon"})
        == chinese
    )


# what else there is: tests/test_errors.py
@pytest.mark.parametrize("value", [-1e9, math.inf, math.nan, None, "seven"], ids=str)
@pytest.mark.parametrize("field", NUMBERS)
def test_a_bad_number_is_told_its_field_and_range(app, visitor, field, value):
    event, key, low, high, in_chinese = NUMBERS[field]
    english, chinese = told(app, event, **{key: value})
    assert english.startswith(field.split(" of ")[0].split(" at ")[0] + " must be")
    assert chinese.startswith(in_chinese)
    for message in (english, chinese):
        assert f"{low:,}" in message
        assert f"{high:,}" in message


@pytest.mark.parametrize("field", NUMBERS)
def test_just_outside_is_outside_and_the_ends_are_inside(app, visitor, field):
    event, key, low, high, _ = NUMBERS[field]
    step = 1 if field in WHOLE else 0.001
    assert (
        "is outside"
        in call(app.url, event, list({**GOOD[event], key: low - step}.values())).message
    )
    assert (
        "is outside"
        in call(app.url, event, list({**GOOD[event], key: high + step}.values())).message
    )
    assert call(app.url, event, list({**GOOD[event], key: low}.values())).status == "complete"
    if key not in ("length", "steps"):  # the longest runs are for another test
        assert call(app.url, event, list({**GOOD[event], key: high}.values())).status == "complete"


@pytest.mark.parametrize("field", WHOLE)
def test_half_a_seed_is_not_rounded(app, visitor, field):
    event, key, *_ = NUMBERS[field]
    assert "whole number" in told(app, event, **{key: 2.5})[0]


@pytest.mark.parametrize("value", ["ten", "", 3, None, ["3"]], ids=repr)
@pytest.mark.parametrize(("event", "key", "one", "in_chinese"), [
    ("gan_sample", "digit", "9", "数字"),
    ("gan_walk", "digit", "9", "数字"),
    ("diffusion_denoise", "digit", "9", "数字"),
    ("diffusion_denoise", "sampler", "DDPM", "采样器"),
])  # fmt: skip
def test_an_unknown_choice_is_told_what_there_is(app, visitor, event, key, one, in_chinese, value):
    english, chinese = told(app, event, **{key: value})
    assert english.startswith(f"{key} must be one of")
    assert chinese.startswith(in_chinese)
    assert one in english
    assert one in chinese


def test_an_empty_prompt_is_told_what_to_type(app, visitor):
    english, chinese = told(app, "text_generate", prompt="")
    assert "prompt is empty" in english
    assert "ROMEO:" in english
    assert "开头是空的" in chinese


@pytest.mark.parametrize("value", [None, 7, True, ["a"], {"a": "b"}], ids=repr)
def test_a_prompt_that_is_no_text_is_refused(app, visitor, value):
    english, chinese = told(app, "text_generate", prompt=value)
    assert "prompt" in english
    assert "开头" in chinese


def test_a_prompt_of_100_000_characters_is_told_the_limit(app, visitor):
    english, chinese = told(app, "text_generate", prompt="a" * 100_000)
    assert "100,000" in english
    assert "2,000" in english
    assert "100,000" in chinese
    assert "2,000" in chinese


def test_unknown_characters_are_named(app, visitor):
    english, chinese = told(app, "text_generate", prompt="To 中 be 🙂 or \x00")
    for name in ("中", "🙂", "U+0000"):
        assert name in english.partition("knows")[0]
        assert name in chinese


SEVEN = base64.b64decode(a_seven().partition(",")[2])
DRAWINGS = {
    "nothing": (None, "is empty"),
    "no text": ("", "is empty"),
    "all black": (png(np.zeros((280, 280), np.uint8)), "is empty"),
    "a number": (5, "drawing"),
    "an object": ({"a": 1}, "drawing"),
    "plain text": ("hello", "drawing"),
    "an address": ("https://example.com/seven.png", "drawing"),
    "no content": (data_uri(b""), "not a whole PNG"),
    "not base64": ("data:image/png;base64,####", "not a whole PNG"),
    "not ASCII": ("data:image/png;base64,é", "not a whole PNG"),
    "not a PNG": (data_uri(b"GIF89a" + bytes(100)), "not a whole PNG"),
    "truncated in its header": (data_uri(SEVEN[:20]), "not a whole PNG"),
    "truncated in its pixels": (data_uri(SEVEN[: len(SEVEN) // 2]), "not a whole PNG"),
    "a broken header": (data_uri(SEVEN[:11] + b"\x05" + SEVEN[12:]), "not a whole PNG"),
    "a bomb": (bomb(20_000), "pixels"),
    "a small bomb": (bomb(2_000), "too many pixels; at most 1024"),
    "no pixels": (bomb(0), "not a whole PNG"),
    "too long": ("data:image/png;base64," + "A" * 300_000, "at most 200,000"),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_bad_drawing_is_told_what_is_wrong(app, visitor, name):
    drawing, expected = DRAWINGS[name]
    english, chinese = told(app, "diffusion_noise", drawing=drawing)
    assert expected in english
    assert "object at 0x" not in english + chinese


def test_too_few_inputs_leave_the_app_serving(app, visitor):
    assert call(app.url, "text_generate", ["ROMEO:"]).status == "error"
    assert call(app.url, "text_generate", list(GOOD["text_generate"].values())).status == "complete"
