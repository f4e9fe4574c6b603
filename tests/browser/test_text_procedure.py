"""The view `procedure`: six stages, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, expect

import aigc_demo
from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser

STAGES = ["embed", "attend", "guess", "measure", "learn", "write"]


def stage(here: Visit) -> Locator:
    drawing = here.page.locator("#procedure-stage")
    expect(drawing.locator("h3")).to_be_visible()
    return drawing


def word(here: Visit, key: str) -> str:
    return here.word(f"text.procedure.stage.{key}")


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 1440), ("zh", "dark", 390)]
)
def test_every_stage_is_reached_and_fits(visit, language, theme, width):
    here = visit(
        query=f"tab=text&view=procedure&lang={language}&__theme={theme}",
        language=language,
        width=width,
    )
    drawing = stage(here)
    pills = drawing.locator(".stepper button")
    for index, name in enumerate(STAGES):
        pills.nth(index).click()
        expect(drawing.locator("h3")).to_have_text(f"{index + 1}{word(here, name)}")
        expect(drawing.locator(".formula").first).to_be_visible()
        expect(drawing.locator(".said")).not_to_have_text(re.compile(r"\{\w+\}|undefined|NaN"))
        expect(pills.nth(index)).to_have_attribute("aria-current", "step")
        assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_steps_and_chooses_characters(visit):
    here = visit(query="tab=text&view=procedure&lang=en")
    drawing = stage(here)
    drawing.locator(".panel").press("ArrowRight")
    expect(drawing.locator("h3")).to_have_text(f"2{word(here, 'attend')}")
    drawing.get_by_role("button", name=re.compile(here.word("shared.next"))).press("Enter")
    expect(drawing.locator("h3")).to_have_text(f"3{word(here, 'guess')}")
    drawing.locator(".stepper button").nth(2).press("ArrowLeft")
    expect(drawing.locator(".stepper button").nth(1)).to_be_focused()
    drawing.locator('.batch [aria-pressed="true"]').press("ArrowRight")
    expect(drawing.locator(".batch button").nth(13)).to_be_focused()
    expect(drawing.locator("h3")).to_have_text(f"2{word(here, 'attend')}")


def test_a_text_of_the_visitors_is_trained_on_and_too_long_a_step_is_told(visit):
    here = visit(query="tab=text&view=procedure&lang=en")
    drawing = stage(here)
    drawing.locator(".stepper button").nth(4).click()
    here.page.locator("#procedure-text textarea").fill("the king and the queen shall speak")
    here.page.get_by_role("button", name=here.word("text.procedure.run"), exact=True).click()
    expect(drawing.locator(".batch button")).to_have_count(34)
    expect(drawing.locator(".said")).to_contain_text("fell from")
    here.page.get_by_role("radio", name="10", exact=True).check(force=True)
    expect(drawing.locator(".said")).to_contain_text("rose from")
    here.page.get_by_role("button", name=here.word("text.procedure.write"), exact=True).click()
    expect(drawing.locator(".batch button")).not_to_have_count(34)


def test_chinese_is_trained_on_and_an_empty_text_is_told(visit):
    here = visit(query="tab=text&view=procedure&lang=zh", language="zh")
    drawing = stage(here)
    run = here.page.get_by_role("button", name=here.word("text.procedure.run"), exact=True)
    if "text-transformer-tang" in aigc_demo.available():
        here.page.locator("#procedure-text textarea").fill("江上春夜月光寒")
        run.click()
        expect(drawing.locator(".batch button")).to_have_text(list("江上春夜月光寒"))
    here.page.locator("#procedure-text textarea").fill("")
    run.click()
    expect(here.toast()).to_contain_text("一个批次应有 2 到 200 个")
