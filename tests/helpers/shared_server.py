"""One app for several processes that test it side by side."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from filelock import FileLock

from tests.helpers.server import Server, serve


@contextmanager
def shared(folder: Path) -> Iterator[Server]:
    """The context in which one app serves all processes that name this `folder`: who enters first
    starts it, and waits for the others.
    """
    place, lock = folder / "app.json", FileLock(folder / "app.lock")
    with lock:
        if place.exists():
            server, mine = _visit(place, 1), None
        else:
            mine = serve()
            server = mine.__enter__()
            place.write_text(
                json.dumps({"guests": 0, "server": {**asdict(server), "log": str(server.log)}}),
                encoding="utf-8",
            )
    try:
        yield server
    finally:
        if mine is None:
            with lock:
                _visit(place, -1)
        else:
            _wait_for_guests(place, lock)
            mine.__exit__(None, None, None)


def _visit(place: Path, change: int) -> Server:
    state = json.loads(place.read_text(encoding="utf-8"))
    place.write_text(json.dumps({**state, "guests": state["guests"] + change}), encoding="utf-8")
    return Server(**{**state["server"], "log": Path(state["server"]["log"])})


def _wait_for_guests(place: Path, lock: FileLock) -> None:
    while True:
        with lock:
            if not json.loads(place.read_text(encoding="utf-8"))["guests"]:
                place.unlink()  # whoever comes now starts another
                return
        time.sleep(0.2)
