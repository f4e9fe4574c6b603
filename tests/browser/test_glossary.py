"""The glossary: the panel of all terms, and the words on the pages that lead to it."""

import re

import pytest
from playwright.sync_api import Page, expect

from aigc_demo.ui import glossary
from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser

PASSED = """() => new Promise((resolve) => {
  const last = () => performance.getEntriesByName("glossary")[0]?.startTime, before = last();
  document.body.append(document.createComment("something new"));
  const look = () => last() !== before ? resolve() : setTimeout(look, 50);
  look();
})"""
LINKS = (
    "place => [...document.querySelectorAll(`${place} a.term`)].map((link) => link.dataset.term)"
)
LOOK = """links => links.map((link) => {
  const [own, around] = [link, link.parentElement].map((element) => getComputedStyle(element));
  return [own.display, own.padding, own.font === around.font && own.color === around.color];
})"""
MIXED = """<div class="prose" id="mixed">
<h3>perplexity</h3><p>A <code>perplexity</code>, <span class="katex">perplexity</span>,
<a href="#">perplexity</a>,
<button>perplexity</button>,
<em>perplexity</em>, <span translate="no">perplexity</span>.</p>
<p aria-live="polite">perplexity</p><svg><text>perplexity</text></svg>
<p style="display: flex">perplexity</p><p hidden>perplexity</p>
<p class="first">No entropy, but cross-entropy: its perplexity, a perplexity.</p>
<p>Perplexity again.</p></div>"""


def words_on(page: Page, place: str) -> list[str]:
    """Return the terms that are linked in a place, once the page has looked for words."""
    page.evaluate(PASSED)
    return page.evaluate(LINKS, place)


def focused(page: Page) -> str:
    return page.evaluate(
        "document.activeElement.dataset.term ?? document.activeElement.textContent"
    )


@pytest.fixture(scope="module")
def english(visits) -> Visit:
    here = visits(query="tab=vae&view=digit&lang=en&__theme=light")
    here.finished("vae")
    return here


@pytest.fixture(scope="module")
def chinese(visits) -> Visit:
    """A phone, in the dark, on which a term was asked for by the address."""
    return visits(
        language="zh", query="tab=overview&lang=zh&term=attention&__theme=dark", width=390
    )


def test_the_first_occurrence_of_a_word_is_a_link_that_moves_nothing(english):
    terms = words_on(english.page, "#view-vae-digit")
    assert {"encoder", "decoder", "loss", "elbo"} <= set(terms)
    assert len(terms) == len(set(terms))
    lead = english.tab("vae").locator(".lead p").first
    assert lead.text_content() == english.word("vae.digit.teaches")
    looks = {tuple(each) for each in english.page.locator("a.term").evaluate_all(LOOK)}
    assert looks == {("inline", "0px", True)}


def test_a_card_explains_a_word_by_keyboard_alone(english):
    page = english.page
    words_on(page, "#view-vae-digit")
    word = english.tab("vae").get_by_role("link", name="encoder", exact=True)
    word.focus()
    page.keyboard.press("Enter")
    card = page.get_by_role("dialog", name=re.compile("^encoder"))
    expect(card).to_contain_text(glossary.terms("en")["encoder"].meaning)
    expect(word).to_have_attribute("aria-expanded", "true")
    assert focused(page) == "See it: VAE · A digit’s way"
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    expect(word).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == english.word("glossary.whole")
    page.keyboard.press("Tab")
    expect(card).to_be_hidden()
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=english.word("app.glossary"))
    expect(panel).to_be_visible()
    assert focused(page) == "encoder"
    expect(page).to_have_url(re.compile("term=encoder$"))
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(word).to_be_focused()
    expect(page).not_to_have_url(re.compile("term="))


def test_the_panel_is_searched_as_one_types_and_leads_to_a_place(english):
    page = english.page
    page.keyboard.press("Alt+g")
    panel = page.get_by_role("dialog", name=english.word("app.glossary"))
    entries = panel.locator(".entry:visible")
    expect(entries).to_have_count(len(glossary.terms("en")))
    page.keyboard.type("坍")  # a Chinese name is found too
    expect(entries).to_have_count(2)
    search = panel.get_by_role("searchbox")
    search.fill("swap")
    expect(panel.get_by_role("status")).to_have_text("No term fits “swap”.")
    search.fill("nucleus")  # stands in no name, but in a definition
    expect(entries).to_have_count(1)
    search.fill("<b>")
    expect(entries).to_have_count(0)
    search.fill("mode coll")
    expect(entries).to_have_count(1)
    entries.get_by_role("button").click()
    expect(panel).to_be_hidden()
    expect(page.locator("#view-gan-lab")).to_be_visible()
    terms = words_on(page, "#view-gan-lab")  # of controls, what their names begin with
    assert len(terms) == len(set(terms)) and {"learning-rate", "loss"} <= set(terms)
    name = (
        english.tab("gan")
        .locator("label, legend, span")
        .get_by_text(english.word("gan.lab.rate_d"), exact=True)
    )
    expect(name).to_have_attribute("data-term", "learning-rate")
    page.get_by_role("button", name=english.word("app.glossary")).click()
    panel.get_by_role("button", name=english.word("diffusion.tab"), exact=True).click()
    expect(
        panel.get_by_role("heading", name=english.word("diffusion.tab"), exact=True)
    ).to_be_focused()
    expect(entries).to_have_count(len(glossary.terms("en")))
    panel.get_by_role("button", name=english.word("glossary.close")).click()
    expect(page.get_by_role("button", name=english.word("app.glossary"))).to_be_focused()


def test_only_prose_is_linked_and_only_once(english):
    english.place("vae/walk")
    page = english.page
    page.evaluate(
        "html => document.getElementById('view-vae-walk').insertAdjacentHTML('beforeend', html)",
        MIXED,
    )
    text = page.locator("#mixed").text_content()
    assert words_on(page, "#mixed") == ["entropy", "cross-entropy", "perplexity"]
    assert page.locator("#mixed .first").inner_html().count("<a ") == 3
    assert page.locator("#mixed").text_content() == text
    # such a text stays as its page has it
    page.locator("#mixed .first").evaluate(
        "element => element.textContent = 'A perplexity that changes.'"
    )
    assert words_on(page, "#mixed .first") == []
    page.evaluate("document.getElementById('mixed').remove()")
    assert english.complaints == []


def test_an_address_opens_a_term_on_a_phone_in_chinese(chinese):
    page = chinese.page
    panel = page.get_by_role("dialog", name=chinese.word("app.glossary"))
    expect(panel).to_be_visible()
    expect(panel.locator(".asked")).to_contain_text(glossary.terms("zh")["attention"].meaning)
    expect(panel.locator(".asked")).to_be_in_viewport()
    expect(panel.locator(".asked [lang=en]")).to_have_text("attention")
    assert page.evaluate(
        "[document.documentElement.scrollWidth, document.querySelector('#glossary "
        ".list').scrollWidth]"
    ) == [390, 390]
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name=chinese.word("app.glossary"))).to_be_focused()


def test_a_guide_is_linked_in_chinese(chinese):
    page = chinese.page
    chinese.finished("maths")
    guide = chinese.tab("maths").locator(".guide")
    guide.get_by_role("button").first.click()
    expect(guide.locator("a.term").first).to_be_visible()
    terms = words_on(page, "#tab-maths .guide")
    assert {"cross-entropy", "kl-divergence", "perplexity", "elbo"} <= set(terms)
    assert len(terms) == len(set(terms))
    assert (
        guide.locator("a.term")
        .locator(
            "xpath=ancestor::*[self::code or self::h2 or self::em or contains(@class, 'katex')]"
        )
        .count()
        == 0
    )
    # bold is bold, beside Chinese punctuation too
    assert not re.search(r"\*[^.]", guide.inner_text())
    names = guide.locator("a.term[lang=en]")
    assert all(re.fullmatch(r"[\x20-\x7e]+", name) for name in names.all_text_contents())
    names.first.click()
    card = page.locator("#term-card")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    assert box["y"] >= 0 and box["y"] + box["height"] <= 900
    assert chinese.complaints == []
