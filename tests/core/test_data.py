"""The data sets, from tiny files; the Hub is a small server in this process."""

import gzip
import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest
from huggingface_hub import constants
from PIL import Image

from aigc_demo.core import data, emoji_data
from aigc_demo.core.errors import DemoError

HAS_FONT = any(Path(path).exists() for path in emoji_data.EMOJI_FONTS)
QUATRAIN = "白日依山尽，黄河入海流。欲穷千里目，更上一层楼。"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, with an empty cache of the Hub beside it."""
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


class Hub(BaseHTTPRequestHandler):
    """As much of the Hub as hf_hub_download asks for; what it serves is keyed by the path's end."""

    files: dict[str, bytes] = {}

    def do_HEAD(self) -> None:
        revision, _, name = self.path.partition("/resolve/")[2].partition("/")
        self.send_response(200 if name in self.files else 404)
        self.send_header("X-Repo-Commit", revision)
        self.send_header("X-Error-Code", "EntryNotFound")
        self.send_header("ETag", f'"{abs(hash(name)):x}"')
        self.send_header("Content-Length", str(len(self.files.get(name, b""))))
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
        self.wfile.write(self.files[self.path.partition("/resolve/")[2].partition("/")[2]])

    def log_message(self, *_: object) -> None:
        """Keep the tests' output quiet."""


@pytest.fixture
def hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """The files of a Hub that huggingface_hub talks to; offline mode is on, as in the app."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    endpoint = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(constants, "ENDPOINT", endpoint)
    monkeypatch.setattr(
        constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        endpoint + "/{repo_id}/resolve/{revision}/{filename}",
    )
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(Hub, "files", {})
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Hub.files
    server.shutdown()
    server.server_close()


def _parquet(rows: list[dict[str, object]]) -> bytes:
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def _png(picture: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()


def _pictures(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (count, 28, 28), dtype=np.uint8), np.sort(
        generator.integers(0, 10, count)
    )


def test_importing_is_light():
    heavy = ("huggingface_hub", "pyarrow", "emoji", "torch")
    code = f"import sys, aigc_demo.core.data; print([m for m in {heavy} if m in sys.modules])"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        == "[]\n"
    )


def test_digits_of_the_folder_are_shuffled_with_their_labels(folder):
    (train, train_labels), (test, test_labels) = _pictures(20, 0), _pictures(7, 1)
    np.savez(
        folder / "mnist.npz",
        train_images=train,
        train_labels=train_labels,
        test_images=test,
        test_labels=test_labels,
    )

    digits = data.digits("train")
    # every figure of a checkpoint rests on this order
    order = np.random.default_rng(0).permutation(20)
    assert (
        digits.pictures.shape == (20, 28, 28, 1)
        and digits.pictures.dtype == np.uint8
        and digits.labels.dtype == np.int64
    )
    np.testing.assert_array_equal(digits.pictures[..., 0], train[order])
    np.testing.assert_array_equal(digits.labels, train_labels[order])
    assert len(data.digits("test").labels) == 7


def test_shakespeare_is_cut_at_nine_tenths(folder):
    (folder / "tinyshakespeare.txt").write_text("abcdefghijé", encoding="utf-8")
    assert data.shakespeare("train") == "abcdefghi"
    assert data.shakespeare("test") == "jé"


def test_tang_poems_of_the_folder(folder):
    with gzip.open(folder / "tang_poems.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(
            f"登鹳雀楼\t王之涣\t{QUATRAIN}\n江雪\t柳宗元\t千山鸟飞绝，万径人踪灭。孤舟蓑笠翁，独钓寒江雪。\n"
        )
    assert data.tang_poems()[0] == data.Poem("登鹳雀楼", "王之涣", QUATRAIN)
    assert [poem.author for poem in data.tang_poems()] == ["王之涣", "柳宗元"]


@pytest.mark.parametrize("read", [data.digits, data.shakespeare])
@pytest.mark.parametrize("split", ["validation", "", None])
def test_an_unknown_split_is_an_error(folder, read, split):
    with pytest.raises(DemoError, match="split must be one of train, test"):
        read(split)


@pytest.mark.parametrize(
    ("read", "name"),
    [(data.digits, "digits"), (data.shakespeare, "shakespeare"), (data.tang_poems, "tang")],
)
@pytest.mark.parametrize("folder_is_set", [True, False])
def test_missing_data_say_what_to_do(folder, monkeypatch, read, name, folder_is_set):
    if not folder_is_set:
        monkeypatch.delenv("AIGC_DEMO_DATA")
    with pytest.raises(DemoError, match=f"AIGC_DEMO_DATA.*python -m aigc_demo fetch {name}"):
        read()


def test_fetched_digits_are_found(hub):
    (train, train_labels), (test, test_labels) = _pictures(12, 0), _pictures(5, 1)
    for file, pictures, labels in zip(
        data.SOURCES["digits"].hub_files, (train, test), (train_labels, test_labels), strict=True
    ):
        rows = [
            {"image": {"bytes": _png(p), "path": None}, "label": int(n)}
            for p, n in zip(pictures, labels, strict=True)
        ]
        hub[file] = _parquet(rows)

    assert [file.suffix for file in data.fetch("digits")] == [".parquet", ".parquet"]
    assert constants.HF_HUB_OFFLINE  # back in force
    digits, order = data.digits("test"), np.random.default_rng(0).permutation(5)
    np.testing.assert_array_equal(digits.pictures[..., 0], test[order])
    np.testing.assert_array_equal(digits.labels, test_labels[order])
    assert digits.labels.dtype == np.int64 and len(data.digits("train").labels) == 12


def test_fetched_shakespeare_is_found_and_the_folder_comes_first(hub, folder):
    hub["input.txt"] = b"from the hub"
    data.fetch("shakespeare")
    assert data.shakespeare("train") == "from the h"
    (folder / "tinyshakespeare.txt").write_text("from the folder")
    assert data.shakespeare("train") == "from the fold"


def test_fetched_poems_are_those_of_regular_form(hub):
    bodies = [
        QUATRAIN,
        "君不见，黄河之水天上来。",
        QUATRAIN[:12],
        "朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。",
    ]
    first, second = data.SOURCES["tang"].hub_files
    hub[first] = _parquet([{"author": "甲", "paragraphs": body, "title": "乙"} for body in bodies])
    hub[second] = _parquet([{"author": "丙", "paragraphs": QUATRAIN, "title": "丁"}])
    data.fetch("tang")
    assert data.tang_poems() == [
        data.Poem("乙", "甲", QUATRAIN),
        data.Poem("乙", "甲", bodies[3]),
        data.Poem("丁", "丙", QUATRAIN),
    ]


def test_fetched_poems_of_no_known_form_are_an_error(hub):
    for file in data.SOURCES["tang"].hub_files:
        hub[file] = _parquet([{"author": "甲", "paragraphs": "not a poem", "title": "乙"}])
    data.fetch("tang")
    with pytest.raises(DemoError, match="form has changed"):
        data.tang_poems()


def test_a_file_that_the_hub_lacks_is_an_error(hub):
    with pytest.raises(DemoError, match="could not be fetched from ylecun/mnist"):
        data.fetch("digits")
    assert constants.HF_HUB_OFFLINE


def test_a_hub_out_of_reach_is_an_error(folder, monkeypatch):
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(
        constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        "http://127.0.0.1:9/{repo_id}/resolve/{revision}/{filename}",
    )
    monkeypatch.setattr("time.sleep", lambda seconds: None)  # huggingface_hub tries six times
    with pytest.raises(DemoError, match="could not be fetched .* HF_ENDPOINT"):
        data.fetch("shakespeare")


def test_an_unknown_data_set_is_an_error():
    with pytest.raises(
        DemoError, match="data set must be one of digits, shakespeare, tang; “faces” is not"
    ):
        data.fetch("faces")


@pytest.mark.skipif(
    not HAS_FONT and os.environ.get("CI") != "true", reason="apt-get install fonts-noto-color-emoji"
)
def test_emoji_are_drawn_and_named():
    drawn = {entry.character: entry for entry in data.emoji(16)}
    assert 1_500 < len(drawn) < 2_000  # 1,637 with Debian 12's font
    assert all(
        entry.pixels.shape == (16, 16, 3) and entry.pixels.dtype == np.uint8
        for entry in drawn.values()
    )
    assert min(np.ptp(entry.pixels) for entry in drawn.values()) > 30  # none is blank
    assert "👍" in drawn and "👍🏽" not in drawn and "🇨🇳" not in drawn
    assert (drawn["🐶"].english, drawn["🐶"].chinese) == ("dog face", "狗脸")
    assert drawn["🥇"].english == "1st place medal"
    corners = drawn["🟠"].pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert corners.min() > 240  # white all round: centred


@pytest.mark.parametrize("size", [15, 129, 32.5, float("nan"), "64"])
def test_an_emoji_size_out_of_range_is_an_error(size):
    with pytest.raises(DemoError, match="size must be"):
        data.emoji(size)


def test_a_missing_font_says_what_to_install(monkeypatch):
    monkeypatch.setattr(emoji_data, "EMOJI_FONTS", ("/nowhere/NotoColorEmoji.ttf",))
    with pytest.raises(DemoError, match="apt-get install fonts-noto-color-emoji"):
        data.emoji()
