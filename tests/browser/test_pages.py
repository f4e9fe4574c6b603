"""What the buttons of each tab do, and what the page as a whole does."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from aigc_demo.tabs import TABS
from tests.helpers.browser import Visit
from tests.helpers.canvas import counter, draw, has_a_picture, painted, press, shades

pytestmark = pytest.mark.browser


def text_of(visit: Visit) -> list[str]:
    return [
        visit.page.locator(f"#text-{title} .generated").text_content()
        for title in ("rnn", "lstm", "transformer")
    ]


def test_writing_streams_into_three_columns_and_stop_stops_it(visit):
    here = visit()
    here.finished("text")
    before = text_of(here)
    here.tab("text").get_by_label(here.word("text.length")).first.fill("2000")
    here.button("text", "text.run").click()
    for title, old in zip(("rnn", "lstm", "transformer"), before, strict=True):
        expect(here.page.locator(f"#text-{title} .generated")).not_to_have_text(old)
    early = text_of(here)
    grown = (
        "early => document.querySelector('#text-transformer .generated').textContent.length > early"
    )
    here.page.wait_for_function(grown, arg=len(early[2]))
    here.button("text", "shared.stop").click()
    here.button(
        "gan", "gan.run"
    ).click()  # it waits in the same queue: when it is done, the writing has ended
    expect(here.page.locator("#gan-grid canvas")).to_have_count(40)
    still = """() => new Promise((resolve) => {
      const text = document.querySelector('#text-transformer .generated');
      const length = () => text.textContent.length, before = length();
      setTimeout(() => resolve(length() === before), 600);
    })"""
    here.page.wait_for_function(still)
    stopped = text_of(here)
    assert all(0 < len(text) < 2000 for text in stopped)
    assert len({len(text) for text in stopped}) == 1
    assert all(later.startswith(earlier) for earlier, later in zip(early, stopped, strict=True))


def test_only_the_view_that_is_seen_asks_for_its_result(visit):
    here = visit(tab="text")
    here.finished("text")
    asked = []
    here.page.on(
        "request", lambda request: "/queue/join" in request.url and asked.append(request.post_data)
    )
    here.page.reload()
    here.finished("text")
    # what the address asks for, and one opening result: not the overview's, which Gradio shows for
    # a moment
    assert len(asked) == 2
    here.finished("vae")
    here.finished("text")
    here.finished("vae")
    assert len(asked) == 3
    here.finished("overview")
    assert len(asked) == 4


def test_the_seed_is_the_visitors(visit):
    here = visit()
    panel = here.finished("text")
    before = text_of(here)
    panel.get_by_label(here.word("shared.seed")).fill("8")
    panel.get_by_label(here.word("text.length")).first.fill("60")
    here.button("text", "text.run").click()
    expect(panel.locator("#text-happened .en")).to_contain_text("Seed 8: each model drew 60")
    here.finished("text")
    assert all(
        len(new) == 60 and new != old[:60] for new, old in zip(text_of(here), before, strict=True)
    )


def test_a_digit_and_a_walk_between_seeds(visit):
    here = visit(tab="gan")
    panel = here.finished("gan")
    first = panel.locator("#gan-grid canvas").first
    before = painted(first).tobytes()
    panel.get_by_role("radio", name="8", exact=True).check(force=True)
    expect(first).to_have_attribute("aria-label", re.compile("Digit 8, seed 3"))
    assert painted(first).tobytes() != before
    walk = panel.locator("#gan-walk")
    panel.get_by_label(here.word("gan.goal")).fill("44")
    here.button("gan", "gan.walk.run").click()
    expect(walk.locator(".caption")).to_contain_text("seed 44")
    assert press(walk.locator(".player"), "End") == 49
    assert press(walk.locator(".player"), "Home") == 1
    expect(walk.locator("canvas")).to_have_count(1)


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


def test_a_tab_that_was_chosen_at_once_stays_open(visit):
    here = visit(tab="text")
    here.finished("text")
    held, chosen = [], []
    here.page.route(
        "**/gradio_api/queue/join*",
        lambda request: request.continue_() if chosen else held.append(request),
    )
    here.page.reload()
    expect(here.page.get_by_role("heading", level=1)).to_be_visible()
    here.tab("gan")
    chosen.append("gan")
    for request in held:
        request.continue_()  # now the app hears which tab the address asks for
    expect(here.page.locator("#gan-grid canvas")).to_have_count(40)
    expect(here.page.locator("#tab-gan")).to_be_visible()


def test_the_language_changes_and_the_tab_stays(visit):
    here = visit(tab="text")
    here.finished("text")
    here.finished("gan")
    here.page.get_by_role("button", name=here.word("app.language"), exact=True).click()
    here.language = "zh"
    expect(here.page.get_by_role("tab", name=here.word("gan.tab"), exact=True)).to_have_attribute(
        "aria-selected", "true"
    )
    expect(
        here.page.get_by_role("heading", name=here.word("app.title"), level=1, exact=True)
    ).to_be_visible()
    here.finished("gan")
    assert "tab=gan" in here.page.url
    assert "lang=zh" in here.page.url
    # without an address's wish the last choice holds
    here.page.goto(here.page.url.partition("?")[0])
    expect(
        here.page.get_by_role("heading", name=here.word("app.title"), level=1, exact=True)
    ).to_be_visible()


def test_the_theme_changes_and_the_tab_stays(visit):
    here = visit(tab="gan")
    here.finished("gan")
    ink = here.page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    here.page.get_by_role("button", name=here.word("app.shade"), exact=True).click()
    expect(here.page.locator("body")).to_have_class(re.compile(r"\bdark\b"))
    here.page.wait_for_function(
        "ink => getComputedStyle(document.querySelector('h1')).color !== ink", arg=ink
    )
    expect(here.page.locator("#tab-gan")).to_be_visible()
    here.page.reload()
    here.finished("gan")
    expect(here.page.locator("body")).to_have_class(re.compile(r"\bdark\b"))


@pytest.mark.parametrize("tab", [TABS[0], TABS[-1]])  # the others' tests open theirs so
def test_an_address_opens_its_tab(visit, tab):
    here = visit(tab=tab, language="zh")
    expect(
        here.page.get_by_role("tab", name=here.word(f"{tab}.tab"), exact=True)
    ).to_have_attribute("aria-selected", "true")
    expect(here.page.locator(f"#tab-{tab}")).to_be_visible()


def test_an_unknown_tab_is_told_what_there_is(visit):
    here = visit(tab="music", language="zh")
    expect(here.toast()).to_contain_text(
        here.word("app.unknown_tab").format(value="music", names=", ".join(TABS))
    )
    here.finished("text")


def test_an_unknown_language_is_told_what_there_is(visits):
    here = visits(query="tab=text&lang=tlh")
    expect(here.toast()).to_contain_text(here.word("app.unknown_language").format(value="tlh"))
    here.finished("text")
    assert here.complaints == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_mistake_is_explained_in_the_visitors_language_and_nothing_is_lost(visit, language):
    here = visit(language=language)
    panel = here.finished("text")
    before = text_of(here)
    prompt = panel.get_by_label(here.word("text.prompt"))
    prompt.fill("O 中")
    here.button("text", "text.run").click()
    expect(here.toast()).to_contain_text(
        {"en": "This model never saw these characters: 中", "zh": "模型从未见过这些字符：中"}[
            language
        ]
    )
    assert text_of(here) == before
    expect(prompt).to_have_value("O 中")
    prompt.fill("ROMEO:")
    panel.get_by_label(here.word("text.length")).first.fill("20")
    here.button("text", "text.run").click()
    expect(panel.locator("#text-rnn .generated")).not_to_have_text(before[0])


def test_a_damaged_family_says_so_on_its_stage(damaged, visit):
    server, _ = damaged
    here = visit(tab="gan", language="zh", url=server.url)
    expect(here.tab("gan").locator(".stage")).to_contain_text("gan-digits")
    here.finished("text")
    here.finished("diffusion")
