"""The events diffusion_picture, diffusion_fill, diffusion_variations and diffusion_walk, with
digits: their model is always there.
"""

import base64
import io
from typing import Any

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.helpers.calls import a_seven, bomb, data_uri
from tests.helpers.server import Server, call, told

PICTURE = {
    "model": "digits",
    "picture": a_seven(),
    "digit": "9",
    "words": "",
    "t": 500,
    "seed": 5,
    "steps": 4,
    "guidance": 2.0,
}
FILL = {
    "model": "digits",
    "picture": None,
    "digit": "9",
    "words": "",
    "seed": 5,
    "steps": 4,
    "guidance": 2.0,
}
VARIATIONS = {
    "model": "digits",
    "digit": "3",
    "words": "",
    "seed": 5,
    "lineage": "",
    "share": 0.4,
    "steps": 2,
    "guidance": 2.0,
}
GOAL = {"goal_digit": "8", "goal_words": "", "goal_seed": 6, "moves": "both"}
WALK = {
    **{key: VARIATIONS[key] for key in ("model", "digit", "words", "seed", "lineage")},
    **GOAL,
    "steps": 2,
    "guidance": 2.0,
}


def erased(rows: slice) -> str:
    """Return the drawn seven in the model's own size, with some rows erased."""
    seven = (
        Image.open(io.BytesIO(base64.b64decode(a_seven().partition(",")[2])))
        .convert("RGBA")
        .resize((28, 28), Image.Resampling.BOX)
    )
    pixels = np.array(seven)
    pixels[rows, :, 3] = 0
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return data_uri(buffer.getvalue())


FILL["picture"] = erased(slice(14, 28))
GOOD = {
    "diffusion_picture": PICTURE,
    "diffusion_fill": FILL,
    "diffusion_variations": VARIATIONS,
    "diffusion_walk": WALK,
}


def answered(app: Server, event: str, **changes: Any) -> Any:
    return Client(app.url, verbose=False).predict(
        *{**GOOD[event], **changes}.values(), api_name=f"/{event}"
    )


def refused(app: Server, event: str, **changes: Any) -> tuple[str, str]:
    return told(
        app.url, event, list(GOOD[event].values()), list({**GOOD[event], **changes}.values())
    )


def frames(film: dict[str, Any]) -> np.ndarray:
    """Return a film's pictures (tracks, frames, H, W)."""
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(film["sheet"].partition(",")[2]))))
    return (
        sheet.reshape(len(film["tracks"]), film["height"], film["frames"], film["width"])
        .transpose(0, 2, 1, 3)
        .astype(int)
    )


def test_a_picture_goes_into_noise_and_comes_back_as_another(app):
    film, happened = answered(app, "diffusion_picture")
    pictures = frames(film)
    assert pictures.shape == (2, 10 + 4 + 1, 28, 28)
    assert len(film["captions"]) == film["frames"]
    assert np.array_equal(pictures[0, -1], pictures[1, -1])
    assert np.abs(pictures[0, -1] - pictures[0, 0]).mean() > 3
    assert "x_{500}" in happened


def test_without_noise_the_picture_comes_back(app):
    film, happened = answered(app, "diffusion_picture", t=0)
    seven = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(a_seven().partition(",")[2]))).resize(
            (28, 28), Image.Resampling.LANCZOS
        )
    ).astype(int)
    for track in frames(film):
        assert np.array_equal(track, seven[None])
    assert "0.0 %" in happened


def test_what_is_erased_is_inpainted_and_the_rest_stays(app):
    film, happened = answered(app, "diffusion_fill")
    result = frames(film)[0, -1]
    given = np.array(Image.open(io.BytesIO(base64.b64decode(FILL["picture"].partition(",")[2]))))[
        ..., 0
    ]
    assert np.array_equal(result[:14], given[:14])
    assert result[14:].max() > 60
    assert "50 %" in happened


def test_a_neighbour_that_is_chosen_becomes_the_centre(app):
    first, _, happened = answered(app, "diffusion_variations")
    second, lineage, _ = answered(app, "diffusion_variations", lineage=" 0.4:7 ")
    assert (second["lineage"], lineage) == ("0.4:7", "0.4:7")
    pictures = [
        np.asarray(
            Image.open(io.BytesIO(base64.b64decode(value["sheet"].partition(",")[2])))
        ).astype(int)
        for value in (first, second)
    ]
    tiles = [sheet.reshape(28, 10, 28).transpose(1, 0, 2) for sheet in pictures]
    assert np.abs(tiles[1][0] - tiles[0][7]).max() <= 1
    assert len({tile.tobytes() for tile in tiles[0]}) == 10
    assert "0.92" in happened


def test_a_walk_goes_from_one_picture_to_another(app):
    film = answered(app, "diffusion_walk")
    pictures = frames(film)
    assert pictures.shape == (2, 25, 140, 140)
    steps = np.abs(np.diff(pictures[0], axis=0)).mean(axis=(1, 2))
    assert steps.max() < 3 * np.abs(pictures[0, -1] - pictures[0, 0]).mean()
    assert steps.min() > 0
    # the contact sheet ends with the last picture
    assert np.array_equal(pictures[1, -1].reshape(5, 28, 5, 28)[4, :, 4], pictures[0, -1, ::5, ::5])
    still = frames(answered(app, "diffusion_walk", moves="prompt", goal_digit="3"))[0]
    assert np.abs(still - still[:1]).max() <= 1


@pytest.mark.parametrize(
    ("event", "changes", "english", "chinese"),
    [
        ("diffusion_picture", {"picture": None}, "The drawing is empty", "画板是空的"),
        (
            "diffusion_picture",
            {"picture": data_uri(b"no picture")},
            "not a whole PNG picture",
            "不是完整的 PNG",
        ),
        ("diffusion_picture", {"picture": bomb(10_000)}, "too many pixels", "像素太多"),
        ("diffusion_picture", {"t": 1001}, "t must be from 0 to 1,000", "步数 t应在 0 到 1,000"),
        ("diffusion_picture", {"t": None}, "t must be a number", "步数 t应为"),
        (
            "diffusion_picture",
            {"model": "oil"},
            "model must be one of digits, emoji",
            "模型应为以下之一",
        ),
        ("diffusion_picture", {"digit": "ten"}, "digit must be one of", "数字应为以下之一"),
        ("diffusion_picture", {"seed": -1}, "seed must be from 0", "随机种子应在"),
        (
            "diffusion_fill",
            {"picture": a_seven()},
            "Nothing is erased: take the eraser",
            "还没有擦掉任何部分",
        ),
        ("diffusion_fill", {"picture": erased(slice(0, 28))}, "All is erased", "全部都擦掉了"),
        (
            "diffusion_fill",
            {"picture": data_uri(b"no picture")},
            "not a whole PNG picture",
            "不是完整的 PNG",
        ),
        ("diffusion_variations", {"lineage": "0.4:77"}, "such as 0.4:3", "写成 0.4:3"),
        ("diffusion_variations", {"share": 1.5}, "share must be from 0 to 1", "份额应在 0 到 1"),
        (
            "diffusion_walk",
            {"moves": "legs"},
            "moves must be one of prompt, noise, both",
            "什么在变应为以下之一",
        ),
        ("diffusion_walk", {"goal_seed": 2.5}, "seed must be a whole number", "随机种子应为"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_done_is_told_with_what_can(app, event, changes, english, chinese):
    in_english, in_chinese = refused(app, event, **changes)
    assert english in in_english
    assert chinese in in_chinese


@pytest.mark.parametrize("event", GOOD)
@pytest.mark.parametrize("key", ["seed", "steps", "guidance"])
@pytest.mark.parametrize("value", [None, -1e9], ids=str)
def test_a_bad_number_is_told_its_field(app, event, key, value):
    assert (
        f"{key} must be" in call(app.url, event, list({**GOOD[event], key: value}.values())).message
    )
