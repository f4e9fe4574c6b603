"""The GAN's emoji through the API: a sheet, walks, the plane and the table of mixtures."""

from typing import Any

import numpy as np
import pytest
from gradio_client import Client

from tests.helpers.calls import tiles
from tests.helpers.server import Server, told

GOOD: dict[str, list[Any]] = {"gan_emoji": [3, 1.0], "gan_emoji_walk": [3, 50, 1.0]}
SIDE = 64


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


@pytest.fixture(scope="module")
def sheet(visitor) -> dict[str, Any]:
    return visitor.predict(*GOOD["gan_emoji"], api_name="/gan_emoji")[0]


def alike(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two pictures agree but for rounding: the batch is another."""
    return bool(np.abs(a.astype(int) - b.astype(int)).max() <= 2)


def test_sixty_four_emoji_come_with_verdicts_and_their_nearest(sheet):
    pictures = tiles(sheet["sheet"])
    assert pictures.shape[:2] == (8, 8)
    assert len(sheet["verdicts"]) == 64
    assert all(0 <= verdict <= 1 for verdict in sheet["verdicts"])
    assert all(len(set(row)) == 5 for row in sheet["nearest"])
    flat = pictures.reshape(64, -1).astype(int)
    apart = np.abs(flat[:, None, ::7] - flat[None, :, ::7]).mean(axis=2) + 255 * np.eye(64)
    assert apart.min() > 3  # no two are alike


def test_a_seed_higher_by_one_moves_the_sheet_on_by_one(visitor, sheet):
    pictures = tiles(sheet["sheet"]).reshape(64, SIDE, SIDE, 3)
    later = tiles(visitor.predict(4, 1.0, api_name="/gan_emoji")[0]["sheet"]).reshape(
        64, SIDE, SIDE, 3
    )
    assert all(alike(later[i], pictures[i + 1]) for i in range(63))


def test_truncation_0_shows_emoji_as_they_are_remembered(visitor, sheet):
    remembered = visitor.predict(3, 0, api_name="/gan_emoji")[0]
    assert not np.array_equal(tiles(remembered["sheet"]), tiles(sheet["sheet"]))


def test_six_walks_lead_from_seeds_to_goals(visitor, sheet):
    film = visitor.predict(*GOOD["gan_emoji_walk"], api_name="/gan_emoji_walk")
    assert (film["frames"], film["width"], film["height"], film["ink"]) == (
        17,
        6 * SIDE,
        SIDE,
        False,
    )
    frames = tiles(film["sheet"]).reshape(17, 6, SIDE, SIDE, 3)
    goals = tiles(visitor.predict(50, 1.0, api_name="/gan_emoji")[0]["sheet"])[0]
    for i in range(6):
        assert alike(frames[0, i], tiles(sheet["sheet"])[0, i])
        assert alike(frames[-1, i], goals[i])


def test_emoji_have_a_plane_and_a_table_of_mixtures_too(visitor, sheet):
    first = tiles(sheet["sheet"])[0]
    plane = visitor.predict("emoji", 3, 1.0, api_name="/gan_latents")
    assert plane["side"] == 9
    pictures = tiles(plane["sheet"])
    assert all(alike(pictures[0, 2 * i], first[i]) for i in range(5))
    table = tiles(visitor.predict("emoji", 3, 3, 0.5, 1.0, api_name="/gan_mix")["sheet"])
    assert all(
        alike(table[1 + i, 0], first[i]) and alike(table[0, 1 + i], first[i]) for i in range(5)
    )
    assert not alike(table[1, 2], first[0])


@pytest.mark.parametrize(
    ("event", "changed", "english", "chinese"),
    [
        ("gan_emoji", {0: -1}, "seed must be from 0", "随机种子"),
        ("gan_emoji", {1: 9}, "truncation must be from 0 to 1.5", "截断"),
        ("gan_emoji_walk", {1: None}, "seed must be", "随机种子"),
    ],
)
def test_a_mistake_is_explained_in_both_languages(app, event, changed, english, chinese):
    bad = [changed.get(i, value) for i, value in enumerate(GOOD[event])]
    in_english, in_chinese = told(app.url, event, GOOD[event], bad)
    assert english in in_english
    assert chinese in in_chinese
