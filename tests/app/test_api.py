"""Every public event, as a program calls it: what comes back, how soon, from which seed, and what bad input is told."""

import base64
import concurrent.futures
import io
import math
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.server import Server, call

# The inputs of a good, cheap call of each event, in the events' order.
GOOD = {
    "text_generate": {"prompt": "ROMEO:\n", "temperature": 0.8, "length": 30, "seed": 7, "top_k": 0, "top_p": 1.0},
    "gan_sample": {"digit": "3", "seed": 3, "truncation": 0.8},
    "gan_walk": {"digit": "3", "seed": 3, "goal": 33, "truncation": 0.8},
    "diffusion_denoise": {"digit": "3", "count": 1, "seed": 5, "steps": 2, "sampler": "DDIM", "guidance": 2.0},
}
TITLES = ["RNN", "LSTM", "Transformer"]


def png(picture: np.ndarray) -> str:
    """Gives back a data URI of a grey picture (H, W) uint8."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return data_uri(buffer.getvalue())


def data_uri(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def bomb(side: int) -> str:
    """Gives back a tiny PNG that claims to be `side` pixels wide and high."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return data_uri(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))


def a_seven() -> str:
    """Gives back a drawing: white strokes on black."""
    picture = np.zeros((280, 280), np.uint8)
    picture[60:85, 70:210] = picture[60:230, 180:205] = 255
    return png(picture)


GOOD["diffusion_noise"] = {"drawing": a_seven(), "seed": 5}


def sheet(film: dict[str, Any]) -> np.ndarray:
    """Gives back the pictures of a film, or of a grid, as one grey picture."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(film["sheet"].partition(",")[2]))).convert("L"))


def pictures(film: dict[str, Any]) -> np.ndarray:
    """Gives back a film's pictures (tracks, frames, H, W) uint8."""
    tracks, frames, height, width = len(film["tracks"]), film["frames"], film["height"], film["width"]
    assert sheet(film).shape == (tracks * height, frames * width)
    return sheet(film).reshape(tracks, height, frames, width).transpose(0, 2, 1, 3)


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    """A visitor who comes after the models are awake."""
    client = Client(app.url, verbose=False)
    for event in GOOD:
        run(client, event)
    return client


def run(client: Client, event: str, **changes: Any) -> Any:
    """Gives back the last outputs of `event` with its good inputs, some of them changed."""
    return client.predict(*{**GOOD[event], **changes}.values(), api_name=f"/{event}")


def lasting(result: Any) -> Any:
    """Gives back what a seed settles: everything but the times that were measured."""
    if isinstance(result, tuple | list):
        return [lasting(part) for part in result if not (isinstance(part, str) and 'class="en"' in part)]
    return {key: value for key, value in result.items() if key != "characters_per_second"}


def best_of_five(measure: Callable[[], float]) -> float:
    return min(measure() for _ in range(5))


def test_the_public_events_are_exactly_these(visitor):
    assert set(visitor.view_api(print_info=False, return_format="dict")["named_endpoints"]) == {f"/{event}" for event in GOOD}


def test_text_is_streamed_in_three_columns_and_the_last_is_whole(visitor):
    job = visitor.submit(*{**GOOD["text_generate"], "length": 400}.values(), api_name="/text_generate")
    job.result()
    yields = job.outputs()
    assert len(yields) >= 4
    for i, title in enumerate(TITLES):
        texts = [columns[i]["text"] for columns in yields]
        assert all(later.startswith(earlier) for earlier, later in zip(texts, texts[1:], strict=False))
        assert [columns[i]["finished"] for columns in yields] == [False] * (len(yields) - 1) + [True]
        last = yields[-1][i]
        assert (last["name"], last["prompt"], len(last["text"])) == (title, "ROMEO:\n", 400)
        assert 0 < last["bits_per_character"] < 6
        assert last["characters_per_second"] > 0
        assert set(last["about"]) == {"en", "zh"}
    assert "Seed 7" in yields[-1][3]
    assert "种子 7" in yields[-1][3]


def test_the_first_text_arrives_within_a_second(visitor):
    def measure() -> float:
        began = time.monotonic()
        job = visitor.submit(*{**GOOD["text_generate"], "length": 200}.values(), api_name="/text_generate")
        next(iter(job))
        seconds = time.monotonic() - began
        job.result()
        return seconds

    assert best_of_five(measure) <= 1


def test_a_grid_has_a_picture_and_a_verdict_for_every_digit(visitor):
    grid, happened = run(visitor, "gan_sample", digit="all")
    assert sheet(grid).shape == (4 * 28, 10 * 28)
    assert (grid["columns"], grid["width"], grid["height"]) == (10, 28, 28)
    assert len(grid["verdicts"]) == len(grid["descriptions"]) == 40
    assert all(0 <= verdict <= 1 for verdict in grid["verdicts"])
    assert all(f"Digit {i % 10}, seed {3 + i // 10}" in text["en"] for i, text in enumerate(grid["descriptions"]))
    assert "40 digits" in happened
    one, _ = run(visitor, "gan_sample", digit="8")
    assert all(f"Digit 8, seed {3 + i}" in text["en"] for i, text in enumerate(one["descriptions"]))


def test_a_walk_begins_at_one_seed_and_ends_at_the_other(visitor):
    film = run(visitor, "gan_walk")
    assert pictures(film).shape == (1, 49, 28, 28)
    assert len(film["captions"]) == 49
    here, there = (sheet(run(visitor, "gan_sample", seed=seed)[0])[:28, :28].astype(int) for seed in (3, 33))
    assert abs(pictures(film)[0, 0] - here).max() <= 1
    assert abs(pictures(film)[0, -1] - there).max() <= 1
    every = run(visitor, "gan_walk", digit="all")
    assert (every["width"], every["height"]) == (5 * 28, 2 * 28)


def test_a_film_shows_every_step_and_the_result(visitor):
    film, forward, happened = run(visitor, "diffusion_denoise", steps=5, count=16, digit="all")
    assert pictures(film).shape == (3, 6, 4 * 28, 4 * 28)
    assert [track["symbol"] for track in film["tracks"]] == ["x_t", "x̂_0", "ε̂"]
    assert len(film["captions"]) == len(film["curve"]["markers"]) == 6
    assert film["captions"][0]["en"].startswith("Step 1 of 5")
    assert not film["live"]
    assert np.array_equal(pictures(film)[0, -1], pictures(film)[1, -1])
    assert pictures(forward).shape == (2, 51, 28, 28)
    back, result = pictures(forward)[0, 0], pictures(film)[0, -1][:28, :28]
    assert np.corrcoef(back.ravel(), result.ravel())[0, 1] > 0.99  # the way back begins at the result
    assert "16 × 5 DDIM" in happened


def test_a_drawing_turns_to_noise(visitor):
    film = run(visitor, "diffusion_noise")
    track = pictures(film)[0]
    drawn = np.asarray(Image.open(io.BytesIO(base64.b64decode(a_seven().partition(",")[2]))).resize((28, 28), Image.Resampling.LANCZOS))
    assert track.shape == (51, 28, 28)
    likeness = [np.corrcoef(drawn.ravel(), frame.ravel())[0, 1] for frame in track[[0, 10, 25, 50]]]
    assert likeness[0] > 0.95
    assert likeness == sorted(likeness, reverse=True)
    assert abs(likeness[-1]) < 0.2
    assert film["captions"][-1]["en"].startswith("t = 999: 0.0")


@pytest.mark.parametrize("event", GOOD)
def test_a_seed_settles_the_result(visitor, event):
    first = lasting(run(visitor, event))
    assert lasting(run(visitor, event)) == first
    assert lasting(run(visitor, event, seed=6)) != first


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        ("text_generate", {"prompt": "JULIET:\n"}),
        ("text_generate", {"temperature": 1.6}),
        ("text_generate", {"top_k": 2}),
        ("text_generate", {"top_p": 0.3}),
        ("gan_sample", {"digit": "4"}),
        ("gan_sample", {"truncation": 1.2}),
        ("gan_walk", {"digit": "4"}),
        ("gan_walk", {"goal": 34}),
        ("diffusion_denoise", {"digit": "4"}),
        ("diffusion_denoise", {"count": 2}),
        ("diffusion_denoise", {"steps": 3}),
        ("diffusion_denoise", {"sampler": "DDPM"}),
        ("diffusion_denoise", {"guidance": 6}),
    ],
)
def test_every_control_changes_the_result(visitor, event, changes):
    assert lasting(run(visitor, event, **changes)) != lasting(run(visitor, event))


def test_16_digits_in_25_steps_take_at_most_3_seconds(visitor):
    def measure() -> float:
        began = time.monotonic()
        run(visitor, "diffusion_denoise", digit="all", count=16, steps=25)
        return time.monotonic() - began

    assert best_of_five(measure) <= 3


def test_four_visitors_at_once_get_what_each_gets_alone(app, visitor):
    wishes = [(event, {"seed": seed}) for seed in (11, 12) for event in GOOD]
    alone = [lasting(run(visitor, event, **changes)) for event, changes in wishes]
    visitors = [Client(app.url, verbose=False) for _ in range(4)]

    def ask(client: Client) -> list[Any]:
        start = visitors.index(client)  # each begins with another event
        return [(i, lasting(run(client, wishes[i][0], **wishes[i][1]))) for i in (*range(start, len(wishes)), *range(start))]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for answers in pool.map(ask, visitors):
            for i, answer in answers:
                assert answer == alone[i], wishes[i]


def test_who_stops_writing_makes_room_for_the_next(app, visitor):
    writer = Client(app.url, verbose=False)
    whole = time.monotonic()
    run(visitor, "text_generate", length=200)
    whole = 10 * (time.monotonic() - whole)  # about what 2,000 characters take
    job = writer.submit(*{**GOOD["text_generate"], "length": 2000}.values(), api_name="/text_generate")
    next(iter(job))
    began = time.monotonic()
    job.cancel()
    run(visitor, "gan_sample")
    assert time.monotonic() - began < max(1, whole / 4)
    assert not any(outputs[0]["finished"] for outputs in job.outputs())


# field as it is named in messages: (event, input, lowest, highest, name in Chinese)
NUMBERS = {
    "temperature": ("text_generate", "temperature", 0.1, 2, "温度"),
    "length": ("text_generate", "length", 1, 2000, "长度"),
    "seed": ("text_generate", "seed", 0, 2**31 - 1, "随机种子"),
    "top-k": ("text_generate", "top_k", 0, 1000, "Top-k"),
    "top-p": ("text_generate", "top_p", 0.01, 1, "Top-p"),
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
WHOLE = [field for field, (_, key, *_) in NUMBERS.items() if key in ("length", "seed", "goal", "top_k", "count", "steps")]


def told(app: Server, event: str, **changes: Any) -> tuple[str, str]:
    """Gives back the messages, English and Chinese, to a bad call of `event`; a good call after it is answered."""
    inputs = list({**GOOD[event], **changes}.values())
    english = call(app.url, event, inputs, **{"Accept-Language": "en-US"}).message
    chinese = call(app.url, event, inputs, Referer=f"{app.url}/?tab=text&lang=zh", **{"Accept-Language": "en-US"}).message
    assert call(app.url, event, list(GOOD[event].values())).status == "complete"
    assert any("一" <= character <= "鿿" for character in chinese)
    assert english != chinese
    return english, chinese


def test_the_language_is_the_addresss_and_else_the_browsers(app):
    def message(**headers: str) -> str:
        return call(app.url, "text_generate", list({**GOOD["text_generate"], "prompt": ""}.values()), **headers).message

    english, chinese = message(), message(Referer=f"{app.url}/?lang=zh")
    assert (english[:10], chinese[:5]) == ("The prompt", "开头是空的")
    assert message(**{"Accept-Language": "zh-CN,zh;q=0.9"}) == chinese
    assert message(**{"Accept-Language": "fr,zh;q=0.5"}) == english
    assert message(**{"Accept-Language": "zh-CN,zh;q=0.9", "Referer": f"{app.url}/?tab=text&lang=en"}) == english
    assert message(**{"Accept-Language": "zh-CN,zh;q=0.9", "Referer": f"{app.url}/?lang=klingon"}) == chinese


@pytest.mark.parametrize("value", [-1e9, 1e15, math.nan, math.inf, -math.inf, None, "seven", True, [1], {"a": 1}], ids=str)
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
    assert "is outside" in call(app.url, event, list({**GOOD[event], key: low - step}.values())).message
    assert "is outside" in call(app.url, event, list({**GOOD[event], key: high + step}.values())).message
    assert call(app.url, event, list({**GOOD[event], key: low}.values())).status == "complete"
    if key not in ("length", "steps"):  # the longest runs are for another test
        assert call(app.url, event, list({**GOOD[event], key: high}.values())).status == "complete"


@pytest.mark.parametrize("field", WHOLE)
def test_half_a_seed_is_not_rounded(app, visitor, field):
    event, key, *_ = NUMBERS[field]
    assert "whole number" in told(app, event, **{key: 2.5})[0]


@pytest.mark.parametrize("value", ["ten", "10", "", 3, None, True, ["3"], {}], ids=repr)
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
