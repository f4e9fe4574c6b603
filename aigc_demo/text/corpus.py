"""What the text models read: Shakespeare as it is, the Tang poems each with its title on a line of
its own.
"""

import random
import re

from aigc_demo.core import data
from aigc_demo.core.data import Poem

# the share of poems that are read with their title: a poem can be begun from its first line alone
TITLED = 0.7
HELD_OUT = 20  # every twentieth poem
END = "\n"  # ends a title, and a poem
MARKS = "，。？！；"  # what may end a line of verse


def corpus(name: str, split: str) -> str:
    """Return the text on which checkpoint `name` is trained ("train") or measured ("test").

    Raises DemoError when the data are not at hand.
    """
    return poems(split) if name.endswith("-tang") else data.shakespeare(split)


def tang_poems(split: str) -> list[Poem]:
    """Return the Tang poems that are trained on ("train") or held out ("test")."""
    return [
        poem for i, poem in enumerate(data.tang_poems()) if (i % HELD_OUT == 0) == (split == "test")
    ]


def poems(split: str) -> str:
    """Return the Tang poems of `split` in a fixed random order, one after another."""
    rng, chosen = random.Random(0), tang_poems(split)
    rng.shuffle(chosen)
    return "".join(written(poem, titled=rng.random() < TITLED) for poem in chosen)


def written(poem: Poem, *, titled: bool) -> str:
    """Return a poem as the model reads it: a line with the title, empty where there is none, and a
    line with all of the poem.

    The punctuation stays: it tells a title from a poem, and the first line of a couplet from the
    second.
    """
    return (poem.title if titled else "") + END + poem.body + END


def lines(body: str) -> list[str]:
    """Return the lines of a poem without their punctuation."""
    return [line for line in re.split(f"[{MARKS}]", body) if line]
