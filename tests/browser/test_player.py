"""Films in the player: played, paused, scrubbed, saved."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.helpers.canvas import counter, draw, has_a_picture, painted, press, shades

pytestmark = pytest.mark.browser


def test_generating_plays_a_film(visit):
    here = visit(tab="diffusion")
    panel = here.finished("diffusion")
    film = panel.locator("#diffusion-film .player")
    panel.get_by_role("radio", name="7", exact=True).check(force=True)
    panel.get_by_label(here.word("diffusion.steps")).first.fill("12")
    here.button("diffusion", "diffusion.run").click()
    expect(film.locator(".counter")).to_have_text(re.compile(r"^\d+ / 13$"))
    expect(
        film.get_by_role("button", name=here.word("player.pause"))
    ).to_be_visible()  # it plays by itself
    expect(film.locator(".counter")).to_have_text("13 / 13")
    expect(film.get_by_role("button", name=here.word("player.play"), exact=True)).to_be_visible()
    expect(film.locator(".caption")).to_have_text(here.word("diffusion.caption.last"))
    assert has_a_picture(film.locator("canvas").first)


def test_the_player_plays_pauses_scrubs_and_steps(visit):
    here = visit(tab="diffusion", reduced_motion="reduce")
    film = here.finished("diffusion").locator("#diffusion-film .player")
    play = film.get_by_role("button", name=here.word("player.play"), exact=True)
    last = counter(film)[1]
    assert press(film, "Home") == 1
    begin = painted(film.locator("canvas").nth(1)).tobytes()
    assert press(film, "ArrowLeft") == 1
    assert press(film, "ArrowRight") == 2
    assert press(film, "ArrowRight") == 3
    assert press(film, "ArrowLeft") == 2
    assert press(film, "End") == last
    assert press(film, "ArrowRight") == last
    assert painted(film.locator("canvas").nth(1)).tobytes() != begin
    film.get_by_role("slider", name=here.word("player.scrub")).fill("4")
    expect(film.locator(".counter")).to_have_text(f"5 / {last}")
    expect(film.locator(".caption")).to_contain_text("Step 5 of")
    film.get_by_role("button", name=here.word("player.forward"), exact=True).click()
    expect(film.locator(".counter")).to_have_text(f"6 / {last}")
    film.get_by_role("button", name=here.word("player.back"), exact=True).click()
    expect(film.locator(".counter")).to_have_text(f"5 / {last}")
    film.get_by_label(here.word("player.speed")).select_option("0.5")
    play.click()
    here.page.wait_for_function(
        "() => parseInt(document.querySelector('#diffusion-film .counter').textContent) >= 7"
    )
    film.get_by_role("button", name=here.word("player.pause"), exact=True).click()
    expect(play).to_be_visible()
    paused = counter(film)[0]
    assert 7 <= paused < last
    assert press(film, "Space") >= paused
    expect(film.get_by_role("button", name=here.word("player.pause"), exact=True)).to_be_visible()


def test_the_player_has_speed_and_loop_and_saves_a_frame(visit):
    here = visit(tab="diffusion", reduced_motion="reduce")
    film = here.finished("diffusion").locator("#diffusion-film .player")
    last = counter(film)[1]

    def seconds(speed: str) -> float:
        film.get_by_label(here.word("player.speed")).select_option(speed)
        film.press("Home")
        began = here.page.evaluate("performance.now()")
        film.get_by_role("button", name=here.word("player.play"), exact=True).click()
        expect(film.locator(".counter")).to_have_text(f"{last} / {last}")
        expect(
            film.get_by_role("button", name=here.word("player.play"), exact=True)
        ).to_be_visible()
        return (here.page.evaluate("performance.now()") - began) / 1000

    fast = seconds("4")
    assert (last - 1) / 32 <= fast < seconds("1")

    loop = film.get_by_role("button", name=here.word("player.loop"), exact=True)
    loop.click()
    expect(loop).to_have_attribute("aria-pressed", "true")
    film.get_by_label(here.word("player.speed")).select_option("4")
    film.get_by_role("slider", name=here.word("player.scrub")).fill(str(last - 4))
    film.get_by_role("button", name=here.word("player.play"), exact=True).click()
    here.page.wait_for_function(
        "() => parseInt(document.querySelector('#diffusion-film .counter').textContent) < 10"
    )
    film.get_by_role("button", name=here.word("player.pause"), exact=True).click()

    film.press("End")
    with here.page.expect_download() as download:
        film.get_by_role("button", name=here.word("player.save"), exact=True).click()
    assert download.value.suggested_filename == f"diffusion-{last}.png"
    with Image.open(download.value.path()) as saved:
        assert saved.format == "PNG"
        assert min(saved.size) >= 300
        # three pictures side by side, their names under them
        assert saved.width > 2.2 * saved.height


def test_a_film_waits_for_visitors_who_want_no_motion(visit):
    here = visit(tab="diffusion", reduced_motion="reduce")
    film = here.finished("diffusion").locator("#diffusion-film .player")
    shown, frames = counter(film)
    assert shown == frames
    expect(film.get_by_role("button", name=here.word("player.play"), exact=True)).to_be_visible()


def test_a_drawing_takes_the_way_into_noise(visit):
    here = visit(tab="diffusion", reduced_motion="reduce")
    panel = here.finished("diffusion")
    film, pad = panel.locator("#diffusion-forward .player"), panel.locator("#diffusion-pad canvas")
    film.press("Home")
    before = painted(film.locator("canvas").first).tobytes()
    shown = film.locator("canvas").first.element_handle()
    draw(here.page, pad, (0.3, 0.2), (0.7, 0.2), (0.5, 0.85))
    # a new film is in the player
    here.page.wait_for_function("canvas => !canvas.isConnected", arg=shown)
    film.press("Home")
    drawn = painted(film.locator("canvas").first)
    assert drawn.tobytes() != before
    assert drawn.getpixel((14, 5)) > 200  # the stroke above
    assert drawn.getpixel((2, 25)) < 60  # and nothing drawn below it
    panel.get_by_role("button", name=here.word("pad.clear"), exact=True).click()
    assert shades(pad) == (0, 0)
    shown = film.locator("canvas").first.element_handle()
    # the same without a pointer
    for key in ("Space", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Space"):
        pad.press(key)
    here.page.wait_for_function("canvas => !canvas.isConnected", arg=shown)
    film.press("Home")
    drawn = painted(film.locator("canvas").first)
    assert drawn.getpixel((14, 14)) > 200
    assert drawn.getpixel((5, 14)) < 60
    expect(here.toast()).to_have_count(0)
