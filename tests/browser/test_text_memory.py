"""The view `memory`: by mouse and by keyboard."""

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def stage(here: Visit) -> Locator:
    view = here.page.locator("#view-text-memory")
    expect(view.locator("#memory-reach .curve")).to_have_count(3)
    expect(view.locator("#memory-units .found button").first).to_be_visible()
    return view


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "dark", 1440), ("zh", "light", 390)]
)
def test_three_curves_are_told_apart_without_colour_and_a_place_is_explained(
    visit, language, theme, width
):
    here = visit(
        query=f"tab=text&view=memory&lang={language}&__theme={theme}",
        language=language,
        width=width,
    )
    view = stage(here)
    dashes = [
        line.evaluate("line => getComputedStyle(line).strokeDasharray")
        for line in view.locator("#memory-reach .curve").all()
    ]
    assert len(set(dashes)) == 3
    assert set(view.locator("#memory-reach .plot .name").all_inner_texts()) == {
        "RNN",
        "LSTM",
        "Transformer",
    }
    pages, caption = view.locator("#memory-reach .pages"), view.locator("#memory-reach .caption")
    before = caption.inner_text()
    view.locator("#memory-reach .page").first.locator(".cell").nth(60).click()
    expect(caption).not_to_have_text(before)
    for page in view.locator("#memory-reach .page").all():
        expect(page.locator(".predicted")).to_have_count(1)
    clicked = caption.inner_text()
    pages.press("ArrowRight")
    expect(caption).not_to_have_text(clicked)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_unit_is_chosen_by_feature_number_picture_and_key(visit):
    here = visit(query="tab=text&view=memory&lang=en")
    view = stage(here)
    field, found = (
        view.get_by_role("spinbutton", name="Unit"),
        view.locator("#memory-units .found button"),
    )
    second = found.nth(1).get_attribute("data-unit")
    found.nth(1).click()
    expect(field).to_have_value(second)
    expect(found.nth(1)).to_have_attribute("aria-pressed", "true")
    field.fill("5")
    expect(view.locator("#memory-units .caption")).to_contain_text("Unit 5")
    state = view.locator("#memory-units .state")
    state.press("ArrowDown")
    expect(field).to_have_value("6")
    state.locator("canvas").click(position={"x": 40, "y": 2})
    assert int(field.input_value()) < 20
    signs = view.locator("#memory-units .page .cell")
    assert {
        sign.split()[1] for sign in (cell.get_attribute("class") for cell in signs.all()[:200])
    } == {"up", "down"}
    page, caption = view.locator("#memory-units .page"), view.locator("#memory-units .caption")
    before = caption.inner_text()
    page.press("ArrowRight")
    expect(caption).not_to_have_text(before)
    view.get_by_role("radio", name="RNN", exact=True).check(force=True)
    expect(caption).to_contain_text("RNN")


def test_another_text_is_read(visit):
    here = visit(query="tab=text&view=memory&lang=zh", language="zh")
    view = stage(here)
    view.get_by_label(here.word("text.memory.prompt")).fill("SERVANT:\nThe soup is cold, my lady.")
    view.get_by_role("button", name=here.word("text.memory.run"), exact=True).click()
    expect(view.locator("#memory-units .page")).to_contain_text("The soup is cold")
    expect(view.locator("#memory-reach .page").first).to_contain_text("The soup is cold")
    view.get_by_label(here.word("text.memory.prompt")).fill("汤")
    view.get_by_role("button", name=here.word("text.memory.run"), exact=True).click()
    expect(here.toast().first).to_contain_text("汤")
