"""The VAE's view of digits: by mouse, finger and keyboard."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.helpers.calls import bomb
from tests.helpers.canvas import draw, has_a_picture, painted, shades
from tests.helpers.vae_stage import looked, slide, stage

pytestmark = pytest.mark.browser


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
