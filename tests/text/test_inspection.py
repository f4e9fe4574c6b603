import base64

import numpy as np
import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.text.inspection import MAX_LENGTH, inspect
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.sampling import SamplingParams, next_token_distribution
from aigc_demo.text.tokenizer import character_tokenizer

VERSE = "to be, or not to be\n春眠不觉晓"
OPTIONS = {
    "forced": "",
    "length": 40,
    "seed": 3,
    "temperature": 1.1,
    "top_k": 9,
    "top_p": 0.9,
    "min_p": 0.02,
}


def model(architecture: str = "transformer") -> TextModel:
    torch.manual_seed(0)
    tokenizer = character_tokenizer(VERSE)
    config = TextConfig(
        architecture,
        tokenizer.get_vocab_size(),
        width=8,
        layers=1,
        context=16,
        dropout=0.0,
        heads=2,
        embedding=4,
    )
    network = build_network(config)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    return TextModel(config, network.to(runtime.device()).eval().requires_grad_(False), tokenizer)


def last(writer: TextModel, **changes) -> dict:
    *_, value = inspect(writer, "to 春", **OPTIONS | changes)
    return value


def logits(value: dict) -> torch.Tensor:
    rows = [np.frombuffer(base64.b64decode(row), "<f4") for row in value["logits"]]
    return torch.from_numpy(np.stack(rows))


@pytest.mark.parametrize("architecture", ["rnn", "lstm", "transformer"])
def test_the_logits_are_those_of_a_plain_pass_over_the_text(architecture):
    writer = model(architecture)
    value = last(writer, length=12)  # with the prompt within the context
    ids = torch.tensor([writer.encode("to 春") + value["tokens"]], device=runtime.device())
    expected, _ = writer.network(ids)
    torch.testing.assert_close(logits(value), expected[0, 3:-1].cpu(), atol=1e-5, rtol=0)


def test_whoever_has_the_value_can_make_each_draw_again():
    value = last(model())
    drawn = [
        next_token_distribution(row, SamplingParams(1.1, 9, 0.9, 0.02)).sample(u)
        for row, u in zip(logits(value), value["numbers"], strict=True)
    ]
    assert drawn == value["tokens"]
    assert value["alphabet"] == sorted(set(VERSE))


@pytest.mark.parametrize("architecture", ["rnn", "lstm", "transformer"])
def test_a_branch_begins_with_what_was_forced_and_goes_on_with_the_same_numbers(architecture):
    writer = model(architecture)
    whole = last(writer)
    forced = "".join(whole["alphabet"][token] for token in whole["tokens"][:25])
    again = last(writer, forced=forced)
    assert (again["tokens"], again["numbers"], again["start"], len(again["logits"])) == (
        whole["tokens"],
        whole["numbers"],
        25,
        15,
    )
    other = last(
        writer,
        forced=forced[:-1] + next(character for character in VERSE if character != forced[-1]),
    )
    assert other["tokens"][:24] == whole["tokens"][:24]
    assert other["tokens"] != whole["tokens"]


def test_the_first_drawn_character_comes_at_once_and_only_the_last_value_is_finished():
    values = list(inspect(model(), "to ", **OPTIONS | {"forced": "be, "}))
    assert len(values[0]["tokens"]) == 5
    assert len(values[0]["logits"]) == 1
    assert [value["finished"] for value in values] == [False] * (len(values) - 1) + [True]


@pytest.mark.parametrize("length", [0, MAX_LENGTH + 1, 2.5, "ten"])
def test_a_length_outside_its_range_is_an_error(length):
    with pytest.raises(DemoError, match="length must be"):
        last(model(), length=length)
