"""The VAE tab's three views: by mouse, finger and keyboard."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit
from tests.helpers.calls import bomb
from tests.helpers.canvas import draw, has_a_picture, painted, shades

pytestmark = pytest.mark.browser


def stage(here: Visit, view: str) -> Locator:
    """Return a view's drawing once its opening result is on it."""
    panel = here.finished(f"vae/{view}")
    return panel.locator(f"#vae-{view} .drawing")


def looked(drawing: Locator) -> dict:
    """Return the numbers behind a drawing, unrounded."""
    return drawing.evaluate("drawing => drawing.look()")


def slide(knob: Locator, value: float) -> None:
    knob.evaluate(
        "(knob, value) => { knob.value = value; knob.dispatchEvent(new Event('input', { bubbles: "
        "true })); }",
        value,
    )


def test_the_digits_view_opens_with_a_finished_digit_and_without_a_message(visit):
    here = visit(query="tab=vae&view=digit&lang=zh", language="zh")
    way = stage(here, "digit")
    expect(way.locator(".reading")).to_have_text(here.word("vae.digit.read").format(digit=8))
    # long enough for a message that must not come, and for the last picture to be drawn
    here.page.wait_for_timeout(1500)
    for canvas in (
        *way.locator(".way canvas").all(),
        *way.locator(".tiles canvas").all(),
        here.page.locator("#vae-digit-pad canvas"),
    ):
        expect(canvas).to_be_visible()
        assert has_a_picture(canvas)
    state = looked(way)
    assert (state["value"]["seed"], state["value"]["beta"]) == (3, 1)
    expect(here.toast()).to_have_count(0)


def test_what_is_written_is_the_arithmetic_of_this_digit(visit):
    here = visit(query="tab=vae&view=digit&lang=en")
    way = stage(here, "digit")
    state = looked(way)
    value, i, row = state["value"], state["dimension"], state["draw"]
    expect(way.locator(".sum")).to_contain_text(f"z{i + 1} = μ{i + 1} + σ{i + 1} · ε{i + 1}")
    result = way.locator(".sum").inner_text().rsplit("=", 1)[1].strip().replace("−", "-")
    assert float(result) == pytest.approx(value["z"][row][i], abs=0.006)
    kl, reconstruction = sum(value["kl"]), value["reconstruction"][row]
    expect(way.locator(".sums p").first).to_contain_text(
        f"{reconstruction:.2f} + 1.0 × {kl:.2f} = {reconstruction + kl:.2f} nats"
    )
    shares = [
        way.locator(part).bounding_box()["width"]
        for part in (".bar-of-loss .reconstruction", ".bar-of-loss .kl")
    ]
    assert shares[0] / shares[1] == pytest.approx(reconstruction / kl, rel=0.1)


def test_a_drawing_is_encoded_and_the_dial_changes_the_network(visit):
    here = visit(query="tab=vae&view=digit&lang=en", reduced_motion="reduce")
    way = stage(here, "digit")
    before = painted(way.locator(".way canvas").first).tobytes()
    draw(here.page, here.page.locator("#vae-digit-pad canvas"), (0.3, 0.2), (0.7, 0.2), (0.5, 0.85))
    expect(way.locator(".reading")).to_contain_text("7")
    assert painted(way.locator(".way canvas").first).tobytes() != before
    at_one = looked(way)["value"]
    knob = way.get_by_role("slider", name=here.word("vae.beta"))
    slide(knob, 1)
    expect(way).to_have_attribute("data-beta", "10")
    at_ten = looked(way)["value"]
    assert sum(at_ten["kl"]) < sum(at_one["kl"])
    assert at_ten["mean"] != at_one["mean"]
    knob.press("Home")
    expect(way).to_have_attribute("data-beta", "0.1")
    expect(here.toast()).to_have_count(0)


def test_other_noise_is_drawn_and_chosen(visit):
    here = visit(query="tab=vae&view=digit&lang=en")
    way = stage(here, "digit")
    decoded, tiles = way.locator(".way canvas").last, way.locator(".draw")
    here.button("vae/digit", "vae.digit.resample").click()
    expect(way).to_have_attribute("data-seed", "4")
    assert [tile.inner_text().strip() for tile in tiles.all()] == [
        "ε = 0",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
    ]
    tiles.first.click()
    expect(way).to_have_attribute("data-draw", "0")
    assert painted(decoded).tobytes() == painted(tiles.first.locator("canvas")).tobytes()
    tiles.last.press("Enter")
    expect(way).to_have_attribute("data-draw", "6")
    assert painted(decoded).tobytes() == painted(tiles.last.locator("canvas")).tobytes()


def test_one_number_is_chosen_by_key_and_turned_by_hand(visit):
    here = visit(query="tab=vae&view=digit&lang=en")
    way = stage(here, "digit")
    order = looked(way)["value"]["order"]
    board = way.get_by_role("slider", name=here.word("vae.digit.numbers"))
    board.press("ArrowRight")
    expect(way).to_have_attribute("data-dimension", str(order[1]))
    board.press("Home")
    expect(way).to_have_attribute("data-dimension", str(order[0]))
    board.click(position={"x": board.bounding_box()["width"] - 3, "y": 20})
    expect(way).to_have_attribute("data-dimension", str(order[-1]))
    board.press("Home")
    before = painted(way.locator(".way canvas").last).tobytes()
    turn = way.get_by_role("slider", name=here.word("vae.digit.turn"))
    slide(turn, 3)
    expect(way).to_have_attribute("data-hand", "3")
    expect(way.locator(".sum")).to_contain_text("= 3.00 (turned by hand)")
    far = painted(way.locator(".way canvas").last).tobytes()
    assert far == painted(way.locator(".turns canvas").last).tobytes() != before
    turn.press("Home")
    expect(way).to_have_attribute("data-hand", "-3")
    assert (
        painted(way.locator(".way canvas").last).tobytes()
        == painted(way.locator(".turns canvas").first).tobytes()
        != far
    )


def test_a_chosen_digit_is_put_on_the_pad_and_makes_room_for_a_drawing(visit):
    here = visit(query="tab=vae&view=digit&lang=en")
    way = stage(here, "digit")
    chosen = here.page.locator("#vae-digit-pad-choice button")
    expect(chosen).to_have_count(10)
    expect(here.page.locator("#vae-digit-pad-choice .kind")).to_have_text(here.word("vae.painted"))
    chosen.nth(1).press("Enter")
    expect(way.locator(".reading")).to_contain_text("1")
    pad = here.page.locator("#vae-digit-pad canvas")
    draw(here.page, pad, (0.1, 0.1), (0.2, 0.1))
    assert painted(pad).crop((90, 90, 190, 190)).getextrema() == (0, 0)  # the chosen digit is gone
    here.button("vae/digit", "pad.clear").click()
    assert shades(pad) == (0, 0)


def test_without_a_gan_the_digits_to_choose_are_the_autoencoders_own_and_said_to_be(damaged, visit):
    server, _ = damaged
    here = visit(query="tab=vae&view=digit&lang=en", url=server.url)
    way = stage(here, "digit")
    expect(here.page.locator("#vae-digit-pad-choice .kind")).to_have_text(here.word("vae.own"))
    here.page.locator("#vae-digit-pad-choice button").first.click()
    expect(way.locator(".reading")).to_contain_text("0")


def picture_file(folder: Path, size: tuple[int, int] = (300, 300), ink: int = 0) -> Path:
    """Return a photograph of sorts: a dark seven on light paper."""
    picture = Image.new("L", size, 230)
    width, height = size
    picture.paste(ink, (width // 4, height // 5, 3 * width // 4, height // 5 + height // 12))
    picture.paste(ink, (3 * width // 4 - width // 12, height // 5, 3 * width // 4, 4 * height // 5))
    picture.save(folder / "seven.jpg")
    return folder / "seven.jpg"


def test_a_picture_is_opened_and_bad_ones_are_told_what_is_wrong(visit, tmp_path):
    here = visit(query="tab=vae&view=digit&lang=zh", language="zh")
    way = stage(here, "digit")
    pad, file = (
        here.page.locator("#vae-digit-pad"),
        here.page.locator("#vae-digit-pad input[type=file]"),
    )
    problem = pad.locator(".problem")
    kept = painted(pad.locator("canvas")).tobytes()
    for name, content, expected in [
        ("notes.png", b"no picture at all", "该文件不是这里能读取的图片"),
        (
            "large.png",
            base64.b64decode(bomb(10_000).partition(",")[2]),
            "图片有 10,000 × 10,000 像素；每边最多读取 4,096 像素。",
        ),
        ("huge.png", bytes(3_000_000), "文件有 3,000,000 字节；最多读取 2,000,000 字节。"),
        # as long as may be: it reaches the server
        ("long.png", bytes(1_999_999), "该文件不是这里能读取的图片"),
        ("grey.png", grey(), "图片只有一种灰度"),
    ]:
        file.set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
        expect(problem).to_contain_text(expected)
        assert painted(pad.locator("canvas")).tobytes() == kept  # nothing is lost
    file.set_input_files(picture_file(tmp_path))
    expect(way.locator(".reading")).to_contain_text("7")
    expect(problem).to_have_text("")
    assert painted(pad.locator("canvas")).tobytes() != kept


def grey() -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (60, 60), 128).save(buffer, "PNG")
    return buffer.getvalue()


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
