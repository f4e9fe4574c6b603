"""Downloads from the Hub: streamed, stopped and resumed at any byte, and believed only when the
hash is right.

Files lie in the Hub's own cache (HF_HOME, HF_HUB_CACHE) in its own layout, where other programs
find them: a file in blobs/ under its hash, and snapshots/<commit>/<name> that points there. The
bytes are streamed here because huggingface_hub's own download (2.4) can be neither stopped nor
resumed, and asks a silent server for a minute.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx2
from filelock import FileLock, Timeout
from huggingface_hub import constants, hf_hub_url
from huggingface_hub.file_download import repo_folder_name
from huggingface_hub.utils import build_hf_headers, get_session, hf_raise_for_status

from aigc_demo.core.errors import DemoError
from aigc_demo.core.steps import DownloadStep
from aigc_demo.hub.network_errors import hub_errors, online

CHUNK = 1 << 18  # bytes: on a slow line a stop is heard within a second or two


@dataclass(frozen=True)
class HubFile:
    """A file on the Hub."""

    name: str
    size: int  # bytes
    sha256: str | None  # of the content, where the Hub keeps it outside of git
    git: str  # else git's SHA-1 of it

    @property
    def key(self) -> str:
        """Under which the cache keeps it."""
        return self.sha256 or self.git


@dataclass(frozen=True)
class Offer:
    """A download that may be made: one commit's files of a repository."""

    repo: str
    branch: str  # or tag, or commit, as it was asked for
    commit: str
    files: tuple[HubFile, ...]  # the weights last: where they are, all else is
    licence: str | None  # as the model card states it

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(file.size for file in self.files)

    @property
    def folder(self) -> Path:
        """Where the files lie when they are there."""
        return storage(self.repo) / "snapshots" / self.commit

    @property
    def missing(self) -> int:
        """How many bytes are still to come."""
        return sum(
            file.size - _there(_blob(self, file))
            for file in self.files
            if not _is_whole(self.folder / file.name, file)
        )


def download(offer: Offer) -> Iterator[DownloadStep]:
    """Fetch what is missing of `offer`, a DownloadStep each CHUNK; then the files are in
    `offer.folder`.

    To stop is to close the generator: what has come is kept, and the next download goes on from
    there. A file counts only when it has its size and its hash. Raises DemoError like `offer`, and
    when a file breaks off or is another than announced, the disk is too small, or the same file is
    being downloaded by another.
    """
    folder = Path(constants.HF_HUB_CACHE)
    with hub_errors(offer.repo):
        folder.mkdir(parents=True, exist_ok=True)
        free, needed = shutil.disk_usage(folder).free, offer.missing
    if needed > free:
        raise DemoError(
            "The download needs {size}, and {folder} has {free} left: make room, or name another "
            "folder in HF_HOME.",
            size=megabytes(needed),
            free=megabytes(free),
            folder=folder,
        )
    done = 0
    for file in offer.files:
        for here in fetch(offer, file):
            yield DownloadStep(file.name, done + here, offer.size)
        done += file.size
    if offer.branch != offer.commit:
        reference = storage(offer.repo) / "refs" / offer.branch
        reference.parent.mkdir(exist_ok=True)
        reference.write_text(offer.commit, encoding="utf-8")


def fetch(offer: Offer, file: HubFile) -> Iterator[int]:
    """Brings one file into the cache; yields how many of its bytes are there. Raises DemoError like
    `download`.
    """
    pointer, blob, lock = offer.folder / file.name, _blob(offer, file), _lock(offer, file)
    if not _is_whole(pointer, file):
        with hub_errors(offer.repo):
            for path in (blob, pointer, lock):
                path.parent.mkdir(parents=True, exist_ok=True)
            if not _is_whole(blob, file):
                yield from _alone(lock, file, _stream(offer, file, blob))
            _point(pointer, blob)
    yield file.size


def _alone(path: Path, file: HubFile, steps: Iterator[int]) -> Iterator[int]:
    # a generator may go on in another thread
    lock = FileLock(path, thread_local=False, blocking=False)
    try:
        with lock:
            yield from steps
    except Timeout:
        raise DemoError(
            "{file} is being downloaded by another just now: wait until that has ended, then try "
            "again.",
            file=file.name,
        ) from None


def _stream(offer: Offer, file: HubFile, blob: Path) -> Iterator[int]:
    """Streams a file into <blob>.incomplete, from where an earlier download stopped, and makes it
    the blob when it is whole.
    """
    partial = _partial(blob)
    with partial.open("ab") as written:
        if written.tell() > file.size:
            written.truncate(0)
        if start := written.tell():
            yield start
        if start < file.size:
            yield from _receive(offer, file, written)
    if (come := _there(blob)) < file.size:
        raise DemoError(
            "{file} broke off after {done} of {size} bytes. They are kept: download again to go "
            "on.",
            file=file.name,
            done=f"{come:,}",
            size=f"{file.size:,}",
        )
    if _digest(partial, file) != file.key:
        partial.unlink()
        raise DemoError(
            "{file} is not what the Hub announced, and was thrown away: download it again.",
            file=file.name,
        )
    partial.replace(blob)


def _receive(offer: Offer, file: HubFile, written: BinaryIO) -> Iterator[int]:
    begun = {"Range": f"bytes={written.tell()}-"} if written.tell() else {}
    request = get_session().build_request(
        "GET",
        hf_hub_url(offer.repo, file.name, revision=offer.commit),
        # compressed, the bytes could not be counted
        headers={**build_hf_headers(), "Accept-Encoding": "identity", **begun},
        timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT,
    )
    with online():
        response = get_session().send(request, stream=True)
    try:
        hf_raise_for_status(response)
        if begun and response.status_code != 206:  # the server begins anew
            written.truncate(0)
        for chunk in response.iter_bytes(CHUNK):
            written.write(chunk)
            yield written.tell()
            if written.tell() > file.size:
                break
    except (httpx2.RemoteProtocolError, httpx2.ReadError):
        pass  # broken off: the size will tell
    finally:
        response.close()


def _digest(path: Path, file: HubFile) -> str:
    with path.open("rb") as content:
        if file.sha256:
            return hashlib.file_digest(content, "sha256").hexdigest()
        named = hashlib.sha1(f"blob {path.stat().st_size}\0".encode())  # git's name of a file
        return hashlib.file_digest(content, lambda: named).hexdigest()


def _point(pointer: Path, blob: Path) -> None:
    pointer.unlink(missing_ok=True)
    try:
        pointer.symlink_to(os.path.relpath(blob, pointer.parent))
    except OSError:  # Windows without the right to make links
        blob.replace(pointer)


def storage(repo: str) -> Path:
    """Return where the cache keeps `repo`."""
    return Path(constants.HF_HUB_CACHE) / repo_folder_name(repo_id=repo, repo_type="model")


def _blob(offer: Offer, file: HubFile) -> Path:
    return storage(offer.repo) / "blobs" / file.key


def _lock(offer: Offer, file: HubFile) -> Path:
    return Path(constants.HF_HUB_CACHE) / ".locks" / storage(offer.repo).name / f"{file.key}.lock"


def _partial(blob: Path) -> Path:
    return blob.with_name(f"{blob.name}.incomplete")


def _there(blob: Path) -> int:
    """How many bytes of a blob have come."""
    here = blob if blob.exists() else _partial(blob)
    return here.stat().st_size if here.exists() else 0


def _is_whole(path: Path, file: HubFile) -> bool:
    return path.exists() and path.stat().st_size == file.size


def megabytes(count: int) -> str:
    """Return a number of bytes in words."""
    return f"{count / 1e6:,.0f} MB"
