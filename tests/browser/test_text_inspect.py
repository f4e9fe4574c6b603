"""The view `inspect`: the browser's numbers are Python's, and a candidate that is clicked branches
the text.
"""

import statistics

import pytest
import torch
from playwright.sync_api import Locator, expect

from aigc_demo.text.sampling import SamplingParams, next_token_distribution
from tests.helpers.browser import Visit
from tests.helpers.calls import in_time

pytestmark = pytest.mark.browser

# Clicks a candidate that does not stand at position `at`; returns the milliseconds until the next
# bars are drawn.
CLICK = """async ([drawing, at]) => {
  drawing.querySelector(`[data-at='${at}']`).click();
  const { tokens } = drawing.look();
  const candidates = [...drawing.querySelectorAll(".candidate")];
  const other = candidates.find((row) => +row.dataset.token !== tokens[at]);
  const redrawn = new Promise((resolve) => new MutationObserver(() => {
    if (+drawing.dataset.position === at + 1) resolve(performance.now());
  }).observe(drawing, { attributes: true, attributeFilter: ["data-position"] }));
  const begun = performance.now();
  other.click();
  return (await redrawn) - begun;
}"""

LOOK = """drawing => {
  const { z, order, probs, filtered_probs, rank, u, sampling } = drawing.look();
  const [Z, tokens, p, q] = [z, order, probs, filtered_probs].map((numbers) => [...numbers]);
  return { z: Z, order: tokens, probs: p, filtered_probs: q, rank, u, sampling };
}"""


def stage(here: Visit) -> Locator:
    drawing = here.page.locator("#text-inspect .drawing")
    expect(drawing.locator(".body")).to_be_visible()
    return drawing


def opened(visit, language: str = "en", **options) -> tuple[Visit, Locator]:
    here = visit(language=language, query=f"tab=text&view=inspect&lang={language}", **options)
    return here, stage(here)


def finished(drawing: Locator, branches: int) -> None:
    expect(drawing.locator(".branch")).to_have_count(branches)
    drawing.page.wait_for_function(
        "drawing => drawing.look().tokens.length >= 96", arg=drawing.element_handle()
    )


def written(drawing: Locator) -> str:
    return "".join(drawing.locator("[data-at]").all_text_contents()).replace("↵\n", "\n")


SAMPLINGS = [
    {"temperature": 0.8, "top_k": 0, "top_p": 1.0, "min_p": 0.0},
    {"temperature": 1.7, "top_k": 9, "top_p": 1.0, "min_p": 0.0},
    {"temperature": 0.1, "top_k": 0, "top_p": 0.77, "min_p": 0.0},
    {"temperature": 2.0, "top_k": 40, "top_p": 0.95, "min_p": 0.07},
]


def test_the_browsers_numbers_are_pythons(visit):
    here, drawing = opened(visit)
    # What was asked for before is on its way; never idle: a heartbeat stays open.
    here.page.wait_for_timeout(500)
    sent = []
    here.page.on(
        "request", lambda request: "/gradio_api/" in request.url and sent.append(request.url)
    )
    for sampling in SAMPLINGS:
        numbers_are_pythons(here, drawing, sampling)
    assert sent == []  # no request: all is computed from what came with the text


def numbers_are_pythons(here, drawing, sampling):
    for label, value in zip(
        ("text.temperature", "text.top_k", "text.top_p", "text.min_p"),
        sampling.values(),
        strict=True,
    ):
        control = drawing.get_by_label(here.word(label), exact=True)
        control.evaluate(
            """(input, value) => {
              input.value = value;
              input.dispatchEvent(new Event('input', { bubbles: true }));
            }""",
            value,
        )
    for at in (0, 7, 40, 95):
        drawing.locator(f"[data-at='{at}']").click()
        seen = drawing.evaluate(LOOK)
        assert seen["sampling"] == sampling
        expected = next_token_distribution(torch.tensor(seen["z"]), SamplingParams(**sampling))
        assert seen["order"] == expected.tokens.tolist()
        for name, probs in (("probs", expected.probs), ("filtered_probs", expected.filtered_probs)):
            torch.testing.assert_close(
                torch.tensor(seen[name], dtype=torch.float64), probs, atol=1e-12, rtol=1e-9
            )
        assert seen["order"][seen["rank"]] == expected.sample(seen["u"])
        assert (
            drawing.locator(".candidate.off:visible").count()
            == (expected.filtered_probs[:12] == 0).sum()
        )


def test_a_candidate_branches_the_text_and_the_branch_can_be_left_and_opened_again(visit):
    here, drawing = opened(visit)
    before = written(drawing)
    drawing.locator("[data-at='10']").click()
    other = drawing.locator(".candidate:not(.standing)").first
    character = other.locator(".glyph").inner_text().replace("␣", " ").replace("↵", "\n")
    other.click()
    finished(drawing, 2)
    branch = written(drawing)
    assert branch[:11] == before[:10] + character != before[:11]
    expect(drawing).to_have_attribute("data-position", "11")
    drawing.locator(".branch").first.click()
    assert written(drawing) == before
    drawing.locator(".branch").nth(1).click()
    assert written(drawing) == branch
    drawing.locator("[data-at='10']").click()
    expect(drawing.locator(".message")).to_contain_text("you chose")


def test_what_was_drawn_is_replayed_when_it_is_forced_and_a_control_that_changes_the_draw_says_so(
    visit,
):
    here, drawing = opened(visit)
    before = written(drawing)
    drawing.get_by_label(here.word("text.temperature"), exact=True).fill("0.85")
    same = drawing.locator("[data-at='30']")
    same.click()
    drawing.locator(".candidate.standing").click()  # drawn on at another temperature: a branch
    expect(drawing.locator(".branch")).to_have_count(2)
    assert written(drawing)[:31] == before[:31]
    drawing.locator(".branch").first.click()
    drawing.get_by_label(here.word("text.temperature"), exact=True).fill("2")
    drawing.locator(".page .other").first.click()
    expect(drawing.locator(".message")).to_contain_text("instead of")
    drawing.get_by_role("button", name=here.word("text.inspect.rewrite")).click()
    expect(drawing.locator(".branch")).to_have_count(3)
    expect(drawing.locator(".message")).to_contain_text("falls on")


def test_the_keyboard_moves_steps_and_forces(visit):
    here, drawing = opened(visit)
    page = drawing.locator(".page")
    page.press("Home")
    expect(drawing).to_have_attribute("data-position", "0")
    page.press("ArrowRight")
    expect(drawing).to_have_attribute("data-position", "1")
    page.press("End")
    expect(drawing).to_have_attribute("data-position", "95")
    # One more than was asked for.
    drawing.get_by_role("button", name=here.word("text.inspect.forward")).press("Enter")
    expect(drawing).to_have_attribute("data-position", "96")
    expect(drawing.locator(".branch")).to_have_count(1)
    page.press("Home")
    page.press("ArrowDown")
    expect(drawing.locator(".candidate").first).to_be_focused()
    standing = drawing.locator(".candidate.standing").get_attribute("data-token")
    here.page.keyboard.press("ArrowDown")
    if drawing.locator(".candidate").nth(1).get_attribute("data-token") == standing:
        here.page.keyboard.press("ArrowDown")
    here.page.keyboard.press("Enter")
    finished(drawing, 2)
    expect(drawing).to_have_attribute("data-position", "1")


def test_it_plays_to_the_end_of_the_text(visit):
    here, drawing = opened(visit)
    drawing.locator("[data-at='93']").click()
    drawing.get_by_role("button", name=here.word("text.inspect.play"), exact=True).click()
    expect(drawing).to_have_attribute("data-position", "95")
    expect(
        drawing.get_by_role("button", name=here.word("text.inspect.play"), exact=True)
    ).to_be_visible()


def test_another_model_writes_at_once(visit):
    here, drawing = opened(visit)
    for branches, model in enumerate(("RNN", "LSTM"), start=2):
        before = written(drawing)
        here.page.locator("#view-text-inspect").get_by_role("radio", name=model, exact=True).check(
            force=True
        )
        finished(drawing, branches)
        assert written(drawing) != before
        expect(drawing.locator(".branch").nth(branches - 1)).to_contain_text(model)


def test_an_unknown_character_is_explained_and_nothing_is_lost(visit):
    here, drawing = opened(visit, "zh")
    before = written(drawing)
    box = drawing.get_by_label(here.word("text.inspect.other"), exact=True)
    box.fill("🙂")
    box.press("Enter")
    expect(here.toast()).to_contain_text("从未见过这些字符：🙂")
    assert written(drawing) == before
    box.fill("z")
    box.press("Enter")
    expect(drawing.locator(".branch")).to_have_count(2)


def test_it_fits_a_phone(visit):
    here, drawing = opened(visit, "zh", width=390)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
    drawing.locator("[data-at='5']").click()
    drawing.locator(".candidate:not(.standing)").first.click()
    expect(drawing.locator(".branch")).to_have_count(2)


def test_the_bars_are_redrawn_at_a_click(visit):
    _, drawing = opened(visit)
    times = []
    for at in (94, 92, 90, 88, 86, 84, 82):
        times.append(drawing.evaluate(f"drawing => ({CLICK})([drawing, {at}])"))
        finished(drawing, len(times) + 1)
    assert in_time(statistics.median(times) / 1000, 0.1), times
