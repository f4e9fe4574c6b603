"""The Hugging Face Hub: what a download would be, what is here already, and publishing.

Weights are safetensors alone, and no code of a repository is ever run. HF_ENDPOINT, HF_TOKEN and
the Hub's cache (HF_HOME, HF_HUB_CACHE) are honoured.
"""

import importlib
import json
import re
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from huggingface_hub import HfApi, constants
from huggingface_hub.errors import HFValidationError
from huggingface_hub.utils import get_token, validate_repo_id

from aigc_demo.core.errors import DemoError
from aigc_demo.core.spelling import plain
from aigc_demo.hub.downloads import HubFile, Offer, fetch, megabytes, storage
from aigc_demo.hub.network_errors import hub_errors, online

COMMIT = re.compile("[0-9a-f]{40}")
PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt")
# where `auto_map` names code of the repository
ASK_FOR_CODE = ("config.json", "tokenizer_config.json")
MAX_BYTES = 3_000_000_000  # of weights, which in memory may be twice as large


@dataclass(frozen=True)
class Format:
    """The files that a kind of model consists of, by their names in its repository."""

    needed: tuple[str, ...]  # each of them must be there
    weights: tuple[str, ...]  # the first of them that is there is taken, whole or in shards
    optional: tuple[str, ...] = ()


# of this project
CHECKPOINT = Format(
    ("config.json", "metrics.json"),
    ("model.safetensors",),
    ("README.md", "tokenizer.json", "emoji.json"),
)


def offer(repo: str, format: Format) -> Offer:
    """Return what the download of `repo` (owner/name, or owner/name@revision) would be, as
    the Hub says; of it only small configurations are fetched.

    Raises DemoError that says what to do when there is no such repository, it is not open to this
    visitor, the Hub cannot be reached or is silent, or the repository holds no safetensors, more
    than MAX_BYTES, or wants its own code to be run.
    """
    repo, branch = check_repo(repo)
    with hub_errors(repo), online():
        info = HfApi().model_info(
            repo, revision=branch, files_metadata=True, timeout=constants.HF_HUB_DOWNLOAD_TIMEOUT
        )
        commit = info.sha or ""
        if not COMMIT.fullmatch(commit):
            raise ValueError("it does not say which commit it offers")
        listed = {
            s.rfilename: HubFile(
                s.rfilename, s.size or 0, s.lfs.sha256 if s.lfs else None, s.blob_id or ""
            )
            for s in info.siblings or []
        }
    files = tuple(listed[name] for name in select_files(repo, listed, format))
    licence = info.card_data.license if info.card_data else None
    found = Offer(repo, branch, commit, files, licence)
    if found.size > MAX_BYTES:
        raise DemoError(
            "{repo} has {size}; at most {limit} are read here. Choose a smaller one.",
            repo=repo,
            size=megabytes(found.size),
            limit=megabytes(MAX_BYTES),
        )
    for file in files:
        if file.name in ASK_FOR_CODE:
            for _ in fetch(found, file):
                pass
            if '"auto_map"' in (found.folder / file.name).read_text(encoding="utf-8"):
                raise DemoError(
                    "{repo} asks to run code of its own, which this app never does. Choose another "
                    "model.",
                    repo=repo,
                )
    return found


def cached(repo: str, format: Format) -> Path | None:
    """Return the folder in which `repo` lies whole on this machine, or None; asks nobody. Raises
    DemoError for what is no name.
    """
    repo, branch = check_repo(repo)
    reference = storage(repo) / "refs" / branch
    commit = (
        branch
        if COMMIT.fullmatch(branch)
        else reference.read_text(encoding="utf-8").strip()
        if reference.is_file()
        else ""
    )
    folder = storage(repo) / "snapshots" / commit
    names = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        if commit
        else set()
    )
    try:
        indices = [
            folder / name
            for name in select_files(repo, names, format)
            if name.endswith(".index.json")
        ]
    except DemoError:
        return None
    shards = {
        file
        for index in indices
        for file in json.loads(index.read_text(encoding="utf-8"))["weight_map"].values()
    }
    return folder if shards <= names else None


def folder_of(repo: str, format: Format) -> Path:
    """Return the folder in which `repo` lies whole on this machine; raises DemoError where it does
    not.
    """
    folder = cached(repo, format)
    if folder is None:
        raise DemoError("{repo} is not on this machine yet: download it first.", repo=repo)
    return folder


def select_files(repo: str, names: Collection[str], format: Format) -> list[str]:
    """Return which files of a repository that holds `names` a model of `format` consists of, the
    weights last.

    Raises DemoError when they make no model.
    """
    for whole in format.weights:
        shards = [
            name
            for name in names
            if re.fullmatch(
                re.escape(whole).replace(r"\.safetensors", r"-\d{5}-of-\d{5}\.safetensors"), name
            )
        ]
        weights = (
            [whole]
            if whole in names
            else [f"{whole}.index.json", *sorted(shards)]
            if shards and f"{whole}.index.json" in names
            else []
        )
        if weights and all(name in names for name in format.needed):
            return [*format.needed, *(name for name in format.optional if name in names), *weights]
    if any(name.endswith(PICKLES) for name in names) and not any(
        name.endswith(".safetensors") for name in names
    ):
        raise DemoError(
            "{repo} holds its weights as pickles alone, which can hide code: only safetensors are "
            "read here.",
            repo=repo,
        )
    raise DemoError(
        "{repo} is no model that this app can read: it lacks {files}.",
        repo=repo,
        files=", ".join([*format.needed, format.weights[0]]),
    )


def check_repo(value: object) -> tuple[str, str]:
    """Return owner/name and the branch, tag or commit of a repository's name; raises DemoError for
    what is none.
    """
    repo, _, revision = (
        plain(value).strip().partition("@") if isinstance(value, str) else ("", "", "")
    )
    try:
        validate_repo_id(repo)
    except HFValidationError:
        repo = ""
    if "/" not in repo or not re.fullmatch(r"[\w.-]*", revision, re.ASCII) or ".." in revision:
        shown = str(value)[:60]
        raise DemoError(
            "“{value}” is no name of a model on the Hub: it is owner/name, for instance {example}.",
            value=shown,
            example="openai-community/gpt2",
        )
    return repo, revision or "main"


def publish(folder: Path, repo: str) -> str:
    """Upload checkpoint `folder`, its card too, into the repository `repo`, which is made where
    there is none; return its address.

    Raises DemoError when there is no card or no token, the token may not write there, or the Hub
    cannot be reached.
    """
    repo, _ = check_repo(repo)
    if not (folder / "README.md").exists():
        command = f"python -m aigc_demo evaluate {folder.name}"
        raise DemoError(
            "{name} has no model card yet. To measure it and write one: {command}",
            name=folder.name,
            command=command,
        )
    if get_token() is None:
        raise DemoError(
            "To publish, set HF_TOKEN to a token that may write: {address}",
            address=f"{constants.ENDPOINT}/settings/tokens",
        )
    with hub_errors(repo), online():
        HfApi().create_repo(repo, exist_ok=True)
        HfApi().upload_folder(
            repo_id=repo, folder_path=folder, commit_message=f"{folder.name} of AIGC Demo"
        )
    return f"{constants.ENDPOINT}/{repo}"


_lock = threading.RLock()
_last_model: dict[object, Any] = {}


def open_model(repo: str, format: Format, load: Callable[[str, Path], Any]) -> Any:
    """Return what `load` makes of `repo` and its folder: see `last_model`. Raises DemoError where
    it is not downloaded.
    """
    folder = folder_of(repo, format)
    return last_model(folder, lambda: load(repo, folder))


def last_model(key: object, load: Callable[[], Any]) -> Any:
    """Return what `load` does, from memory where it was the last that was asked for: one model of
    the Hub at a time, whoever asks.
    """
    with _lock:
        if key not in _last_model:
            _last_model.clear()  # before the next is loaded, so that the two never share the memory
            _last_model[key] = load()
        return _last_model[key]


def optional(module: str) -> ModuleType:
    """Return a module that only models of the Hub need; raises DemoError, with the command that
    installs it, when it is missing.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        raise DemoError(
            "This model needs {module}. To install it: {command}",
            module=module,
            command=f"pip install {module}",
        ) from None
