"""The views `picture` and `variations` of the diffusion tab: what a visitor does with pointer and
keys.
"""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser

FRAMES = 10 + 20 + 1  # of the film at the settings with which the view opens
PIXELS = (
    "(canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]"
)
# The canvas as it is seen, each pixel of the model's the middle of those on the screen: its grey,
# and -1 where it is erased.
SEEN = """(canvas) => {
  const pen = canvas.getContext("2d"), by = canvas.width / 28, all = [];
  for (let i = 0; i < 784; i++) {
    const x = (i % 28 + 0.5) * by, y = (Math.floor(i / 28) + 0.5) * by;
    const [grey, , , alpha] = pen.getImageData(x, y, 1, 1).data;
    all.push(alpha > 127 ? grey : -1);
  }
  return all;
}"""


def opened(
    visit: Any, view: str, *, language: str = "en", theme: str = "light", width: int = 1440
) -> tuple[Visit, Locator]:
    here = visit(
        query=f"tab=diffusion&view={view}&lang={language}&__theme={theme}",
        language=language,
        width=width,
        reduced_motion="reduce",
    )
    panel = here.page.locator(f"#view-diffusion-{view}")
    expect(panel.locator(".waking:visible")).to_have_count(0)
    expect(panel.locator(".bar").first).to_be_visible()
    return here, panel


def wipe(here: Visit, canvas: Locator, *places: tuple[float, float]) -> None:
    """Draw a line through places on a canvas, each a share of its width and height."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    spots = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
    here.page.mouse.move(*spots[0])
    here.page.mouse.down()
    for spot in spots[1:]:
        here.page.mouse.move(*spot, steps=8)
    here.page.mouse.up()


def plays_another(here: Visit, player: Locator, run: Locator) -> None:
    """Clicks and waits until the player shows another film, whole."""
    shown = player.locator("canvas").first.element_handle()
    run.click()
    here.page.wait_for_function("(canvas) => !canvas.isConnected", arg=shown)
    expect(player.locator(".bar")).to_be_visible()  # it is hidden while more is coming


def test_a_drawing_becomes_another_digit_and_without_noise_comes_back(visit):
    here, view = opened(visit, "picture")
    canvas, film = (
        view.locator(".inpaint-canvas canvas"),
        view.locator("#diffusion-picture-film canvas"),
    )
    expect(view.locator("#diffusion-picture-film .counter")).to_have_text(f"{FRAMES} / {FRAMES}")
    view.get_by_role("button", name=here.word("diffusion.picture.clear")).click()
    wipe(
        here, canvas, (0.35, 0.25), (0.65, 0.25), (0.45, 0.5), (0.65, 0.6), (0.6, 0.8), (0.35, 0.8)
    )
    run = view.get_by_role("button", name=here.word("diffusion.picture.run"))
    plays_another(here, view.locator("#diffusion-picture-film"), run)
    scrub = view.locator("#diffusion-picture-film").get_by_role("slider")
    scrub.press("Home")
    first = film.first.evaluate(PIXELS)
    scrub.press("End")
    result = film.first.evaluate(PIXELS)
    assert sum(abs(a - b) for a, b in zip(first, result, strict=True)) / len(first) > 3
    number = view.get_by_role("spinbutton").first
    number.fill("0")
    number.press("Enter")
    plays_another(here, view.locator("#diffusion-picture-film"), run)
    expect(view.locator("#diffusion-picture-film .counter")).to_have_text("1 / 1")
    expect(view.locator("#diffusion-picture-happened")).to_contain_text("0.0 %")
    assert film.first.evaluate(PIXELS) == first
    assert film.last.evaluate(PIXELS) == first
    view.get_by_role("button", name=here.word("diffusion.picture.clear")).click()
    for key in ("Space", "Shift+ArrowDown", "Shift+ArrowDown", "Space"):  # drawn without a pointer
        canvas.press(key)
    drawn = canvas.evaluate(SEEN)
    assert [drawn[28 * row + 14] for row in (3, 10, 20)] == [0, 255, 0]


def test_a_part_is_erased_and_filled_in_while_the_rest_holds_fast_on_a_phone(visit):
    here, view = opened(visit, "picture", language="zh", width=390)
    canvas, film = (
        view.locator(".inpaint-canvas canvas"),
        view.locator("#diffusion-picture-film canvas"),
    )
    fill = view.get_by_role("button", name=here.word("diffusion.picture.fill"))
    fill.click()
    expect(here.toast()).to_contain_text("还没有擦掉任何部分")
    view.get_by_role("button", name=here.word("diffusion.picture.erase"), exact=True).click()
    wipe(here, canvas, (0.0, 0.6), (1.0, 0.6), (0.0, 0.7), (1.0, 0.7), (0.0, 0.8), (1.0, 0.8))
    given = canvas.evaluate(SEEN)
    assert 100 < given.count(-1) < 600
    fill.click()
    expect(view.locator("#diffusion-picture-film .caption")).to_contain_text(
        "没有擦掉的部分保持原样"
    )
    result = film.first.evaluate(PIXELS)[::4]
    assert all(
        abs(before - after) <= 1 for before, after in zip(given, result, strict=True) if before >= 0
    )
    assert max(after for before, after in zip(given, result, strict=True) if before < 0) > 60
    view.get_by_role("button", name=here.word("diffusion.picture.restore"), exact=True).click()
    assert -1 not in canvas.evaluate(SEEN)
    view.get_by_role("button", name=here.word("diffusion.picture.take"), exact=True).click()
    here.page.wait_for_function("([canvas, seen, wanted]) => JSON.stringify(eval(seen)(canvas)) "
                                "=== wanted", arg=[
        canvas.element_handle(), SEEN, str(result).replace(" ", "")
    ])  # fmt: skip


def test_an_upload_that_is_no_picture_is_told_so_and_an_emoji_stands_on_its_own_canvas(visit):
    here, view = opened(visit, "picture", theme="dark")
    file = view.locator("input[type=file]")
    file.set_input_files({"name": "letter.png", "mimeType": "image/png", "buffer": b"no picture"})
    expect(view.locator(".inpaint-canvas .problem")).to_contain_text(
        "The file is no picture that can be read here"
    )
    digit = view.locator(".inpaint-canvas canvas").evaluate(SEEN)
    expect(view.get_by_role("radio", name="7", exact=True)).to_have_count(1)
    view.get_by_role("radio", name=here.word("diffusion.subject.emoji")).check(force=True)
    expect(view.get_by_label(here.word("diffusion.prompt.words"))).to_be_visible()
    expect(view.get_by_role("radio", name="7", exact=True)).to_have_count(0)
    canvas = view.locator(".inpaint-canvas canvas")
    # a glyph, not a box
    assert (
        canvas.evaluate(
            "(canvas) => new Set(canvas.getContext('2d').getImageData(0, 0, 320, 320).data).size"
        )
        > 20
    )
    view.get_by_role("radio", name=here.word("diffusion.subject.digits")).check(force=True)
    here.page.wait_for_function("([canvas, seen, wanted]) => JSON.stringify(eval(seen)(canvas)) "
                                "=== wanted", arg=[
        canvas.element_handle(), SEEN, str(digit).replace(" ", "")
    ])  # fmt: skip


def test_the_neighbour_that_is_clicked_becomes_the_centre_and_an_ancestor_leads_back(visit):
    here, view = opened(visit, "variations", language="zh", theme="dark")
    drawing, centre = view.locator("#diffusion-variations .drawing"), view.locator(".centre canvas")
    expect(view.locator(".neighbours button")).to_have_count(9)
    seed, chosen = (
        centre.evaluate(PIXELS),
        view.locator(".neighbours canvas").nth(3).evaluate(PIXELS),
    )
    assert seed != chosen
    view.locator(".neighbours button").nth(3).click()
    expect(drawing).to_have_attribute("data-lineage", "0.6:4")
    now = centre.evaluate(PIXELS)
    assert max(abs(a - b) for a, b in zip(now, chosen, strict=True)) <= 1
    view.locator(".neighbours button").first.press("Enter")
    expect(drawing).to_have_attribute("data-lineage", "0.6:4 0.6:1")
    expect(view.locator(".lineage button")).to_have_count(2)
    view.locator(".lineage button").first.click()
    expect(drawing).to_have_attribute("data-lineage", "")
    assert max(abs(a - b) for a, b in zip(centre.evaluate(PIXELS), seed, strict=True)) <= 1


def test_a_walk_starts_at_the_centre_and_its_whole_way_is_seen(visit):
    here, view = opened(visit, "variations", width=390)
    walk = view.locator("#diffusion-walk")
    view.get_by_role("radio", name=here.word("diffusion.variations.moves.both")).check(force=True)
    before = walk.locator("canvas").last.evaluate(PIXELS)
    plays_another(
        here, walk, view.get_by_role("button", name=here.word("diffusion.variations.walk"))
    )
    walk.get_by_role("slider").press("Home")
    first = walk.locator("canvas").first.evaluate(
        "(canvas) => canvas.getContext('2d').getImageData(72, 72, 1, 1).data[0]"
    )
    at = view.locator(".centre canvas").evaluate(
        "(canvas) => canvas.getContext('2d').getImageData(14, 14, 1, 1).data[0]"
    )
    assert abs(first - at) <= 1
    walk.get_by_role("slider").press("End")
    expect(walk.locator(".caption")).to_have_text("100% of the way")
    assert walk.locator("canvas").last.evaluate(PIXELS) != before
