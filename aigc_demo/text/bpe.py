"""Byte-pair encoding, step by step: the most frequent pair of neighbours becomes one token, again
and again.

Gage, "A new algorithm for data compression" (1994); for text: Sennrich, Haddow and Birch, "Neural
machine translation of rare words with subword units" (2016), section 3.2. The `tokenizers` library
learns the merges and applies them; here they are traced. The first tokens are characters, not
bytes, so that every chip can be read.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from aigc_demo.core.errors import check_number, check_text

# Much as GPT-2 does: letters, digits or signs, with the space before them. No merge reaches from
# one such word into the next.
WORD = Regex(r" ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s")
MAX_TEXT = 1_000  # characters
MAX_MERGES = 300
CANDIDATES = 6

Pair = tuple[str, str]


@dataclass(frozen=True)
class MergeStep:
    """The text after some merges."""

    pair: Pair | None  # what was merged last; None at the start
    count: int  # how often that pair occurred before it was merged
    tokens: int  # that the text now has
    vocabulary: int  # distinct tokens: the text's characters, and what the merges made of them
    # the most frequent pairs now, with their counts, most frequent first
    candidates: list[tuple[Pair, int]]


@dataclass(frozen=True)
class MergeTrace:
    """The merges of a text's characters, step by step."""

    text: str
    frames: list[MergeStep]  # the first before any merge
    # for each character the merge, from 1, that joined it to the character before; None: never
    joined: list[int | None]

    @property
    def exhausted(self) -> bool:
        """Whether no pair is left that occurs more than once."""
        return all(count < 2 for _, count in self.frames[-1].candidates)


def trace_merges(text: str, merges: int) -> MergeTrace:
    """Return the steps of byte-pair encoding, learned from `text` alone, in at most `merges`
    merges.

    It ends early when no pair occurs twice. Raises DemoError when the text is empty or too long, or
    `merges` out of range.
    """
    text = check_text(text, MAX_TEXT)
    learned = train_merges(text, check_number("merges", merges, 1, MAX_MERGES, whole=True))
    frames: list[MergeStep] = []
    joined: list[int | None] = [None] * len(text)
    before: set[int] | None = None
    for k in range(len(learned) + 1):
        vocabulary = token_ids(text, learned[:k])
        encoding = tokenizer(vocabulary, learned[:k]).encode(text)
        starts = {start for start, _ in encoding.offsets}
        for tied in (before or starts) - starts:
            joined[tied] = k
        pairs = count_pairs(encoding.tokens, encoding.word_ids)
        # In the trainer's order.
        ranked = sorted(
            pairs.items(), key=lambda item: (-item[1], [vocabulary[token] for token in item[0]])
        )
        count = dict(frames[-1].candidates)[learned[k - 1]] if k else 0
        frames.append(
            MergeStep(
                learned[k - 1] if k else None,
                count,
                len(encoding.tokens),
                len(vocabulary),
                ranked[:CANDIDATES],
            )
        )
        before = starts
    return MergeTrace(text, frames, joined)


def train_merges(text: str, merges: int) -> list[Pair]:
    """Return the first pairs, at most `merges`, that the library's trainer merges; none that occurs
    only once.
    """
    learner = tokenizer({}, [])
    learner.train_from_iterator(
        [text],
        trainers.BpeTrainer(
            vocab_size=len(set(text)) + merges, min_frequency=2, show_progress=False
        ),
    )
    return [(left, right) for left, right in json.loads(learner.to_str())["model"]["merges"]][
        :merges
    ]


def token_ids(text: str, merges: list[Pair]) -> dict[str, int]:
    """Return each token's id: the characters of `text` in code-point order, then what `merges`
    made, in their order.
    """
    tokens = dict.fromkeys([*sorted(set(text)), *(left + right for left, right in merges)])
    return {token: i for i, token in enumerate(tokens)}


def tokenizer(vocabulary: dict[str, int], merges: list[Pair]) -> Tokenizer:
    """Return the library's byte-pair encoder with these merges, over characters, within words."""
    encoder = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    encoder.pre_tokenizer = pre_tokenizers.Split(WORD, behavior="isolated")
    return encoder


def count_pairs(tokens: list[str], words: Sequence[int | None]) -> Counter[Pair]:
    """Return how often each two tokens stand side by side in one word; words: for each token the
    number of its word.
    """
    neighbours = zip(tokens, tokens[1:], words, words[1:], strict=False)
    return Counter(
        (left, right) for left, right, word, next_word in neighbours if word == next_word
    )
