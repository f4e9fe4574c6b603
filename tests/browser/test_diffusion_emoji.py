"""The view `emoji` of the diffusion tab: words in, an emoji out."""

import pytest
from playwright.sync_api import expect

from tests.helpers.browser import Visit
from tests.helpers.canvas import counter, painted

pytestmark = pytest.mark.browser


def opened(visit, *, language: str = "en", theme: str = "light", width: int = 1440) -> Visit:
    here = visit(
        query=f"tab=diffusion&view=emoji&lang={language}&__theme={theme}",
        language=language,
        width=width,
    )
    expect(here.page.locator(".emoji-story .word b")).to_have_text(["pink", "mushroom"])
    return here


def test_words_and_enter_make_an_emoji_with_its_film(visit):
    here = opened(visit)
    before = painted(here.page.locator(".emoji-story .part.generated canvas"))
    prompt = here.page.locator("#emoji-prompt textarea")
    prompt.fill("red heart")
    prompt.press("Enter")
    expect(here.page.locator(".emoji-story .word b")).to_have_text(["red", "heart"])
    expect(here.page.locator(".emoji-story .origin")).to_contain_text("❤️")
    film = here.page.locator("#diffusion-emoji-film")
    expect(film.locator("canvas")).to_have_count(3)
    film.locator(".drawing").press("End")
    assert counter(film) == (16, 16)
    picture = painted(here.page.locator(".emoji-story .part.generated canvas"))
    assert picture != before
    assert painted(film.locator("canvas").last).getbbox() == picture.getbbox()


def test_sixteen_are_chosen_from_and_an_example_is_in_the_visitors_language(visit):
    here = opened(visit, language="zh", theme="dark")
    here.page.locator("#view-diffusion-emoji").get_by_label("16", exact=True).check(force=True)
    here.page.get_by_label(here.word("diffusion.emoji.example.frog")).check(force=True)
    results = here.page.locator(".emoji-story .results button")
    expect(results).to_have_count(16)
    expect(here.page.locator(".emoji-story .word b")).to_have_text(
        list(here.word("diffusion.emoji.example.frog").replace("色的", ""))
    )
    first = painted(here.page.locator(".emoji-story .part.latent canvas").first)
    results.nth(7).focus()
    expect(results.nth(7)).to_have_class("chosen")
    assert painted(here.page.locator(".emoji-story .part.latent canvas").first) != first


def test_a_word_never_seen_is_named_and_nothing_is_lost(visit):
    here = opened(visit)
    prompt = here.page.locator("#emoji-prompt textarea")
    prompt.fill("blu dragon")
    prompt.press("Enter")
    expect(here.toast()).to_contain_text("never saw these words: blu")
    expect(here.toast()).to_contain_text("blue")
    expect(prompt).to_have_value("blu dragon")
    expect(here.page.locator(".emoji-story .word b")).to_have_text(["pink", "mushroom"])
