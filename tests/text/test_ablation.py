import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.text.ablation import (
    bits_per_character,
    compare,
    name_heads,
    read_heads,
    without_heads,
)
from aigc_demo.text.attention import trace
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.tokenizer import character_tokenizer

VERSE = "a rose, a nose,\n春眠不觉晓\n"


def model() -> TextModel:
    torch.manual_seed(0)
    config = TextConfig(
        "transformer", len(set(VERSE)), width=8, layers=2, context=16, dropout=0.5, heads=2
    )
    network = build_network(config)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    return TextModel(
        config,
        network.to(runtime.device()).eval().requires_grad_(False),
        character_tokenizer(VERSE),
    )


def test_heads_are_read_and_written_by_layer_and_number():
    assert read_heads("2.1, 1.3", layers=2, heads=3) == {(1, 0), (0, 2)}
    assert name_heads(frozenset({(1, 0), (0, 2)})) == "1.3 2.1"
    assert read_heads("", layers=2, heads=3) == read_heads("  ", layers=2, heads=3) == frozenset()
    assert len(read_heads("all", layers=2, heads=3)) == 6


@pytest.mark.parametrize(
    "value", ["3.1", "1.4", "0.1", "1", "first", "1.1 x", None, [[1, 1]], True]
)
def test_a_head_that_there_is_not_is_told(value):
    with pytest.raises(DemoError, match=r"from 1\.1 to 2\.3"):
        read_heads(value, layers=2, heads=3)


def test_a_silent_head_adds_nothing_and_the_model_stays_whole():
    whole = model()
    before = {key: value.clone() for key, value in whole.network.state_dict().items()}
    ablated = without_heads(whole, frozenset({(1, 0)}))
    assert all(torch.equal(value, before[key]) for key, value in whole.network.state_dict().items())
    ids = whole.encode("a rose")
    taken, block = trace(ablated.network, ids), whole.network.blocks[1]
    loud = torch.cat([torch.zeros(6, 4), taken.layers[1].output[1]], dim=1)  # head 1 alone
    x = taken.streams[1] + block.attention.out(loud)
    torch.testing.assert_close(taken.streams[2], x + block.feed_forward(block.feed_forward_norm(x)))
    assert torch.equal(taken.layers[0].weights, trace(whole.network, ids).layers[0].weights)


def test_with_all_heads_off_the_guess_depends_on_the_last_character_alone():
    ablated = without_heads(model(), read_heads("all", layers=2, heads=2))
    long, short = (
        ablated.network(torch.tensor([ablated.encode(text)]))[0][0, -1]
        for text in ("a rose, a nose", "e")
    )
    torch.testing.assert_close(long, short)


def test_no_head_off_is_the_model_itself():
    whole = model()
    assert without_heads(whole, frozenset()) is whole
    same = compare(whole, whole, "a", length=9, temperature=1.0, seed=3)
    assert same.whole == same.ablated
    assert same.whole_bits == same.ablated_bits


def test_the_bits_are_those_of_writing_it():
    whole = model()
    steps = list(whole.generate("a rose", max_new_tokens=12, temperature=1.0, seed=0))
    expected = sum(step.bits for step in steps) / 12
    assert bits_per_character(
        whole, "a rose", "".join(step.text for step in steps)
    ) == pytest.approx(expected, abs=1e-4)


def test_decay_writes_twice_from_one_seed():
    whole = model()
    ablated = without_heads(whole, frozenset({(0, 0), (0, 1), (1, 0), (1, 1)}))
    result = compare(whole, ablated, "晓", length=10, temperature=1.0, seed=1)
    assert (len(result.whole), len(result.ablated)) == (10, 10)
    assert result.ablated_bits == pytest.approx(bits_per_character(ablated, "晓", result.whole))
    assert result.whole == "".join(
        step.text for step in whole.generate("晓", max_new_tokens=10, temperature=1.0, seed=1)
    )
