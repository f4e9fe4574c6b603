"""A view of the VAE tab: its drawing, the numbers behind it, its dials."""

from playwright.sync_api import Locator

from tests.helpers.browser import Visit


def stage(here: Visit, view: str) -> Locator:
    """Return a view's drawing once its opening result is on it."""
    panel = here.finished(f"vae/{view}")
    return panel.locator(f"#vae-{view} .drawing")


def looked(drawing: Locator) -> dict:
    """Return the numbers behind a drawing, unrounded."""
    return drawing.evaluate("drawing => drawing.look()")


def slide(knob: Locator, value: float) -> None:
    knob.evaluate(
        "(knob, value) => { knob.value = value; knob.dispatchEvent(new Event('input', { bubbles: "
        "true })); }",
        value,
    )
