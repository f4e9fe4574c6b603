"""Where what visitors train is kept between two frames: a bounded number of seats, each under a
token that only its browser knows.

Nothing runs here by itself. What is kept moves when its browser asks for the next frame; what
nobody asks about is put away.
"""

import threading
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from aigc_demo.core.errors import DemoError

MOST = 64  # seats; the one that was asked about longest ago makes room
MAX_REST = 900.0  # seconds
MAX_TOKEN = 64  # characters


Value = TypeVar("Value")


@dataclass
class Session(Generic[Value]):
    """A visitor's place: hold `lock` while what is kept there is looked at or moved."""

    kept: Value | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    used: float = 0.0  # time.monotonic() of the last question


class SessionStore(Generic[Value]):
    """The seats, in the order in which they were last asked for."""

    def __init__(self, most: int = MOST, longest_rest: float = MAX_REST):
        self.most, self.longest_rest = most, longest_rest
        self._seats: dict[str, Session[Value]] = {}
        self._lock = threading.Lock()

    def seat(self, token: object) -> Session[Value]:
        """Return the seat of `token`, an empty one if it has none or had it too long ago. Raises
        DemoError when it is no token.
        """
        if not isinstance(token, str) or not 1 <= len(token) <= MAX_TOKEN:
            raise DemoError("The page did not say whose training it asks for: reload it.")
        now = time.monotonic()
        with self._lock:
            seat = self._seats.pop(token, None)
            if seat is None or now - seat.used > self.longest_rest:
                seat = Session()
            seat.used = now
            self._seats[token] = seat  # the last
            rested = [
                each for each, other in self._seats.items() if now - other.used > self.longest_rest
            ]
            for each in [*rested, *[*self._seats][: -self.most]]:
                self._seats.pop(each, None)
        return seat

    def __len__(self) -> int:
        return len(self._seats)


def resume_or_start(
    kept: Any,
    rules: Any,
    points: object,
    *,
    anew: bool,
    opened: Callable[[], Any],
    begin: Callable[[Any, object], Any],
) -> Any:
    """Return the training that goes on under `rules`: the one that is kept, a copy of `opened`,
    with which the view opens, or a new one.

    A training has `rules` and says with goes_on(rules, points) whether it can go on under others.
    """
    points = points if rules.shape == "drawn" else None
    if kept is None and not anew and opened().goes_on(rules, points):
        kept = deepcopy(opened())
    if kept is None or anew or not kept.goes_on(rules, points):
        return begin(rules, points)
    kept.rules = rules
    return kept
