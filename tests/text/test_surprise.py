import math

import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.text.model import TextModel
from aigc_demo.text.surprise import PIECE, read
from tests.helpers.tiny_text import LINE
from tests.helpers.tiny_text import reader as tiny_reader

ARCHITECTURES = ["rnn", "lstm", "transformer"]


def plain(reader: TextModel, text: str) -> torch.Tensor:
    """Return p (T, V) of every character of `text` after a line break, in one pass and by the plain
    softmax.
    """
    logits, _ = reader.network(torch.tensor([reader.encode("\n" + text)], device=runtime.device()))
    return (
        logits[0, :-1].double().exp() / logits[0, :-1].double().exp().sum(dim=1, keepdim=True)
    ).cpu()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("length", [1, PIECE - 1, PIECE, 2 * PIECE + 3])
def test_bits_and_the_likeliest_are_those_of_a_plain_recomputation(architecture, length):
    reader, text = tiny_reader(architecture, context=PIECE), (LINE * 100)[:length]
    reading, p = read(reader, text), plain(reader, text)
    came = torch.tensor(reader.encode(text))
    assert torch.allclose(reading.bits, -p.gather(1, came[:, None])[:, 0].log2(), atol=1e-4)
    assert torch.allclose(reading.probabilities, p.sort(descending=True).values[:, :5], atol=1e-5)
    best = p.argmax(dim=1).tolist()
    # a tie may turn
    assert (
        sum(
            row[0] == reader.decode([token])
            for row, token in zip(reading.likeliest, best, strict=True)
        )
        >= length - 1
    )
    assert reading.bits_per_character == pytest.approx(reading.bits.sum().item() / length)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_what_was_written_has_the_bits_it_was_written_with(architecture):
    writer = tiny_reader(architecture)
    steps = list(writer.generate("to ", max_new_tokens=PIECE + 40, seed=3))
    reading = read(writer, "".join(step.text for step in steps), after="to ")
    assert reading.bits.tolist() == pytest.approx([step.bits for step in steps], abs=1e-3)


def test_compact_holds_the_same_in_fewer_letters():
    reading = read(tiny_reader("lstm"), "to be 月")
    compact = reading.compact()
    assert compact["bits"] == pytest.approx(reading.bits.tolist(), abs=0.006)
    assert [len(row) for row in compact["likeliest"]] == [5] * 7
    assert compact["thousandths"] == pytest.approx(
        (1000 * reading.probabilities).flatten().tolist(), abs=0.51
    )


def test_a_small_alphabet_has_fewer_than_five_to_offer():
    reading = read(tiny_reader("rnn", text="ab\n"), "abba")
    assert reading.probabilities.shape == (4, 3)
    assert reading.probabilities.sum(dim=1).tolist() == pytest.approx([1] * 4)
    assert all(sorted(row) == ["\n", "a", "b"] for row in reading.likeliest)


def test_a_model_that_knows_nothing_is_surprised_by_the_size_of_its_alphabet():
    reader = tiny_reader("transformer")
    for weight in reader.network.parameters():
        torch.nn.init.zeros_(weight)
    assert read(reader, "to be").bits.tolist() == pytest.approx([math.log2(len(set(LINE)))] * 5)


def test_unknown_characters_are_named():
    with pytest.raises(DemoError, match="never saw these characters: 中 z"):
        read(tiny_reader("rnn"), "to 中 z")
