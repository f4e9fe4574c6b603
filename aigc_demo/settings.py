"""Every launch and environment setting, in one place."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """What may differ from one machine to the next."""

    data_folder: Path | None  # AIGC_DEMO_DATA: where training data lie; None: the Hub's cache
    checkpoint_folder: Path  # AIGC_DEMO_CHECKPOINTS
    run_folder: Path  # AIGC_DEMO_RUNS: unfinished training, never shipped
    wakes: bool  # AIGC_DEMO_WAKE=no: the models wait until a visitor opens their view, instead of waking when the app starts
    threads: int | None  # AIGC_DEMO_THREADS: torch's threads; None: torch decides


@cache
def settings() -> Settings:
    """Gives back the settings, read from the environment once."""
    data, threads = os.environ.get("AIGC_DEMO_DATA"), os.environ.get("AIGC_DEMO_THREADS")
    return Settings(
        data_folder=Path(data) if data else None,
        checkpoint_folder=Path(os.environ.get("AIGC_DEMO_CHECKPOINTS", PROJECT / "checkpoints")),
        run_folder=Path(os.environ.get("AIGC_DEMO_RUNS", PROJECT / "runs")),
        wakes=os.environ.get("AIGC_DEMO_WAKE") != "no",
        threads=int(threads) if threads else None,
    )
