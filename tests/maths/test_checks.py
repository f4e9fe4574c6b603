import math

import pytest
import torch

from aigc_demo.core.errors import DemoError
from aigc_demo.maths.checks import (
    check_distribution,
    check_list,
    check_matrix,
    check_same_size,
    to_json,
)


def test_good_input_is_read_exactly():
    assert check_list("logits", [1, -2.5], 2, 8).tolist() == [1, -2.5]
    assert check_distribution("P", [0.333, 0.333, 0.333]).sum().item() == pytest.approx(1)
    assert check_distribution("P", [1, 0]).tolist() == [1, 0]
    assert check_matrix("X", [[1, 2], [3, 4.5]], rows=2).tolist() == [[1, 2], [3, 4.5]]
    assert to_json({"a": torch.tensor([math.inf, -math.inf, 1.0]), "b": math.nan, "c": 2}) == {
        "a": ["∞", "−∞", 1.0],
        "b": "–",
        "c": 2,
    }


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([0.5, 0.4], "P sums to 0.9: "),
        ([0.7, 0.7], "P sums to 1.4: "),
        ([1.5, -0.5], "P holds -0.5: a probability is never below 0"),
        ([1.0], "P must be a list of 2 to 12 numbers"),
        ([0.1] * 13, "P must be a list of 2 to 12 numbers"),
        ([0.5, "0.5"], "P must be a list"),
        ([0.5, None], "P must be a list"),
        ([math.nan, 1], "P must be a list"),
        ([math.inf, 0], "P must be a list"),
        ([True, False], "P must be a list"),
        ("0.5, 0.5", "“0.5, 0.5” is not"),
        (None, "None is not"),
        ({"a": 1}, "P must be a list"),
    ],
    ids=str,
)
def test_what_is_no_distribution_is_told_why(value, expected):
    with pytest.raises(DemoError) as caught:
        check_distribution("P", value)
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([[1, "a"], [2, 3]], "W_Q holds “a”: a matrix holds numbers"),
        ([[1, None], [2, 3]], "W_Q holds None"),
        ([[1, 2e9], [2, 3]], "W_Q holds 2000000000.0"),
        ([[1, 2, 3], [4, 5]], "W_Q is 2 × 3, 2; here it must be 2 × 1–6"),
        ([[1, 2]], "W_Q is 1 × 2; here it must be 2 × 1–6"),
        ([[1] * 7] * 2, "W_Q is 2 × 7; here it must be 2 × 1–6"),
        ([], "W_Q must be a matrix"),
        ([[], []], "W_Q must be a matrix"),
        ([1, 2], "W_Q must be a matrix"),
        ("[[1, 2]]", "W_Q must be a matrix"),
        (None, "W_Q must be a matrix"),
    ],
    ids=str,
)
def test_what_is_no_matrix_is_told_why(value, expected):
    with pytest.raises(DemoError) as caught:
        check_matrix("W_Q", value, rows=2)
    assert expected in str(caught.value)


def test_two_distributions_are_of_the_same_outcomes():
    with pytest.raises(DemoError, match="P has 2 outcomes and Q has 3"):
        check_same_size(torch.ones(2) / 2, torch.ones(3) / 3)
