"""The overview in the browser: the map leads to the families, the contest runs."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_the_page_opens_on_the_map_and_enter_on_a_family_opens_its_tab(visit):
    here = visit(query="lang=en&__theme=light")
    panel = here.finished("overview")
    expect(panel.locator(".row .pictures canvas")).to_have_count(3 + 3 + 3)
    expect(panel.locator(".row .written").first).not_to_be_empty()
    row = panel.locator(".row[data-family=gan]")
    row.hover()
    expect(panel.locator(".figure")).to_have_class(re.compile(r"\blit\b"))
    expect(panel.locator("path.touched")).to_have_count(1)
    row.get_by_role("button").press("Enter")
    expect(here.page.locator("#tab-gan")).to_be_visible()
    assert "tab=gan" in here.page.url


def test_a_difference_opens_the_view_that_shows_it_on_a_phone_too(visit):
    here = visit(tab="overview", language="zh", width=390)
    panel = here.finished("overview")
    assert here.page.evaluate("aigc.has('llm') && !aigc.has('music')")
    expect(panel.locator("[data-place='llm/objectives']")).to_have_count(2)  # papers of two years
    panel.get_by_role("button", name=here.word("overview.map.go_feedback"), exact=True).click()
    expect(here.page.locator("#view-diffusion-variations")).to_be_visible()
    assert here.page.evaluate("scrollY") == 0
    assert "view=variations" in here.page.url
    here.tab("overview").get_by_role("button", name=here.word("overview.map.go_several"), exact=True).click()  # a tab that was opened before
    expect(here.page.locator("#view-diffusion-emoji")).to_be_visible()


def test_another_digit_is_asked_of_all_four(visit):
    here = visit(query="tab=overview&view=contest&lang=en")
    panel = here.finished("overview/contest")
    expect(panel.locator(".contest canvas")).to_have_count(4 * 8)
    panel.get_by_role("radio", name="8", exact=True).check(force=True)
    contest = panel.locator("#overview-contest .drawing")
    expect(contest).to_have_attribute("data-digit", "8")
    expect(contest).to_have_attribute("data-finished", "true")
    expect(panel.locator(".contest .mark:visible")).to_have_count(3 * 4)
    expect(panel.locator(".row[data-name=vae]")).to_contain_text("kept that the classifier reads as 8")
    assert panel.locator("#overview-shipped tbody tr").count() >= 12
