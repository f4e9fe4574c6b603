"""In forced colours all is still told: what is chosen, what is held, how far a slider is, where the
focus is.
"""

import pytest
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

PAINT = """(element, part) => {
  const style = getComputedStyle(element, part);
  const { backgroundColor, borderColor, color, forcedColorAdjust } = style;
  const { outlineStyle, outlineColor } = style;
  const outline = `${outlineStyle} ${outlineColor}`;
  return { backgroundColor, borderColor, color, outline, forcedColorAdjust };
}"""


def paint(element: Locator) -> dict[str, str]:
    return element.evaluate(PAINT)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_what_is_chosen_differs_from_what_is_not(visit, scheme):
    here = visit(
        tab="diffusion",
        query="tab=diffusion&view=digits&lang=en",
        forced_colors="active",
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    panel = here.finished("diffusion")
    page = here.page
    pairs = {
        "tab": (page.locator("#tab-diffusion-button"), page.locator("#tab-gan-button")),
        "view": (page.locator("#diffusion-digits-view"), page.locator("#diffusion-grid-view")),
        "chip": (
            panel.locator(".chips label.selected").first,
            panel.locator(".chips label:not(.selected)").first,
        ),
        "track": (
            panel.locator(".choice button[aria-pressed=true]").first,
            panel.locator(".choice button[aria-pressed=false]").first,
        ),
    }
    for kind, (chosen, other) in pairs.items():
        expect(chosen).to_be_visible()
        on, off = paint(chosen), paint(other)
        assert on["backgroundColor"] != off["backgroundColor"], kind
        assert on["color"] != on["backgroundColor"], kind
        assert off["color"] != off["backgroundColor"], kind
    page.keyboard.press("Tab")
    focused = page.locator(":focus-visible")
    before = paint(page.locator("#masthead button").last)["outline"]
    assert paint(focused)["outline"] != before
    assert not paint(focused)["outline"].startswith("none")


def test_a_slider_shows_its_thumb_and_how_far_it_is(visit):
    here = visit(
        tab="diffusion",
        query="tab=diffusion&view=digits&lang=en",
        forced_colors="active",
        color_scheme="dark",
        reduced_motion="reduce",
    )
    panel = here.finished("diffusion")
    slider = panel.locator(".controls input[type=range]").first
    slider.scroll_into_view_if_needed()
    before = slider.screenshot()
    slider.fill("90")
    assert slider.screenshot() != before
    page = slider.evaluate("e => getComputedStyle(document.body).backgroundColor")
    assert slider.evaluate("e => getComputedStyle(e).forcedColorAdjust") == "none"
    assert slider.evaluate("e => getComputedStyle(e).borderColor") != page


@pytest.mark.parametrize(
    ("place", "drawn"),
    [
        ("maths/entropy", ".knob"),
        ("llm/objectives", ".share-bar"),
        ("vae/digit", ".bar-of-loss .reconstruction"),
    ],
)
def test_what_is_filled_is_seen(visit, place, drawn):
    here = visit(
        query=f"tab={place.replace('/', '&view=')}&lang=en",
        forced_colors="active",
        color_scheme="dark",
        reduced_motion="reduce",
    )
    shape = here.finished(place).locator(drawn).first
    expect(shape).to_be_attached()
    style = shape.evaluate(
        "e => { const s = getComputedStyle(e); return [s.backgroundColor, s.backgroundImage, "
        "s.forcedColorAdjust]; }"
    )
    paper = here.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert style[2] == "none"
    assert style[1] != "none" or style[0] not in (paper, "rgba(0, 0, 0, 0)")
