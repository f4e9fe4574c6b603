"""Where what visitors train is kept between two frames: a bounded number of sessions, each under a
token that only its browser knows.

Nothing runs here by itself. A training moves when its browser asks for the next frame; a session
that nobody asks for expires.
"""

import threading
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from aigc_demo.core.errors import DemoError

MAX_SESSIONS = 64  # the least recently used one makes room
MAX_IDLE = 900.0  # seconds
MAX_TOKEN = 64  # characters


Value = TypeVar("Value")


@dataclass
class Session(Generic[Value]):
    """What a visitor trains: hold `lock` while `value` is read or trained."""

    value: Value | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    last_used: float = 0.0  # time.monotonic()


class SessionStore(Generic[Value]):
    """The sessions, the least recently used first."""

    def __init__(self, max_sessions: int = MAX_SESSIONS, max_idle: float = MAX_IDLE):
        self.max_sessions, self.max_idle = max_sessions, max_idle
        self._sessions: dict[str, Session[Value]] = {}
        self._lock = threading.Lock()

    def session(self, token: object) -> Session[Value]:
        """Return the session of `token`, an empty one if it has none or its own expired. Raises
        DemoError when it is no token.
        """
        if not isinstance(token, str) or not 1 <= len(token) <= MAX_TOKEN:
            raise DemoError("The page did not say whose training it asks for: reload it.")
        now = time.monotonic()
        with self._lock:
            session = self._sessions.pop(token, None)
            if session is None or now - session.last_used > self.max_idle:
                session = Session()
            session.last_used = now
            self._sessions[token] = session  # the last
            expired = [
                each
                for each, other in self._sessions.items()
                if now - other.last_used > self.max_idle
            ]
            for each in [*expired, *[*self._sessions][: -self.max_sessions]]:
                self._sessions.pop(each, None)
        return session

    def __len__(self) -> int:
        return len(self._sessions)


class Training(Protocol):
    """What a session holds."""

    rules: Any  # its configuration

    def can_continue(self, rules: Any, points: object = None) -> bool:
        """Whether it can go on under `rules`, with the drawn `points`."""
        ...


Trained = TypeVar("Trained", bound=Training)


def resume_or_start(
    current: Trained | None,
    rules: Any,
    points: object,
    *,
    restart: bool,
    initial: Callable[[], Trained],
    create: Callable[[Any, object], Trained],
) -> Trained:
    """Return the training that goes on under `rules`: the `current` one, a copy of the `initial`
    one, with which the view opens, or a new one.
    """
    points = points if rules.shape == "drawn" else None
    if current is None and not restart and initial().can_continue(rules, points):
        current = deepcopy(initial())
    if current is None or restart or not current.can_continue(rules, points):
        return create(rules, points)
    current.rules = rules
    return current
