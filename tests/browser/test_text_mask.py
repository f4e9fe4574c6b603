"""The view `mask`: two networks are trained while one watches, and the article's slips are told
beneath.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser
BY_HEART = "abcdefghij" * 100 + "jihgfedcba" * 11  # what is kept back goes the other way


def test_both_are_trained_are_stopped_and_a_short_text_is_told(visit):
    here: Visit = visit(query="tab=text&view=mask&lang=en", width=390)
    view = here.finished("text/mask")
    drawing = view.locator("#text-mask .drawing")
    expect(drawing.locator(".unmasked .gaze")).to_contain_text("on the answer")
    expect(drawing.locator(".told")).to_have_text(
        re.compile(r"^After 200 steps: .*\d\.\d\d in writing\.$")
    )
    for row in drawing.locator("section").all():
        expect(row.locator(".curve")).to_have_count(3)
        expect(row.locator(".generated")).not_to_be_empty()
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
    view.get_by_role("button", name=here.word("text.mask.run"), exact=True).click()
    expect(drawing.locator(".about")).to_contain_text("of 200.")
    here.page.wait_for_function(
        "() => +document.querySelector('#text-mask .drawing').dataset.done > 3"
    )
    view.get_by_role("button", name=here.word("shared.stop"), exact=True).click()
    here.page.wait_for_timeout(400)
    stopped = drawing.get_attribute("data-done")
    here.page.wait_for_timeout(400)
    assert drawing.get_attribute("data-done") == stopped
    view.locator("#mask-text textarea").fill(BY_HEART)
    view.get_by_label(here.word("text.mask.steps")).first.fill("60")
    view.get_by_role("button", name=here.word("text.mask.run"), exact=True).click()
    expect(drawing.locator(".told")).to_contain_text(re.compile(r"^After 60 steps: .* by heart"))
    view.locator("#mask-text textarea").fill("Too short.")
    view.get_by_role("button", name=here.word("text.mask.run"), exact=True).click()
    expect(here.toast()).to_contain_text("from 1,000 to 20,000 are needed")


def test_the_articles_slips_are_folded_and_told_in_the_visitors_language(visit):
    here: Visit = visit(query="tab=text&view=mask&lang=zh", language="zh")
    view = here.finished("text/mask")
    note = view.locator("details.article")
    expect(note.locator("dl")).to_be_hidden()
    note.locator("summary").press("Enter")
    expect(note.locator("dt")).to_have_count(3)
    expect(note.locator("dt:visible").first).to_contain_text("self.transformer_encoder(src)")
    expect(note.locator(".en:visible")).to_have_count(0)
