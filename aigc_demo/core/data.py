"""The data sets that training needs: from the folder in AIGC_DEMO_DATA, else from the Hugging Face
Hub's cache.

Nothing is downloaded but by `fetch`. The app itself calls this module only where the data are at
hand: they are not shipped.
"""

import gzip
import importlib
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from aigc_demo.core import model_cache
from aigc_demo.core.errors import DemoError, check_choice, check_number
from aigc_demo.core.files import check_pointer, check_writable
from aigc_demo.core.settings import settings

SPLITS = ["train", "test"]
EMOJI_FONTS = (
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/noto/NotoColorEmoji.ttf",
)
EMOJI_FONT_SIZE = 109  # the only size in which the font's bitmaps exist
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)  # two of them make a country's flag
FLAG_TAGS = range(0xE0020, 0xE0080)  # they make the flags of England, Scotland and Wales
REGULAR_POEM = re.compile(
    r"([㐀-鿿𠀀-𲎯]{5}[，。？！；]{1,2}){4,16}|([㐀-鿿𠀀-𲎯]{7}[，。？！；]{1,2}){4,16}"
)  # lines of Han characters


@dataclass(frozen=True)
class Source:
    """Where a data set lies: one file in the data folder, or files of a pinned revision on the Hub."""

    file: str
    repo: str
    revision: str
    hub_files: tuple[str, ...]


SOURCES = {
    "digits": Source(
        "mnist.npz",
        "ylecun/mnist",
        "77f3279092a1c1579b2250db8eafed0ad422088c",
        (
            "mnist/train-00000-of-00001.parquet",
            "mnist/test-00000-of-00001.parquet",
        ),  # in the order of SPLITS
    ),
    "shakespeare": Source(
        "tinyshakespeare.txt",
        "SamPIngram/tinyshakespeare",
        "6d8bc3fdfca13bf8a128bb0e0914cead1e2d208c",
        ("input.txt",),
    ),
    # Not the selection in our own file: 41,274 poems, of which those of regular form are kept.
    # Figures measured on one are not the other's. Its script, simplified or traditional, and its
    # punctuation could not be checked offline.
    "tang": Source(
        "tang_poems.tsv.gz",
        "xmj2002/tang_poems",
        "a628fc0e0de8146e9fa87f45a0545be870bdb229",
        (
            "data/train-00000-of-00001-6914ee5fabc145c0.parquet",
            "data/test-00000-of-00001-a794cd4c018c9326.parquet",
        ),
    ),
}


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


@dataclass(frozen=True)
class Emoji:
    """One emoji: the character and its names, and its picture (size, size, 3) uint8 on white."""

    character: str
    english: str
    chinese: str
    aliases: list[str]  # what else chat programs call it, in English
    pixels: np.ndarray


def digits(split: str = "train") -> Digits:
    """Return MNIST's `split`, "train" (60,000 pictures) or "test" (10,000).

    Raises DemoError when there is no such split, the data are not at hand, or damaged.
    """
    files = _files_of("digits", split)
    file = files[0] if files[0].suffix == ".npz" else files[SPLITS.index(split)]
    with _whole(file, "digits"):
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
    if settings().data_folder is None:
        return None
    try:
        return digits("train").pictures
    except DemoError as error:
        if (settings().data_folder / SOURCES["digits"].file).exists():
            print(error, file=sys.stderr, flush=True)
        return None


def shakespeare(split: str = "train") -> str:
    """Return the first 90 % ("train") or the last 10 % ("test") of Shakespeare's plays.

    Raises DemoError when there is no such split, the data are not at hand, or damaged.
    """
    file = _files_of("shakespeare", split)[0]
    with _whole(file, "shakespeare"):
        text = file.read_text(encoding="utf-8")
        if not text.strip():
            raise ValueError("it is empty")
    cut = int(0.9 * len(text))
    return text[:cut] if split == "train" else text[cut:]


def tang_poems() -> list[Poem]:
    """Return the Tang poems, 38,579 of them from the local file. Raises DemoError when they are not
    at hand, or damaged.
    """
    files = _files_of("tang", "train")
    with _whole(files[0], "tang"):
        return _read_poems(files) if files[0].suffix == ".parquet" else _read_lines(files[0])


def emoji(size: int = 64) -> list[Emoji]:
    """Return every emoji that the font can draw (1,637 with Debian 12's), at `size` (16 to 128)
    pixels. No skin tones, no regions' flags.

    Raises DemoError when `size` is out of range, or the font or the package that knows the names is
    missing.
    """
    size = check_number("size", size, 16, 128, whole=True)
    path = next((path for path in EMOJI_FONTS if Path(path).exists()), None)
    if path is None:
        raise DemoError(
            "The font Noto Color Emoji is missing. To install it: {command}",
            command="apt-get install fonts-noto-color-emoji",
        )
    font = ImageFont.truetype(path, EMOJI_FONT_SIZE)
    one_glyph = font.getbbox(
        "😀"
    )  # blank has a smaller box; a sequence the font lacks, drawn as its parts, a larger one
    return [
        Emoji(character, *names, _draw(character, font, size))
        for character, *names in _named_emoji()
        if font.getbbox(character) == one_glyph
    ]


def fetch(name: str) -> list[Path]:
    """Download data set `name` from the Hub into its cache, with a progress bar, and return the
    files.

    HF_HUB_OFFLINE, which keeps the app off the network, is lifted meanwhile: whoever calls this
    asked for a download. Raises DemoError when there is no such data set or the download fails.
    """
    check_choice("data set", name, list(SOURCES))
    import httpx2
    from huggingface_hub import constants, hf_hub_download

    from aigc_demo.hub.network_errors import check_reached, online

    check_writable(Path(constants.HF_HUB_CACHE), "HF_HOME")
    source = SOURCES[name]
    try:
        with online():
            return [
                Path(
                    hf_hub_download(
                        source.repo, file, repo_type="dataset", revision=source.revision
                    )
                )
                for file in source.hub_files
            ]
    except (
        OSError,
        httpx2.HTTPError,
        RuntimeError,
    ) as error:  # the Hub's own errors are OSErrors; hf_xet raises RuntimeError
        if isinstance(error.__cause__ or error, httpx2.TransportError):
            check_reached(error.__cause__ or error)
        raise DemoError(
            "The data set {name} could not be fetched from {repo} on the Hub: {why} Try again, or name a mirror in HF_ENDPOINT.",
            name=name,
            repo=source.repo,
            why=str(error).partition("\n")[0],
        ) from error


def _files_of(name: str, split: str) -> list[Path]:
    """Return the one local file of a data set, or its files in the Hub's cache."""
    check_choice("split", split, SPLITS)
    source, folder = SOURCES[name], settings().data_folder
    if folder is not None and (folder / source.file).exists():
        return [folder / source.file]
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return [
            Path(
                hf_hub_download(
                    source.repo,
                    file,
                    repo_type="dataset",
                    revision=source.revision,
                    local_files_only=True,
                )
            )
            for file in source.hub_files
        ]
    except LocalEntryNotFoundError:
        raise DemoError(
            "The data set {name} is not here. Set AIGC_DEMO_DATA to the folder that holds {file}, or download it: {command}",
            name=name,
            file=source.file,
            command=f"python -m aigc_demo fetch {name}",
        ) from None


@contextmanager
def _whole(file: Path, name: str) -> Iterator[None]:
    """Return the context in which `file` of data set `name` is read: whatever goes wrong becomes a
    DemoError that says so.
    """
    try:
        yield
    except DemoError:
        raise
    except Exception as error:  # zip, gzip, NumPy, Pillow and Arrow each raise errors of their own
        check_pointer(file)
        raise DemoError(
            "The data file {file} cannot be read: {why}. Put a whole one there, or remove it and download the data: {command}",
            file=file,
            why=str(error).partition("\n")[0].rstrip(".")[:300] or type(error).__name__,
            command=f"python -m aigc_demo fetch {name}",
        ) from error


def _read_archive(file: Path, split: str) -> tuple[np.ndarray, np.ndarray]:
    """Return pictures and labels under our own names, or under those of Keras."""
    with np.load(file) as archive:
        for names in ((f"{split}_images", f"{split}_labels"), (f"x_{split}", f"y_{split}")):
            if set(names) <= set(archive.files):
                return archive[names[0]], archive[names[1]]
        raise ValueError(
            f"it holds {', '.join(archive.files) or 'nothing'}; expected are {split}_images and {split}_labels, or x_{split} and y_{split}"
        )


def _check_digits(pictures: np.ndarray, labels: np.ndarray) -> None:
    if (
        pictures.dtype != np.uint8
        or pictures.ndim != 3
        or pictures.shape[1:] != (28, 28)
        or not len(pictures)
    ):
        raise ValueError(
            f"its pictures are {pictures.dtype} of shape {pictures.shape}; expected are uint8 of shape (N, 28, 28)"
        )
    if labels.shape != (len(pictures),) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"its labels are {labels.dtype} of shape {labels.shape}; expected are {len(pictures)} whole numbers"
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
    table = _optional("pyarrow.parquet").read_table(file)
    pictures = [
        np.asarray(Image.open(io.BytesIO(picture["bytes"])))
        for picture in table["image"].to_pylist()
    ]  # PNG files
    return np.stack(pictures), table["label"].to_numpy()  # (N, 28, 28) uint8, (N,)


def _read_poems(files: list[Path]) -> list[Poem]:
    """Return the poems whose form is that of our own file; raises DemoError when none is."""
    parquet = _optional("pyarrow.parquet")
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


def _named_emoji() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield (character, English name, Chinese name, English aliases) of each emoji but skin tones
    and regions' flags.
    """
    names = _optional("emoji")
    names.config.load_language("zh")
    for character, entry in names.EMOJI_DATA.items():
        is_variant = any(
            ord(part) in codes
            for part in character
            for codes in (SKIN_TONES, FLAG_LETTERS, FLAG_TAGS)
        )
        if entry["status"] == names.STATUS["fully_qualified"] and not is_variant:
            english, chinese, *aliases = (
                name.strip(":").replace("_", " ")
                for name in (entry["en"], entry["zh"], *entry.get("alias", []))
            )
            yield character, english, chinese, aliases


def _draw(character: str, font: ImageFont.FreeTypeFont, size: int) -> np.ndarray:
    left, top, right, bottom = font.getbbox(character)
    side = max(right - left, bottom - top)
    canvas = Image.new("RGB", (side, side), "white")
    corner = ((side - right - left) / 2, (side - bottom - top) / 2)
    ImageDraw.Draw(canvas).text(corner, character, font=font, embedded_color=True)
    return np.asarray(canvas.resize((size, size), Image.Resampling.LANCZOS))


def _optional(module: str) -> ModuleType:
    """Return a module that only training needs; raises DemoError, with the command that installs
    it, when it is missing.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise DemoError(
            "Training data need {module}. To install it: {command}",
            module=module,
            command="pip install -r requirements-dev.txt",
        ) from None
