"""Diffusion in two dimensions: through the API, and frame by frame as a browser asks for it."""

import base64
import math
import random
from typing import Any

import numpy as np
import pytest
from gradio_client import Client

from aigc_demo.diffusion.views.plane import view as plane
from tests.helpers.server import told

GOOD: list[Any] = [*plane.RULES.values(), 5, None]
LINE = [[x / 10, -x / 10] for x in range(-20, 21)]


@pytest.fixture(scope="module")
def visitor(app) -> Client:
    return Client(app.url, verbose=False)


def ask(visitor: Client, *, rounds: int = 5, points: Any = None, **changes: Any) -> dict[str, Any]:
    return visitor.predict(
        *{**plane.RULES, **changes}.values(), rounds, points, api_name="/diffusion_plane"
    )


def places(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.int16).reshape(-1, 2) / 1000


def token() -> str:
    return f"{random.getrandbits(128):032x}"


def play(
    name: Any,
    act: str = "look",
    *,
    rounds: int = 1,
    points: Any = None,
    anew: bool = False,
    **changes: Any,
) -> dict[str, Any]:
    return plane.play(
        {
            "token": name,
            "rules": {**plane.RULES, **changes},
            "points": points,
            "act": act,
            "rounds": rounds,
            "anew": anew,
        }
    )


def test_a_frame_holds_the_field_the_paths_and_the_exact_answer(visitor):
    value = ask(visitor)
    known = value["truth"]
    assert value["done"] == len(value["curve"]) == 5
    assert value["rules"] == plane.RULES
    assert len(value["times"]) == 26
    assert places(value["places"]).shape == places(known["places"]).shape == (26 * 256, 2)
    assert (
        len(base64.b64decode(value["arrows"]))
        == len(base64.b64decode(known["arrows"]))
        == 21 * 225 * 2
    )
    assert (
        np.frombuffer(base64.b64decode(known["density"]), np.uint8)
        .reshape(21, -1)
        .max(axis=1)
        .tolist()
        == [255] * 21
    )
    assert np.abs(np.hypot(*places(known["data"]).T) - 2).max() < 1  # a ring of radius 2
    np.testing.assert_array_equal(places(value["places"])[:256], places(known["noise"]))
    assert known["alphas"][0] == 1
    assert known["alphas"][-1] < 0.01
    assert known["landed"] > 0.9
    assert value["loss"] == pytest.approx(value["least"] + value["gap"], abs=2e-4)
    first = value["first"]
    assert len(first["x_0"]) == len(first["v"]) == 2
    assert 0 <= first["t"] <= 999


def test_a_seed_settles_the_frame_and_training_changes_it(visitor):
    assert ask(visitor) == ask(visitor)
    assert ask(visitor, seed=1)["places"] != ask(visitor)["places"]
    assert (
        ask(visitor, rounds=300, shape="lines")["gap"]
        < 0.3 * ask(visitor, rounds=0, shape="lines")["gap"]
    )


def test_a_shape_of_ones_own_is_learned(visitor):
    value = ask(visitor, rounds=400, shape="drawn", points=LINE)
    assert np.corrcoef(*places(value["truth"]["data"]).T)[0, 1] < -0.98
    assert np.corrcoef(*places(value["places"])[-256:].T)[0, 1] < -0.8
    assert value["islands"] is value["covered"] is None


@pytest.mark.parametrize("sampler", plane.SAMPLER_NAMES)
def test_every_sampler_is_offered(visitor, sampler):
    assert len(ask(visitor, sampler=sampler, steps=4, rounds=0)["times"]) == 5


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"shape": "cube"}, "shape must be one of ring", "分布"),
        ({"shape": "drawn"}, "Nothing is drawn yet", "还什么都没画"),
        ({"shape": "drawn", "points": [[1, 1]]}, "one point is no distribution", "一个点不成分布"),
        (
            {"shape": "drawn", "points": [[0, 0], [7, 1]]},
            "both numbers from -3 to 3",
            "点 [x, y] 的列表",
        ),
        ({"sampler": "magic"}, "sampler must be one of DDIM", "采样器"),
        ({"steps": 0}, "steps must be from 1 to 50", "步数"),
        ({"eta": 1.5}, "eta must be from 0 to 1", "η"),
        ({"width": "wide"}, "width must be a number from 1 to 128", "宽度"),
        ({"rate": math.nan}, "learning rate must be a number", "学习率"),
        ({"seed": -3}, "seed must be from 0", "随机种子"),
        ({"rounds": 2001}, "rounds must be from 0 to 2,000", "轮数"),
    ],
)
def test_a_mistake_is_explained_in_both_languages(app, changes, english, chinese):
    bad = {**dict(zip([*plane.RULES, "rounds", "points"], GOOD, strict=True)), **changes}
    in_english, in_chinese = told(app.url, "diffusion_plane", GOOD, [*bad.values()])
    assert english in in_english
    assert chinese in in_chinese


def test_two_visitors_train_two_networks():
    mine, yours = token(), token()
    before = play(yours)
    # both begin where the view opens
    assert before["done"] == play(mine)["done"] == plane.OPENED_AFTER
    moved = play(mine, "train", rounds=3)
    assert moved["done"] == plane.OPENED_AFTER + 3
    after = play(yours)
    assert after["places"] == before["places"]
    assert after["fresh"] is False
    assert play(yours, "train", rounds=3)["places"] == moved["places"]


def test_the_view_opens_trained():
    (value,) = plane.opening()
    assert value["gap"] < 0.02
    assert value["landed"] > 0.85
    assert value["covered"] == 8


def test_sampling_changes_in_the_middle_another_network_begins_anew():
    name = token()
    play(name, "train", rounds=2)
    assert play(name, sampler="DDPM", steps=7)["done"] == plane.OPENED_AFTER + 2
    assert play(name, width=7)["done"] == 0
    assert "truth" not in play(name, "train", width=7)
    assert play(name, anew=True)["done"] == 0


def test_who_lost_the_session_is_told_and_begins_again(monkeypatch):
    small = plane.SessionStore(max_sessions=1)
    monkeypatch.setattr(plane, "sessions", lambda: small)
    mine, yours = token(), token()
    assert play(mine, "train", rounds=2)["fresh"] is True
    assert play(mine)["fresh"] is False
    play(yours)
    assert len(small) == 1
    again = play(mine)
    assert again["fresh"] is True
    assert again["done"] == plane.OPENED_AFTER


@pytest.mark.parametrize(
    "asked",
    [None, [], "run", {}, {"token": "x"}, {"token": "x", "rules": [], "act": "look", "rounds": 1}],
)
def test_garbage_from_a_browser_is_answered(asked):
    assert set(plane.play(asked)["problem"]) == {"en", "zh"}


@pytest.mark.parametrize("name", [None, "", 7, ["x"], "x" * 65])
def test_who_has_no_token_is_told(name):
    assert "whose training" in play(name)["problem"]["en"]
    assert "谁的训练" in play(name)["problem"]["zh"]


@pytest.mark.parametrize(
    "changes",
    [{"act": "win"}, {"rounds": 201}, {"sampler": "hinge"}, {"shape": "drawn", "points": [[0, 0]]}],
)
def test_a_browsers_mistake_is_explained_and_the_training_is_kept(changes):
    name = token()
    before = play(name, "train", rounds=1)
    assert set(play(name, **{"act": "look", **changes})["problem"]) == {"en", "zh"}
    assert play(name)["places"] == before["places"]
