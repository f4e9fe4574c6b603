"""The view `attention`: by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def stage(here: Visit) -> Locator:
    view = here.page.locator("#view-text-attention")
    expect(view.locator("#attention-attention h3[aria-live]")).to_have_text(re.compile(r"\d.*\d"))
    expect(view.locator("#attention-ablation .pair")).to_be_visible()
    return view


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 1440), ("zh", "dark", 390)]
)
def test_a_head_is_chosen_switched_off_and_the_text_decays(visit, language, theme, width):
    here = visit(
        query=f"tab=text&view=attention&lang={language}&__theme={theme}",
        language=language,
        width=width,
    )
    view = stage(here)
    title, ablated = (
        view.locator("#attention-attention h3[aria-live]"),
        view.locator("#attention-ablation .ablated .page"),
    )
    whole = ablated.text_content()
    view.locator(".map").nth(1).click()
    expect(title).to_have_text({"en": "Layer 1 · head 2", "zh": "第 1 层 · 第 2 头"}[language])
    expect(view.locator(".map").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(view.get_by_label(here.word("text.attention.head"), exact=True)).to_have_value("2")
    view.get_by_role("button", name=here.word("text.attention.attention.off"), exact=True).click()
    expect(view.locator("#attention-ablation .note")).to_have_text(
        here.word("text.attention.ablation.silence")
    )
    expect(ablated).not_to_have_text(whole)
    intact, broken = (
        float(figure) for figure in view.locator("#attention-ablation .figure b").all_inner_texts()
    )
    assert broken > intact + 1
    view.get_by_role("button", name=here.word("text.attention.attention.on"), exact=True).click()
    expect(ablated).to_have_text(whole)
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_goes_through_heads_rows_cells_and_layers(visit):
    here = visit(query="tab=text&view=attention&lang=en")
    view = stage(here)
    title, asking = view.locator("#attention-attention h3[aria-live]"), view.locator("p.asking")
    view.locator(".map").first.click()
    expect(title).to_have_text("Layer 1 · head 1")
    here.page.keyboard.press("ArrowRight")
    expect(title).to_have_text("Layer 1 · head 2")
    here.page.keyboard.press("ArrowDown")
    expect(title).to_have_text("Layer 2 · head 2")
    here.page.keyboard.press("Tab")
    here.page.keyboard.press("Space")
    expect(title).to_have_text("Layer 2 · head 2 · switched off")
    characters = view.locator("#attention-attention thead button")
    characters.last.focus()
    here.page.keyboard.press("Home")
    expect(asking).to_contain_text("(i = 1)")
    here.page.keyboard.press("ArrowRight")
    expect(asking).to_contain_text("(i = 2)")
    assert sum(
        float(cell) for cell in view.locator("tr.weights td").all_inner_texts()
    ) == pytest.approx(1, abs=0.02)
    view.locator(".steps").press("ArrowDown")
    expect(asking).to_contain_text("(i = 3)")
    lens, caption = (
        view.locator("#attention-lens .scroll"),
        view.locator("#attention-lens .caption"),
    )
    before = caption.inner_text()
    lens.press("ArrowDown")
    expect(caption).not_to_have_text(before)


def test_a_matrix_is_clicked_and_the_numbers_follow(visit):
    here = visit(query="tab=text&view=attention&lang=en")
    view = stage(here)
    canvas = view.locator("figure.weights canvas")
    box = canvas.bounding_box()
    cells = view.locator("thead button").count()
    canvas.click(position={"x": 2.5 * box["width"] / cells, "y": 4.5 * box["height"] / cells})
    expect(view.locator("p.asking")).to_contain_text("(i = 5)")
    expect(view.locator("p.asking")).to_contain_text("(j = 3)")
    expect(view.locator("figure.weights output")).to_contain_text("α5,3 = 0.")


def test_an_unknown_character_is_named_and_nothing_is_lost(visit):
    here = visit(query="tab=text&view=attention&lang=en")
    view = stage(here)
    title = view.locator("#attention-attention h3[aria-live]").inner_text()
    prompt = view.get_by_label(here.word("text.attention.prompt"))
    prompt.fill("花 is a flower")
    view.get_by_role("button", name=here.word("text.attention.run"), exact=True).click()
    expect(here.toast()).to_contain_text("花")
    assert view.locator("#attention-attention h3[aria-live]").inner_text() == title
    expect(prompt).to_have_value("花 is a flower")
