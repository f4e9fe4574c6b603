"""What stands on a canvas of the page, and strokes on it."""

import base64
import io

from PIL import Image
from playwright.sync_api import Locator, Page


def has_a_picture(canvas: Locator) -> bool:
    """Whether a canvas shows more than one shade."""
    low, high = shades(canvas)
    return high - low > 40


def shades(canvas: Locator) -> tuple[int, int]:
    return painted(canvas).getextrema()


def painted(canvas: Locator) -> Image.Image:
    """Return what a canvas holds, grey."""
    address = canvas.evaluate("canvas => canvas.toDataURL('image/png')")
    return Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2]))).convert("L")


def counter(film: Locator) -> tuple[int, int]:
    """Return which frame a player shows, from 1, and of how many."""
    shown, frames = film.locator(".counter").inner_text().split("/")
    return int(shown), int(frames)


def press(film: Locator, key: str) -> int:
    film.press(key)
    return counter(film)[0]


def draw(page: Page, pad: Locator, *points: tuple[float, float]) -> None:
    """Draw a line through `points`, given in shares of the pad's side."""
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for i, (x, y) in enumerate(points):
        page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=4)
        if i == 0:
            page.mouse.down()
    page.mouse.up()
