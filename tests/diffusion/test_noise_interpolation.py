"""Neighbours, lineages and walks: what the first noise is in each."""

import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.noise_interpolation import (
    MAX_LINEAGE,
    NEIGHBOURS,
    Choice,
    interpolate,
    neighbours,
    noise_of,
    read_lineage,
)
from tests.helpers import tiny_diffusion as tiny

MODEL = tiny.digits()


def test_the_centre_of_no_choice_is_the_seeds_own_noise():
    assert torch.equal(noise_of(MODEL, 7, []), runtime.NoisePerPicture([7]).draw(1, 28, 28))
    assert torch.equal(neighbours(MODEL, 7, [], 0.4)[:1], noise_of(MODEL, 7, []))


@pytest.mark.parametrize("share", [0.2, 0.6, 1.0])
def test_neighbours_are_standard_normal_and_as_near_as_they_should_be(share):
    centre, around = neighbours(MODEL, 3, [], share).flatten(1).split([1, NEIGHBOURS])
    assert around.mean().item() == pytest.approx(0, abs=0.05)
    assert around.std().item() == pytest.approx(1, abs=0.05)
    nearness = torch.nn.functional.cosine_similarity(around, centre)
    assert nearness.mean().item() == pytest.approx((1 - share**2) ** 0.5, abs=0.05)
    among = torch.corrcoef(around)[~torch.eye(NEIGHBOURS, dtype=torch.bool)]
    # what they share is the centre alone
    assert among.mean().item() == pytest.approx(1 - share**2, abs=0.05)
    assert among.max() < 1 - share**2 + 0.15


def test_with_no_fresh_noise_all_are_the_centre():
    noise = neighbours(MODEL, 3, [], 0)
    assert torch.equal(noise, noise[:1].expand_as(noise))


def test_a_neighbour_that_is_chosen_is_the_next_centre():
    first = neighbours(MODEL, 3, [], 0.4)
    second = neighbours(MODEL, 3, [Choice(0.4, 5)], 0.25)
    assert torch.equal(second[0], first[5])
    third = neighbours(MODEL, 3, [Choice(0.4, 5), Choice(0.25, 9)], 0.25)
    assert torch.equal(third[0], second[9])
    fresh = [
        (noise[1:] - (1 - share**2) ** 0.5 * noise[:1]) / share
        for noise, share in ((first, 0.4), (second, 0.25))
    ]
    # each generation's is new
    assert torch.corrcoef(torch.cat(fresh).flatten(1)).triu(1).abs().max() < 0.2


def test_seeds_have_neighbours_of_their_own():
    assert (
        torch.corrcoef(
            torch.cat([neighbours(MODEL, seed, [], 1.0) for seed in (3, 4, 5)]).flatten(1)
        )
        .triu(1)
        .abs()
        .max()
        < 0.2
    )


def test_a_lineage_is_read_choice_by_choice():
    assert read_lineage("") == []
    assert read_lineage(" 0.4:3  1:9 ") == [Choice(0.4, 3), Choice(1.0, 9)]
    assert len(read_lineage("0.4:3 " * MAX_LINEAGE)) == MAX_LINEAGE


@pytest.mark.parametrize(
    "text",
    [
        "3",
        "0.4",
        "0.4:",
        "0.4:0",
        "0.4:10",
        "1.1:3",
        "-0.1:3",
        "nan:3",
        "0.4:3:2",
        "a:b",
        None,
        5,
        ["0.4:3"],
        "0.4:3 " * 51,
    ],
)
def test_what_is_no_lineage_is_an_error_that_shows_one(text):
    with pytest.raises(DemoError, match=r"such as 0\.4:3"):
        read_lineage(text)


def test_a_share_outside_of_its_range_is_an_error():
    with pytest.raises(DemoError, match="share must be"):
        neighbours(MODEL, 3, [], 1.5)


@pytest.mark.parametrize("moves", ["prompt", "noise", "both"])
def test_on_a_walk_moves_what_should_and_both_ends_are_where_they_belong(moves):
    model = tiny.emoji()
    ends, noises = (
        model.embed_prompt(["red apple", "star"]),
        (noise_of(model, 1, []), noise_of(model, 2, [])),
    )
    conditions, noise = interpolate(ends, noises, 5, moves)
    assert (conditions.shape, noise.shape) == ((5, 4), (5, 4, 16, 16))
    torch.testing.assert_close(conditions[0], ends[0])
    torch.testing.assert_close(noise[:1], noises[0])
    torch.testing.assert_close(conditions[-1], ends[int(moves != "noise")], atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(noise[-1:], noises[int(moves != "prompt")], atol=1e-5, rtol=1e-5)
    # as long as the words of any prompt in training
    torch.testing.assert_close(conditions.norm(dim=1), torch.ones(5))
    assert noise.std(dim=(1, 2, 3)).sub(1).abs().max() < 0.1
