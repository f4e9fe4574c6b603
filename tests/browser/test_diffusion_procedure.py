"""The view `procedure` of the diffusion tab: six steps, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser

STEPS = ["sample", "noise", "give", "predict", "measure", "learn"]


def opened(
    visit, *, language: str = "en", theme: str = "light", width: int = 1440
) -> tuple[Visit, Locator]:
    here = visit(
        query=f"tab=diffusion&view=procedure&lang={language}&__theme={theme}",
        language=language,
        width=width,
    )
    expect(here.page.locator("#diffusion-procedure h3")).to_be_visible()
    return here, here.page.locator("#view-diffusion-procedure")


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 1440), ("zh", "dark", 390)]
)
def test_every_step_is_reached_and_fits(visit, language, theme, width):
    here, view = opened(visit, language=language, theme=theme, width=width)
    pills = view.locator(".stepper button")
    for index, name in enumerate(STEPS):
        pills.nth(index).click()
        expect(view.locator("#diffusion-procedure h3")).to_have_text(
            f"{index + 1}{here.word(f'diffusion.procedure.stage.{name}')}"
        )
        expect(view.locator(".formula").first).to_be_visible()
        expect(view.locator(".said")).not_to_have_text(re.compile(r"\{\w+\}|undefined|NaN"))
        expect(view.locator(".body")).not_to_have_text(re.compile(r"undefined|NaN"))
        expect(pills.nth(index)).to_have_attribute("aria-current", "step")
        assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_steps_and_chooses_pictures(visit):
    here, view = opened(visit)
    title = view.locator("#diffusion-procedure h3")
    view.locator(".panel").press("ArrowRight")
    expect(title).to_have_text(f"2{here.word('diffusion.procedure.stage.noise')}")
    view.locator('.member[aria-pressed="true"]').press("ArrowRight")
    expect(view.locator(".member").nth(1)).to_be_focused()
    expect(view.locator(".said")).to_contain_text("Picture 2 has t =")
    expect(title).to_have_text(f"2{here.word('diffusion.procedure.stage.noise')}")
    view.get_by_role("button", name=re.compile(here.word("shared.next"))).press("Enter")
    expect(title).to_have_text(f"3{here.word('diffusion.procedure.stage.give')}")


def test_a_drawing_joins_another_batch_comes_and_too_long_a_step_is_told(visit):
    here, view = opened(visit)
    drawing = view.locator("#diffusion-procedure .drawing")
    box = view.locator("#diffusion-procedure-pad canvas").bounding_box()
    here.page.mouse.move(box["x"] + 60, box["y"] + 60)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + 200, box["y"] + 220, steps=5)
    here.page.mouse.up()
    expect(drawing).to_have_attribute("data-shown", "0 0.03 true")
    expect(view.locator(".said")).to_contain_text("picture 1 is yours")
    view.locator(".stepper button").nth(5).click()
    expect(view.locator(".said")).to_contain_text("fell from")
    view.get_by_role("radio", name="1", exact=True).check(force=True)
    expect(view.locator(".said")).to_contain_text("rose from")
    view.get_by_role("button", name=here.word("diffusion.procedure.run"), exact=True).click()
    expect(drawing).to_have_attribute("data-shown", "1 1 true")
