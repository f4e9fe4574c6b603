"""The data sets that training needs: from the folder in AIGC_DEMO_DATA, else from the Hugging Face
Hub's cache.

Nothing is downloaded but by `fetch`. The app itself calls this module only where the data are at
hand: they are not shipped.
"""

import gzip
import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from aigc_demo.core import model_cache
from aigc_demo.core.data_sources import SOURCES, SPLITS, fetch, files_of, optional, whole
from aigc_demo.core.emoji_data import Emoji, emoji
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings

__all__ = ["Digits", "Emoji", "Poem", "digits", "emoji", "fetch", "shakespeare", "tang_poems"]

# lines of Han characters
REGULAR_POEM = re.compile(
    r"([㐀-鿿𠀀-𲎯]{5}[，。？！；]{1,2}){4,16}|([㐀-鿿𠀀-𲎯]{7}[，。？！；]{1,2}){4,16}"
)


@dataclass(frozen=True)
class Digits:
    """MNIST. Pictures are (N, 28, 28, 1) uint8, labels (N,) int64; the order is shuffled once, with
    a fixed seed.
    """

    pictures: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Poem:
    """A Tang poem; every line of the body has five or every line seven characters."""

    title: str
    author: str
    body: str


def digits(split: str = "train") -> Digits:
    """Return MNIST's `split`, "train" (60,000 pictures) or "test" (10,000).

    Raises DemoError when there is no such split, the data are not at hand, or damaged.
    """
    files = files_of("digits", split)
    file = files[0] if files[0].suffix == ".npz" else files[SPLITS.index(split)]
    with whole(file, "digits"):
        pictures, labels = (
            _read_archive(file, split) if file.suffix == ".npz" else _read_digits(file)
        )
        _check_digits(pictures, labels)
    order = np.random.default_rng(0).permutation(len(labels))  # the local file is sorted by label
    return Digits(pictures[order, :, :, None], labels[order].astype(np.int64))


@model_cache.single_flight_cache
def training_digits() -> np.ndarray | None:
    """Return MNIST's training pictures (60000, 28, 28, 1) uint8.

    None where there is no data folder, for they are not shipped; and where its file is damaged,
    which is reported.
    """
    folder = settings().data_folder
    if folder is None:
        return None
    try:
        return digits("train").pictures
    except DemoError as error:
        if (folder / SOURCES["digits"].file).exists():
            print(error, file=sys.stderr, flush=True)
        return None


def shakespeare(split: str = "train") -> str:
    """Return the first 90 % ("train") or the last 10 % ("test") of Shakespeare's plays.

    Raises DemoError when there is no such split, the data are not at hand, or damaged.
    """
    file = files_of("shakespeare", split)[0]
    with whole(file, "shakespeare"):
        text = file.read_text(encoding="utf-8")
        if not text.strip():
            raise ValueError("it is empty")
    cut = int(0.9 * len(text))
    return text[:cut] if split == "train" else text[cut:]


def tang_poems() -> list[Poem]:
    """Return the Tang poems, 38,579 of them from the local file. Raises DemoError when they are not
    at hand, or damaged.
    """
    files = files_of("tang", "train")
    with whole(files[0], "tang"):
        return _read_poems(files) if files[0].suffix == ".parquet" else _read_lines(files[0])


def _read_archive(file: Path, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures and labels under our own names, or under those of Keras."""
    with np.load(file) as archive:
        for names in ((f"{split}_images", f"{split}_labels"), (f"x_{split}", f"y_{split}")):
            if set(names) <= set(archive.files):
                return archive[names[0]], archive[names[1]]
        raise ValueError(
            f"it holds {', '.join(archive.files) or 'nothing'}; expected are {split}_images and "
            f"{split}_labels, or x_{split} and y_{split}"
        )


def _check_digits(pictures: np.ndarray, labels: np.ndarray) -> None:
    if (
        pictures.dtype != np.uint8
        or pictures.ndim != 3
        or pictures.shape[1:] != (28, 28)
        or not len(pictures)
    ):
        raise ValueError(
            f"its pictures are {pictures.dtype} of shape {pictures.shape}; expected are uint8 of "
            f"shape (N, 28, 28)"
        )
    if labels.shape != (len(pictures),) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"its labels are {labels.dtype} of shape {labels.shape}; expected are {len(pictures)} "
            f"whole numbers"
        )
    if labels.min() < 0 or labels.max() > 9:
        raise ValueError(
            f"its labels go from {labels.min()} to {labels.max()}; expected are 0 to 9"
        )


def _read_lines(file: Path) -> list[Poem]:
    """Return the poems of our own file: title, author and body, tabs between them, a line each."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    if wrong := next((i for i, row in enumerate(rows, 1) if len(row) != 3), 0 if rows else -1):
        raise ValueError(
            f"line {wrong} has {len(rows[wrong - 1])} columns; expected are title, author and body"
            if wrong > 0
            else "it is empty"
        )
    return [Poem(*row) for row in rows]


def _read_digits(file: Path) -> tuple[np.ndarray, np.ndarray]:
    table = optional("pyarrow.parquet").read_table(file)
    # PNG files
    pictures = [
        np.asarray(Image.open(io.BytesIO(picture["bytes"])))
        for picture in table["image"].to_pylist()
    ]
    return np.stack(pictures), table["label"].to_numpy()  # (N, 28, 28) uint8, (N,)


def _read_poems(files: list[Path]) -> list[Poem]:
    """Return the poems whose form is that of our own file; raises DemoError when none is."""
    parquet = optional("pyarrow.parquet")
    rows = [row for file in files for row in parquet.read_table(file).to_pylist()]
    poems = [
        Poem(row["title"], row["author"], row["paragraphs"])
        for row in rows
        if REGULAR_POEM.fullmatch(row["paragraphs"])
    ]
    if not poems:
        raise DemoError(
            "No poem in {repo} has lines of five or seven characters: its form has changed.",
            repo=SOURCES["tang"].repo,
        )
    return poems
