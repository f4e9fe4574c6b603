"""The training set of a text-to-emoji model as an index: which words each emoji's names have, so
that memorised and new combinations can be distinguished.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from aigc_demo.core import checkpoints
from aigc_demo.core.errors import DemoError

FILE = "emoji.json"


@dataclass(frozen=True)
class TrainingIndex:
    """The training emoji and the words of their names, as places in the vocabulary."""

    characters: list[str]
    words: list[list[int]]  # of each emoji, all its names together
    # of each emoji the other colours that were trained on, each as its English and Chinese word
    painted: list[list[list[int]]]

    def names(self, vocabulary: list[str]) -> dict[str, list[str]]:
        """Return the words of each emoji's names. Raise IndexError where a place lies outside
        `vocabulary`.
        """
        return {
            character: [vocabulary[i] for i in words]
            for character, words in zip(self.characters, self.words, strict=True)
        }

    def emoji_with(self, word: int, count: int) -> list[str]:
        """Return up to `count` emoji that have `word` in a name: those with the fewest other words
        first.
        """
        return self._shortest_named([i for i, words in enumerate(self.words) if word in words])[
            :count
        ]

    def emoji_with_all(self, words: set[int]) -> list[str]:
        """Return the emoji whose names together have all of `words`, as they are or in another
        colour.

        Raises IndexError where the three lists are not of one length.
        """

        def matches(i: int) -> bool:
            return any(words <= {*self.words[i], *colour} for colour in [[], *self.painted[i]])

        return self._shortest_named([i for i in range(len(self.characters)) if matches(i)])

    def _shortest_named(self, which: list[int]) -> list[str]:
        return [self.characters[i] for i in sorted(which, key=lambda i: len(self.words[i]))]

    def save(self, folder: Path) -> None:
        """Write it into a checkpoint's folder."""
        checkpoints.write_json(folder / FILE, asdict(self))


def read_training_index(folder: Path) -> TrainingIndex:
    """Return the training index in a checkpoint's folder.

    Raises DemoError when it is missing or damaged.
    """
    content = checkpoints.read_json(folder / FILE)
    try:
        index = TrainingIndex(**content)
        index.emoji_with_all(set())
        return index
    except (TypeError, ValueError, IndexError) as error:
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}", name=folder.name, file=FILE, why=error
        ) from None
