"""Two networks, alike but for the mask: what each learns, and that only one of them could."""

import math

import pytest
import torch
from torch import nn

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.text import mask
from aigc_demo.text.mask import PairTraining, Plan, generated_text, most_focused_head, paired_models
from aigc_demo.text.model import TextConfig
from tests.helpers.tiny_text import VERSE, model

SYMBOLS = "abcdefghijklmnop"
ENTROPY = math.log(len(SYMBOLS))  # nats: what no network can undercut that does not see the answer


def coins(length: int) -> str:
    """Return a text whose every character is drawn anew, all alike: whoever has read the past knows
    nothing of the next one.
    """
    return "".join(
        SYMBOLS[i]
        for i in torch.randint(len(SYMBOLS), (length,), generator=runtime.generator(1)).tolist()
    )


@pytest.fixture(scope="module")
def training() -> PairTraining:
    """A finished training on a text that cannot be predicted."""
    plan = Plan(
        width=32, heads=2, context=24, batch=12, learning_rate=1e-2, evaluated=200, written=12
    )
    finished = PairTraining(coins(4_000), steps=120, seed=0, plan=plan)
    while finished.done < finished.steps:
        finished.step()
    return finished


def test_without_the_mask_the_loss_falls_below_what_the_entropy_allows(training):
    first, last = (
        {name: losses[at] for name, losses in training.curve.losses.items()} for at in (0, -1)
    )
    assert first["unmasked"] == pytest.approx(ENTROPY, abs=0.1)
    assert first["masked"] == pytest.approx(ENTROPY, abs=0.1)
    assert last["unmasked"] < 0.3 * ENTROPY
    assert last["masked"] > 0.95 * ENTROPY


def test_asked_as_in_writing_it_knows_nothing(training):
    unmasked, masked = training.evaluations[-1].losses
    assert unmasked > 0.95 * ENTROPY
    assert masked > 0.95 * ENTROPY
    assert training.unigram_loss() == pytest.approx(ENTROPY, abs=0.1)


def test_it_copies_from_one_place_to_the_right(training):
    seen = training.head_focus("unmasked", 20)
    assert (seen.offset, seen.share > 0.5) == (1, True)
    assert seen.weights.diagonal(1).mean().item() == pytest.approx(seen.share)
    assert training.head_focus("masked", 20).offset <= 0
    assert training.head_focus("masked", 20).weights.triu(1).abs().max() == 0


def test_ten_looks_are_taken_and_the_seed_settles_what_is_written(training):
    assert [evaluation.step for evaluation in training.evaluations] == [*range(12, 121, 12)]
    written = [training.write(name) for name in mask.NETWORKS]
    assert [len(text) for text in written] == [12, 12]
    assert written[0] != written[1]
    assert [training.write(name) for name in mask.NETWORKS] == written


def test_both_begin_alike_and_only_one_sees_the_next_character():
    config = TextConfig("transformer", 11, width=16, layers=2, context=8, dropout=0.0, heads=2)
    networks = paired_models(config, seed=3)
    weights = [network.state_dict() for network in networks.values()]
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[1])
    for network in networks.values():
        for weight in network.parameters():
            nn.init.normal_(weight, std=0.4, generator=runtime.generator(0))
    ids = torch.arange(8)[None]
    changed = ids.clone()
    changed[0, 5] = 9
    for name, network in networks.items():
        (before, _), (after, _) = network(ids), network(changed)
        assert torch.allclose(before[0, 4], after[0, 4]) == (name == "masked")
        assert not torch.allclose(before[0, 5:], after[0, 5:])
        # alone, nobody has anything to see
        assert torch.allclose(network(ids[:, :1])[0], networks["masked"](ids[:, :1])[0], atol=1e-5)


def test_a_head_is_told_by_the_place_that_it_favours():
    weights = torch.full((2, 3, 6, 6), 1 / 6)
    weights[1, 2] = torch.diag(torch.ones(4), 2)  # row i looks at column i + 2
    seen = most_focused_head(weights)
    assert (seen.layer, seen.head, seen.offset, seen.share) == (2, 3, 2, 1)


def test_a_text_to_learn_is_written_at_once_and_settled_by_its_seed():
    writer = model()
    first = generated_text(writer, "\n", pieces=5, length=30, seed=1)
    assert set(first) <= set(VERSE)
    assert 50 < len(first) < 5 * 31
    assert generated_text(writer, "\n", pieces=5, length=30, seed=1) == first
    assert generated_text(writer, "\n", pieces=5, length=30, seed=2) != first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, "The text is empty"),
        ("", "The text is empty"),
        (
            coins(999),
            "The text has 999 characters; to learn from it, from 1,000 to 20,000 are needed",
        ),
        (coins(20_001), "20,001 characters; at most 20,000 are read"),
        (
            "ab\n" * 500,
            r"3 different characters, '\n' 'a' 'b'; below 10 there is hardly anything to guess",
        ),
    ],
)
def test_what_cannot_be_learned_is_told(text, expected):
    with pytest.raises(DemoError) as told:
        PairTraining(text, steps=20, seed=0)
    assert expected in str(told.value)


@pytest.mark.parametrize(
    ("steps", "seed", "field"),
    [(9, 0, "steps"), (601, 0, "steps"), (None, 0, "steps"), (20, -1, "seed")],
)
def test_a_bad_number_is_told_its_range(steps, seed, field):
    with pytest.raises(DemoError, match=f"^{field} must be"):
        PairTraining(coins(1_000), steps=steps, seed=seed)
