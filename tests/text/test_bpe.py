import json
from collections import Counter

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from aigc_demo.core.errors import DemoError
from aigc_demo.text.bpe import MAX_MERGES, MAX_TEXT, WORD, trace_merges, train_merges

TEXTS = {
    "english": "the cat sat on the mat, and the other cats sat on the other mats\nthe end, the end",
    "chinese": "模型学语言，语言教模型：大模型读语言，小模型也读语言。",
    "both": "AI 模型 reads 语言 and 语言 reads the 模型; the models of the 模型\n\n🙂🙂🙂",
    "overlapping": "aaaaaaa aaaa baaab abab ababab",
    "one character": "x",
    "white space": "  \n\n \t \n  ",
    "nothing repeats": "abcdefg",
}


def chips(text: str, joined: list[int | None], k: int) -> list[str]:
    """Return the tokens after k merges as chips.js cuts them."""
    found = []
    for character, step in zip(text, joined, strict=True):
        if step is not None and step <= k:
            found[-1] += character
        else:
            found.append(character)
    return found


def recount(text: str, tokens: list[str]) -> Counter:
    """Count the neighbours within words from the text itself, not from the encoding."""
    ends, at, pairs = (
        {end for _, (_, end) in pre_tokenizers.Split(WORD, "isolated").pre_tokenize_str(text)},
        0,
        Counter(),
    )
    for left, right in zip(tokens, tokens[1:], strict=False):
        at += len(left)
        pairs[left, right] += at not in ends
    return +pairs


@pytest.mark.parametrize("name", TEXTS)
def test_after_k_merges_the_chips_are_those_of_a_tokenizer_trained_to_k_merges(name):
    text = TEXTS[name]
    trace = trace_merges(text, 60)
    for k, frame in enumerate(trace.frames):
        trained = Tokenizer(models.BPE())
        trained.pre_tokenizer = pre_tokenizers.Split(WORD, "isolated")
        trained.train_from_iterator(
            [text],
            trainers.BpeTrainer(vocab_size=frame.vocabulary, min_frequency=2, show_progress=False),
        )
        assert json.loads(trained.to_str())["model"]["merges"][:k] == [
            list(frame.pair) for frame in trace.frames[1 : k + 1]
        ]
        assert chips(text, trace.joined, k) == trained.encode(text).tokens
        assert frame.tokens == len(trained.encode(text).tokens)
        assert frame.vocabulary == trained.get_vocab_size()


@pytest.mark.parametrize("name", TEXTS)
def test_counts_are_those_of_a_plain_recount_and_the_next_is_first(name):
    text = TEXTS[name]
    trace = trace_merges(text, 60)
    for k, frame in enumerate(trace.frames):
        pairs = recount(text, chips(text, trace.joined, k))
        assert dict(frame.candidates).items() <= pairs.items()
        assert [count for _, count in frame.candidates] == sorted(pairs.values(), reverse=True)[:6]
        if k + 1 < len(trace.frames):
            after = trace.frames[k + 1]
            assert frame.candidates[0] == (after.pair, after.count)


@pytest.mark.parametrize("name", TEXTS)
def test_it_ends_when_nothing_meets_twice(name):
    trace = trace_merges(TEXTS[name], MAX_MERGES)
    assert trace.exhausted
    assert (
        max(
            recount(TEXTS[name], chips(TEXTS[name], trace.joined, len(trace.frames))).values(),
            default=0,
        )
        < 2
    )
    assert trace.frames[0].tokens == len(TEXTS[name])


def test_it_ends_when_it_was_asked_to():
    trace = trace_merges(TEXTS["english"], 3)
    assert len(trace.frames) == 4
    assert not trace.exhausted
    assert (
        [frame.pair for frame in trace.frames[1:]]
        == train_merges(TEXTS["english"], 3)
        == train_merges(TEXTS["english"], 50)[:3]
    )


def test_no_token_reaches_over_a_word():
    trace = trace_merges(TEXTS["english"], MAX_MERGES)
    for token in chips(TEXTS["english"], trace.joined, MAX_MERGES):
        assert " " not in token[1:]
        assert token == "\n" or "\n" not in token


def test_the_longest_text_is_merged():
    trace = trace_merges((TEXTS["both"] * 20)[:MAX_TEXT], MAX_MERGES)
    assert sum(frame.tokens for frame in trace.frames[:1]) == MAX_TEXT


@pytest.mark.parametrize("text", ["", None, 3, ["a"]])
def test_no_text_is_an_error(text):
    with pytest.raises(DemoError, match="The text is empty"):
        trace_merges(text, 5)


def test_a_long_text_and_half_a_character_are_errors():
    with pytest.raises(DemoError, match="1,001 characters; at most 1,000 are read"):
        trace_merges("a" * 1001, 5)
    with pytest.raises(DemoError, match=r"half a character, U\+D83D"):
        trace_merges("a\ud83d", 5)


@pytest.mark.parametrize("merges", [0, 301, 2.5, None, True, "9"])
def test_a_number_of_merges_outside_its_range_is_an_error(merges):
    with pytest.raises(DemoError, match="merges must be .* 1 to 300"):
        trace_merges("a", merges)
