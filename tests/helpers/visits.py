"""Chromium, started once, and visits of the app in it: fixtures of tests/conftest.py."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.helpers.browser import FLAGS, PATIENCE, Open, Visit, listen, origin
from tests.helpers.server import Server

PACKAGES = "chromium fonts-noto-color-emoji fonts-noto-cjk nginx"
INSTALL = f"sudo apt-get update && sudo apt-get install -y {PACKAGES}"
STORES = "local_storage,indexeddb,cache_storage,service_workers"

expect.set_options(timeout=PATIENCE)


def missing(what: str, install: str) -> NoReturn:
    """Skip the test, or with CI=true fail it, for want of a program that Debian has."""
    message = f"There is no {what}. To install it: {install}"
    pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium without a screen; where there is none, the tests are skipped, but with CI=true they
    fail.
    """
    program = (
        shutil.which("chromium") or shutil.which("google-chrome") or missing("Chromium", INSTALL)
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Pages:
    """Pages in contexts of their own, each lent to one visit at a time and then to the next with
    the same options.

    A page that has shown the app before holds its scripts, compiled: the next visit costs less than
    half. What a visitor leaves in it is forgotten.
    """

    def __init__(self, browser: Browser):
        self._browser = browser
        self._free: dict[str, list[Page]] = {}

    def lend(self, script: str, options: dict[str, Any]) -> Page:
        """Return a page that no other visit uses, in which `script` runs before all others."""
        if free := self._free.get(_kind(script, options)):
            return free.pop()
        page = self._browser.new_context(**options).new_page()
        page.add_init_script(script)
        page.set_default_timeout(PATIENCE)
        return page

    def take_back(self, page: Page, script: str, options: dict[str, Any], origin: str) -> None:
        """Leave the app and forget what it stored."""
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all(behavior="ignoreErrors")
        page.evaluate("() => { try { sessionStorage.clear(); } catch {} }")
        page.goto("about:blank")
        page.context.clear_cookies()
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORES})
        session.send("Page.resetNavigationHistory")
        session.detach()
        self._free.setdefault(_kind(script, options), []).append(page)


def _kind(script: str, options: dict[str, Any]) -> str:
    return script + repr(sorted(options.items()))


@pytest.fixture(scope="session")
def pages(chromium: Browser) -> Pages:
    """The browser's pages of all visits."""
    return Pages(chromium)


@pytest.fixture(scope="module")
def visits(app: Server, pages: Pages) -> Iterator[Open]:
    """Open pages of the app, each as a new visitor; close them when the module's tests are done."""
    ends = ExitStack()

    def visit(
        *,
        language: str = "en",
        query: str = "",
        tab: str = "text",
        width: int = 1440,
        url: str = app.url,
        script: str = "",
        **options: Any,
    ) -> Visit:
        page = pages.lend(script, options)
        page.set_viewport_size({"width": width, "height": 900})
        opened = Visit(
            page, language, leave=lambda: pages.take_back(page, script, options, origin(url))
        )
        ends.callback(opened.close)
        listen(opened)
        # what `query` asks for, where it is given
        page.goto(f"{url}/?{query or f'tab={tab}&lang={language}&__theme=light'}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return opened

    with ends:
        yield visit


@pytest.fixture
def visit(visits: Open) -> Iterator[Open]:
    """Open pages that must end without a complaint, and close them."""
    opened = []

    def remember(**options: Any) -> Visit:
        opened.append(visits(**options))
        return opened[-1]

    yield remember
    for each in opened:
        each.close()
    complaints = [complaint for each in opened for complaint in each.complaints]
    assert not complaints, "\n".join(complaints)
