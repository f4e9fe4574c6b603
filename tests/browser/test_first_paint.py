"""What a visitor sees before Gradio has built the page: the same picture at the same place, and
what is pressed there counts.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.helpers.browser import PATIENCE
from tests.helpers.server import Server

pytestmark = pytest.mark.browser

LAYER = ".first-paint"
PICTURES = 9  # on the map


@pytest.fixture
def early(
    chromium: Browser, app: Server
) -> Iterator[Callable[..., tuple[Page, Callable[[], None]]]]:
    """Open the page with Gradio's script held back; return it, and what lets the script come."""
    contexts = []

    def open_page(
        query: str = "", width: int = 1440, **options: Any
    ) -> tuple[Page, Callable[[], None]]:
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE)
        held: list[Route] = []
        page.route("**/assets/index-*.js", lambda route: held.append(route))
        with page.expect_request("**/assets/index-*.js"):
            page.goto(f"{app.url}/?{query}", wait_until="commit")
        page.wait_for_selector("gradio-app", state="attached")
        return page, lambda: held.pop().continue_()

    yield open_page
    for context in contexts:
        context.close()


def whole(page: Page) -> None:
    expect(page.locator(f"{LAYER} .row canvas.picture")).to_have_count(PICTURES)
    expect(page.locator(f"{LAYER} .waking")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(700)  # what appears does so slowly


def picture(page: Page) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), dtype=int)


@pytest.mark.parametrize(
    ("query", "width", "options"),
    [
        ("lang=en&__theme=light", 1440, {}),
        ("lang=zh&tab=overview", 1920, {"color_scheme": "dark"}),
        ("lang=zh&__theme=dark&view=map", 390, {}),
    ],
)
def test_the_map_is_seen_before_the_page_is_built_and_stays_where_it_was(
    early, query, width, options
):
    page, let = early(query, width, **options)
    whole(page)
    before = picture(page)
    let()
    expect(page.locator(LAYER)).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => true)")
    changed = np.abs(picture(page) - before).max(axis=2) > 60
    assert changed.mean() < 0.002
    expect(page.locator("#overview-map .row canvas.picture")).to_have_count(PICTURES)


@pytest.mark.parametrize(
    "query", ["tab=gan", "tab=overview&view=contest", "tab=nowhere", "view=nowhere"]
)
def test_an_address_that_asks_for_another_view_gets_no_map_before_it(early, query):
    page, let = early(query)
    expect(page.locator(LAYER)).to_have_count(0)
    let()
    expect(page.locator("#masthead")).to_be_visible()


@pytest.mark.parametrize(
    ("pressed", "then"),
    [
        (".tab-container button:nth-child(3)", "#tab-gan"),
        (".views button:nth-child(2)", "#view-overview-contest"),
        ('[data-place="gan"]', "#tab-gan"),
        ('[data-place="maths/noise"]', "#view-maths-noise"),
        ("[data-id=masthead] button:nth-of-type(1)", ".touring"),
        ('[data-act="hundred"]', "#overview-map .hundred canvas.picture"),
    ],
)
def test_what_is_pressed_before_the_page_is_built_happens_when_it_is(early, pressed, then):
    page, let = early("lang=en")
    page.locator(LAYER).locator(pressed).first.click()
    let()
    expect(page.locator(then).first).to_be_visible()
    expect(page.locator(LAYER)).to_have_count(0)


def test_without_its_values_the_map_gives_way_to_the_page(early):
    page, let = early("lang=en")
    expect(page.locator(LAYER)).to_be_visible()
    page.route("**/first-paint", lambda route: route.abort())
    page.reload(wait_until="commit")
    expect(page.locator(LAYER)).to_have_count(0)
    let()
    expect(page.locator("#overview-map .row canvas.picture")).to_have_count(PICTURES)
