"""Data files of other makers, damaged or wrong: read where they hold the same, else explained by
name.
"""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest

from aigc_demo.core import data
from aigc_demo.core.errors import DemoError

PICTURES = np.random.default_rng(0).integers(0, 256, (30, 28, 28), dtype=np.uint8)
LABELS = (np.arange(30) % 10).astype(np.uint8)
POEM = "静夜思\t李白\t床前明月光，疑是地上霜。举头望明月，低头思故乡。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path))
    return tmp_path


def keras(**changes: np.ndarray) -> bytes:
    """Return a file as Keras offers it, some of its arrays changed."""
    buffer = io.BytesIO()
    np.savez(
        buffer,
        **{
            "x_train": PICTURES,
            "y_train": LABELS,
            "x_test": PICTURES[:9],
            "y_test": LABELS[:9],
            **changes,
        },
    )
    return buffer.getvalue()


@pytest.mark.parametrize(("split", "count"), [("train", 30), ("test", 9)])
def test_the_file_of_keras_is_read(folder, split, count):
    (folder / "mnist.npz").write_bytes(keras())
    found = data.digits(split)
    assert found.pictures.shape == (count, 28, 28, 1)
    assert found.labels.dtype == np.int64
    for picture, label in zip(found.pictures, found.labels, strict=True):
        places = np.flatnonzero((PICTURES[..., None] == picture).all(axis=(1, 2, 3)))
        assert LABELS[places[0]] == label


def others() -> dict[str, tuple[bytes, str]]:
    """Return files that are none, with a part of what must be said of each."""
    whole, buffer = keras(), io.BytesIO()
    np.savez(buffer, images=PICTURES)
    array = io.BytesIO()
    np.save(array, PICTURES)
    flipped = bytearray(whole)
    flipped[2000:2100] = bytes(100)
    return {
        "truncated": (whole[: len(whole) // 2], ""),
        "empty": (b"", ""),
        "text": (b"This is no archive.", ""),
        "an array alone": (array.getvalue(), ""),
        "some bytes zeroed": (bytes(flipped), "CRC"),
        "other names": (buffer.getvalue(), "it holds images; expected are train_images"),
        "floats": (keras(x_train=PICTURES / 255), "float64"),
        "flat": (keras(x_train=PICTURES.reshape(30, 784)), "(30, 784)"),
        "32 pixels": (keras(x_train=np.zeros((30, 32, 32), np.uint8)), "(30, 32, 32)"),
        "no pictures": (keras(x_train=PICTURES[:0], y_train=LABELS[:0]), "(0, 28, 28)"),
        "fewer labels": (keras(y_train=LABELS[:9]), "(9,)"),
        "one-hot labels": (keras(y_train=np.eye(10)[LABELS]), "(30, 10)"),
        "labels of letters": (keras(y_train=LABELS + 40), "from 40 to 49"),
        "objects": (keras(y_train=LABELS.astype(object)), ""),
        "a pointer": (b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
    }


OTHERS = others()


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_set_of_digits_is_explained_by_name(folder, what):
    content, part = OTHERS[what]
    (folder / "mnist.npz").write_bytes(content)
    with pytest.raises(DemoError) as caught:
        data.digits("train")
    assert str(folder / "mnist.npz") in str(caught.value)
    assert part in str(caught.value)
    assert "fetch digits" in str(caught.value) or part == "git lfs pull"


def test_the_app_goes_on_without_damaged_digits_and_reports_them(folder, capsys):
    (folder / "mnist.npz").write_bytes(OTHERS["truncated"][0])
    assert data.training_digits.__wrapped__() is None
    assert "mnist.npz cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", ["naïve Café".encode("latin-1"), "你好".encode("gbk"), b"\xff\xfe\x00", b"", b" \n"]
)
def test_a_text_in_another_encoding_is_explained(folder, content):
    (folder / "tinyshakespeare.txt").write_bytes(content)
    with pytest.raises(DemoError, match="tinyshakespeare.txt cannot be read: .*fetch shakespeare"):
        data.shakespeare()


def test_a_folder_in_a_files_place_is_explained(folder):
    for name in ("tinyshakespeare.txt", "mnist.npz", "tang_poems.tsv.gz"):
        (folder / name).mkdir()
    for read in (data.shakespeare, data.digits, data.tang_poems):
        with pytest.raises(DemoError, match="cannot be read: .*directory"):
            read()


POEMS = gzip.compress(POEM.encode() * 50)


@pytest.mark.parametrize(
    "content",
    [
        POEMS[:-20],
        POEMS[:10],
        b"",
        POEM.encode(),
        POEMS[:30] + b"\x00\x00\x00" + POEMS[33:],
        gzip.compress(POEM.encode("gbk")),
        gzip.compress(b""),
    ]
    + [gzip.compress(b"no tabs\n"), gzip.compress((POEM + "a\tb\n").encode())],
    ids=[
        "cut",
        "head alone",
        "empty",
        "not packed",
        "damaged",
        "other encoding",
        "nothing in it",
        "no columns",
        "a line short",
    ],
)
def test_poems_that_are_none_are_explained(folder, content):
    (folder / "tang_poems.tsv.gz").write_bytes(content)
    with pytest.raises(DemoError, match="tang_poems.tsv.gz cannot be read: .*fetch tang"):
        data.tang_poems()
    (folder / "tang_poems.tsv.gz").write_bytes(POEMS)
    assert data.tang_poems()[0].author == "李白"
