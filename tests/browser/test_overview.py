"""The overview in the browser: the map leads to the families, the contest runs."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from aigc_demo.overview.comparison import COUNT, ENTRANTS
from tests.helpers.calls import in_time
from tests.helpers.server import Server, serve

pytestmark = pytest.mark.browser

# Clicks a digit; returns the seconds until all lanes show painted pictures and all their figures,
# and the trilemma stands under them.
ASK = """async ([contest, radio]) => {
  const pixels = (canvas) =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const painted = (canvas) => pixels(canvas).data.some((each, i) => i % 4 < 3 && each > 127);
  const all = (what, is_there) => [...contest.querySelectorAll(what)].every(is_there);
  const { dataset } = contest;
  const answered = () => dataset.digit === radio.value && dataset.finished === "true";
  const began = performance.now();
  radio.click();
  const whole = () => all("canvas", painted) && all("dd", (figure) => figure.textContent);
  while (!answered() || !whole()) await new Promise(requestAnimationFrame);
  return (performance.now() - began) / 1000;
}"""


def test_four_generators_answer_a_click(visit):
    here = visit(query="tab=overview&view=contest&lang=en")
    panel = here.finished("overview/contest")
    contest = panel.locator("#overview-contest .drawing")
    expect(contest).to_have_attribute("data-finished", "true")
    seconds = here.page.evaluate(
        ASK, [contest.element_handle(), choice(panel, "8").element_handle()]
    )
    expect(contest.locator(".row dd")).to_have_count(len(ENTRANTS) * 4)
    assert in_time(seconds, 2.5)  # of it 1.1 s of one core for the 50 steps


def choice(panel: Locator, digit: str) -> Locator:
    return panel.get_by_role("radio", name=digit, exact=True)


def test_the_page_opens_on_the_map_and_enter_on_a_family_opens_its_tab(visit):
    here = visit(query="lang=en&__theme=light")
    panel = here.finished("overview")
    expect(panel.locator(".row .pictures canvas")).to_have_count(3 + 3 + 3)
    expect(panel.locator(".row .written").first).not_to_be_empty()
    panel.get_by_role("button", name=here.word("overview.map.hundred"), exact=True).click()
    expect(panel.locator(".hundred figcaption")).to_contain_text(
        " seconds, by one network on this computer"
    )
    assert panel.locator(".hundred canvas").evaluate("canvas => [canvas.width, canvas.height]") == [
        20 * 28,
        5 * 28,
    ]
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
    here.tab("overview").get_by_role(
        "button", name=here.word("overview.map.go_several"), exact=True
    ).click()  # a tab that was opened before
    expect(here.page.locator("#view-diffusion-emoji")).to_be_visible()


def test_another_digit_is_asked_of_all_four(visit):
    here = visit(query="tab=overview&view=contest&lang=en")
    panel = here.finished("overview/contest")
    expect(panel.locator(".contest canvas")).to_have_count(4 * 8)
    choice(panel, "8").check(force=True)
    contest = panel.locator("#overview-contest .drawing")
    expect(contest).to_have_attribute("data-digit", "8")
    expect(contest).to_have_attribute("data-finished", "true")
    expect(panel.locator(".contest .mark:visible")).to_have_count(3 * 4)
    expect(panel.locator(".contest .hint")).to_contain_text(here.word("overview.contest.unset"))
    expect(panel.locator(".row[data-name=vae]")).to_contain_text(
        "kept that the classifier reads as 8"
    )
    assert panel.locator("#overview-shipped tbody tr").count() >= 12


@pytest.fixture
def with_digits(tmp_path) -> Iterator[Server]:
    """The app with a data folder, in which 20 sheets of noise lie for digits."""
    pictures = np.random.default_rng(0).integers(0, 256, (20, 28, 28), np.uint8)
    np.savez(tmp_path / "mnist.npz", train_images=pictures, train_labels=np.arange(20) % 10)
    with serve(AIGC_DEMO_DATA=str(tmp_path), AIGC_DEMO_WAKE="no") as server:
        yield server


def test_with_the_data_at_hand_each_picture_has_its_nearest_one_and_names_fit_on_a_phone(
    with_digits, visit
):
    here = visit(
        query="tab=overview&view=contest&lang=zh", language="zh", width=390, url=with_digits.url
    )
    panel = here.finished("overview/contest")
    expect(panel.locator(".contest .twin canvas")).to_have_count(len(ENTRANTS) * COUNT)
    expect(panel.locator(".contest .apart dd")).to_have_count(len(ENTRANTS))
    expect(panel.locator(".contest .hint")).to_contain_text(here.word("overview.contest.shown"))
    marks = panel.locator(".contest .mark")
    told = marks.all_inner_texts()
    for name in ("gan", "vae", "few_short", "many_short"):
        assert sum(here.word(f"overview.contest.{name}") in text for text in told) == 3, name
    boxes = marks.evaluate_all(
        "marks => marks.map((mark) => { const { left, right } = mark.getBoundingClientRect(); "
        "return [left, right]; })"
    )
    assert all(left >= 0 and right <= 390 for left, right in boxes)
