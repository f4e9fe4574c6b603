"""What is owed to those who see little, who listen, and who have no mouse: axe-core's rules, and a
keyboard that reaches everything.
"""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# stands in the page before its own
SCRIPT = AXE_SCRIPT + Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

# Faults in Gradio's own markup that cannot be mended from outside: the rule, the elements, the
# reason.
EXCEPTIONS: list[tuple[str, str, str]] = []

# What reacts to the mouse alone, and who does the same by keys.
COUNTERPARTS = [
    ("gradio-app", "Gradio hears on behalf of all that is in it"),
    (".prose", "Gradio's Markdown and HTML hear on behalf of the links and buttons in them"),
    (
        "#view-text-surprise .plot.curves, #view-text-surprise .plot-area",
        "chooses the token under the pointer, as the arrow keys do in the text above it",
    ),
    (".bar-of-loss i", "chooses a number of z, as the arrow keys do on the numbers"),
]


def fold(page: Page, *, shut: bool) -> None:
    """Shuts or opens all folds that are seen."""
    page.evaluate("shut => access.fold(shut)", shut)


def faults(page: Page, tab: str, *, colours: bool) -> list[str]:
    """Return what axe-core finds on an open tab, a line a fault; the first time on the whole page.
    colours: of contrast alone.
    """
    exceptions = [each[:2] for each in EXCEPTIONS]
    return page.evaluate(
        "([tab, exceptions, colours]) => access.faults(tab, exceptions, colours)",
        [f"#tab-{tab}", exceptions, colours],
    )


def out_of_reach(page: Page) -> list[str]:
    """Return what reacts to the mouse and to no key; where the focus is not seen, or not let go;
    and handles that no key moves.
    """
    page.keyboard.press("Tab")  # from here on the browser shows the focus, as to one who uses keys
    return page.evaluate(
        "counterparts => [...access.out_of_reach(counterparts), ...access.stumbles()]",
        [selector for selector, _ in COUNTERPARTS],
    )


def passed_by(page: Page) -> list[str]:
    """Return where Tab should stop and does not, on a walk through the whole page."""
    scrolled = 12  # what can be scrolled has a stop of the browser's own
    for _ in range(page.evaluate("access.walk()") + scrolled):
        page.keyboard.press("Tab")
    return page.evaluate("access.passed_by()")
