"""How many visitors are served at a time, and who is next."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aigc_demo.core.errors import DemoError

MAX_SERVED = 64  # visitors whose models work at the same time
MAX_WAITING = 1_000
ASK = 0.5  # seconds after which a visitor who waits is told again


class Place:
    """A visitor's place in a line."""

    def __init__(self, line: "WaitingLine"):
        self.line = line

    @property
    def ahead(self) -> int:
        """How many must leave before this visitor is served; 0: it is this visitor's turn."""
        return max(0, self.line.order.index(self) + 1 - self.line.max_served)

    def until_served(self) -> Iterator[int]:
        """Yield how many are ahead, whenever that changes, until it is this visitor's turn."""
        told = 0
        with self.line.moved:
            ahead = self.ahead
        while ahead:
            if ahead != told:
                yield ahead
            told = ahead
            with self.line.moved:
                self.line.moved.wait(ASK)
                ahead = self.ahead


class WaitingLine:
    """Serves so many at a time, the others in the order in which they came."""

    def __init__(self, max_served: int = MAX_SERVED, max_waiting: int = MAX_WAITING):
        self.max_served, self.max_waiting = max_served, max_waiting
        self.order: list[Place] = []  # the first of them are served
        self.moved = threading.Condition()  # guards `order`

    @contextmanager
    def joined(self) -> Iterator[Place]:
        """Return the context in which a visitor stands in the line, or is served. Raises DemoError
        where too many do.
        """
        place = Place(self)
        with self.moved:
            if len(self.order) >= self.max_served + self.max_waiting:
                raise DemoError(
                    "{count} visitors are waiting already: please try again in a minute.",
                    count=f"{self.max_waiting:,}",
                )
            self.order.append(place)
        try:
            yield place
        finally:
            with self.moved:
                self.order.remove(place)
                self.moved.notify_all()
