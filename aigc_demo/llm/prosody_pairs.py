"""Pairs of poems from a rule instead of people: of what a model wrote, one that keeps the rules of
regulated verse better, and one that keeps them worse.
"""

from collections import defaultdict
from collections.abc import Sequence

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.data import Poem
from aigc_demo.llm import prosody
from aigc_demo.llm.preference import Texts
from aigc_demo.llm.prosody import Verdict
from aigc_demo.text import poems
from aigc_demo.text.corpus import END, lines
from aigc_demo.text.model import TextModel

LONGEST = 16 * 8 + 1  # characters: sixteen lines of seven, their marks, the end


class Prompts:
    """What poems are begun from: titles, and first lines without one, as `poems.compose` writes
    them.
    """

    def __init__(self, source: Sequence[Poem], model: TextModel):
        titles = [END + poem.title + END for poem in source if len(poem.title) <= poems.MAX_TITLE]
        firsts = [END + END + lines(poem.body)[0] + "，" for poem in source]
        # the tokenizer itself: it knows every character of the corpus, and `encode` looks
        found = [
            [row.ids for row in model.tokenizer.encode_batch(kind)] for kind in (titles, firsts)
        ]
        self.titles, self.firsts = map(_by_length, found)  # each group (M, P) int64
        self.groups = self.titles + self.firsts
        self.sizes = torch.tensor([len(group) for group in self.groups], dtype=torch.float)

    def draw(self, count: int, generator: torch.Generator) -> Tensor:
        """Return prompts (count, P) int64 of one kind and one length, a group being as likely as it
        is large.
        """
        group = self.groups[int(torch.multinomial(self.sizes, 1, generator=generator))]
        return group[torch.randint(len(group), (count,), generator=generator)]


def _by_length(rows: Sequence[list[int]]) -> list[Tensor]:
    lengths = sorted(set(map(len, rows)))
    return [torch.tensor([row for row in rows if len(row) == length]) for length in lengths]


def poems_of(written: Texts, model: TextModel) -> list[poems.Poem]:
    """Return texts, each from its prompt on, as poems."""
    ends = [len(row) + 1 - row[::-1].index(True) for row in written.counted.tolist()]
    rows = [ids[:end] for ids, end in zip(written.ids.tolist(), ends, strict=True)]
    return [poems.poem(text.removeprefix(END)) for text in model.tokenizer.decode_batch(rows)]


def verdict(poem: poems.Poem) -> Verdict:
    """Return how far a poem obeys; one that has not ended, or has no regular form, does not."""
    return prosody.judge(poem.lines) if poem.finished and poem.is_well_formed else prosody.NOTHING


def choose(
    written: Sequence[poems.Poem], verdicts: Sequence[Verdict], *, samples: int, spread: float
) -> tuple[Tensor, Tensor]:
    """Return which poems (K,) are chosen and which rejected: of each prompt's `samples`, which
    stand one after another, the best and the worst, where their scores differ by `spread` or more.

    Both are of one form, as many lines of as many characters: else the model would learn that short
    poems break fewer rules. Of a prompt's forms the one counts whose scores differ most.
    """
    chosen, rejected = [], []
    for begin in range(0, len(written), samples):
        forms: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i in range(begin, begin + samples):
            if verdicts[i] is not prosody.NOTHING:
                forms[len(written[i].lines), len(written[i].lines[0])].append(i)
        ordered = [sorted(form, key=lambda i: verdicts[i].score) for form in forms.values()]
        pairs = [(form[-1], form[0]) for form in ordered]
        differ = [verdicts[best].score - verdicts[worst].score for best, worst in pairs]
        if differ and max(differ) >= spread:
            best, worst = pairs[differ.index(max(differ))]
            chosen.append(best)
            rejected.append(worst)
    device = runtime.device()
    return torch.tensor(chosen, device=device), torch.tensor(rejected, device=device)
