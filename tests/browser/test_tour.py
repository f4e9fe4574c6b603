"""The guided tour: from stop to stop by click and by key, through all tabs, in both languages."""

import pytest
from playwright.sync_api import expect

from aigc_demo.ui.tour import STOPS

pytestmark = pytest.mark.browser


def test_the_tour_leads_by_the_arrow_keys_through_every_tab_and_points_at_something_in_each(visit):
    here = visit(query="tab=text&lang=en&__theme=light")
    bar = here.page.get_by_role("region", name=here.word("tour.name"))
    expect(bar).to_be_hidden()
    here.page.get_by_role("button", name=here.word("app.tour"), exact=True).click()
    for at, (name, place, look) in enumerate(STOPS):
        expect(bar.get_by_role("heading")).to_have_text(here.word(f"overview.tour.title_{name}"))
        expect(bar).to_contain_text(f"{at + 1} / {len(STOPS)}")
        expect(
            here.page.locator(f"#view-{place.replace('/', '-')} .pointed").and_(
                here.page.locator(look)
            )
        ).to_be_visible()
        assert f"tour={at + 1}" in here.page.url
        here.page.keyboard.press("ArrowRight" if at % 2 else "PageDown")
    expect(bar).to_be_hidden()
    assert "tour=" not in here.page.url
    expect(here.page.locator("#tour-button")).to_be_focused()
    assert {place.partition("/")[0] for _, place, _ in STOPS} == {
        "overview",
        "text",
        "gan",
        "vae",
        "diffusion",
        "llm",
        "maths",
    }


def test_chinese_an_address_begins_at_its_stop_and_keys_in_a_field_stay_there(visit):
    here = visit(language="zh", query="tour=4&lang=zh&__theme=dark")
    bar = here.page.get_by_role("region", name=here.word("tour.name"))
    expect(bar.get_by_role("heading")).to_have_text(here.word("overview.tour.title_writing"))
    prompt = here.place("text/write").locator("#text-prompt textarea")
    prompt.press("ArrowRight")
    prompt.press("PageDown")
    expect(bar).to_contain_text(f"4 / {len(STOPS)}")
    slider = here.place("text/write").locator("input[type=range]").first
    slider.press("ArrowRight")
    expect(bar).to_contain_text(f"4 / {len(STOPS)}")
    slider.press("PageUp")
    expect(bar).to_contain_text(f"3 / {len(STOPS)}")
    bar.get_by_role("button", name=here.word("tour.next")).click()
    bar.get_by_role("button", name=here.word("tour.fold")).click()
    expect(bar.locator(".said")).to_be_hidden()
    here.page.set_viewport_size({"width": 390, "height": 800})
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
    bar.get_by_role("button", name=here.word("tour.back")).click()
    expect(here.page.locator("#view-gan-lab")).to_be_visible()
    here.page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
