"""The view `grid`: made, stopped, looked into; by mouse, by keyboard, on a phone."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def opened(
    visit, *, language: str = "en", theme: str = "light", width: int = 1440
) -> tuple[Visit, Locator]:
    here = visit(
        query=f"tab=diffusion&view=grid&lang={language}&__theme={theme}",
        language=language,
        width=width,
    )
    view = here.place("diffusion/grid")
    expect(view.locator(".lattice button.done")).to_have_count(36)
    return here, view


def pixels(canvas: Locator) -> np.ndarray:
    uri = canvas.evaluate("(canvas) => canvas.toDataURL()")
    return np.asarray(
        Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("L")
    ).astype(int)


def choose(view: Locator, name: str) -> None:
    view.get_by_role("radio", name=name, exact=True).check(force=True)


def test_a_click_and_enter_open_the_film_whose_last_frame_is_the_picture(visit):
    here, view = opened(visit)
    cells, title = view.locator(".lattice button"), view.locator("#diffusion-grid-title")
    expect(title).to_contain_text("Euler, 10 steps")
    cells.nth(6 + 3).click()
    expect(title).to_contain_text("DDPM, 5 steps, w = 2, seed 5")
    expect(view.locator("#diffusion-grid-film .counter")).to_have_text("6 / 6")  # played to its end
    assert (
        np.abs(
            pixels(view.locator("#diffusion-grid-film canvas").last)
            - pixels(cells.nth(9).locator("canvas"))
        ).max()
        <= 2
    )
    cells.nth(9).focus()
    for key in ("ArrowDown", "ArrowLeft"):
        here.page.keyboard.press(key)
    expect(cells.nth(14)).to_be_focused()
    here.page.keyboard.press("Enter")
    expect(title).to_contain_text("Euler, 3 steps")
    expect(cells.nth(14)).to_have_attribute("aria-pressed", "true")


def test_another_grid_brings_its_own_numbers_and_can_be_stopped(visit):
    _, view = opened(visit, language="zh", theme="dark")
    choose(view, "提示")
    expect(view.get_by_role("textbox", name="提示").first).to_have_value(
        "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"
    )
    steps = view.get_by_role("textbox", name="步数").first
    expect(steps).to_have_value("15")
    steps.fill("100")
    view.get_by_role("button", name="生成网格").click()
    expect(view.locator(".lattice button")).to_have_count(60)
    view.get_by_role("button", name="停止").click()
    view.page.wait_for_timeout(1500)
    drawing = view.locator("#diffusion-grid .drawing")
    share = float(drawing.get_attribute("data-share"))
    assert 0 < share < 1
    view.page.wait_for_timeout(1500)
    assert float(drawing.get_attribute("data-share")) == share
    expect(view.locator(".lattice button.done")).to_have_count(0)
    expect(view.locator("#diffusion-grid .hint")).to_contain_text("图像步")


def test_on_a_phone_the_grid_scrolls_in_its_own_box(visit):
    here, view = opened(visit, width=390)
    box = view.locator("#diffusion-grid .scroll")
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth + 50")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
    last = view.locator(".lattice button").nth(5)
    last.scroll_into_view_if_needed()
    side = view.locator(".lattice .side").first
    assert 0 <= side.bounding_box()["x"] < 60  # the labels stay


def test_a_mistake_is_told_and_the_grid_stays(visit):
    here, view = opened(visit)
    view.get_by_role("textbox", name="Steps").first.fill("1, 2, many")
    view.get_by_role("button", name="Make the grid").click()
    expect(here.toast()).to_contain_text("“many” is not")
    expect(view.locator(".lattice button.done")).to_have_count(36)
