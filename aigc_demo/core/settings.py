"""Every launch and environment setting, in one place."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aigc_demo.core.errors import DemoError

PACKAGE = Path(__file__).resolve().parents[1]
PROJECT = PACKAGE.parent  # the checkout, unless the package is installed
YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")
ENGINES = ("local",)
PRECISIONS = ("float32", "bfloat16")
MAX_THREADS = 1024


@dataclass(frozen=True)
class Settings:
    """What may differ from one machine to the next. An empty variable counts as one that is not
    set.
    """

    data_folder: Path | None  # AIGC_DEMO_DATA: where training data lie; None: the Hub's cache
    checkpoint_folder: Path  # AIGC_DEMO_CHECKPOINTS: models are read here, and written
    shipped_folder: Path | None  # models that lie in an installed package: read, never written
    run_folder: Path  # AIGC_DEMO_RUNS: unfinished training, never shipped
    # AIGC_DEMO_WAKE=no: the models wait until a visitor opens their view, instead of waking when
    # the app starts
    wakes: bool
    # AIGC_DEMO_THREADS: at most so many threads for torch; None: as many as there are cores
    threads: int | None
    engine: str | None  # AIGC_DEMO_ENGINE=local: visitors share batches; None: one after another
    precision: str | None  # AIGC_DEMO_PRECISION: float32 or bfloat16; None: the faster one here

    def checkpoint(self, name: str) -> Path:
        """Return the folder of checkpoint `name`: the user's own, else the shipped one.

        Where there is neither, it is where the user's own would lie.
        """
        own = self.checkpoint_folder / name
        if self.shipped_folder is None or (own / "model.safetensors").is_file():
            return own
        shipped = self.shipped_folder / name
        return shipped if (shipped / "model.safetensors").is_file() else own


@cache
def settings() -> Settings:
    """Return the settings, read from the environment once. Raises DemoError that names a value
    which is not allowed.
    """
    return read(os.environ)


def is_installed(package: Path = PACKAGE) -> bool:
    """Return whether the package is a wheel's, which holds the checkpoints, not a checkout's."""
    return (package / "checkpoints").is_dir()


def read(environment: Mapping[str, str], package: Path = PACKAGE) -> Settings:
    """Return the settings in `environment`.

    Raises DemoError that names a value which is not allowed, and what is.
    In a checkout everything lies in it. An installed `package` may be read-only: what is made lies
    in the current folder.
    """
    given = {
        name.removeprefix("AIGC_DEMO_"): value.strip()
        for name, value in environment.items()
        if name.startswith("AIGC_DEMO_")
    }
    chosen, installed = _folder(given, "CHECKPOINTS"), is_installed(package)
    base = Path() if installed else package.parent
    return Settings(
        data_folder=_folder(given, "DATA"),
        checkpoint_folder=chosen or base / "checkpoints",
        shipped_folder=package / "checkpoints" if installed and not chosen else None,
        run_folder=_folder(given, "RUNS") or base / "runs",
        wakes=_choice(given, "WAKE", (*YES, *NO)) not in NO,
        threads=_count(given, "THREADS", MAX_THREADS),
        engine=_choice(given, "ENGINE", ENGINES),
        precision=_choice(given, "PRECISION", PRECISIONS),
    )


def _folder(given: Mapping[str, str], name: str) -> Path | None:
    try:
        return Path(given[name]).expanduser() if given.get(name) else None
    except RuntimeError:  # ~stranger
        raise _not_allowed(name, given[name], "a folder") from None


def _choice(given: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str | None:
    value = given.get(name, "").lower()
    if value and value not in choices:
        raise _not_allowed(name, given[name], ", ".join(choices))
    return value or None


def _count(given: Mapping[str, str], name: str, most: int) -> int | None:
    value = given.get(name)
    if not value:
        return None
    if not (
        value.isascii()
        and value.isdigit()
        and len(value) <= len(str(most))
        and 1 <= int(value) <= most
    ):
        raise _not_allowed(name, value, f"1 … {most}")
    return int(value)


def _not_allowed(name: str, value: str, allowed: str) -> DemoError:
    return DemoError(
        "The environment variable {name} is {value}. Allowed: {allowed}.",
        name=f"AIGC_DEMO_{name}",
        value=repr(value)[:60],
        allowed=allowed,
    )
