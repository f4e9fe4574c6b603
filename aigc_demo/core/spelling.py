"""The forms in which people type one and the same character: full- and half-width, traditional and
simplified.
"""

import re
import unicodedata
from collections.abc import Container

from aigc_demo.core.errors import check_string
from aigc_demo.core.traditional import SIMPLIFIED

BLANK = re.compile(r"[^\S\n]")  # any white space but the end of a line
INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")  # what a copy may bring along
WIDER = 0xFEE0  # from an ASCII character to its full-width form
SAME = {"。": ".", ".": "。", "’": "'", "‘": "'", "—": "-", "–": "-"}  # of which NFKC knows nothing


def plain(text: str) -> str:
    """Return `text` in the plain forms of its characters (Unicode's NFKC), each blank a space.

    For what is parsed, where `：` means `:` and `　` means a space; never for what a model reads,
    whose vocabulary may hold full-width characters of its own. Raise DemoError when it is no text.
    """
    check_string("text", text)
    return BLANK.sub(" ", unicodedata.normalize("NFKC", INVISIBLE.sub("", text)))


def known_forms(text: str, known: Container[str]) -> str:
    """Return `text` with each character that is not `known` in another form of it that is, where
    there is one.

    The length stays. What is known stays as it is, and so does what is known in no form. Raise
    DemoError when it is no text.
    """
    check_string("text", text)
    return "".join(
        character if character in known else _known_form(character, known) for character in text
    )


def _known_form(character: str, known: Container[str]) -> str:
    folded = unicodedata.normalize("NFKC", character)
    folded = folded if len(folded) == 1 else character
    wider = chr(ord(character) + WIDER) if "!" <= character <= "~" else character
    forms = (
        folded,
        wider,
        SAME.get(folded, character),
        SIMPLIFIED.get(character, character),
        SIMPLIFIED.get(folded, character),
    )
    return next((form for form in forms if form in known), character)
