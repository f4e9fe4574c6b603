"""The one exception whose message a visitor may read, and the checks that raise it."""

import math


class DemoError(Exception):
    """A mistake that can be explained: what was wrong, what is allowed, what to do.

    `template` is the English message with `{fields}`; it is also the key under which `ui.language` keeps the
    translation, so the core need not know what language a visitor reads.
    """

    def __init__(self, template: str, **details: object):
        self.template = template
        self.details = details
        super().__init__(template.format(**details))


def check_number(field: str, value: object, low: float, high: float, *, whole: bool = False) -> float | int:
    """Gives back `value` as an int (`whole`) or a float, or raises DemoError when it is outside [low, high]."""
    if value is None or (isinstance(value, str) and not value):  # the field on the page was cleared
        raise DemoError("{field} must be a number from {low} to {high}; none is given: type one.", **_details(field, value, low, high))
    if isinstance(value, bool) or not isinstance(value, int | float) or not -math.inf < value < math.inf:
        raise DemoError("{field} must be a number from {low} to {high}; {value} is not.", **_details(field, value, low, high))
    if not low <= value <= high:
        raise DemoError("{field} must be from {low} to {high}; {value} is outside.", **_details(field, value, low, high))
    if whole and value != int(value):
        raise DemoError("{field} must be a whole number from {low} to {high}; {value} is not.", **_details(field, value, low, high))
    return int(value) if whole else float(value)


def check_choice(field: str, value: object, choices: list[str]) -> str:
    """Gives back `value` when it is one of `choices`, else raises DemoError that lists them."""
    if value not in choices:
        raise DemoError("{field} must be one of {choices}; {value} is not.", field=field, value=_short(value), choices=", ".join(choices))
    return value


def check_seed(value: object) -> int:
    """Gives back a seed from 0 to 2**31 - 1 as an int, or raises DemoError."""
    return check_number("seed", value, 0, 2**31 - 1, whole=True)


def check_text(value: object, limit: int) -> str:
    """Gives back `value` with Unix line ends, or raises DemoError when it is no text, empty, or longer than `limit` characters."""
    if not isinstance(value, str) or not value:
        raise DemoError("The text is empty: type or paste at least one character.")
    if len(value) > limit:
        raise DemoError("The text has {length} characters; at most {limit} are read.", length=f"{len(value):,}", limit=f"{limit:,}")
    if halves := [character for character in value if "\ud800" <= character <= "\udfff"]:
        raise DemoError("The text holds half a character, U+{code}: copy it again, whole.", code=f"{ord(halves[0]):04X}")
    return value.replace("\r\n", "\n")


def _details(field: str, value: object, low: float, high: float) -> dict[str, object]:
    return {"field": field, "value": _short(value), "low": f"{low:,g}" if low < 1e6 else f"{low:,}", "high": f"{high:,}"}


def _short(value: object) -> str:
    text = repr(value) if not isinstance(value, str) else f"“{value}”"
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]
