"""Two languages at run time. All of a visitor's text is in en.toml and zh.toml, here and in the
views' folders, under the same keys.
"""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.context import LocalContext
from gradio.i18n import I18nData

from aigc_demo.core.errors import DemoError

LANGUAGES = ("en", "zh")
PACKAGE = Path(__file__).parent.parent.parent
SHARED = "_shared"  # the folder of what a tab's views share, and of the tab's own texts


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _table(code: str) -> dict[str, str]:
    """Return all texts of one language: those of all pages, and of each view under
    "<family>.<view>.".
    """
    table = _toml(Path(__file__).with_name(f"{code}.toml"))
    for path in sorted(PACKAGE.glob(f"*/views/*/{code}.toml")):
        family, _, view, _ = path.relative_to(PACKAGE).parts
        prefix = family if view == SHARED else f"{family}.{view}"
        table |= {f"{prefix}.{key}": text for key, text in _toml(path).items()}
    return table


def _chinese_errors() -> dict[str, dict[str, str]]:
    """Return "errors", the messages of errors by their English template, and "fields", what they
    call a field.
    """
    found: dict[str, dict[str, str]] = {"errors": {}, "fields": {}}
    for path in (
        Path(__file__).with_name("errors.zh.toml"),
        *sorted(PACKAGE.glob("*/errors.zh.toml")),
    ):
        for kind, texts in _toml(path).items():
            found[kind] |= texts
    return found


TABLES = {code: _table(code) for code in LANGUAGES}
ERRORS, FIELDS = _chinese_errors().values()


def add_guide(family: str, texts: dict[str, str]) -> None:
    """Register a family's guide, {"en": ..., "zh": ...}, under the key `<family>.guide`."""
    for language in LANGUAGES:
        TABLES[language][f"{family}.guide"] = texts[language]


def translations() -> gr.I18n:
    """Return the tables as Gradio takes them at launch, under the two locales that head.js
    knows.
    """
    return gr.I18n(**{"en": TABLES["en"], "zh-CN": TABLES["zh"]})


def label(key: str) -> I18nData:
    """Return a text that the browser translates: for labels, titles and Markdown. Raises KeyError
    for an unknown key.
    """
    return I18nData(key if key in TABLES["en"] else _missing(key))


def both(key: str, **values: object) -> dict[str, str]:
    """Return a text in both languages with `values` filled in: for drawings, which choose in the
    browser.
    """
    return {language: TABLES[language][key].format(**values) for language in LANGUAGES}


def bilingual_html(key: str, **values: object) -> str:
    """Return a text in both languages as HTML of which style.css hides one: for Markdown that a
    handler returns.
    """
    return "".join(
        f'<span class="{language}">{escape(text, quote=False)}</span>'
        for language, text in both(key, **values).items()
    )


def words(*keys: str) -> dict[str, dict[str, str]]:
    """Return several texts by the last part of their key, with their {fields} unfilled: for a
    drawing's script.
    """
    return {
        key.rsplit(".", 1)[-1]: {language: TABLES[language][key] for language in LANGUAGES}
        for key in keys
    }


def visitor_language() -> str:
    """Return the language, "en" or "zh", of the visitor whose event is being handled: the page's
    address, else the browser's.
    """
    request: Any = LocalContext.request.get(None)
    if request is None:
        return "en"
    asked = language_of_tag(request.query_params.get("lang") or "")
    asked = asked or language_of_tag(_from_address(request.headers.get("referer", "")))
    return asked or preferred_language(request.headers.get("accept-language", "")) or LANGUAGES[0]


def language_of_tag(tag: str) -> str | None:
    """Return the language, "en" or "zh", that a BCP 47 tag ("zh-Hant-TW", "EN_gb") names; None
    for another.
    """
    primary = tag.strip().replace("_", "-").partition("-")[0].lower()
    return primary if primary in LANGUAGES else None


def preferred_language(header: str) -> str | None:
    """Return the one of our languages that an Accept-Language header likes best; None where it
    names none (RFC 9110, 12.5.4).
    """
    liked = [
        (_weight(parameters), language_of_tag(tag))
        for tag, _, parameters in (each.partition(";") for each in header.split(","))
    ]
    known = [(weight, language) for weight, language in liked if language and weight > 0]
    return max(known, key=lambda each: each[0])[1] if known else None  # of equals the first


def error_both(error: DemoError) -> dict[str, str]:
    """Return the message of `error` in both languages."""
    details = {
        key: FIELDS.get(str(value), value) if key == "field" else value
        for key, value in error.details.items()
    }
    return {"en": str(error), "zh": ERRORS[error.template].format(**details)}


def error_text(error: DemoError) -> str:
    """Return the message of `error` in the visitor's language."""
    return error_both(error)[visitor_language()]


def _from_address(address: str) -> str:
    from urllib.parse import parse_qs, urlparse

    return parse_qs(urlparse(address).query).get("lang", [""])[0]


def _weight(parameters: str) -> float:
    """Return the q of "q=0.8"; 1 where there is none, 0 where it cannot be read."""
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0


def _missing(key: str) -> str:
    raise KeyError(f"no text under {key!r}")
