"""The film in full and quality against steps, in the view `digits` of the diffusion tab."""

import re
import zipfile

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit
from tests.helpers.canvas import counter, painted

pytestmark = pytest.mark.browser


def opened(visit, **options) -> tuple[Visit, Locator, Locator]:
    here = visit(tab="diffusion", reduced_motion="reduce", **options)
    view = here.finished("diffusion")
    return here, view, view.locator("#diffusion-film .player")


def test_the_visitor_chooses_what_is_seen_and_each_step_has_its_numbers(visit):
    here, _, film = opened(visit)
    choices = film.locator(".choice button")
    expect(film.locator("canvas")).to_have_count(3)
    for title in ("x_t", "x0_hat", "noise_hat"):
        film.get_by_role("button", name=here.word(f"diffusion.track.{title}"), exact=True).click()
    expect(film.locator("canvas")).to_have_count(1)  # one is always seen
    film.get_by_role("button", name=here.word("diffusion.track.conditioned"), exact=True).click()
    film.get_by_role("button", name=here.word("diffusion.track.unconditioned"), exact=True).click()
    choices.last.click()  # the difference
    film.get_by_role("slider", name=here.word("player.scrub")).fill("3")
    with_prompt, without, difference = (
        np.asarray(painted(canvas)).astype(int) for canvas in film.locator("canvas").all()[-3:]
    )
    assert abs(np.clip(127.5 + 2 * (with_prompt - without), 0, 255) - difference).max() <= 4
    assert difference.std() > 3
    numbers = film.locator(".numbers td")
    assert [re.sub(r"[\d.]+", "#", text) for text in numbers.all_inner_texts()] == [
        "#",
        "#",
        "−# dB",
        "#",
    ]
    film.press("End")
    assert numbers.all_inner_texts() == ["–", "0", "∞", "–"]


def test_a_film_that_is_kept_runs_beside_the_next_on_one_clock(visit):
    here, view, film = opened(visit)
    steps = counter(film)[1]
    film.get_by_role("button", name=here.word("player.keep"), exact=True).click()
    view.get_by_label(here.word("diffusion.steps")).first.fill("4")
    here.button("diffusion", "diffusion.run").click()
    expect(film.locator(".caption")).to_have_text(here.word("diffusion.caption.last"))
    expect(film.locator(".settings")).to_have_text(
        [re.compile(f"DDIM, {steps - 1} steps"), re.compile("DDIM, 4 steps")]
    )
    expect(film.locator(".counter")).to_have_text(f"{steps} / {steps}")  # the longer film's
    film.press("Home")
    first, second = (painted(film.locator("canvas").nth(i)).tobytes() for i in (0, 3))
    assert first == second  # the same seed, the same noise
    film.get_by_role("slider", name=here.word("player.scrub")).fill(f"{(steps - 1) // 2}")
    expect(film.locator(".caption")).to_have_text(re.compile("Step 3 of 4"))
    assert film.locator(".numbers tbody tr").count() == 2
    film.get_by_role("button", name=here.word("player.let_go"), exact=True).click()
    expect(film.locator(".counter")).to_have_text(re.compile("/ 5$"))
    expect(film.locator("canvas")).to_have_count(3)


def test_a_film_is_saved_as_an_animation_and_as_pictures(visit, tmp_path):
    here, _, film = opened(visit)
    frames = counter(film)[1]
    with here.page.expect_download() as animation:
        film.get_by_role("button", name=here.word("player.save_film"), exact=True).click()
    assert animation.value.suggested_filename == "diffusion.webp"
    with here.page.expect_download() as archive:
        film.get_by_role("button", name=here.word("player.save_all"), exact=True).click()
    with (
        Image.open(animation.value.path()) as saved,
        zipfile.ZipFile(archive.value.path()) as packed,
    ):
        assert (saved.format, saved.n_frames, packed.testzip()) == ("WEBP", frames, None)
        assert packed.namelist() == [f"diffusion-{i + 1:02}.png" for i in range(frames)]
        for index in (0, frames - 1):
            saved.seek(index)
            with packed.open(packed.namelist()[index]) as file, Image.open(file) as picture:
                assert np.array_equal(
                    np.asarray(saved.convert("RGB")), np.asarray(picture.convert("RGB"))
                )
        assert saved.info["duration"] == 1500
        shown = np.asarray(saved.convert("L")).astype(int)
    # the page is light: ink is dark
    result = 255 - np.asarray(painted(film.locator("canvas").nth(1))).astype(int)
    side = shown.shape[1] // 3 // 28 * 28
    enlarged = np.kron(result, np.ones((side // 28, side // 28), int))
    left = 2 * 16 + side
    assert abs(shown[16 : 16 + side, left : left + side] - enlarged).max() <= 2


def test_the_quality_curve_follows_the_controls(visit):
    here, view, _ = opened(visit, width=390)
    quality = view.locator("#diffusion-quality")
    chosen, marker = quality.locator("tr.chosen"), quality.locator(".spot.rule")
    expect(chosen.locator("th, td")).to_have_text(["DDIM", "25", re.compile(r"^[\d.]+$")])
    before = marker.get_attribute("style")
    view.get_by_label(here.word("diffusion.steps")).first.fill("9")
    expect(chosen.locator("td").first).to_have_text("10")  # the nearest that was measured
    assert marker.get_attribute("style") != before
    view.get_by_text(here.word("shared.more")).click()
    here.page.wait_for_timeout(500)  # it unfolds: a radio on its way is missed
    view.get_by_role("radio", name="DDPM", exact=True).check(force=True)
    expect(chosen).to_contain_text("DDPM")
    quality.get_by_role("button", name=here.word("diffusion.quality.misread"), exact=True).click()
    expect(chosen).to_contain_text("%")
    assert here.page.evaluate("document.documentElement.scrollWidth") <= 390
