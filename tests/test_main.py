import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import aigc_demo
from aigc_demo.core.settings import PROJECT

VERSES = (
    "To be, or not to be, that is the question:\nWhether 'tis nobler in the mind to suffer.\n" * 60
)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    places = {
        f"AIGC_DEMO_{name}": str(folder / name.lower()) for name in ("DATA", "RUNS", "CHECKPOINTS")
    }
    command = [sys.executable, "-m", "aigc_demo", *arguments]
    return subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_train_goes_on_where_it_was_and_evaluate_writes_figures_and_a_card(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tinyshakespeare.txt").write_text(VERSES, encoding="utf-8")
    name, folder = "text-rnn-shakespeare", tmp_path / "checkpoints" / "text-rnn-shakespeare"
    tables = [PROJECT / "README.md", PROJECT / "docs" / "checkpoints.md"]
    before = [path.read_bytes() for path in tables]

    for steps in ("2", "3"):
        done = run(tmp_path, "train", name, "--steps", steps)
        assert done.returncode == 0, done.stderr
        assert f"step {steps}" in done.stderr  # the progress bar
    assert {path.name for path in folder.iterdir()} == {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "snapshots",
    }

    done = run(tmp_path, "evaluate", name)
    assert done.returncode == 0, done.stderr
    assert "held-out loss" in done.stdout
    figures = {
        figure["figure"]: figure
        for figure in json.loads((folder / "metrics.json").read_text(encoding="utf-8"))["figures"]
    }
    assert figures["training time"]["steps"] == 3
    assert f"| held-out loss | {figures['held-out loss']['value']} |" in (
        folder / "README.md"
    ).read_text(encoding="utf-8")
    # they are of the shipped checkpoints alone
    assert [path.read_bytes() for path in tables] == before

    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(folder.parent))
    assert [step.text for step in aigc_demo.load(name).generate("To be", max_new_tokens=3, seed=1)]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("train", "text-gru-shakespeare", "--steps", "1"), "text-rnn-shakespeare"),
        (("train", "gan-digits", "--steps", "1"), "fetch digits"),
        (("train", "gan-digits", "--steps", "0"), "AIGC_DEMO_DATA"),
        (("evaluate", "gan-digits"), "There is no checkpoint"),
        (("fetch", "paintings"), "digits"),
    ],
    ids=["unknown recipe", "no data", "no data, no steps", "nothing trained", "unknown data"],
)
def test_a_mistake_is_explained_in_a_line(tmp_path, arguments, told):
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
