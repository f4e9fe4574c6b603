"""Fingers and buttons on an element of the page, as the browser itself makes them."""

from collections.abc import Sequence

from playwright.sync_api import CDPSession, Locator, Page

Point = tuple[float, float]  # in shares of an element's sides


class Fingers:
    """Up to two fingers on one element."""

    def __init__(self, page: Page, element: Locator):
        element.scroll_into_view_if_needed()
        self.box = element.bounding_box()
        self.session: CDPSession = page.context.new_cdp_session(page)

    def touch(self, *points: Point) -> None:
        """Put the fingers down at `points`; those that are down already stay at the place given
        first.
        """
        self._send("touchStart", points)

    def move(self, *points: Point) -> None:
        """Move the fingers to `points`, in the order in which they were put down."""
        self._send("touchMove", points)

    def lift(self) -> None:
        """Lift all fingers."""
        self._send("touchEnd", ())

    def take_away(self) -> None:
        """End all strokes as the browser does when it takes a gesture for its own."""
        self._send("touchCancel", ())

    def _send(self, kind: str, points: Sequence[Point]) -> None:
        touches = [{"id": i, **self.place(point)} for i, point in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def place(self, point: Point) -> dict[str, float]:
        """Return where a point of the element is on the page."""
        return {
            "x": self.box["x"] + point[0] * self.box["width"],
            "y": self.box["y"] + point[1] * self.box["height"],
        }


def drag(page: Page, element: Locator, *points: Point, button: str = "left") -> None:
    """Draw through `points` of `element` with a button of the mouse."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    for i, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=3)
        if i == 0:
            page.mouse.down(button=button)
    page.mouse.up(button=button)
