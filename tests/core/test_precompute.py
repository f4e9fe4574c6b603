"""The first pictures come from a process of their own, and from this one where that fails."""

from pathlib import Path

import pytest

from aigc_demo.core import precompute
from aigc_demo.core.settings import settings
from aigc_demo.overview.thumbnails import MAKERS
from aigc_demo.overview.views.map import view as map

MADE = """
import sys
from aigc_demo.core import errors, precompute
def told(): raise errors.DemoError("no {what}", what="model")
def broken(): raise ValueError("broken")
precompute.make({
    "one": lambda: {"text": "é"}, "told": told, "broken": broken, "two": lambda: [2],
    "end": lambda: sys.exit(3), "never": lambda: 1,
})
"""


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Start a module of that name, made of the text above, with two cores and settings as given."""
    (tmp_path / "made.py").write_text(MADE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(precompute, "_process", None)
    monkeypatch.setattr(precompute, "_made", {})

    def begin(module: str, *, cores: int = 2, wakes: str = "yes") -> None:
        monkeypatch.setenv("AIGC_DEMO_WAKE", wakes)
        settings.cache_clear()
        monkeypatch.setattr(precompute, "available_cores", lambda: cores)
        precompute.start(module)

    yield begin
    settings.cache_clear()


def test_what_was_made_is_there_in_any_order_and_what_failed_is_none(start):
    start("made")
    assert [precompute.result(name) for name in ("two", "one", "told", "broken")] == [
        [2],
        {"text": "é"},
        None,
        None,
    ]
    assert precompute.result("never") is None  # the process ended before
    assert precompute.result("one") == {"text": "é"}


def test_it_takes_no_module_of_the_folder_in_which_the_app_is_started(start, tmp_path, monkeypatch):
    (tmp_path / "current").mkdir()
    (tmp_path / "current" / "aigc_demo.py").write_text("raise SystemExit('the user's')")
    monkeypatch.chdir(tmp_path / "current")
    start("made")
    assert precompute.result("two") == [2]


@pytest.mark.parametrize("module", ["aigc_demo.no_such_module", "made"])
def test_it_never_keeps_the_app_waiting_where_it_cannot_start(start, module, capfd):
    start(module)
    assert precompute.result("nothing of that name") is None
    if module != "made":
        assert "No module named" in capfd.readouterr().err


@pytest.mark.parametrize("options", [{"cores": 1}, {"wakes": "no"}])
def test_it_does_not_start_on_one_core_or_where_models_shall_not_wake(start, options):
    start("made", **options)
    assert precompute._process is None and precompute.result("one") is None


def test_it_makes_what_the_map_would_make_itself(start):
    start("aigc_demo.overview.thumbnails")
    for name in ("gan", "vae", "text"):
        assert precompute.result(name) == MAKERS[name]()
    precompute._process.kill()


def test_the_map_makes_what_was_not_precomputed(monkeypatch):
    monkeypatch.setattr(precompute, "result", {"gan": {"pictures": ["made there"]}}.get)
    monkeypatch.setitem(MAKERS, "vae", lambda: {"pictures": ["made here"]})
    map.maker.cache_clear()
    assert (map.maker("gan")(), map.maker("vae")()) == (
        {"pictures": ["made there"]},
        {"pictures": ["made here"]},
    )
    map.maker.cache_clear()
