"""The GAN laboratory: through the API, and frame by frame as a browser asks for it."""

import base64
import math
import random
from typing import Any

import numpy as np
import pytest
from gradio_client import Client

from aigc_demo.gan.views.lab import view as lab
from tests.helpers.server import told

GOOD: list[Any] = [*lab.RULES.values(), 5, None]
LINE = [[x / 10, -x / 10] for x in range(-20, 21)]


@pytest.fixture(scope="module")
def visitor(app) -> Client:
    return Client(app.url, verbose=False)


def ask(visitor: Client, *, rounds: int = 5, points: Any = None, **changes: Any) -> dict[str, Any]:
    return visitor.predict(*{**lab.RULES, **changes}.values(), rounds, points, api_name="/gan_lab")


def places(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), np.int16).reshape(-1, 2) / 1000


def surface(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<u2").reshape(40, 40) / 65_535


def token() -> str:
    return f"{random.getrandbits(128):032x}"


def play(
    name: str,
    act: str = "look",
    *,
    rounds: int = 1,
    points: Any = None,
    anew: bool = False,
    **changes: Any,
) -> dict[str, Any]:
    return lab.play(
        {
            "token": name,
            "rules": {**lab.RULES, **changes},
            "points": points,
            "act": act,
            "rounds": rounds,
            "anew": anew,
        }
    )


def test_a_frame_holds_points_maps_and_numbers(visitor):
    value = ask(visitor)
    assert value["rounds"] == 5
    assert value["rules"] == lab.RULES
    assert value["weights"] == {
        "G": 2 * 32 + 32 + 32 * 32 + 32 + 32 * 2 + 2,
        "D": 2 * 32 + 32 + 32 * 32 + 32 + 32 + 1,
    }
    assert {name: len(places(text)) for name, text in value["points"].items()} == {
        "real": 256,
        "generated": 256,
        "pulls": 64,
        "net": 169,
    }
    real = places(value["points"]["real"])
    assert np.abs(np.hypot(*real.T) - 2).max() < 1  # a ring of radius 2
    assert surface(value["surface"]).std() > 0
    assert surface(value["optimum"])[20, 20 + 13] > 0.9  # an island that G has not reached
    assert value["best"] == pytest.approx(2 * value["js"] - math.log(4), abs=2e-4)
    assert value["islands"] == 8


def test_a_seed_settles_the_frame_and_rounds_change_it(visitor):
    assert ask(visitor) == ask(visitor)
    assert ask(visitor, seed=1)["points"]["generated"] != ask(visitor)["points"]["generated"]
    assert ask(visitor, rounds=0)["points"]["generated"] != ask(visitor)["points"]["generated"]


def test_training_brings_real_and_generated_together(visitor):
    assert ask(visitor, rounds=300)["js"] < 0.7 * ask(visitor, rounds=0)["js"]


def test_a_shape_of_ones_own_is_learned(visitor):
    value = ask(visitor, shape="drawn", points=LINE)
    real = places(value["points"]["real"])
    assert np.corrcoef(*real.T)[0, 1] < -0.98
    assert value["islands"] is value["covered"] is None


@pytest.mark.parametrize("loss", lab.LOSSES)
def test_what_means_nothing_under_a_loss_is_left_out(visitor, loss):
    value = ask(visitor, loss=loss)
    assert (value["value"] is None) == (loss in ("least squares", "wasserstein"))
    assert (value["optimum"] is None) == (loss == "wasserstein")
    assert (value["distance"] is not None) == (loss == "wasserstein")


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"shape": "cube"}, "shape must be one of ring", "分布"),
        ({"shape": "drawn"}, "Nothing is drawn yet", "还什么都没画"),
        ({"shape": "drawn", "points": []}, "Nothing is drawn yet", "还什么都没画"),
        ({"shape": "drawn", "points": [[1, 1]]}, "one point is no distribution", "一个点不成分布"),
        (
            {"shape": "drawn", "points": [[1, 1], ["x", 2]]},
            "must be a list of points",
            "点 [x, y] 的列表",
        ),
        (
            {"shape": "drawn", "points": [[0, 0]] * 2001},
            "at most 2,000 are read",
            "最多读取 2,000 个",
        ),
        ({"loss": None}, "loss must be one of", "损失"),
        ({"layers": 9}, "layers must be from 1 to 4", "层数"),
        ({"width_g": 0}, "width of G must be from 1 to 64", "G 的宽度"),
        ({"width_d": 2.5}, "width of D must be a whole number", "D 的宽度"),
        ({"rate_g": 5}, "learning rate of G must be from", "G 的学习率"),
        ({"rate_d": math.nan}, "learning rate of D must be a number", "D 的学习率"),
        ({"d_steps": "many"}, "D steps must be a number from 1 to 10", "D 的步数"),
        ({"seed": -3}, "seed must be from 0", "随机种子"),
        ({"rounds": 501}, "rounds must be from 0 to 500", "轮数"),
    ],
)
def test_a_mistake_is_explained_in_both_languages(app, changes, english, chinese):
    bad = {**dict(zip([*lab.RULES, "rounds", "points"], GOOD, strict=True)), **changes}
    in_english, in_chinese = told(app.url, "gan_lab", GOOD, [*bad.values()])
    assert english in in_english
    assert chinese in in_chinese


def test_two_visitors_train_two_gans():
    mine, yours = token(), token()
    before = play(yours)
    # both begin where the view opens
    assert before["rounds"] == play(mine)["rounds"] == lab.OPENED_AFTER
    moved = play(mine, "rounds", rounds=3)
    assert moved["rounds"] == lab.OPENED_AFTER + 3
    after = play(yours)
    assert after["points"] == before["points"]
    assert after["fresh"] is False
    assert play(yours, "rounds", rounds=3)["points"] == moved["points"]


def test_a_step_of_d_moves_its_surface_and_one_of_g_the_points():
    name = token()
    before = play(name)
    d = play(name, "D")
    assert d["surface"] != before["surface"]
    assert d["points"]["generated"] == before["points"]["generated"]
    g = play(name, "G")
    assert g["surface"] == d["surface"]
    assert g["points"]["generated"] != d["points"]["generated"]


def test_other_rules_are_followed_in_the_middle_other_networks_begin_anew():
    name = token()
    play(name, "rounds", rounds=2)
    assert play(name, loss="least squares", rate_g=0.02)["rounds"] == lab.OPENED_AFTER + 2
    assert play(name, width_g=7)["rounds"] == 0
    assert play(name, width_g=7, anew=True)["weights"]["G"] == 2 * 7 + 7 + 7 * 7 + 7 + 7 * 2 + 2


def test_who_lost_the_session_is_told_and_begins_again(monkeypatch):
    from aigc_demo.core.session_store import SessionStore

    small = SessionStore(max_sessions=1)
    monkeypatch.setattr(lab, "sessions", lambda: small)
    mine, yours = token(), token()
    assert play(mine, "rounds", rounds=2)["fresh"] is True
    assert play(mine)["fresh"] is False
    play(yours)
    assert len(small) == 1
    again = play(mine)
    assert again["fresh"] is True
    assert again["rounds"] == lab.OPENED_AFTER


@pytest.mark.parametrize(
    "asked",
    [None, [], "run", {}, {"token": "x"}, {"token": "x", "rules": [], "act": "look", "rounds": 1}],
)
def test_garbage_from_a_browser_is_answered(asked):
    assert set(lab.play(asked)["problem"]) == {"en", "zh"}


@pytest.mark.parametrize(
    "changes",
    [{"act": "win"}, {"rounds": 21}, {"loss": "hinge"}, {"shape": "drawn", "points": [[0, 0]]}],
)
def test_a_browsers_mistake_is_explained_and_the_training_stays(changes):
    name = token()
    before = play(name, "rounds", rounds=1)
    assert set(play(name, **{"act": "look", **changes})["problem"]) == {"en", "zh"}
    assert play(name)["points"] == before["points"]
