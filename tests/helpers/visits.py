"""Chromium, started once, and visits of the app in it: fixtures of tests/conftest.py."""

import os
import shutil
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.helpers.browser import FLAGS, PATIENCE, Open, Visit, listen
from tests.helpers.server import Server

INSTALL = "sudo apt-get update && sudo apt-get install -y chromium fonts-noto-color-emoji fonts-noto-cjk nginx"

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


@pytest.fixture(scope="module")
def visits(app: Server, chromium: Browser) -> Iterator[Open]:
    """Opens pages of the app, each as a new visitor; closes them when the module's tests are done."""
    contexts = []

    def visit(
        *, language: str = "en", query: str = "", tab: str = "text", width: int = 1440, url: str = app.url, script: str = "", **options: Any
    ) -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        context.add_init_script(script)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        opened = Visit(context.new_page(), language)  # what `query` asks for, where it is given
        listen(opened)
        opened.page.goto(f"{url}/?{query or f'tab={tab}&lang={language}&__theme=light'}")
        expect(opened.page.get_by_role("heading", level=1)).to_be_visible()
        return opened

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def visit(visits: Open) -> Iterator[Open]:
    """Opens pages that must end without a complaint, and closes them."""
    opened = []

    def remember(**options: Any) -> Visit:
        opened.append(visits(**options))
        return opened[-1]

    yield remember
    for each in opened:
        each.page.context.close()
    complaints = [complaint for each in opened for complaint in each.complaints]
    assert not complaints, "\n".join(complaints)
