"""The glossary: the field's words in both languages, each with a place in the app where it can be
seen.

What a term is called and what it means stands in the families' glossary.toml. The panel, and the
links on the pages' words, are drawn in the browser by glossary.js and the modules that it imports.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from aigc_demo.tabs import TABS
from aigc_demo.ui import language
from aigc_demo.ui.modules import Module

WORDS = (
    "app.glossary",
    *(
        f"glossary.{word}"
        for word in ("search", "close", "found", "none", "see", "whole", "families")
    ),
)


@dataclass(frozen=True)
class Term:
    """What one language has of a term: its name, the forms under which pages hold it, and what it
    means.
    """

    name: str
    forms: tuple[str, ...]
    meaning: str


@cache
def entries() -> dict[str, dict[str, dict[str, Any]]]:
    """Return what each family's glossary.toml holds, by the families in the tabs' order: its terms
    by their keys.
    """
    files = {tab: language.PACKAGE / tab / "glossary.toml" for tab in TABS}
    known = {tab: file for tab, file in files.items() if file.exists()}
    return {tab: tomllib.loads(file.read_text(encoding="utf-8")) for tab, file in known.items()}


@cache
def terms(code: str) -> dict[str, Term]:
    """Return all terms by their keys, as the language `code`, "en" or "zh", has them."""
    found = {key: entry[code] for family in entries().values() for key, entry in family.items()}
    return {
        key: Term(text["name"], tuple(text["forms"]), text["meaning"])
        for key, text in found.items()
    }


def forms(code: str) -> dict[str, str]:
    """Return the key of every form, in small letters; the longest forms come first."""
    found = {form.lower(): key for key, term in terms(code).items() for form in term.forms}
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def pattern(code: str) -> str:
    """Return a regular expression, for Python's engine and the browser's, that finds every form as
    a whole word.

    Where several forms begin at one place, the longest is found: "cross-entropy", not "entropy" or
    "cross".
    """
    either = "|".join(re.escape(form) for form in forms(code))
    return rf"(?<![A-Za-z0-9_-])(?:{either})(?![A-Za-z0-9_-])"


def module() -> Module:
    """Return the module that exports all that the glossary tells."""
    listed = [
        (family, key, entry) for family, found in entries().items() for key, entry in found.items()
    ]
    told = {
        "words": language.words(*WORDS),
        "families": {
            family: language.both("glossary.basics" if family == TABS[0] else f"{family}.tab")
            for family in entries()
        },
        "places": {place: _title(place) for _, _, entry in listed if (place := entry["place"])},
        "terms": [
            {
                "key": key,
                "family": family,
                "place": entry["place"],
                "only": entry.get("only_in"),
                "never": entry.get("not_in"),
            }
            | {
                code: [terms(code)[key].name, terms(code)[key].meaning, terms(code)[key].forms]
                for code in language.LANGUAGES
            }
            for family, key, entry in listed
        ],
        "patterns": {code: pattern(code) for code in language.LANGUAGES},
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Module("glossary-data.js", f"export default {data};\n")


def _title(place: str) -> dict[str, str]:
    tab, view = place.split("/")
    shown, seen = language.both(f"{tab}.tab"), language.both(f"{tab}.{view}.title")
    return {code: f"{shown[code]} · {seen[code]}" for code in language.LANGUAGES}
