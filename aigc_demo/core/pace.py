"""How often what is under way is shown: less often when many watch, for every frame takes time from
the models.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

MAX_FRAMES = 24  # a second, to all visitors together

_watching = 0
_lock = threading.Lock()


@contextmanager
def watched() -> Iterator[None]:
    """Return the context in which one more visitor watches."""
    global _watching
    with _lock:
        _watching += 1
    try:
        yield
    finally:
        with _lock:
            _watching -= 1


class Pace:
    """Says when the next frame is due: `seconds` after the last, or later when many watch."""

    def __init__(self, seconds: float, *, at_once: bool = False):
        """at_once: the first frame is due now; else the first `seconds` pass without one."""
        self.seconds = seconds
        self._shown = -float("inf") if at_once else time.monotonic()

    def due(self) -> bool:
        """Return whether a frame is due; if so, it counts as shown now."""
        now = time.monotonic()
        if now - self._shown < max(self.seconds, _watching / MAX_FRAMES):
            return False
        self._shown = now
        return True
