"""The view `tokens`: the player that merges a sentence pair by pair."""

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def stage(here: Visit) -> Locator:
    drawing = here.page.locator("#text-tokens")
    expect(drawing.locator(".sentence .chip").first).to_be_visible()
    return drawing


def tokens(drawing: Locator) -> int:
    """Return the number of tokens that the table tells."""
    return int(drawing.locator(".counts .now td").first.inner_text())


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh", 390)])
def test_the_arrow_keys_merge_the_sentence_pair_by_pair(visit, language, width):
    here = visit(
        language=language,
        query=f"tab=text&view=tokens&lang={language}",
        width=width,
        reduced_motion="reduce",
    )
    drawing = stage(here)
    player = drawing.locator(".player")
    player.press("Home")
    letters = here.page.locator("#tokens-text textarea").input_value()
    expect(drawing.locator(".sentence .chip")).to_have_count(len(letters))
    expect(drawing.locator(".plain .chip")).to_have_count(len(letters))
    expect(drawing.locator(".caption")).to_have_text(here.word("text.tokens.start"))
    before = tokens(drawing)
    player.press("ArrowRight")
    assert drawing.locator(".sentence .chip").count() == tokens(drawing) < before == len(letters)
    assert drawing.locator(".sentence .fresh").count() == before - tokens(drawing)
    assert drawing.locator(".panels li:visible button").count() == 1
    player.press("End")
    expect(drawing.locator(".panels .hint").first).to_have_text(here.word("text.tokens.nothing"))
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_plays_and_a_learned_merge_can_be_gone_back_to(visit):
    here = visit(query="tab=text&view=tokens&lang=en")
    drawing = stage(here)
    expect(
        drawing.get_by_role("button", name=here.word("player.pause"), exact=True)
    ).to_be_visible()  # it plays by itself
    expect(drawing.locator(".sentence .fresh").first).to_be_visible()
    drawing.locator(".player").press("End")
    drawing.locator(".panels li button").nth(2).scroll_into_view_if_needed()
    drawing.locator(".panels li button").nth(2).click()
    expect(drawing.locator(".counter")).to_contain_text("4 /")
    expect(drawing.locator(".caption")).to_contain_text("Merge 3:")


def test_the_audiences_own_sentence_is_merged(visit):
    here = visit(query="tab=text&view=tokens&lang=en", reduced_motion="reduce")
    drawing = stage(here)
    here.page.locator("#tokens-text textarea").fill("讲台上讲，讲台下讲 hello hello")
    here.page.get_by_role("button", name=here.word("text.tokens.run"), exact=True).click()
    expect(drawing.locator(".plain .chip")).to_have_count(21)
    expect(drawing.locator(".sentence .chip", has_text="讲台")).to_have_count(2)
    expect(drawing.locator(".plain .chip").first).to_contain_text("–")
    assert tokens(drawing) == drawing.locator(".sentence .chip").count()
