"""The GAN's other views in the browser: by mouse, by keyboard, on a phone."""

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser

REACHED = """(place) => {
  const exact = document.querySelector("#gan-latents .drawing").dataset.exact.split(" ");
  return place.every((each, i) => Math.abs(each - exact[i]) < 0.002);
}"""


def opened(
    visit, view: str, *, language: str = "en", theme: str = "light", width: int = 1440
) -> tuple[Visit, Locator]:
    here = visit(
        query=f"tab=gan&view={view}&lang={language}&__theme={theme}", language=language, width=width
    )
    return here, here.finished(f"gan/{view}")


def painting(canvas: Locator) -> str:
    return canvas.evaluate("(canvas) => canvas.toDataURL()")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_plane_is_crossed_by_pointer_and_by_key(visit, width):
    here, view = opened(visit, "latents", width=width)
    field, large, root = (
        view.locator(".field"),
        view.locator(".beside canvas"),
        view.locator("#gan-latents .drawing"),
    )
    expect(view.locator(".seeds i")).to_have_count(25)
    expect(root).to_have_attribute("data-exact", "2 2")
    expect(view.locator(".formula")).to_have_text("z = 1.00 z52")
    before = painting(large)
    box = field.bounding_box()
    field.hover(position={"x": box["width"] * 0.1, "y": box["height"] * 0.9})
    expect(root).not_to_have_attribute("data-exact", "2 2")
    assert painting(large) != before
    assert view.locator(".formula span").count() == 4
    there = [float(place) for place in root.get_attribute("data-exact").split()]
    field.press("ArrowUp")
    field.press("Shift+ArrowUp")
    here.page.wait_for_function(REACHED, arg=[there[0], there[1] - 0.6])
    expect(view.locator(".verdict-line")).to_contain_text("The classifier reads")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_digit_lays_out_another_plane(visit):
    _, view = opened(visit, "latents", language="zh", theme="dark")
    large = view.locator(".beside canvas")
    before = painting(large)
    view.get_by_role("radio", name="7", exact=True).check(force=True)
    expect(view.locator(".verdict-line")).to_contain_text("分类器读作 7")
    assert painting(large) != before


def test_a_child_is_looked_at_large_by_pointer_and_by_key(visit):
    _, view = opened(visit, "mix")
    table, large, name = (
        view.locator(".table"),
        view.locator(".beside canvas"),
        view.locator(".formula"),
    )
    expect(table.get_by_role("button")).to_have_count(35)
    expect(table.locator(".parent")).to_have_count(10)
    table.get_by_role("button", name="Child of seeds 4 and 35", exact=True).hover()
    expect(name).to_have_text("z = slerp(a4, b35, 0.50)")
    before = painting(large)
    table.get_by_role("button", name="Child of seeds 4 and 35", exact=True).focus()
    view.page.keyboard.press("ArrowRight")
    expect(name).to_have_text("z = slerp(a4, b36, 0.50)")
    assert painting(large) != before
    for _ in range(4):
        view.page.keyboard.press("ArrowLeft")
    expect(name).to_have_text("z = a4")
    view.page.keyboard.press("ArrowLeft")  # the table ends here
    expect(name).to_have_text("z = a4")


def test_what_is_drawn_is_judged_and_a_bar_shows_its_pixels(visit):
    here, view = opened(visit, "critic", width=390)
    pad, bars = view.locator("#gan-critic-pad canvas"), view.locator("#gan-critic .bar-row")
    expect(view.locator("#gan-critic .read")).to_have_count(1)
    pad.scroll_into_view_if_needed()
    view.get_by_role("button", name="Clear", exact=True).click()
    box = pad.bounding_box()
    here.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.15)
    here.page.mouse.down()
    here.page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.85, steps=12)
    here.page.mouse.up()
    expect(view.locator("#gan-critic .note")).to_contain_text("The classifier reads 1")
    expect(bars.nth(1)).to_have_attribute("aria-pressed", "true")
    before = painting(view.locator("#gan-critic canvas").nth(1))
    bars.nth(1).press("ArrowDown")
    expect(bars.nth(2)).to_have_attribute("aria-pressed", "true")
    assert painting(view.locator("#gan-critic canvas").nth(1)) != before
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_emoji_is_looked_at_large_beside_the_nearest(visit):
    here, view = opened(visit, "emoji", language="zh", theme="dark", width=390)
    table, large, nearest = (
        view.locator(".table"),
        view.locator(".beside canvas"),
        view.locator(".nearest"),
    )
    expect(table.get_by_role("button")).to_have_count(64)
    before, near = painting(large), nearest.inner_text()
    table.get_by_role("button").first.focus()
    here.page.keyboard.press("ArrowRight")
    here.page.keyboard.press("ArrowDown")
    expect(view.locator("#gan-emoji .verdict-line").last).to_contain_text("种子 9：")
    assert painting(large) != before
    assert nearest.inner_text() != near
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_plane_and_the_table_show_emoji_too(visit):
    _, view = opened(visit, "latents")
    view.get_by_role("radio", name="🙂", exact=True).check(force=True)
    expect(view.locator(".verdict-line")).to_contain_text("The nearest training emoji:")
    assert view.locator(".beside canvas").get_attribute("width") == "64"
    view.get_by_role("radio", name="3", exact=True).check(force=True)
    expect(view.locator(".verdict-line")).to_contain_text("The classifier reads 3")


def test_training_is_replayed_step_by_step(visit):
    _, view = opened(visit, "replay", language="zh")
    film, caption = view.locator("#gan-replay .drawing"), view.locator("#gan-replay .caption")
    last = caption.inner_text()
    film.press("Home")
    expect(caption).to_contain_text("更新 0 次之后")
    film.press("End")
    expect(caption).to_have_text(last)


@pytest.mark.parametrize("width", [1440, 390])
def test_two_families_stand_side_by_side_with_their_figures(visit, width):
    here, view = opened(visit, "families", width=width)
    expect(view.locator(".tiles canvas")).to_have_count(36)
    view.get_by_role("radio", name="8", exact=True).check(force=True)
    expect(view.locator(".sides")).to_contain_text("those read as 8 kept")
    assert view.locator("tbody tr").count() >= 6
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width
