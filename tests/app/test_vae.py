"""The events of the VAE tab: vae_reconstruct, vae_map and vae_walk."""

import math
import time

import numpy as np
import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.calls import a_seven, bomb, data_uri, in_time, pictures, png, sheet
from tests.helpers.server import Server, call

EMPTY = png(np.zeros((280, 280), np.uint8))
GOOD = {
    "vae_reconstruct": {"drawing": a_seven(), "beta": 1.0, "seed": 3},
    "vae_map": {"drawing": a_seven(), "beta": 1.0},
    "vae_walk": {"start": a_seven(), "end": a_seven(), "beta": 1.0},
}


@pytest.fixture(scope="module")
def guest(app: Server) -> Client:
    """A visitor who comes when the models are awake."""
    client = Client(app.url, verbose=False)
    for event in GOOD:
        run(client, event)
    return client


def run(client: Client, event: str, **changes: object):
    return client.predict(*{**GOOD[event], **changes}.values(), api_name=f"/{event}")


def told(app: Server, event: str, **changes: object) -> tuple[str, str]:
    return server.told(
        app.url, event, list(GOOD[event].values()), list({**GOOD[event], **changes}.values())
    )


def an_upright_stroke() -> str:
    picture = np.zeros((280, 280), np.uint8)
    picture[50:230, 130:152] = 255
    return png(picture)


def test_every_number_of_a_digits_way_obeys_its_formula(guest):
    value = run(guest, "vae_reconstruct")
    mean, log_variance, kl = (np.array(value[name]) for name in ("mean", "log_variance", "kl"))
    epsilon, z = np.array(value["epsilon"]), np.array(value["z"])
    assert mean.shape == log_variance.shape == kl.shape == (32,)
    assert epsilon.shape == z.shape == (7, 32)
    assert kl == pytest.approx((mean**2 + np.exp(log_variance) - 1 - log_variance) / 2, abs=1e-4)
    assert z == pytest.approx(mean + np.exp(log_variance / 2) * epsilon, abs=1e-4)
    assert not epsilon[0].any()
    assert sorted(value["order"]) == list(range(32))
    assert sheet(value).shape == (28, 7 * 28)
    assert (value["beta"], value["seed"], len(value["readings"]), len(value["reconstruction"])) == (
        1,
        3,
        7,
        7,
    )


def test_a_seven_comes_back_as_a_seven_and_costs_what_its_pixels_say(guest):
    value = run(guest, "vae_reconstruct")
    assert value["readings"].count(7) >= 5
    x = sheet({"sheet": value["x"]}) / 255
    for i, nats in enumerate(value["reconstruction"]):
        # eight bits a pixel
        p = (sheet(value)[:, 28 * i : 28 * (i + 1)] / 255).clip(1 / 510, 1 - 1 / 510)
        assert nats == pytest.approx(-(x * np.log(p) + (1 - x) * np.log(1 - p)).sum(), rel=0.1)


def test_a_seed_settles_the_draws_and_the_next_seed_moves_them_on(guest):
    first, second = run(guest, "vae_reconstruct"), run(guest, "vae_reconstruct", seed=4)
    assert run(guest, "vae_reconstruct") == first
    assert first["epsilon"][2:] == second["epsilon"][1:-1]
    assert first["epsilon"][1] != second["epsilon"][1]


@pytest.mark.parametrize("event", ["vae_reconstruct", "vae_map"])
def test_the_dial_trades_kl_for_reconstruction(guest, event):
    def parts(beta: float) -> tuple[float, float]:
        value = run(guest, event, beta=beta)
        value = value if event == "vae_reconstruct" else value["mark"]
        return np.mean(value["reconstruction"]), np.sum(value["kl"])

    costs = [parts(beta) for beta in (0.1, 1, 10)]
    assert [kl for _, kl in costs] == sorted((kl for _, kl in costs), reverse=True)
    assert costs[0][1] > 1.5 * costs[2][1]
    assert costs[0][0] < costs[2][0]


def test_the_map_is_a_sheet_of_pictures_and_readings_with_the_drawing_on_it(guest):
    value = run(guest, "vae_map")
    assert sheet(value).shape == (20 * 28, 20 * 28)
    assert (value["side"], value["fine"], len(value["readings"]), len(value["certainty"])) == (
        20,
        30,
        900,
        900,
    )
    assert len(set(value["readings"])) >= 9  # nearly every digit has a place
    assert all(0.1 <= share <= 1 for share in value["certainty"])
    mark = value["mark"]
    assert len(mark["mean"]) == len(mark["sigma"]) == 2
    assert all(0 < sigma < 1 for sigma in mark["sigma"])
    assert sheet({"sheet": mark["x_hat"]}).max() > 150
    assert run(guest, "vae_map", drawing=None) == {**value, "mark": None}


def test_a_walk_and_its_cross_fade_share_both_ends(guest):
    film, happened = run(guest, "vae_walk", end=an_upright_stroke())
    assert pictures(film).shape == (2, 41, 28, 28)
    walk, fade = pictures(film).astype(int)
    for end in (0, -1):
        assert abs(walk[end] - fade[end]).max() <= 1
    assert abs(walk[20] - fade[20]).max() > 40
    assert abs(fade[20] - (fade[0] + fade[-1]) / 2).max() <= 1
    assert film["captions"][0]["en"].startswith("t = 0.00. In the walk a classifier reads 7")
    assert "classifier reads 1" in film["captions"][-1]["en"]
    assert "Both films begin" in happened
    standing, _ = run(guest, "vae_walk")
    assert (pictures(standing)[:, 0] == pictures(standing)[:, -1]).all()


@pytest.mark.parametrize("event", GOOD)
def test_a_click_is_answered_in_time(app, guest, event):
    began = time.monotonic()
    run(guest, event)
    assert in_time(time.monotonic() - began, 0.5)


@pytest.mark.parametrize(
    "beta", [0, 0.099, 10.001, -1e9, math.nan, math.inf, None, "one", True, [1], {}], ids=str
)
@pytest.mark.parametrize("event", GOOD)
def test_a_beta_off_the_dial_is_told_its_range(app, guest, event, beta):
    english, chinese = told(app, event, beta=beta)
    assert english.startswith("beta must be")
    assert "0.1" in english
    assert "10" in english
    assert chinese.startswith("β")


@pytest.mark.parametrize("seed", [-1, 2**31, 2.5, None, "three"], ids=str)
def test_a_bad_seed_is_told_its_range(app, guest, seed):
    english, chinese = told(app, "vae_reconstruct", seed=seed)
    assert english.startswith("seed must be")
    assert chinese.startswith("随机种子")


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        (EMPTY, "The drawing is empty"),
        (5, "The drawing is empty"),
        ("hello", "The drawing is empty"),
        (data_uri(b"GIF89a" + bytes(30)), "not a whole PNG"),
        (bomb(10_000), "too many pixels"),
        ("data:image/png;base64," + "A" * 300_000, "at most 200,000"),
    ],
    ids=["empty", "a number", "a word", "a GIF", "10,000 by 10,000", "too long"],
)
@pytest.mark.parametrize(
    ("event", "key"),
    [
        ("vae_reconstruct", "drawing"),
        ("vae_map", "drawing"),
        ("vae_walk", "start"),
        ("vae_walk", "end"),
    ],
)
def test_a_bad_drawing_is_told_what_is_wrong(app, guest, event, key, drawing, expected):
    english, _ = told(app, event, **{key: drawing})
    assert expected in english


def test_without_a_drawing_there_is_nothing_to_encode(app, guest):
    assert "is empty" in call(app.url, "vae_reconstruct", [None, 1, 0]).message
    assert "is empty" in call(app.url, "vae_walk", [None, a_seven(), 1]).message
