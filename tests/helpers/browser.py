"""A visit: a page of the app in Chromium that remembers what went wrong on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlparse

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

from aigc_demo.ui.language import TABLES

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


FIRST = {
    "overview": "overview/map",
    "text": "text/write",
    "gan": "gan/pictures",
    "vae": "vae/digit",
    "diffusion": "diffusion/digits",
    "llm": "llm/objectives",
    "maths": "maths/entropy",
}


PATIENCE = 60_000  # milliseconds: a model may still be waking


@dataclass
class Visit:
    """A page of the app in one language."""

    page: Page
    language: str
    leave: Callable[[], None] = lambda: None  # gives its browser context back
    # errors on the console, in scripts, and requests that left the machine
    complaints: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)  # that were asked for anything
    # on the page, for this visit
    listeners: list[tuple[str, Callable[..., None]]] = field(default_factory=list)

    def close(self) -> None:
        """End the visit, once."""
        leave, self.leave = self.leave, lambda: None
        for event, listener in self.listeners:
            self.page.remove_listener(event, listener)
        self.listeners.clear()
        leave()

    def word(self, key: str) -> str:
        """Return a text of the page's table."""
        return TABLES[self.language][key]

    def tab(self, name: str) -> Locator:
        """Return what is under the tab `name`, which is opened if it is not."""
        button = self.page.get_by_role("tab", name=self.word(f"{name}.tab"), exact=True)
        if button.get_attribute("aria-selected") != "true":
            button.click()
        panel = self.page.locator(f"#tab-{name}")
        expect(panel).to_be_visible()
        return panel

    def place(self, place: str) -> Locator:
        """Return what is under a tab ("gan") or under a view of one ("text/inspect"), which is
        opened if it is not.
        """
        tab, _, view = place.partition("/")
        panel = self.tab(tab)
        if not view:
            return panel
        button = panel.locator(f"#{tab}-{view}-view")
        if button.get_attribute("aria-selected") != "true":
            button.click()
        expect(self.page.locator(f"#view-{tab}-{view}")).to_be_visible()
        return self.page.locator(f"#view-{tab}-{view}")

    def button(self, place: str, key: str) -> Locator:
        """Return a button of a tab or view."""
        return self.place(place).get_by_role("button", name=self.word(key), exact=True)

    def finished(self, place: str) -> Locator:
        """Return a tab or view once a finished result is on its stage."""
        panel = self.place(FIRST.get(place, place))
        name = place.removesuffix("/write").removesuffix("/pictures").removesuffix("/digits")
        # a drawing's script comes after its box
        expect(panel.locator(".drawing:visible:not([data-drawn])")).to_have_count(0)
        expect(panel.locator(".waking:visible")).to_have_count(0)
        expect(
            panel.locator(".drawing:visible").first
        ).to_be_visible()  # the first of all may be in a fold that was open once
        if "/" in name or name not in ("text", "gan", "diffusion"):
            return panel
        if name == "text":
            for title in ("rnn", "lstm", "transformer"):
                expect(panel.locator(f"#text-{title} .generated")).not_to_be_empty()
                expect(panel.locator(f"#text-{title} .caret")).to_be_hidden()
        elif name == "gan":
            expect(panel.locator("#gan-grid canvas")).to_have_count(40)
            expect(panel.locator("#gan-walk .bar")).to_be_visible()
        else:
            expect(panel.locator("#diffusion-film .bar")).to_be_visible()
            expect(panel.locator("#diffusion-forward .bar")).to_be_visible()
        expect(panel.locator(f"#{name}-happened .katex").first).to_be_visible()
        return panel

    def toast(self) -> Locator:
        """Return the message that Gradio shows over the page."""
        return self.page.get_by_test_id("toast-body")


# what Gradio says of its requests when a page is left
CUT_OFF = ("AbortError", "Unexpected error Connection errored out")

Open = Callable[..., Visit]


def origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    return "{0.scheme}://{0.netloc}".format(urlparse(url))


def listen(visit: Visit) -> None:
    """Collect what a visitor would not see: errors on the console, in scripts, failed answers,
    requests to other hosts.
    """

    def note(what: str, text: str) -> None:
        visit.complaints.append(f"{what}: {text[:300]}")

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            note("console", f"{message.text} {message.location}")

    def leave(_: Page) -> None:
        visit.complaints[:] = [
            each
            for each in visit.complaints
            if not each.startswith(tuple(f"console: {text}" for text in CUT_OFF))
        ]

    local = {"127.0.0.1", "localhost", "", None}  # none: data and blob addresses

    def answered(response: Response) -> None:
        if response.status >= 400:
            note(str(response.status), response.url)

    def follow(request: Request) -> None:
        address = urlparse(request.url)
        if address.hostname not in local:
            note("left the machine", request.url)
        if address.netloc:
            visit.origins.add(origin(request.url))

    visit.listeners += [
        ("console", hear),
        ("domcontentloaded", leave),
        ("response", answered),
        ("request", follow),
    ]
    visit.listeners += [("pageerror", lambda error: note("script", str(error)))]
    for event, listener in visit.listeners:
        visit.page.on(event, listener)
