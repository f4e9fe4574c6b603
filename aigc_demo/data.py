"""The data sets that training needs: from the folder in AIGC_DEMO_DATA, else from the Hugging Face Hub, when asked.

The app itself never calls this module unless a data folder is present: the data are not shipped.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from aigc_demo.errors import DemoError
from aigc_demo.settings import settings

EMOJI_FONTS = ("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "/usr/share/fonts/noto/NotoColorEmoji.ttf")
EMOJI_FONT_SIZE = 109  # the only size in which the font's bitmaps exist


@dataclass(frozen=True)
class Source:
    """Where a data set lies on the Hub, when there is no local file."""

    file: str  # its name in the data folder
    repo: str  # data set's id on the Hub
    revision: str
    files: tuple[str, ...]  # what is fetched


@dataclass(frozen=True)
class Digits:
    """MNIST. Pictures are (N, 28, 28, 1) uint8, labels (N,) int64; the order is shuffled once, with a fixed seed."""

    pictures: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Poem:
    """A Tang poem; every line of the body has five or every line seven characters."""

    title: str
    author: str
    body: str


@dataclass(frozen=True)
class Emoji:
    """One emoji: the character and its names, and its picture (size, size, 3) uint8 on white."""

    character: str
    english: str
    chinese: str
    pixels: np.ndarray


def digits(split: str = "train") -> Digits:
    """Gives back MNIST's `split`, "train" (60,000 pictures) or "test" (10,000). Raises DemoError when it is not at hand."""
    with np.load(_local("mnist.npz")) as archive:
        pictures, labels = archive[f"{split}_images"], archive[f"{split}_labels"]
    order = np.random.default_rng(0).permutation(len(labels))  # the file is sorted by label
    return Digits(pictures[order, :, :, None], labels[order].astype(np.int64))


def shakespeare(split: str = "train") -> str:
    """Gives back the first 90 % ("train") or the last 10 % ("test") of Shakespeare's plays. Raises DemoError when not at hand."""
    text = _local("tinyshakespeare.txt").read_text(encoding="utf-8")
    cut = int(0.9 * len(text))
    return text[:cut] if split == "train" else text[cut:]


def _local(file: str) -> Path:
    folder = settings().data_folder
    if folder is None or not (folder / file).exists():
        raise DemoError("The data file {file} is not here. Set AIGC_DEMO_DATA to the folder that holds it.", file=file)
    return folder / file
