"""Chromium, started once, and visits of the app in it: fixtures of tests/conftest.py."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.helpers.browser import FLAGS, PATIENCE, Open, Visit, listen, origin
from tests.helpers.server import Server

INSTALL = "sudo apt-get update && sudo apt-get install -y chromium fonts-noto-color-emoji fonts-noto-cjk nginx"
STORES = "local_storage,indexeddb,cache_storage,service_workers"

expect.set_options(timeout=PATIENCE)


def missing(what: str, install: str) -> NoReturn:
    """Skip the test, or with CI=true fail it, for want of a program that Debian has."""
    message = f"There is no {what}. To install it: {install}"
    pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium without a screen; where there is none, the tests are skipped, but with CI=true they fail."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or missing("Chromium", INSTALL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


class Contexts:
    """Browser contexts, each lent to one visit at a time and then to the next with the same options.

    A context that has shown the page before holds its scripts, compiled: the next visit costs a third.
    What a visitor leaves in it is forgotten.
    """

    def __init__(self, browser: Browser):
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def lend(self, options: dict[str, Any]) -> BrowserContext:
        """Return a context that no other visit uses."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        return free.pop() if free else self._browser.new_context(**options)

    def take_back(self, context: BrowserContext, options: dict[str, Any], origin: str) -> None:
        """Close the context's pages and forget what they stored."""
        blank = context.new_page()
        for page in context.pages:
            if page is not blank:
                page.close()
        context.clear_cookies()
        context.new_cdp_session(blank).send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORES})
        blank.close()
        self._free[repr(sorted(options.items()))].append(context)


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    """The browser contexts of all visits."""
    return Contexts(chromium)


@pytest.fixture(scope="module")
def visits(app: Server, contexts: Contexts) -> Iterator[Open]:
    """Open pages of the app, each as a new visitor; close them when the module's tests are done."""
    ends = ExitStack()

    def visit(
        *, language: str = "en", query: str = "", tab: str = "text", width: int = 1440, url: str = app.url, script: str = "", **options: Any
    ) -> Visit:
        context = contexts.lend(options)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.add_init_script(script)
        page.set_default_timeout(PATIENCE)
        opened = Visit(page, language, leave=lambda: contexts.take_back(context, options, origin(url)))  # what `query` asks for, where it is given
        ends.callback(opened.close)
        listen(opened)
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
