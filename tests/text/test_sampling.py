import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.text.model import random_numbers
from aigc_demo.text.sampling import SamplingParams, next_token_distribution

FOUR = torch.tensor([0.4, 0.1, 0.3, 0.2]).log()


def histogram(logits: torch.Tensor, n: int, **options) -> torch.Tensor:
    result = next_token_distribution(logits, SamplingParams(**{"temperature": 1.0} | options))
    return torch.bincount(
        torch.tensor([result.sample(u) for u in random_numbers(0, n)]), minlength=len(logits)
    )


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_drawn_frequencies_are_those_of_the_softmax(temperature):
    logits, n = torch.tensor([2.0, -1.0, 0.0, 1.0, 0.5]), 4000
    expected = torch.softmax(logits.double() / temperature, dim=0) * n
    chi_square = (
        (histogram(logits, n, temperature=temperature) - expected).square() / expected
    ).sum()
    assert chi_square < 18.5  # 4 degrees of freedom: one in a thousand seeds would be above


def test_top_k_of_one_is_the_likeliest():
    assert histogram(torch.tensor([0.1, 0.3, 0.2]), 50, top_k=1).tolist() == [0, 50, 0]


def test_top_k_cuts_and_keeps_the_ratio():
    counts = histogram(torch.tensor([0.4, 0.1, 0.3, 0.2]).log(), 3000, top_k=2)
    assert (counts > 0).tolist() == [True, False, True, False]
    assert counts[0] / counts.sum() == pytest.approx(4 / 7, abs=0.03)


def test_a_top_k_beyond_the_vocabulary_cuts_nothing():
    assert torch.equal(histogram(torch.zeros(3), 200, top_k=1000), histogram(torch.zeros(3), 200))


@pytest.mark.parametrize(
    ("top_p", "kept"),
    [
        (0.01, [0]),
        (0.39, [0]),
        (0.41, [0, 2]),
        (0.69, [0, 2]),
        (0.71, [0, 2, 3]),
        (1.0, [0, 1, 2, 3]),
    ],
)
def test_top_p_keeps_the_fewest_that_hold_this_much(top_p, kept):
    counts = histogram(torch.tensor([0.4, 0.1, 0.3, 0.2]).log(), 300, top_p=top_p)
    assert counts.nonzero().flatten().tolist() == kept


def test_top_p_counts_what_top_k_left():
    # 0.4 is 4/7 of what is left
    counts = histogram(torch.tensor([0.4, 0.1, 0.3, 0.2]).log(), 300, top_k=2, top_p=0.56)
    assert counts.nonzero().flatten().tolist() == [0]


def test_a_low_temperature_approaches_the_likeliest():
    assert histogram(torch.tensor([1.0, 2.0, 0.0]), 200, temperature=0.1)[1] > 190


def test_extreme_logits_are_drawn_from():
    assert histogram(torch.tensor([-1e4, 1e4, 0.0]), 20).tolist() == [0, 20, 0]


@pytest.mark.parametrize(
    ("min_p", "kept"),
    [
        (0, [0, 1, 2, 3]),
        (0.24, [0, 1, 2, 3]),
        (0.26, [0, 2, 3]),
        (0.51, [0, 2]),
        (0.76, [0]),
        (1, [0]),
    ],
)
def test_min_p_keeps_what_has_this_share_of_the_largest(min_p, kept):
    assert histogram(FOUR, 300, min_p=min_p).nonzero().flatten().tolist() == kept


def test_a_min_p_of_one_keeps_all_that_are_likeliest():
    assert (
        next_token_distribution(
            torch.tensor([1.0, 3.0, 3.0]), SamplingParams(min_p=1)
        ).filtered_probs
        == torch.tensor([0.5, 0.5, 0])
    ).all()


def test_the_stages_are_the_softmax_and_its_cut_made_whole_again():
    logits = torch.randn(50, generator=runtime.generator(1))
    open_, cut = (
        next_token_distribution(logits, SamplingParams(temperature=0.7)),
        next_token_distribution(logits, SamplingParams(0.7, top_k=20, top_p=0.9, min_p=0.02)),
    )
    expected = torch.softmax(logits.double() / 0.7, dim=0)
    torch.testing.assert_close(open_.probs, expected[open_.tokens])
    assert torch.equal(open_.probs, cut.probs)
    torch.testing.assert_close(open_.filtered_probs, open_.probs)
    assert (open_.filtered_probs > 0).all()  # nothing is cut off when nothing is asked for
    count = int((cut.filtered_probs > 0).sum())
    assert 1 < count < 20
    torch.testing.assert_close(
        cut.filtered_probs[:count], cut.probs[:count] / cut.probs[:count].sum()
    )


def test_even_the_unlikeliest_stays_while_nothing_is_cut():
    assert (
        next_token_distribution(
            torch.tensor([0.0, 60.0]), SamplingParams(temperature=1)
        ).filtered_probs
        > 0
    ).all()


@pytest.mark.parametrize(
    ("u", "token"), [(0, 0), (0.39, 0), (0.41, 2), (0.69, 2), (0.71, 3), (0.91, 1), (1 - 2**-53, 1)]
)
def test_a_number_falls_where_it_lies_on_the_line(u, token):
    assert next_token_distribution(FOUR, SamplingParams(temperature=1)).sample(u) == token


def test_the_largest_number_falls_on_what_is_kept():
    for seed in range(50):
        result = next_token_distribution(
            torch.randn(30, generator=runtime.generator(seed)), SamplingParams(top_k=7)
        )
        assert result.sample(1 - 2**-53) == result.tokens[6]
