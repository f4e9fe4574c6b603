import math

import pytest
import torch

from aigc_demo import runtime
from aigc_demo.errors import DemoError
from aigc_demo.text.sample import TextConfig, TextModel, build_network
from aigc_demo.text.surprise import PIECE, read
from aigc_demo.text.tokenizer import character_tokenizer

VERSE = "\nto be, or 月 not\n"
ARCHITECTURES = ["rnn", "lstm", "transformer"]


def model(architecture: str, *, context: int = 8, text: str = VERSE) -> TextModel:
    torch.manual_seed(0)
    tokenizer = character_tokenizer(text)
    config = TextConfig(architecture, tokenizer.get_vocab_size(), width=8, layers=2, context=context, dropout=0.5, heads=2, embedding=4)
    network = build_network(config)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    return TextModel(config, network.to(runtime.device()).eval().requires_grad_(False), tokenizer)


def plain(reader: TextModel, text: str) -> torch.Tensor:
    """Gives back p (T, V) of every character of `text` after a line break, in one pass and by the plain softmax."""
    logits, _ = reader.network(torch.tensor([reader.encode("\n" + text)], device=runtime.device()))
    return (logits[0, :-1].double().exp() / logits[0, :-1].double().exp().sum(dim=1, keepdim=True)).cpu()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("length", [1, PIECE - 1, PIECE, 2 * PIECE + 3])
def test_bits_and_the_likeliest_are_those_of_a_plain_recomputation(architecture, length):
    reader, text = model(architecture, context=PIECE), (VERSE * 100)[:length]
    reading, p = read(reader, text), plain(reader, text)
    came = torch.tensor(reader.encode(text))
    assert torch.allclose(reading.bits, -p.gather(1, came[:, None])[:, 0].log2(), atol=1e-4)
    assert torch.allclose(reading.probabilities, p.sort(descending=True).values[:, :5], atol=1e-5)
    best = p.argmax(dim=1).tolist()
    assert sum(row[0] == reader.decode([token]) for row, token in zip(reading.likeliest, best, strict=True)) >= length - 1  # a tie may turn
    assert reading.bits_per_character == pytest.approx(reading.bits.sum().item() / length)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_what_was_written_has_the_bits_it_was_written_with(architecture):
    writer = model(architecture)
    steps = list(writer.generate("to ", max_new_tokens=PIECE + 40, seed=3))
    reading = read(writer, "".join(step.text for step in steps), after="to ")
    assert reading.bits.tolist() == pytest.approx([step.bits for step in steps], abs=1e-3)


def test_compact_holds_the_same_in_fewer_letters():
    reading = read(model("lstm"), "to be 月")
    compact = reading.compact()
    assert compact["bits"] == pytest.approx(reading.bits.tolist(), abs=0.006)
    assert [len(row) for row in compact["likeliest"]] == [5] * 7
    assert compact["thousandths"] == pytest.approx((1000 * reading.probabilities).flatten().tolist(), abs=0.51)


def test_a_small_alphabet_has_fewer_than_five_to_offer():
    reading = read(model("rnn", text="ab\n"), "abba")
    assert reading.probabilities.shape == (4, 3)
    assert reading.probabilities.sum(dim=1).tolist() == pytest.approx([1] * 4)
    assert all(sorted(row) == ["\n", "a", "b"] for row in reading.likeliest)


def test_a_model_that_knows_nothing_is_surprised_by_the_size_of_its_alphabet():
    reader = model("transformer")
    for weight in reader.network.parameters():
        torch.nn.init.zeros_(weight)
    assert read(reader, "to be").bits.tolist() == pytest.approx([math.log2(len(set(VERSE)))] * 5)


def test_unknown_characters_are_named():
    with pytest.raises(DemoError, match="never saw these characters: 中 z"):
        read(model("rnn"), "to 中 z")
