"""Back and forward lead through the tabs and views that were open; the address and the page say the
same.
"""

import pytest
from playwright.sync_api import Page, expect

from aigc_demo.ui.tour import STOPS
from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def is_at(here: Visit, place: str) -> None:
    tab, view = place.split("/")
    expect(here.page.locator(f"#view-{tab}-{view}")).to_be_visible()
    expect(here.page.locator(f"#{tab}-{view}-view")).to_have_attribute("aria-selected", "true")
    asked = here.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")
    assert (asked["tab"], asked.get("view", view)) == (tab, view)


def entries(page: Page) -> int:
    return page.evaluate("history.length")


def test_back_and_forward_lead_through_tabs_and_views(visit):
    here = visit(tab="maths")
    is_at(here, "maths/entropy")
    first = entries(here.page)
    way = [
        "maths/entropy",
        "maths/noise",
        "vae/digit",
        "overview/map",
        "overview/contest",
        "vae/digit",
    ]
    for place in way[1:]:
        here.place(place)
        is_at(here, place)
    for place in way[-2::-1]:
        here.page.go_back()
        is_at(here, place)
    assert entries(here.page) == first + 5
    for place in way[1:]:
        here.page.go_forward()
        is_at(here, place)
    assert entries(here.page) == first + 5


def test_a_tab_that_is_opened_again_is_at_the_view_where_it_was_left(visit):
    here = visit(query="tab=maths&view=minimax&lang=zh", language="zh")
    is_at(here, "maths/minimax")
    here.tab("vae")
    here.tab("maths")
    is_at(here, "maths/minimax")
    here.page.reload()
    is_at(here, "maths/minimax")


@pytest.mark.parametrize(
    "query", ["lang=en", "tab=maths&view=noise", "tab=text&view=nonsense&lang=en"]
)
def test_the_first_page_is_one_entry_and_back_leaves_it(visit, query):
    here = visit(query="tab=maths&lang=en")
    page, app = here.page, here.page.url.partition("?")[0]
    page.goto("about:blank")
    before = entries(page)
    page.goto(f"{app}?{query}")
    expect(page.locator("[role=tabpanel][id^=view-]:visible").first).to_be_visible()
    page.locator("#masthead button").last.click()  # light or dark is no place
    assert entries(page) == before + 1
    page.go_back()
    assert page.url == "about:blank"


def test_places_that_follow_each_other_at_once_are_all_kept_in_order(visit):
    here = visit(tab="maths")
    is_at(here, "maths/entropy")
    places = [
        "maths/divergence",
        "vae/map",
        "maths/noise",
        "vae/walk",
        "overview/map",
        "maths/minimax",
    ]
    here.page.evaluate("places => places.forEach((place) => aigc.visit(place))", places)
    is_at(here, places[-1])
    here.page.evaluate("history.go(-3)")
    is_at(here, "maths/noise")
    here.page.evaluate("() => { history.back(); history.back(); history.forward(); }")
    here.page.wait_for_function("new URLSearchParams(location.search).get('view') === 'map'")
    is_at(here, "vae/map")
    # where one is: no entry
    here.page.evaluate("() => { for (let i = 0; i < 3; i++) aigc.visit('vae/map');}")
    here.page.go_back()
    is_at(here, "maths/divergence")


def test_back_leads_to_the_stop_before_and_out_of_the_tour(visit):
    here = visit(tab="maths")
    is_at(here, "maths/entropy")
    first = entries(here.page)
    bar = here.page.get_by_role("region", name=here.word("tour.name"))
    here.page.get_by_role("button", name=here.word("app.tour"), exact=True).click()
    for stop in (1, 2, 3):
        expect(bar).to_contain_text(f"{stop} / {len(STOPS)}")
        here.page.keyboard.press("ArrowRight")
    expect(bar).to_contain_text(f"4 / {len(STOPS)}")
    is_at(here, STOPS[3][1])
    assert entries(here.page) == first + 4
    here.page.go_back()
    expect(bar).to_contain_text(f"3 / {len(STOPS)}")
    is_at(here, STOPS[2][1])
    for _ in range(3):
        here.page.go_back()
    expect(bar).to_be_hidden()
    is_at(here, "maths/entropy")
    here.page.go_forward()
    expect(bar).to_contain_text(f"1 / {len(STOPS)}")
    is_at(here, STOPS[0][1])


def test_a_tour_begun_by_its_address_is_one_entry(visit):
    here = visit(query="tour=2&lang=en")
    is_at(here, STOPS[1][1])
    bar = here.page.get_by_role("region", name=here.word("tour.name"))
    expect(bar).to_contain_text(f"2 / {len(STOPS)}")
    before = entries(here.page)
    here.page.reload()
    is_at(here, STOPS[1][1])
    assert entries(here.page) == before == 2  # with the empty page before it
