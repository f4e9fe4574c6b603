"""What the mathematics is given, checked: lists of numbers, distributions, matrices. Each check
says what is wrong and what is allowed.
"""

import math
from typing import Any

import torch
from torch import Tensor

from aigc_demo.core.errors import DemoError

MAX_NUMBER = 1e3
TOLERANCE = 1e-3  # by which a distribution's sum may miss 1: whoever types thirds types 0.333


def check_list(field: str, value: object, fewest: int, most: int) -> Tensor:
    """Return a list of numbers as (N,) float64; raises DemoError when it is none, too short or too
    long, or a part is no number up to 1,000.
    """
    if (
        not isinstance(value, list | tuple)
        or not fewest <= len(value) <= most
        or not all(map(_is_number, value))
    ):
        raise DemoError(
            "{field} must be a list of {fewest} to {most} numbers, each from −1,000 to 1,000;"
            " {value} is not.",
            **{"field": field, "fewest": fewest, "most": most, "value": _short(value)},
        )
    return torch.tensor(value, dtype=torch.float64)


def check_distribution(field: str, value: object, fewest: int = 2, most: int = 12) -> Tensor:
    """Return a list of probabilities as (N,) float64 that sums to 1; raises DemoError when one is
    below 0 or the sum is another.
    """
    p = check_list(field, value, fewest, most)
    if (p < 0).any():
        raise DemoError(
            "{field} holds {value}: a probability is never below 0.",
            field=field,
            value=f"{p.min().item():g}",
        )
    if abs(p.sum().item() - 1) > TOLERANCE:
        raise DemoError(
            "{field} sums to {sum}: the probabilities of a distribution sum to 1.",
            field=field,
            sum=f"{p.sum().item():.4g}",
        )
    return p / p.sum()


def check_same_size(p: Tensor, q: Tensor) -> None:
    """Raise DemoError when two distributions are of different outcomes."""
    if len(p) != len(q):
        raise DemoError(
            "P has {p} outcomes and Q has {q}: both must have as many.", p=len(p), q=len(q)
        )


def check_matrix(
    field: str, value: object, rows: int | None = None, columns: int | None = None, most: int = 6
) -> Tensor:
    """Return a list of rows as (R, C) float64, of the named shape; raises DemoError when a number
    is none or the shape is another.
    """
    if (
        not isinstance(value, list | tuple)
        or not value
        or not all(isinstance(row, list | tuple) for row in value)
        or not all(value)
    ):
        raise DemoError(
            "{field} must be a matrix: a list of rows, each a list of numbers; {value} is not.",
            field=field,
            value=_short(value),
        )
    for row in value:
        if wrong := [each for each in row if not _is_number(each)]:
            raise DemoError(
                "{field} holds {value}: a matrix holds numbers from −1,000 to 1,000 alone.",
                field=field,
                value=_short(wrong[0]),
            )
    R, C = len(value), len(value[0])
    if (
        {len(row) for row in value} != {C}
        or (rows or R) != R
        or (columns or C) != C
        or max(R, C) > most
    ):
        expected = f"{rows or f'1–{most}'} × {columns or f'1–{most}'}"
        shape = (
            f"{R} × {C}"
            if len({len(row) for row in value}) == 1
            else f"{R} × {', '.join(str(len(row)) for row in value)}"
        )
        raise DemoError(
            "{field} is {shape}; here it must be {expected} (rows × columns).",
            field=field,
            shape=shape,
            expected=expected,
        )
    return torch.tensor(value, dtype=torch.float64)


def to_json(fields: dict[str, Any]) -> dict[str, Any]:
    """Return `fields` with numbers as JSON takes them, which knows no infinity: "∞", "−∞"; and
    tensors as lists.
    """
    return {name: _to_json(value) for name, value in fields.items()}


def _to_json(value: Any) -> Any:
    if isinstance(value, Tensor):
        return _to_json(value.tolist())
    if isinstance(value, list | tuple):
        return [_to_json(each) for each in value]
    if isinstance(value, dict):
        return to_json(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "–" if math.isnan(value) else "∞" if value > 0 else "−∞"
    return value


def _is_number(value: object) -> bool:
    # nan is not
    return (
        not isinstance(value, bool) and isinstance(value, int | float) and abs(value) <= MAX_NUMBER
    )


def _short(value: object) -> str:
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…" + text[-1]
