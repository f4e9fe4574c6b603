"""The one exception whose message a visitor may read, and the checks that raise it."""

import math
import re
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any, Literal, TypeGuard, overload

MAX_VALUE = 60  # characters of a visitor's input that a message repeats
MAX_DETAIL = 2_000  # characters of anything that a message names
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character: no encoding of text knows it
# may also turn what follows
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class DemoError(Exception):
    """A mistake that can be explained: what was wrong, what is allowed, what to do.

    `template` is the English message with `{fields}`; it is also the key under which `ui.language`
    keeps the translation, so the core need not know what language a visitor reads.
    """

    def __init__(self, template: str, **details: object):
        self.template = template
        self.details = {
            field: detail if isinstance(detail, float) else printable(detail)
            for field, detail in details.items()
        }
        super().__init__(template.format(**self.details))


def printable(value: object) -> str:
    """Return `value` as a message may name it: no longer than MAX_DETAIL, without half
    characters and control characters.

    It fails for no value: neither for whole numbers of more digits than Python writes, nor for
    what cannot be written at all.
    """
    try:
        text = str(value)
    except Exception:  # a foreign class may raise whatever it likes
        text = (
            f"≈10^{value.bit_length() * math.log10(2):,.0f}"
            if isinstance(value, int)
            else f"<{type(value).__name__}>"
        )
    seen = UNPRINTABLE.sub(lambda match: f"U+{ord(match[0]):04X}", text[: MAX_DETAIL + 1])
    return seen if len(seen) <= MAX_DETAIL else seen[: MAX_DETAIL - 1] + "…"


def check_texts(value: object) -> None:
    """Raise DemoError when half a character stands in `value`: a text, or lists and objects of
    texts, however deep.

    Python takes such a text from JSON ("\\ud83d"), but nothing can send or tokenise it.
    """
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if not each.isascii() and (half := SURROGATE.search(each)):
                raise DemoError(
                    "The text holds half a character, U+{code}: copy it again, whole.",
                    code=f"{ord(half[0]):04X}",
                )
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list | tuple):
            waiting += each


@overload
def check_number(
    field: str, value: object, low: float, high: float, *, whole: Literal[True]
) -> int: ...


@overload
def check_number(
    field: str, value: object, low: float, high: float, *, whole: bool = False
) -> float: ...


def check_number(field: str, value: Any, low: float, high: float, *, whole: bool = False) -> float:
    """Return `value` as an int (`whole`) or a float. Raise DemoError when it is no number, or
    outside [low, high].

    NumPy's numbers are numbers, and so are arrays and tensors that are a single one.
    """
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()
    if value is None or (isinstance(value, str) and not value):  # the field on the page was cleared
        raise DemoError(
            "{field} must be a number from {low} to {high}; none is given: type one.",
            **_details(field, value, low, high),
        )
    if not _is_real(value) or not -math.inf < value < math.inf:
        raise DemoError(
            "{field} must be a number from {low} to {high}; {value} is not.",
            **_details(field, value, low, high),
        )
    if not low <= value <= high:
        raise DemoError(
            "{field} must be from {low} to {high}; {value} is outside.",
            **_details(field, value, low, high),
        )
    if whole and value != int(value):
        raise DemoError(
            "{field} must be a whole number from {low} to {high}; {value} is not.",
            **_details(field, value, low, high),
        )
    return int(value) if whole else float(value)


def check_choice(field: str, value: object, choices: Sequence[str]) -> str:
    """Return `value` when it is one of `choices`, else raises DemoError that lists them."""
    if not isinstance(value, str) or value not in choices:
        raise DemoError(
            "{field} must be one of {choices}; {value} is not.",
            field=field,
            value=_short(value),
            choices=", ".join(choices),
        )
    return value


def check_seed(value: object) -> int:
    """Return a seed from 0 to 2**31 - 1 as an int, or raises DemoError."""
    return check_number("seed", value, 0, 2**31 - 1, whole=True)


def check_list(field: str, value: Any) -> None:
    """Raise DemoError when `value` is no list, tuple or other sequence; a text is none."""
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        raise DemoError("{field} must be a list; {value} is not.", field=field, value=_short(value))


def check_ids(value: Any, count: int) -> None:
    """Raise DemoError when `value` is no list of token ids, whole numbers from 0 to `count` - 1."""
    check_list("ids", value)
    for each in value:
        check_number("ids", each, 0, count - 1, whole=True)


def check_tensor(field: str, value: Any, *shape: int | None, below: int | None = None) -> None:
    """Raise DemoError when `value` is no tensor of this shape, in which None stands for any length.

    It holds fractions, or whole numbers from 0 to `below` - 1.
    """
    given = tuple(getattr(value, "shape", ()))
    is_tensor = hasattr(value, "detach") and hasattr(value, "numel")
    fits = (
        is_tensor
        and len(given) == len(shape)
        and all(want in (None, has) for want, has in zip(shape, given, strict=True))
    )
    if fits and below is None:
        fits = value.is_floating_point()
    elif fits and below is not None:
        fits = not value.is_floating_point() and (
            not value.numel() or 0 <= int(value.min()) <= int(value.max()) < below
        )
    if not fits:
        kind = "float" if below is None else f"0–{below - 1}"
        wanted = f"({', '.join('N' if size is None else str(size) for size in shape)}), {kind}"
        told = f"{given}, {value.dtype}" if is_tensor else _short(value)
        raise DemoError(
            "{field} must be a tensor of shape {shape}; {value} is not.",
            field=field,
            shape=wanted,
            value=told,
        )


def check_string(field: str, value: object) -> None:
    """Raise DemoError when `value` is no text, or holds half a character; it may be empty."""
    if not isinstance(value, str):
        raise DemoError("{field} must be text; {value} is not.", field=field, value=_short(value))
    check_texts(value)


def check_text(value: object, limit: int) -> str:
    """Return `value` with Unix line ends, or raises DemoError when it is no text, empty, or longer
    than `limit` characters.
    """
    if not isinstance(value, str) or not value:
        raise DemoError("The text is empty: type or paste at least one character.")
    if len(value) > limit:
        raise DemoError(
            "The text has {length} characters; at most {limit} are read.",
            length=f"{len(value):,}",
            limit=f"{limit:,}",
        )
    check_texts(value)
    return value.replace("\r\n", "\n")


def _is_real(value: object) -> TypeGuard[float]:
    """Whether `value` is a real number of any kind, also of NumPy's; True and False are none."""
    return isinstance(value, Integral | Real) and not isinstance(value, bool)


def _details(field: str, value: object, low: float, high: float) -> dict[str, object]:
    return {
        "field": field,
        "value": _short(value),
        "low": f"{low:,g}" if low < 1e6 else f"{low:,}",
        "high": f"{high:,}",
    }


def _short(value: object) -> str:
    try:
        text = repr(value) if not isinstance(value, str) else f"“{value}”"
    # as in `printable`; a list that holds itself a thousand times is too deep for Python
    except Exception:
        text = printable(value)
    return text if len(text) <= MAX_VALUE else text[: MAX_VALUE - 3] + "…" + text[-1]
