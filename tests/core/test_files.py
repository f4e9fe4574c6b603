"""Folders that cannot be written, and pointers of Git LFS in the place of files: told before the
work, in a line.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import aigc_demo
from aigc_demo.core import checkpoints, snapshots
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT

NOBODY = 65534
POINTER = (
    b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 1234567\n"
)
# Loads what is needed before it becomes an ordinary user, who may not be let into the folder of
# this Python.
ORDINARY = f"""
import importlib, os, sys
import aigc_demo.__main__ as line, aigc_demo.text.train, aigc_demo.text.evaluate
import aigc_demo.core.model_card, aigc_demo.hub.network_errors, httpx2, tqdm
from huggingface_hub import hf_hub_download
if os.getuid() == 0:
    os.setgid({NOBODY}); os.setuid({NOBODY})
sys.argv = ["aigc_demo", *sys.argv[1:]]
sys.exit(line.main())
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder into which every user may look, with data and a checkpoint, and in which nobody but
    its owner may write.
    """
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        (place / "data").mkdir()
        (place / "data" / "tinyshakespeare.txt").write_text(
            "To be, or not to be.\n" * 300, encoding="utf-8"
        )
        shutil.copytree(
            PROJECT / "checkpoints" / "text-rnn-shakespeare",
            place / "checkpoints" / "text-rnn-shakespeare",
        )
        for name in ("runs", "hub", "open"):
            (place / name).mkdir()
        yield _locked(place)
        for folder in place.rglob("*"):
            if folder.is_dir():
                folder.chmod(0o755)


def _locked(place: Path) -> Path:
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (place / "open").chmod(0o777)
    place.chmod(0o755)
    return place


def ordinary(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Return what the command line does for a user who is not root."""
    places = {
        "AIGC_DEMO_DATA": "data",
        "AIGC_DEMO_RUNS": "runs",
        "AIGC_DEMO_CHECKPOINTS": "checkpoints",
        "HF_HUB_CACHE": "hub",
    }
    places = {name: str(place / folder) for name, folder in places.items()}
    environment = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **places,
        **environment,
    }
    command = [sys.executable, "-c", ORDINARY, *arguments]
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("arguments", "written", "told"),
    [
        (("train", "text-rnn-shakespeare", "--steps", "2"), (), "AIGC_DEMO_RUNS"),
        (
            ("train", "text-rnn-shakespeare", "--steps", "2"),
            ("AIGC_DEMO_RUNS",),
            "AIGC_DEMO_CHECKPOINTS",
        ),
        (
            ("train", "text-lstm-shakespeare", "--steps", "1"),
            ("AIGC_DEMO_RUNS",),
            "AIGC_DEMO_CHECKPOINTS",
        ),
        (("evaluate", "text-rnn-shakespeare"), (), "AIGC_DEMO_CHECKPOINTS"),
        (("fetch", "shakespeare"), (), "HF_HOME"),
    ],
    ids=["runs", "checkpoint", "checkpoint that is yet to be made", "evaluate", "fetch"],
)
def test_a_folder_that_cannot_be_written_is_told_before_the_work(place, arguments, written, told):
    done = ordinary(place, *arguments, **{name: str(place / "open") for name in written})
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "cannot be written: Permission denied" in done.stderr
    assert told in done.stderr
    assert "step" not in done.stderr
    assert not any((place / "open").iterdir())


def test_a_card_that_cannot_be_written_is_told_before_the_work(place):
    (place / "checkpoints" / "text-rnn-shakespeare").chmod(0o777)
    done = ordinary(place, "evaluate", "text-rnn-shakespeare")
    assert done.returncode == 2, done.stderr
    assert "cannot be written: Permission denied" in done.stderr


def test_a_folder_that_is_a_file_is_told(tmp_path):
    (tmp_path / "runs").write_text("no folder", encoding="utf-8")
    done = ordinary(tmp_path, "train", "text-rnn-shakespeare", "--steps", "1")
    assert done.returncode == 2, done.stderr
    assert "cannot be written: " in done.stderr


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "tokenizer.json"])
@pytest.mark.parametrize("name", ["text-rnn-shakespeare", "llm-gpt-shakespeare"])
def test_a_pointer_in_a_files_place_is_told_with_the_command_that_fetches_it(
    tmp_path, monkeypatch, name, file
):
    shutil.copytree(
        PROJECT / "checkpoints" / name, tmp_path / name, ignore=shutil.ignore_patterns("snapshots")
    )
    (tmp_path / name / file).write_bytes(POINTER)
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    with pytest.raises(DemoError) as caught:
        aigc_demo.load(name)
    assert "pointer of Git LFS" in str(caught.value)
    assert "git lfs pull" in str(caught.value)
    assert file in str(caught.value)


@pytest.mark.parametrize("file", ["emoji.json", "metrics.json"])
def test_a_pointer_in_another_files_place_is_told(tmp_path, file):
    (tmp_path / file).write_bytes(POINTER)
    with pytest.raises(DemoError, match="git lfs pull"):
        checkpoints.read_json(tmp_path / file)


def test_a_pointer_in_a_snapshots_place_is_told(tmp_path):
    folder = tmp_path / "text-rnn-shakespeare" / "snapshots"
    folder.mkdir(parents=True)
    (folder / "0000000.safetensors").write_bytes(POINTER)
    with pytest.raises(DemoError, match="git lfs pull"):
        snapshots.read(
            snapshots.of_checkpoint(folder.parent)[0],
            aigc_demo.load("text-rnn-shakespeare").network,
        )
