"""What a visitor types for a grid: one value, or several with commas between."""

import re
from typing import Any

from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.core.spelling import plain

MODELS = {"digits": "diffusion-digits", "emoji": "diffusion-emoji"}
BETWEEN = re.compile(r"[,、;\n]")
MAX_SEEDS = 64


def prompts_of(model: str, text: object) -> list[Any]:
    """Return the prompts in `text`, which has commas or line ends between them: classes for digits,
    words for emoji. Or one class.
    """
    check_choice("model", model, list(MODELS))
    text = str(text) if isinstance(text, int) and not isinstance(text, bool) else text
    given = BETWEEN.split(plain(text)) if isinstance(text, str) else []
    pieces = [piece.strip() for piece in given if any(map(str.isalnum, piece))]
    if not pieces:
        raise DemoError("There is no prompt: type a digit or words; several with commas between.")
    if model != "digits":
        return pieces
    return [int(piece) if piece.isdecimal() and len(piece) < 9 else piece for piece in pieces]


def numbers_of(given: object) -> list[Any]:
    """Return the numbers in `given`, a number or a text with commas between; what is no number
    stays, for the check that will name it.
    """
    if not isinstance(given, str):
        return [given]
    return [_number(piece.strip()) for piece in BETWEEN.split(plain(given))]


def _number(piece: str) -> Any:
    try:
        return float(piece)
    except ValueError:
        return piece


def seeds_from(first: int, count: int) -> list[int]:
    """Return `count` seeds in a row."""
    count = check_number("seeds", count, 1, MAX_SEEDS, whole=True)
    return [check_seed(check_seed(first) + i) for i in range(count)]
