"""The event vae_emoji: two pictures through the latents, and mixed there."""

import base64
import io

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.helpers.calls import bomb, data_uri
from tests.helpers.server import Server, told


def disc(red: int, green: int, blue: int) -> str:
    """Return a coloured disc on white, as a PNG data URI: no emoji, but of their kind."""
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    pixels = np.where((x**2 + y**2 < 0.7)[..., None], [red, green, blue], 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return data_uri(buffer.getvalue())


GOOD = [disc(250, 200, 40), disc(200, 30, 40)]


def frames(value: dict) -> np.ndarray:
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(value["sheet"].partition(",")[2]))))
    return sheet.reshape(64, value["frames"], 64, 3).transpose(1, 0, 2, 3).astype(int)


@pytest.fixture(scope="module")
def value(app: Server) -> dict:
    return Client(app.url, verbose=False).predict(*GOOD, api_name="/vae_emoji")


def test_both_ends_come_back_as_nearly_as_it_says(value):
    ends = [
        np.asarray(Image.open(io.BytesIO(base64.b64decode(each.partition(",")[2])))).astype(int)
        for each in GOOD
    ]
    for frame, end, told_psnr in zip(frames(value)[[0, -1]], ends, value["psnr"], strict=True):
        measured = 10 * np.log10(255**2 / np.mean((frame - end) ** 2))
        assert measured == pytest.approx(told_psnr, abs=0.3)
        assert measured > 24


def test_the_latents_are_four_maps_for_each_picture(value):
    assert np.array(value["latents"]).shape == (2, 4, 256)
    assert 0 < value["sigma"] < 1
    assert value["frames"] == 21


def test_halfway_is_one_picture_between_both(value):
    start, middle, end = frames(value)[[0, 10, 20]]
    assert np.abs(middle - start).mean() < np.abs(end - start).mean()
    assert np.abs(middle - end).mean() < np.abs(end - start).mean()


@pytest.mark.parametrize(
    ("bad", "english", "chinese"),
    [
        (None, "The drawing is empty", "画板是空的"),
        (data_uri(b"no picture"), "not a whole PNG picture", "不是完整的 PNG"),
        (bomb(10_000), "too many pixels", "像素太多"),
    ],
    ids=["nothing", "no picture", "10,000 by 10,000"],
)
def test_what_is_no_picture_is_told_so(app, bad, english, chinese):
    in_english, in_chinese = told(app.url, "vae_emoji", GOOD, [GOOD[0], bad])
    assert english in in_english
    assert chinese in in_chinese
