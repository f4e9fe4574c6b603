"""Tang poems: generated from a title or a first line, and whether they are well-formed."""

from collections.abc import Iterator
from dataclasses import dataclass

from aigc_demo.core.errors import DemoError
from aigc_demo.core.spelling import known_forms
from aigc_demo.text import corpus
from aigc_demo.text.corpus import END
from aigc_demo.text.model import TextModel

MAX_TITLE = 30  # characters
MAX_POEM = 200  # characters, the title's aside: the longest of the corpus have 16 lines of 7
LENGTHS = (5, 7)  # characters that a line may have


@dataclass(frozen=True)
class Poem:
    """A poem, or what there is of it so far."""

    title: str
    lines: list[str]
    finished: bool

    @property
    def is_well_formed(self) -> bool:
        """Whether all lines have five characters or all have seven, and their number is even and
        not zero.
        """
        lengths = {len(line) for line in self.lines}
        return len(lengths) == 1 and lengths <= set(LENGTHS) and len(self.lines) % 2 == 0


def compose(
    model: TextModel,
    title: str,
    first_line: str = "",
    *,
    temperature: float = 0.8,
    top_p: float = 1.0,
    seed: int = 0,
) -> Iterator[Poem]:
    """Yield the poem after each character; either of `title` and `first_line` may be empty.

    Raises DemoError when the title is too long, the first line has neither five nor seven
    characters, or the model does not know one of them.
    """
    known = model.tokenizer.get_vocab()
    title, first_line = (
        known_forms(title, known).strip(),
        known_forms(first_line, known).strip("，。？！；、,.?!; \n\t"),
    )
    if len(title) > MAX_TITLE:
        raise DemoError(
            "The title has {length} characters; at most {limit} are read.",
            length=len(title),
            limit=MAX_TITLE,
        )
    if first_line and len(first_line) not in LENGTHS:
        raise DemoError(
            "The first line has {length} characters; a line has 5 or 7.", length=len(first_line)
        )
    begun = title + END + (f"{first_line}，" if first_line else "")
    after = END + begun  # as if another poem had ended
    sampled = model.generate(
        after, max_new_tokens=MAX_POEM, temperature=temperature, top_p=top_p, seed=seed
    )
    return _follow(begun, sampled)


def _follow(text: str, sampled: Iterator) -> Iterator[Poem]:
    yield poem(text)
    for step in sampled:
        text += step.text
        yield poem(text)
        if text.endswith(END):
            return


def poem(text: str) -> Poem:
    """Return the poem that `text` is: a line with its title, a line with the rest, ended or not."""
    title, _, body = text.partition(END)
    return Poem(title, corpus.lines(body.removesuffix(END)), finished=body.endswith(END))
