"""Where the visitors' duels are kept between two frames: a bounded number, each under a token that only its browser knows.

Nothing runs here by itself. A duel moves when its browser asks for the next frame; one that nobody asks about is put away.
"""

import threading
import time
from dataclasses import dataclass, field

from aigc_demo.gan.duel import Duel

MOST = 64  # duels; the one that was asked about longest ago makes room
LONGEST_REST = 900.0  # seconds


@dataclass
class Seat:
    """A visitor's place: hold `lock` while the duel is looked at or moved."""

    duel: Duel | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    used: float = 0.0  # time.monotonic() of the last question


class Arena:
    """The seats, in the order in which they were last asked for."""

    def __init__(self, most: int = MOST, longest_rest: float = LONGEST_REST):
        self.most, self.longest_rest = most, longest_rest
        self._seats: dict[str, Seat] = {}
        self._lock = threading.Lock()

    def seat(self, token: str) -> Seat:
        """Gives back the seat of `token`, an empty one if it has none or had it too long ago."""
        now = time.monotonic()
        with self._lock:
            seat = self._seats.pop(token, None)
            if seat is None or now - seat.used > self.longest_rest:
                seat = Seat()
            seat.used = now
            self._seats[token] = seat  # the last
            rested = [each for each, other in self._seats.items() if now - other.used > self.longest_rest]
            for each in [*rested, *[*self._seats][: -self.most]]:
                self._seats.pop(each, None)
        return seat

    def __len__(self) -> int:
        return len(self._seats)
