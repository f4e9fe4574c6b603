"""The VAE's map and its walk: by mouse, finger and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.helpers.canvas import draw, painted
from tests.helpers.vae_stage import looked, slide, stage

pytestmark = pytest.mark.browser


def test_the_map_is_decoded_under_the_pointer_and_by_key(visit):
    here = visit(query="tab=vae&view=map&lang=en")
    atlas = stage(here, "map")
    field, decoded = atlas.locator(".field"), atlas.locator(".large canvas")
    mean = looked(atlas)["value"]["mark"]["mean"]
    # the cross begins at the digit's own place
    assert looked(atlas)["at"] == pytest.approx(mean, abs=1e-3)
    seen = set()
    box = field.bounding_box()
    for share in (0.1, 0.5, 0.9):
        here.page.mouse.move(box["x"] + share * box["width"], box["y"] + 0.25 * box["height"])
        here.page.wait_for_function(
            "drawing => drawing.dataset.exact === drawing.look().at.join(' ')",
            arg=atlas.element_handle(),
        )
        assert looked(atlas)["at"] == pytest.approx([6 * share - 3, 1.5], abs=0.05)
        seen.add(painted(decoded).tobytes())
    assert len(seen) == 3
    field.focus()
    before = looked(atlas)["at"]
    field.press("ArrowLeft")
    field.press("Shift+ArrowDown")
    assert looked(atlas)["at"] == pytest.approx([before[0] - 0.1, before[1] - 0.5], abs=2e-3)
    here.button("vae/map", "vae.map.go").click()
    assert looked(atlas)["at"] == pytest.approx(mean, abs=1e-3)
    expect(atlas.locator(".place")).to_contain_text(
        f"z = ({mean[0]:.2f}, {mean[1]:.2f})".replace("-", "−")
    )


def test_the_cell_is_shown_at_once_and_the_server_only_refines_it(visit):
    here = visit(query="tab=vae&view=map&lang=en")
    atlas = stage(here, "map")
    decoded = atlas.locator(".large canvas")
    before = painted(decoded).tobytes()
    here.page.context.set_offline(True)
    field = atlas.locator(".field")
    box = field.bounding_box()
    here.page.mouse.move(box["x"] + 4, box["y"] + box["height"] - 4)
    changed = painted(decoded).tobytes()
    here.page.context.set_offline(False)
    here.complaints.clear()  # of the network that was cut off
    assert changed != before


def test_the_dial_redraws_the_map_and_regions_have_names(visit):
    here = visit(query="tab=vae&view=map&lang=en")
    atlas = stage(here, "map")
    sheet = atlas.locator("canvas.sheet")
    before = painted(sheet).tobytes()
    slide(atlas.get_by_role("slider", name=here.word("vae.beta")), 1)
    expect(atlas).to_have_attribute("data-beta", "10")
    assert painted(sheet).tobytes() != before
    expect(atlas.locator(".signs")).to_be_hidden()
    here.button("vae/map", "vae.map.regions").click()
    expect(atlas.locator(".signs")).to_be_visible()
    names = atlas.locator(".signs b").all_inner_texts()
    assert set(names) == {str(digit) for digit in looked(atlas)["value"]["readings"]}
    assert len(names) == len(set(names))


def test_a_digit_of_ones_own_is_found_on_the_map(visit):
    here = visit(query="tab=vae&view=map&lang=zh&__theme=dark", language="zh", width=390)
    atlas = stage(here, "map")
    before = looked(atlas)["value"]["mark"]["mean"]
    here.page.locator("#vae-map-pad-choice button").first.click()
    here.page.wait_for_function(
        "([drawing, before]) => drawing.look().value.mark.mean[0] !== before[0]",
        arg=[atlas.element_handle(), before],
    )
    mean = looked(atlas)["value"]["mark"]["mean"]
    here.page.wait_for_function(
        "([drawing, mean]) => Math.abs(drawing.look().at[0] - mean[0]) < 1e-3",
        arg=[atlas.element_handle(), mean],
    )
    expect(atlas.locator(".reading")).to_contain_text("0")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_finger_drags_across_the_map_and_the_page_stays(visit):
    here = visit(query="tab=vae&view=map&lang=en", width=390, has_touch=True)
    atlas = stage(here, "map")
    field = atlas.locator(".field")
    field.scroll_into_view_if_needed()
    box, scrolled = field.bounding_box(), here.page.evaluate("scrollY")
    finger = here.page.context.new_cdp_session(here.page)
    for kind, y in (("touchStart", 0.8), ("touchMove", 0.5), ("touchMove", 0.2)):
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + y * box["height"]}
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert looked(atlas)["at"] == pytest.approx([0, 1.8], abs=0.1)
    assert here.page.evaluate("scrollY") == scrolled


def test_a_walk_between_two_drawings_plays_beside_its_cross_fade(visit):
    here = visit(query="tab=vae&view=walk&lang=en", reduced_motion="reduce")
    panel = here.finished("vae/walk")
    film = panel.locator("#vae-walk .player")
    expect(film.locator("canvas")).to_have_count(2)
    expect(film.locator(".counter")).to_have_text("21 / 41")
    shown = film.locator("canvas").first.element_handle()
    panel.locator("#vae-walk-to-choice button").first.click()
    here.page.wait_for_function("canvas => !canvas.isConnected", arg=shown)
    film.press("End")
    expect(film.locator(".caption")).to_contain_text(re.compile(r"t = 1\.00\..* reads 0, .* 0"))
    walk, fade = (painted(canvas).tobytes() for canvas in film.locator("canvas").all())
    assert walk == fade
    film.press("Home")
    shown = film.locator("canvas").first.element_handle()
    draw(here.page, panel.locator("#vae-walk-from canvas"), (0.5, 0.15), (0.5, 0.85))
    here.page.wait_for_function("canvas => !canvas.isConnected", arg=shown)
    film.press("Home")
    expect(film.locator(".caption")).to_contain_text("t = 0.00. In the walk a classifier reads 1")
    expect(here.toast()).to_have_count(0)
