"""Where the data sets lie: in the folder of AIGC_DEMO_DATA, else in the Hugging Face Hub's cache,
into which `fetch` downloads them.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from aigc_demo.core.errors import DemoError, check_choice
from aigc_demo.core.files import check_pointer, check_writable
from aigc_demo.core.settings import settings

SPLITS = ["train", "test"]


@dataclass(frozen=True)
class Source:
    """Where a data set lies: a file of the data folder, or files of a pinned revision."""

    file: str
    repo: str
    revision: str
    hub_files: tuple[str, ...]


SOURCES = {
    "digits": Source(
        "mnist.npz",
        "ylecun/mnist",
        "77f3279092a1c1579b2250db8eafed0ad422088c",
        # in the order of SPLITS
        ("mnist/train-00000-of-00001.parquet", "mnist/test-00000-of-00001.parquet"),
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
        cause = error.__cause__ or error
        if isinstance(cause, httpx2.TransportError):
            check_reached(cause)
        raise DemoError(
            "The data set {name} could not be fetched from {repo} on the Hub: {why} Try again, or "
            "name a mirror in HF_ENDPOINT.",
            name=name,
            repo=source.repo,
            why=str(error).partition("\n")[0],
        ) from error


def files_of(name: str, split: str) -> list[Path]:
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
            "The data set {name} is not here. Set AIGC_DEMO_DATA to the folder that holds {file}, "
            "or download it: {command}",
            name=name,
            file=source.file,
            command=f"python -m aigc_demo fetch {name}",
        ) from None


@contextmanager
def whole(file: Path, name: str) -> Iterator[None]:
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
            "The data file {file} cannot be read: {why}. Put a whole one there, or remove it and "
            "download the data: {command}",
            file=file,
            why=str(error).partition("\n")[0].rstrip(".")[:300] or type(error).__name__,
            command=f"python -m aigc_demo fetch {name}",
        ) from error


def optional(module: str) -> ModuleType:
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
