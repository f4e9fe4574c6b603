"""The GAN's other views through the API: the plane, the mixtures, the discriminator's verdict, the
time machine, two families.
"""

import base64
import io
from typing import Any

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.helpers.calls import a_seven, bomb, data_uri, png
from tests.helpers.server import Server, told

GOOD: dict[str, list[Any]] = {
    "gan_latents": ["3", 40, 0.8],
    "gan_mix": ["3", 40, 41, 0.5, 0.8],
    "gan_judge": [a_seven()],
    "gan_replay": ["3", 40, 0.8],
    "gan_families": ["4", 3],
}


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


def ask(visitor: Client, event: str) -> Any:
    return visitor.predict(*GOOD[event], api_name=f"/{event}")


def cells(sheet: str, *, gap: int = 0) -> np.ndarray:
    """Return the pictures (rows, columns, 28, 28) of a sheet."""
    pixels = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(sheet.partition(",")[2]))).convert("L")
    )
    rows, columns = ((side + gap) // (28 + gap) for side in pixels.shape)
    return np.stack(
        [
            [pixels[r * (28 + gap) :, c * (28 + gap) :][:28, :28] for c in range(columns)]
            for r in range(rows)
        ]
    )


@pytest.fixture(scope="module")
def row(visitor) -> np.ndarray:
    """Forty threes of seeds 40 to 79, as the first view shows them."""
    return cells(visitor.predict("3", 40, 0.8, api_name="/gan_sample")[0]["sheet"]).reshape(
        40, 28, 28
    )


def alike(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two pictures agree but for rounding: the batch is another."""
    return bool(np.abs(a.astype(int) - b.astype(int)).max() <= 1)


def test_the_planes_crossings_are_the_pictures_of_its_seeds(visitor, row):
    value = ask(visitor, "gan_latents")
    pictures = cells(value["sheet"])
    assert pictures.shape[:2] == (value["side"], value["side"]) == (17, 17)
    for i in range(25):
        assert alike(pictures[4 * (i // 5), 4 * (i % 5)], row[i])
    assert not alike(pictures[0, 1], pictures[0, 0])


def test_the_table_has_two_rows_of_parents_and_all_their_children(visitor, row):
    value = ask(visitor, "gan_mix")
    pictures = cells(value["sheet"])
    assert pictures.shape[:2] == (6, 6)
    assert len(value["verdicts"]) == 36
    for i in range(5):
        assert alike(pictures[1 + i, 0], row[i])
        assert alike(pictures[0, 1 + i], row[1 + i])
    assert alike(pictures[2, 1], row[1])  # both its parents have seed 41: so has it


def test_at_share_0_children_are_their_rows_parent(visitor):
    pictures = cells(visitor.predict("3", 40, 90, 0, 0.8, api_name="/gan_mix")["sheet"])
    assert all(
        alike(pictures[row, column], pictures[row, 0])
        for row in range(1, 6)
        for column in range(1, 6)
    )


def test_a_drawn_seven_is_read_and_judged_as_every_digit(visitor):
    value = ask(visitor, "gan_judge")
    assert value["read"] == 7
    assert len(value["real"]) == 10
    assert all(0 <= share <= 1 for share in value["real"])
    np.testing.assert_allclose(
        value["real"], 1 / (1 + np.exp(-np.array(value["logits"]))), atol=1e-5
    )
    assert [len(slopes) for slopes in value["slopes"]] == [784] * 10
    assert all(max(map(abs, slopes)) == 100 for slopes in value["slopes"])


def test_the_same_noise_is_replayed_from_untrained_to_finished(visitor, row):
    film = ask(visitor, "gan_replay")
    frames = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(film["sheet"].partition(",")[2]))).convert("L")
    )
    frames = frames.reshape(film["height"], film["frames"], film["width"]).transpose(1, 0, 2)
    assert film["frames"] == len(film["captions"]) == len(film["curve"]["markers"]) >= 10
    assert "After 0 updates" in film["captions"][0]["en"]
    for i in range(40):
        assert alike(frames[-1][i // 10 * 30 :, i % 10 * 30 :][:28, :28], row[i])
    away = [np.abs(frame.astype(int) - frames[-1]).mean() for frame in frames]
    assert away[0] > 2 * away[-2]
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in film["curve"]["points"])


def test_both_families_generate_the_requested_digit_and_are_measured_alike(visitor):
    value = ask(visitor, "gan_families")
    gan, vae = value["families"]["gan"], value["families"]["vae"]
    assert vae["reads"] == [4] * 18
    assert sum(digit == 4 for digit in gan["reads"]) >= 16
    assert vae["drawn"] > 18 == gan["drawn"]
    for family in (gan, vae):
        assert family["milliseconds"] > 0
        assert family["diversity"] > 0
        assert 0.5 < family["certainty"] <= 1
    assert vae["grey"] > gan["grey"] > 0  # blur against sharpness
    assert not value["nearest"]  # the training pictures are not shipped


@pytest.mark.parametrize(
    ("event", "changed", "english", "chinese"),
    [
        ("gan_latents", {0: "all"}, "digit must be one of", "数字"),
        ("gan_latents", {1: -1}, "seed must be from 0", "随机种子"),
        ("gan_latents", {2: 9}, "truncation must be from 0 to 1.5", "截断"),
        ("gan_mix", {3: 1.5}, "share must be from 0 to 1", "份额"),
        ("gan_mix", {2: None}, "seed must be", "随机种子"),
        ("gan_judge", {0: None}, "The drawing is empty", "画板是空的"),
        ("gan_judge", {0: png(np.zeros((28, 28), np.uint8))}, "The drawing is empty", "画板是空的"),
        ("gan_judge", {0: data_uri(b"no picture")}, "not a whole PNG picture", "不是完整的 PNG"),
        ("gan_judge", {0: bomb(10_000)}, "too many pixels", "像素太多"),
        ("gan_replay", {0: "ten"}, "digit must be one of", "数字"),
        ("gan_families", {1: 2.5}, "seed must be a whole number", "随机种子"),
    ],
)
def test_a_mistake_is_explained_in_both_languages(app, event, changed, english, chinese):
    bad = [changed.get(i, value) for i, value in enumerate(GOOD[event])]
    in_english, in_chinese = told(app.url, event, GOOD[event], bad)
    assert english in in_english
    assert chinese in in_chinese
