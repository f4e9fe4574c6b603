"""Every tab and view as a visitor meets it: in both languages, light and dark, on a screen and on a
phone.

The dark one in Chinese is a browser of three years ago.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from aigc_demo.tabs import TABS
from aigc_demo.ui.language import TABLES
from aigc_demo.ui.views import views
from tests.helpers import access, older
from tests.helpers.browser import Visit
from tests.helpers.canvas import has_a_picture

pytestmark = pytest.mark.browser

PLACES = [f"{tab}/{view}" for tab in TABS for view in views(tab)]
LOOKS = [("en", "light", 1440), ("zh", "dark", 1440)]
PHONE = 390  # pixels
KEYS = re.compile(rf"\b(?:app|shared|player|pad|{'|'.join(TABS)})\.[a-z]\w*\b|__i18n__")
NAMES = {
    "RNN",
    "GPT",
    "BERT",
    "XLNet",
    "LoRA",
    "GPT-",
    "SmolLM",
    "Qwen",
    "CIFAR-",
    "LSUN",
    "Cat",
    "LSTM",
    "Transformer",
    "AIGC",
    "GAN",
    "VAE",
    "Top-k",
    "Top-p",
    "Min-p",
    "DDIM",
    "DDPM",
    "Euler",
    "Heun",
    "DPM-Solver",
    "SDE-DPM-Solver",
    "English",
    "PNG",
    "WebP",
    "ZIP",
    "dB",
    "nats",
    "ms",
    "bits",
    "id",
    "MNIST",
    "Shakespeare",
    "ELBO",
}

# The text that can be seen outside formulas and outside what models and visitors write
# (translate="no"), a string a piece.
VISIBLE_TEXT = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, text = node.textContent.trim();
    // .hide is Gradio's, by opacity
    const no_prose = "script, style, .katex, textarea, [translate=no], .wrap.hide";
    const shown = !parent.closest(no_prose) && isShown(parent);
    if (text && shown) found.push(text);
  }
  return found;
}"""


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: "-".join(map(str, look)))
def look(request: pytest.FixtureRequest, visits: Any) -> Visit:
    language, theme, width = request.param
    script = access.SCRIPT + (older.ALL if theme == "dark" else "")
    here = visits(
        language=language,
        query=f"tab=text&lang={language}&__theme={theme}",
        width=width,
        script=script,
    )
    assert here.page.evaluate("Boolean(Element.prototype.checkVisibility ?? Intl.Segmenter)") == (
        theme == "light"
    )
    return here


@pytest.mark.parametrize("place", PLACES)
def test_a_place_opens_whole(look, place):
    """With a finished result, all of it in the visitor's language, nothing over the edge, and open
    to everyone; in one visit, for time.
    """
    panel = look.finished(place)
    opens_with_a_finished_result(look, place, panel)
    is_in_the_visitors_language(look)
    reaches_over_no_edge(look)
    if look.language == "en":  # the names' texts are the tables'
        names_every_control(look)
    is_open_to_everyone(look, place)
    wide = look.page.viewport_size
    look.page.set_viewport_size({**wide, "width": PHONE})
    try:
        reaches_over_no_edge(look)
    finally:  # the next place is looked at in the same visit
        look.page.set_viewport_size(wide)


def opens_with_a_finished_result(look: Visit, place: str, panel: Locator) -> None:
    for canvas in panel.locator("canvas.picture").all()[:4]:
        assert has_a_picture(canvas)
    if place == "text/write":
        for written in panel.locator(".writing .generated").all():
            assert len(written.inner_text()) > 100
    dark = look.page.evaluate("document.body.classList.contains('dark')")
    assert dark == ("__theme=dark" in look.page.url)
    assert look.complaints == []


def is_in_the_visitors_language(look: Visit) -> None:
    texts = look.page.evaluate(VISIBLE_TEXT)
    assert len(texts) > 20
    assert [text for text in texts if KEYS.search(text)] == []
    if look.language == "en":
        assert [text for text in texts if re.search("[一-鿿]", text)] == [
            TABLES["en"]["app.language"]
        ]
        return
    foreign = [
        text
        for text in texts
        if not re.search("[一-鿿]", text) and set(re.findall(r"[A-Za-z][A-Za-z-]+", text)) - NAMES
    ]
    assert foreign == []
    english = [
        text
        for key, text in TABLES["en"].items()
        if text != TABLES["zh"][key] and "{" not in text and len(text) > 4
    ]
    # a name, of which "Diffusion" is a tab's title
    named = [text.replace("Stable Diffusion", "") for text in texts]
    assert [text for text in named if any(sentence in text for sentence in english)] == []


def reaches_over_no_edge(look: Visit) -> None:
    width = look.page.evaluate("document.documentElement.clientWidth")
    assert (
        look.page.evaluate(
            "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
        )
        <= width
    )
    beyond = """width => [...document.querySelectorAll(
        "button, input, canvas, h1, h3, p, label, textarea, select, figure")]
      .filter((e) => isShown(e))
      .filter((e) => !e.closest(
        ".katex, .scroll, .tab-container.visually-hidden, [aria-hidden=true]"))
      .filter((e) => {
        const box = e.getBoundingClientRect();
        return box.right > width + 1 && box.width > 1;
      })
      .map((e) => e.outerHTML.slice(0, 120))"""
    assert look.page.evaluate(beyond, width) == []
    spilled = """[...document.querySelectorAll("button:not(.label-wrap), th, h3, figcaption")]
      .filter(isShown)
      .filter((e) => !e.closest(".katex, .scroll, .visually-hidden, [aria-hidden=true]"))
      .filter((e) => {
        const { display, overflowX } = getComputedStyle(e);
        return display !== "inline" && overflowX === "visible";
      })
      .filter((e) => e.clientWidth && e.scrollWidth > e.clientWidth + 2)
      .map((e) => e.outerHTML.slice(0, 120))"""
    # words that stand beyond their box run into the next one
    assert look.page.evaluate(spilled) == []


def names_every_control(look: Visit) -> None:
    session = look.page.context.new_cdp_session(look.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = {
        "button",
        "textbox",
        "slider",
        "spinbutton",
        "radio",
        "combobox",
        "tab",
        "checkbox",
        "img",
        "image",
    }
    named = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node["ignored"] and "role" in node
    ]
    controls = [(role, name) for role, name in named if role in roles]
    assert len(controls) > 10
    assert [role for role, name in controls if not name.strip()] == []
    assert [name for _, name in controls if KEYS.search(name)] == []


def is_open_to_everyone(look: Visit, place: str) -> None:
    """With all its folds open: axe-core finds no fault, and what a mouse can do a keyboard can."""
    access.fold(look.page, shut=False)
    try:
        second = look.language == "zh"  # it differs from the first in colours alone
        assert access.faults(look.page, place.partition("/")[0], colours=second) == []
        if not second:
            assert access.out_of_reach(look.page) == []
    finally:
        access.fold(look.page, shut=True)


@pytest.mark.parametrize("place", TABS)
def test_there_is_one_first_heading_even_with_the_guide_open(look, place):
    look.finished(place)
    panel = look.tab(place)
    guide = panel.get_by_role("button", name=look.word("shared.guide"))
    guide.click()
    expect(panel.locator(".guide .prose").first).to_be_visible()
    expect(guide).to_have_attribute("aria-expanded", "true")
    headings = [heading for heading in look.page.locator("h1").all() if heading.is_visible()]
    guide.click()
    assert [heading.inner_text() for heading in headings] == [look.word("app.title")]


def test_the_tab_key_walks_through_all_of_a_place(look):
    panel = look.finished("diffusion/picture")  # controls of every kind
    expect(panel.locator(".player .bar")).to_be_visible()  # its buttons are there once the film is
    assert access.passed_by(look.page) == []


def test_what_shuts_somebody_out_is_found(look):
    """So that an empty list of faults means something: pale letters, a button without a name, and
    what only a mouse can press.
    """
    look.finished("maths/entropy")
    bad = '<p style="color: #bbb; background: #fff">pale</p><button></button>'
    bad += '<span style="cursor: pointer">press</span><b tabindex="0" style="outline: 0">dark</b>'
    add = """bad => document.querySelector('#view-maths-entropy')
      .insertAdjacentHTML('beforeend', `<div id='bad'>${bad}</div>`)"""
    look.page.evaluate(add, bad)
    try:
        found, shut_out = (
            access.faults(look.page, "maths", colours=False),
            access.out_of_reach(look.page),
        )
    finally:
        look.page.evaluate("document.querySelector('#bad').remove()")
    assert [fault.partition(":")[0] for fault in found] == [
        "critical button-name",
        "serious color-contrast",
    ]
    assert [fault.partition(" ")[0] for fault in shut_out] == ["<span", "shows"]
