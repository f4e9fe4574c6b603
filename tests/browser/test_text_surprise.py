"""The view `surprise`, and the tint of what the models wrote."""

import pytest
from playwright.sync_api import Locator, expect

from aigc_demo.text.views.surprise.view import OPENING
from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def stage(here: Visit) -> Locator:
    drawing = here.page.locator("#text-surprise")
    expect(drawing.locator(".card")).to_have_count(4)
    return drawing


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh", 390)])
def test_the_text_is_tinted_and_each_character_tells_what_was_expected(visit, language, width):
    here = visit(language=language, query=f"tab=text&view=surprise&lang={language}", width=width)
    drawing = stage(here)
    expect(drawing.locator(".page .cell")).to_have_count(len(OPENING))
    assert drawing.locator(".page").text_content() == OPENING
    assert (
        len(
            {
                cell.get_attribute("data-shade")
                for cell in drawing.locator(".page .cell").all()[-40:]
            }
        )
        > 2
    )
    drawing.locator(".page .cell").nth(3).hover()
    expect(drawing.locator(".expected .glyph")).to_have_text(OPENING[3])
    assert drawing.locator(".expected li").count() in (5, 6)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_goes_through_the_text_and_chooses_whose_tint(visit):
    here = visit(query="tab=text&view=surprise&lang=en")
    drawing = stage(here)
    page = drawing.locator(".page")
    page.press("Home")
    expect(drawing.locator(".expected .glyph")).to_have_text("R")
    page.press("ArrowRight")
    expect(drawing.locator(".expected .glyph")).to_have_text("O")
    page.press("ArrowDown")
    expect(drawing.locator(".expected .glyph")).to_have_text(OPENING.split("\n")[1][1])
    page.press("End")
    expect(drawing.locator(".expected .glyph")).to_have_text("↵")
    expected = drawing.locator(".expected").inner_text()
    expect(drawing.locator(".card[aria-pressed=true]")).to_contain_text(
        here.word("text.surprise.best")
    )
    best = drawing.locator(".card[aria-pressed=true]").inner_text()
    drawing.locator(".card[aria-pressed=false]").first.press("Enter")
    expect(drawing.locator(".card[aria-pressed=true]")).not_to_have_text(best)
    # the same character, read by another model
    assert drawing.locator(".expected").inner_text() != expected


def test_what_was_written_is_taken_and_read(visit):
    here = visit(query="tab=text&view=surprise&lang=en")
    drawing = stage(here)
    here.page.locator("#view-text-surprise").get_by_role(
        "button", name="LSTM", exact=True
    ).first.click()
    expect(drawing.locator(".page .cell")).to_have_count(320)
    written = here.page.locator("#text-lstm .generated").text_content()
    assert drawing.locator(".page").text_content() == written
    expect(here.page.locator("#surprise-text textarea")).to_have_value(written)


def test_a_switch_tints_all_three_columns_and_back(visit):
    here = visit()
    panel = here.finished("text")
    cell = panel.locator("#text-lstm .cell[data-shade='3']").first
    colour = "cell => getComputedStyle(cell).backgroundColor"
    plain, switch = (
        cell.evaluate(colour),
        panel.get_by_role("switch", name=here.word("text.surprise.tint")),
    )
    expect(panel.locator("#text-rnn .expected")).to_be_hidden()
    switch.press("Space")
    assert cell.evaluate(colour) != plain
    for title in ("rnn", "lstm", "transformer"):
        expect(panel.locator(f"#text-{title} .cell")).to_have_count(320)
        panel.locator(f"#text-{title} .page").press("End")
        expect(panel.locator(f"#text-{title} .expected li.came")).to_have_count(1)
    switch.click()
    assert cell.evaluate(colour) == plain
