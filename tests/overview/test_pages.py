"""What the overview's views show: facts that agree with the app and with metrics.json, and a map
that stays whole without a model.
"""

import base64
import io
import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

import aigc_demo
from aigc_demo.core.settings import PROJECT, settings
from aigc_demo.overview import thumbnails
from aigc_demo.overview.views.contest import view as contest
from aigc_demo.overview.views.map import view as map
from aigc_demo.tabs import TABS
from aigc_demo.ui import language
from aigc_demo.ui.views import views


def places() -> list[str]:
    timeline = [place for *_, place in map.TIMELINE]
    return [*timeline, *map.DIFFERENCES.values(), *(f"maths/{view}" for view in map.MATHS)]


def test_every_link_leads_to_a_view_that_is_there():
    known = {name: set(views(name)) for name in TABS}
    for place in places():
        tab, view = place.split("/")
        assert view in known[tab], place
    assert map.ROWS.keys() <= known.keys()


def test_the_timeline_runs_forward_and_names_the_paper_of_every_family():
    years = [year for year, *_ in map.TIMELINE]
    assert years == sorted(years)
    told = {name: year for year, name, *_ in map.TIMELINE}
    assert (told["LSTM"], told["VAE"], told["GAN"], told["Transformer"], told["DDPM"]) == (
        1997,
        2013,
        2014,
        2017,
        2020,
    )


def test_a_damaged_model_leaves_the_rest_of_the_map(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(PROJECT / "checkpoints" / "vae-digits", tmp_path / "vae-digits")
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()

    def missing() -> dict:
        return aigc_demo.load("gan-digits")

    told = map.thumbnail(missing)["problem"]
    assert "gan-digits" in told["en"]
    assert "检查点" in told["zh"]
    assert map.thumbnail(lambda: {"pictures": []}) == {"pictures": []}


def test_the_emoji_on_the_map_is_named_as_it_was_asked_for():
    assert language.both("overview.map.prompt")["en"] == thumbnails.EMOJI


def test_the_compared_distances_are_those_that_were_measured_of_as_many_pictures():
    distances = {
        name: contest._measured_fid(name, steps)
        for name, steps in (("gan-digits", 1), ("vae-digits", 1))
    }
    diffusion = [contest._measured_fid("diffusion-digits", steps) for steps in (5, 50)]
    assert contest._real_fid() < distances["gan-digits"] < distances["vae-digits"]
    assert contest._real_fid() < diffusion[1] < diffusion[0] < distances["vae-digits"]
    assert contest._measured_fid("diffusion-digits", 7) is None  # was not measured
    assert contest._measured_fid("judge-digits", 1) is None


def test_a_picture_that_was_copied_from_training_is_found_at_distance_0():
    training = np.random.default_rng(0).integers(0, 256, (30, 28, 28, 1), np.uint8)
    copies = [
        torch.from_numpy(training[which]).permute(0, 3, 1, 2) / 127.5 - 1
        for which in ([7, 2], [], [29])
    ]
    found = contest._nearest(dict(zip(("gan", "vae", "few"), copies, strict=True)), training)
    assert found.keys() == {"gan", "few"}  # an entrant without pictures has none beside them
    sheet = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(found["gan"]["nearest"].partition(",")[2])))
    )
    assert np.array_equal(sheet, np.hstack([training[7, :, :, 0], training[2, :, :, 0]]))
    assert found["few"]["apart"] == pytest.approx(0, abs=0.02)


def test_it_is_said_why_there_are_no_training_pictures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("AIGC_DEMO_DATA", raising=False)
    assert contest._at_hand(None) == "unset"
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path))
    settings.cache_clear()
    assert contest._at_hand(None) == "missing"
    assert contest._at_hand(np.zeros(1)) == "shown"


def test_the_table_has_every_checkpoint_and_its_figures_under_names_in_both_languages():
    rows = {row["name"]: row for row in contest.shipped()["rows"]}
    assert list(rows) == aigc_demo.available()
    for name, row in rows.items():
        figures = json.loads(
            (PROJECT / "checkpoints" / name / "metrics.json").read_text(encoding="utf-8")
        )["figures"]
        values = {figure["figure"]: figure["value"] for figure in figures if "curve" not in figure}
        for told in row["figures"]:
            assert "as_measured" not in told["figure"], told
            assert values[told["figure"]["en"]] == told["value"]
        assert row["minutes"] == values["training time"]
        assert row["figures"]
    assert rows["gan-digits"]["weights"] == 471364 + 394145


def test_a_figure_that_the_tables_do_not_know_stays_as_it_was_measured():
    assert contest._named("speed of light") == {"as_measured": "speed of light"}
    assert contest._named("accuracy") == language.both("overview.figure.accuracy")
