"""Browsers of three years ago, and those that refuse: a younger function is deleted, and its views
still show their results.

Without any of them every view is opened in test_places.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from aigc_demo.core.settings import PROJECT
from tests.helpers.browser import Visit
from tests.helpers.older import GUARDED

pytestmark = pytest.mark.browser

# Older, but missing where a page is framed, private, or shown by something small.
REFUSED = {
    "language": "Object.defineProperty(navigator, 'language', { get: () => 'fr-FR', configurable: "
    "false })",
    "replaceState": "History.prototype.replaceState = History.prototype.pushState = () => { throw "
    "new DOMException('no', 'SecurityError'); }",
    "localStorage": "Object.defineProperty(window, 'localStorage', { get: () => { throw new "
    "DOMException('no', 'SecurityError'); } })",
    "getRandomValues": "delete Crypto.prototype.getRandomValues",
}
# Young functions that nobody may use without a guard: by name, where a script calls or reads them.
YOUNG = (
    r"\.(checkVisibility|showPopover|hidePopover|togglePopover|isWellFormed|toWellFormed|groupBy|withResolvers|fromAsync|moveBefore|startViewTransition"
    r"|isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference|setHTMLUnsafe|getHTML|toBase64|fromBase64|toHex|fromHex|ariaNotify)\b",
    r"\b(Intl\.Segmenter|requestIdleCallback|Iterator\.from|Promise\.try|RegExp\.escape|URLPattern|AbortSignal\.any|URL\.parse|Math\.sumPrecise|Float16Array|scheduler\.)",
    r"(scrollend|:popover-open|command(for)?:|\.toArray\(\)|/[dgimsuy]*v[dgimsuy]*[.,;)])",
)
# Where the guard stands.
PLACES_OF_GUARDS = {
    "checkVisibility": "ui/head.js",
    "showPopover": "ui/glossary_card.js",
    "hidePopover": "ui/glossary_card.js",
    "requestIdleCallback": "ui/glossary.js",
    "Intl.Segmenter": "ui/emoji_canvas.js",
}


def opened(visit, script: str, query: str = "tab=maths&lang=en&__theme=light") -> Visit:
    return visit(query=query, script=script, reduced_motion="reduce")


def opens(here: Visit, place: str) -> None:
    panel = here.finished(place)
    expect(panel.locator(".drawing:visible").first).to_be_visible()


@pytest.mark.parametrize("name", list(GUARDED))
def test_a_view_opens_without_the_function_that_it_uses(visit, name):
    script, places = GUARDED[name]
    here = opened(visit, script)
    for place in places:
        opens(here, place)
    assert here.page.evaluate("typeof aigc.visit") == "function"


@pytest.mark.parametrize("name", list(REFUSED))
def test_the_page_lives_where_the_browser_refuses(visit, name):
    here = opened(visit, REFUSED[name])
    assert here.page.evaluate("[aigc.language, document.documentElement.lang]") == ["en", "en"]
    for place in ("maths/entropy", "gan/lab", "vae/digit"):
        opens(here, place)


def test_a_refused_language_is_the_asked_one_all_over_the_page(visit):
    here = visit(language="zh", query="tab=maths&lang=zh", script=REFUSED["language"])
    opens(here, "maths/entropy")
    assert here.page.evaluate("aigc.language") == "zh"


def test_a_term_is_explained_without_popovers(visit):
    here = opened(visit, ";\n".join(GUARDED[name][0] for name in ("showPopover", "hidePopover")))
    opens(here, "maths/entropy")
    link, card = (
        here.page.locator("#view-maths-entropy a.term:visible").first,
        here.page.locator("#term-card"),
    )
    link.click()
    expect(card).to_be_visible()
    expect(link).to_have_attribute("aria-expanded", "true")
    here.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(link).to_have_attribute("aria-expanded", "false")


def test_without_has_the_rows_of_tabs_stay_hidden_and_the_chosen_digit_shows(visit):
    """Firefox knew no :has until December 2023; it leaves out each rule that holds one."""

    def older(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(":has(", ":-unknown("))

    here = visit(query="tab=maths&lang=en")
    here.page.route(re.compile(r"/(\?.*|config|theme\.css.*)?$"), older)
    here.page.goto(here.page.url.partition("?")[0] + "?tab=gan&view=pictures&lang=en&__theme=light")
    panel = here.finished("gan/pictures")
    assert here.page.locator(".unseen-row [role=tab]:visible").count() == 0
    chips = panel.locator(".chips label")
    grounds = {chip.evaluate("e => getComputedStyle(e).backgroundColor") for chip in chips.all()}
    assert len(grounds) == 2


def uses() -> Iterator[tuple[str, str]]:
    for path in sorted((PROJECT / "aigc_demo").rglob("*.js")):
        text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        for pattern in YOUNG:
            for found in re.finditer(pattern, text):
                yield path.relative_to(PROJECT / "aigc_demo").as_posix(), found[1]


def test_no_script_uses_a_younger_function_but_where_it_is_guarded():
    assert {(name, place) for place, name in uses()} == set(PLACES_OF_GUARDS.items())
