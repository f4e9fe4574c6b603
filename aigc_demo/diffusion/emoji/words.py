"""From a prompt to the words that the model knows: English words, and Chinese characters one by
one.
"""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor

from aigc_demo.core.errors import DemoError, check_texts
from aigc_demo.core.spelling import known_forms, plain
from aigc_demo.diffusion.emoji.colours import CHINESE

# a run of letters, a number, or one Chinese character
WORD = re.compile(r"[^\W\d_㐀-鿿]+|\d+|[㐀-鿿]")
# 紫色的鸟: "-coloured", which says no more than 紫鸟
COLOURED = re.compile(f"(?<=[{''.join(CHINESE.values())}])色的?")
MAX_CHARACTERS = 200
# how an emoji is drawn: in colour, with a tone of skin
VARIANTS = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
LIKENESS = 0.6  # from which a word is suggested in place of another: difflib's own threshold
SUGGESTED = 5  # words


def split(text: str) -> list[str]:
    """Return the words of `text` in their order, in small letters, each once; what is between them
    is dropped.
    """
    return list(dict.fromkeys(WORD.findall(text.lower().replace("’", ""))))


def name_of(emoji: str, words: Sequence[str]) -> list[str]:
    """Return an emoji's English name out of all the words that stood beside it: those that Unicode
    names it with, else all in English.
    """
    official = split(" ".join(unicodedata.name(character, "") for character in emoji))
    return (
        [word for word in official if word in words]
        or [word for word in words if word.isascii() and word.isalpha()]
        or list(words)
    )


@dataclass(frozen=True)
class Vocabulary:
    """The words that a model was trained with, in the order of their ids."""

    words: tuple[str, ...]
    # of emoji: all words that stood beside each
    names: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)

    @cached_property
    def ids(self) -> dict[str, int]:
        """The id of each word: its place in a vector."""
        return {word: i for i, word in enumerate(self.words)}

    def tokenize(self, prompt: str) -> list[str]:
        """Return the words of `prompt`, in the forms that are known; an emoji stands for its name.

        Raise DemoError when it is no text or too long, or a word is unknown; with what is like it,
        where anything is.
        """
        check_texts(prompt)
        if not isinstance(prompt, str):
            raise DemoError(
                "There is no prompt: type a digit or words; several with commas between."
            )
        if len(prompt) > MAX_CHARACTERS:
            raise DemoError(
                "The text has {length} characters; at most {limit} are read.",
                length=f"{len(prompt):,}",
                limit=MAX_CHARACTERS,
            )
        text = self._named(prompt)
        strange = [
            character
            for character in text
            if character >= "\u2600" and unicodedata.category(character) == "So"
        ]
        words = split(COLOURED.sub("", known_forms(plain(text), self.ids)))
        if unknown := [
            *dict.fromkeys(strange),
            *(word for word in words if word not in self.ids),
        ]:
            raise self._unknown(unknown)
        return words

    def _unknown(self, unknown: list[str]) -> DemoError:
        shown = ", ".join(word[:20] for word in unknown[:10])
        if near := [*dict.fromkeys(each for word in unknown[:3] for each in self.nearest(word))]:
            return DemoError(
                "The model never saw these words: {unknown}. The nearest that it knows: {words}.",
                unknown=shown,
                words=", ".join(near),
            )
        return DemoError(
            "The model never saw these words: {unknown}. It knows {count} others.",
            unknown=shown,
            count=f"{len(self.words):,}",
        )

    def nearest(self, word: str, count: int = SUGGESTED) -> list[str]:
        """Return at most `count` known words that are spelt like `word`; none where none is."""
        return difflib.get_close_matches(word, self.words, n=count, cutoff=LIKENESS)

    @cached_property
    def _emoji(self) -> dict[str, str]:
        """The names of emoji, each between blanks, by the characters without variants."""
        return {
            VARIANTS.sub("", emoji): f" {' '.join(name_of(emoji, words))} "
            for emoji, words in self.names.items()
        }

    def _named(self, text: str) -> str:
        """Return `text` with names for emoji."""
        text = VARIANTS.sub("", text)
        if text.isascii() or not self._emoji:
            return text
        # the longest first: what is joined of several is one emoji
        patterns = map(re.escape, sorted(self._emoji, key=len, reverse=True))
        return re.sub("|".join(patterns), lambda match: self._emoji[match[0]], text)

    def bag_of_words(self, prompts: list[list[str]]) -> Tensor:
        """Return (N, words) float32: for each prompt 1 at its words, divided by the root of their
        number; no words, zeros.
        """
        presence = torch.zeros(len(prompts), len(self.words))
        for row, words in zip(presence, prompts, strict=True):
            row[[self.ids[word] for word in words]] = max(len(words), 1) ** -0.5
        return presence
