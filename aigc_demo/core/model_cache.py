"""The models that are in memory: each loaded once, when first wanted or in the background after the
start.
"""

import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any

import aigc_demo
from aigc_demo.core.errors import DemoError

_lock = threading.RLock()
_cores = threading.Condition()
_waiting_visitors = 0  # who wait for a view's first result


def model(name: str) -> Any:
    """Return the model of checkpoint `name`, loading it if it is not in memory yet. Raises
    DemoError like `load`.

    One on the Hub (owner/name) must have been downloaded; of those the last is kept: see
    `hub.last_model`.
    """
    from aigc_demo.core import checkpoints  # torch, for which the page does not wait

    if checkpoints.is_on_hub(name):
        from aigc_demo import hub

        return hub.last_model(hub.folder_of(name, hub.CHECKPOINT), lambda: aigc_demo.load(name))
    with _lock:
        return _loaded(name)


def resolve_weights(name: str, weights: str) -> Any:
    """Return the model of checkpoint `name`, or what stands in for it: `weights` (owner/name on the
    Hub, downloaded), published as `name`.

    Raises DemoError like `model`.
    """
    return model(weights if can_replace(name, weights) else name)


def can_replace(name: str, weights: str) -> bool:
    """Whether the checkpoint `weights` (owner/name; "": none) was published as `name`. Raises
    DemoError where it is not downloaded.
    """
    if not weights:
        return False
    from aigc_demo import hub

    return _published_as(hub.folder_of(weights, hub.CHECKPOINT)) == name


def check_replacement(names: Sequence[str], repo: str, folder: Path) -> None:
    """Raise DemoError where the checkpoint `repo`, its metrics.json in `folder`, was published as
    none of `names`.
    """
    if (name := _published_as(folder)) not in names:
        raise DemoError(
            "{repo} is a {name}; here one of these can be replaced: {names}.",
            repo=repo,
            name=name or "?",
            names=", ".join(names),
        )


def _published_as(folder: Path) -> str:
    from aigc_demo.core import checkpoints

    return str(checkpoints.read_json(folder / "metrics.json").get("name") or "")[:60]


@cache
def _loaded(name: str) -> Any:
    return aigc_demo.load(name)


def single_flight_cache(function: Callable[[], Any]) -> Callable[[], Any]:
    """Return `function` computed at the first call alone, however many ask at once; they wait for
    it, and for nothing else.
    """
    remembered, lock = cache(function), threading.Lock()

    @wraps(function)
    def call() -> Any:
        with lock:
            return remembered()

    return call


@contextmanager
def in_foreground() -> Iterator[None]:
    """Return the context in which a visitor waits for a view's first result: no task in the
    background begins meanwhile.
    """
    global _waiting_visitors
    with _cores:
        _waiting_visitors += 1
    try:
        yield
    finally:
        with _cores:
            _waiting_visitors -= 1
            _cores.notify_all()


def in_background(*tasks: Callable[[], Any]) -> threading.Thread:
    """Run `tasks` one after another in a thread that does not keep the app alive; return the
    started thread.

    Each waits until no visitor is `in_foreground`. A task that fails, whatever is raised, is
    reported and skipped: one damaged checkpoint leaves the other tabs whole.
    """

    def run() -> None:
        for task in tasks:
            with _cores:
                _cores.wait_for(lambda: not _waiting_visitors)
            try:
                task()
            except DemoError as error:
                print(error, file=sys.stderr, flush=True)
            except Exception:
                traceback.print_exc()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread
