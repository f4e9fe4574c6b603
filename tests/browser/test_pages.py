"""What the buttons of each tab do, and what the page as a whole does."""

import re

import pytest
from playwright.sync_api import expect

from aigc_demo.tabs import TABS
from tests.helpers.browser import Visit
from tests.helpers.canvas import painted, press

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
