"""From a prompt to the words that the model knows: English words, and Chinese characters one by one."""

import difflib
import re
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import Tensor

from aigc_demo.diffusion.emoji.colours import CHINESE
from aigc_demo.errors import DemoError

WORD = re.compile(r"[^\W\d_㐀-鿿]+|\d+|[㐀-鿿]")  # a run of letters, a number, or one Chinese character
COLOURED = re.compile(f"(?<=[{''.join(CHINESE.values())}])色的?")  # 紫色的鸟: "-coloured", which says no more than 紫鸟
MOST_CHARACTERS = 200


def split(text: str) -> list[str]:
    """Gives back the words of `text` in their order, in small letters, each once; what is between them is dropped."""
    return list(dict.fromkeys(WORD.findall(text.lower().replace("’", ""))))


@dataclass(frozen=True)
class Vocabulary:
    """The words that a model was trained with, in the order of its vectors."""

    words: tuple[str, ...]

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each word stands."""
        return {word: i for i, word in enumerate(self.words)}

    def read(self, prompt: str) -> list[str]:
        """Gives back the words of `prompt`. Raises DemoError when it is too long or a word is unknown; with the nearest known."""
        if len(prompt) > MOST_CHARACTERS:
            raise DemoError("The text has {length} characters; at most {limit} are read.", length=f"{len(prompt):,}", limit=MOST_CHARACTERS)
        words = split(COLOURED.sub("", prompt))
        if unknown := [word for word in words if word not in self.places]:
            near = dict.fromkeys(each for word in unknown[:3] for each in self.nearest(word))
            raise DemoError(
                "The model never saw these words: {unknown}. The nearest that it knows: {words}.",
                unknown=", ".join(word[:20] for word in unknown[:10]),
                words=", ".join(near),
            )
        return words

    def nearest(self, word: str, count: int = 5) -> list[str]:
        """Gives back the `count` known words that are spelt most like `word`."""
        return difflib.get_close_matches(word, self.words, n=count, cutoff=0.0)

    def vectors(self, prompts: list[list[str]]) -> Tensor:
        """Gives back (N, words) float32: for each prompt 1 at its words, divided by the root of their number; no words, zeros."""
        presence = torch.zeros(len(prompts), len(self.words))
        for row, words in zip(presence, prompts, strict=True):
            row[[self.places[word] for word in words]] = max(len(words), 1) ** -0.5
        return presence
