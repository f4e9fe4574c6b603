"""The sentence with its brackets, and who may look at what."""

import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.llm.masked_prediction import likeliest, parse, predict
from tests.helpers.tiny_llm import model

MARKED = "To be, or [not] to be, that is the [question]"
READER = model("masked")


def hidden_text(sentence) -> str:
    return "".join(sentence.pieces[place].text for place in sentence.hidden)


def test_what_stands_in_brackets_is_hidden_and_the_text_is_read_without_them():
    sentence = parse(READER, MARKED)
    assert sentence.text == "To be, or not to be, that is the question"
    assert "".join(piece.text for piece in sentence.pieces) == sentence.text
    assert hidden_text(sentence) == " not question"
    assert READER.decode(sentence.ids) == sentence.text


@pytest.mark.parametrize(
    ("marked", "text", "hidden"),
    [
        ("To be, or n[o]t to be", "To be, or not to be", " not"),
        ("[To be] or not", "To be or not", "To be"),
        ("to [be, or] not", "to be, or not", " be, or"),
        ("[ not ] to be", "not to be", "not"),
        ("a [] b", "a b", ""),
    ],
)
def test_a_word_is_hidden_whole(marked, text, hidden):
    sentence = parse(READER, marked)
    assert sentence.text == text
    assert hidden_text(sentence) == hidden


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("", "is empty"),
        (None, "is empty"),
        (7, "is empty"),
        ("  ", "is empty"),
        ("a" * 301, "301 characters"),
        ("to [be", "has no partner"),
        ("to be]", "has no partner"),
        ("to [[be]", "has no partner"),
        ("xyzzy " * 20, "tokens; from 2 to 40"),
        ("[]", "0 tokens"),
    ],
)
def test_what_cannot_be_read_is_explained(marked, message):
    with pytest.raises(DemoError, match=message):
        parse(READER, marked)


def test_who_may_look_at_what():
    sentence = parse(READER, "[be] or [not] or [be] to")
    count = len(sentence.ids)
    gpt, bert, xlnet = (
        predict(model(objective), sentence, seed=1)
        for objective in ("causal", "masked", "permuted")
    )
    assert gpt.sees == [list(range(place)) for place in range(count)]
    assert gpt.rank == list(range(count))
    assert all(
        bert.sees[place] == [other for other in range(count) if other not in sentence.hidden]
        for place in sentence.hidden
    )
    assert {bert.rank[place] for place in sentence.hidden} == {1}
    assert sorted(xlnet.rank) == list(range(count))
    for reader in (gpt, bert, xlnet):
        assert [
            guess.place for guess in sorted(reader.guesses, key=lambda guess: guess.place)
        ] == sentence.hidden
        assert all(reader.sees[guess.place] == guess.sees for guess in reader.guesses)


def test_another_seed_is_another_order_for_xlnet_alone():
    sentence = parse(READER, "[To be, or not to be], that is")
    for objective in ("causal", "masked", "permuted"):
        orders = {tuple(predict(model(objective), sentence, seed=seed).rank) for seed in range(5)}
        assert (len(orders) > 1) == (objective == "permuted")


def test_with_nothing_hidden_nothing_is_guessed_and_the_likeliest_come_first():
    assert predict(READER, parse(READER, "to be or not")).guesses == []
    best = likeliest(READER, predict(READER, parse(READER, "to [be] or not")).guesses[0])
    assert len(best) == 4
    assert [p for _, p in best] == sorted((p for _, p in best), reverse=True)
