"""The views `training` and `poems`: what a model wrote at each moment of its training, and the
form of four poems.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser
UNFILLED = re.compile(r"\{\w+\}|undefined|NaN")


def test_a_moment_of_the_training_is_chosen_by_its_stop_and_by_key(visit):
    here: Visit = visit(query="tab=text&view=training&lang=en")
    drawing = here.page.locator("#text-training .drawing")
    stops, title, loss = (drawing.locator(each) for each in (".stop", "h3", "dd.loss"))
    expect(stops.first).to_be_visible()
    expect(drawing.locator(".note")).not_to_have_text(UNFILLED)
    trained = float(loss.inner_text())
    assert re.search(r"\d", title.inner_text())
    stops.first.click()
    expect(drawing.locator("dd.steps")).to_have_text(stops.first.get_attribute("aria-label"))
    assert float(loss.inner_text()) > trained + 1
    expect(drawing.locator(".generated")).not_to_be_empty()
    before = drawing.locator(".spot.rule").get_attribute("style")
    drawing.locator(".page").press("ArrowRight")
    expect(drawing.locator("dd.steps")).to_have_text(stops.nth(1).get_attribute("aria-label"))
    expect(drawing.locator(".spot.rule")).not_to_have_attribute("style", before)


def test_four_poems_stand_in_verses_each_with_its_verdict(visit):
    here: Visit = visit(query="tab=text&view=poems&lang=en")
    drawing = here.page.locator("#text-poems .drawing")
    poems = drawing.locator("article")
    expect(poems).to_have_count(4)
    expect(drawing.locator(".note")).not_to_have_text(UNFILLED)
    for poem in poems.all():
        expect(poem.locator("footer")).to_have_text(re.compile("^[✓✗] "))
        verses = poem.locator(".verses p")
        expect(verses.first.locator(".line")).to_have_count(2)
        assert verses.first.locator(".mark").all_inner_texts() == ["，", "。"]
