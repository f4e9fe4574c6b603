"""What a model is fine-tuned on: poems and speeches, each with the instructions that it obeys."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from aigc_demo.core import data
from aigc_demo.llm.instructions import (
    FORMS,
    MAX_KEYWORD,
    MAX_SPEAKER,
    MAX_SPEECH,
    MAX_WORD,
    PAUSE,
    Instruction,
    PoemInstruction,
    SpeechInstruction,
)
from aigc_demo.text import corpus

# in how many texts that are trained on a keyword stands at least: a rarer one is hardly known
OFTEN = {"tang": 30, "shakespeare": 5}
# 虚字 and the like: they tell what a poem is about as little as "the" does
EMPTY_CHARACTERS = set(
    "不无一何有自为此是在得处如未多谁亦又与相可还更应因将且若其之以而于所者也已非莫欲须从"
    "向对似及则乃即便只唯但曾犹尚却正岂能当同共"
    "我吾君尔子他人二三四五六七八九十百千万几两半双第中上下前后里外间边内来去见知看闻到出入起回似被把令使教作成无难足堪随由"
)
EMPTY_WORDS = set(
    re.findall(
        "[a-z']+",
        "that with your this have thou what will shall thee from come which more then would they "
        "well their them here than hath when were upon make like there must should where some "
        "these such mine most much doth both being thus been very again though even those whose "
        "till many other ever could since himself once whom thine none might else said into dost "
        "wilt after only about every still unto myself shalt hast made came went take give tell "
        "know think let's i'll that's what's",
    )
)
# how often a drill's character counts that was not asked for: with none, a keyword that has begun
# never ends
DRILL = 0.3
SPEECH = re.compile(r"(?:\A|(?<=\n\n))([A-Za-z ]+):\n(.+?)(?=\n\n|\Z)", re.DOTALL)
WORD = re.compile(r"(?<![a-z'-])[a-z][a-z']{3,}(?![a-z'-])")


@dataclass(frozen=True)
class Source:
    """A text, and what it can be asked for."""

    answer: str
    ask: Callable[[str], Instruction]  # the instruction with this keyword
    keywords: list[str]  # what stands in it and tells something of it
    early: list[str]  # those of its first line that has any

    def drawn(self, generator: torch.Generator, *, early: bool = False) -> Instruction:
        """Return the instruction with one of the keywords, each as likely; `early`: with one that
        is to be brought at once.

        Who has always read that what is asked for comes somewhere puts it off, line after line, and
        ends without it; who is taught with early ones does not.
        """
        return self.ask(_one_of(self.early if early else self.keywords, generator))


@dataclass(frozen=True)
class Lesson:
    """An instruction with an answer that obeys it."""

    instruction: Instruction
    answer: str
    synthetic_example: bool = False  # its answer is no true text


def sources(base: str, split: str) -> list[Source]:
    """Return what the fine-tuned model of checkpoint `base` is trained on ("train") or measured
    with ("test").

    Raises DemoError when the data are not at hand.
    """
    return poems(split) if base.endswith("-tang") else speeches(split)


def poems(split: str) -> list[Source]:
    """Return the Tang poems of the four forms: a keyword is a character or a word of two."""
    known = _known((characters(poem.body) for poem in corpus.tang_poems("train")), OFTEN["tang"])
    names = {form: name for name, form in FORMS.items()}
    found = []
    for poem in corpus.tang_poems(split):
        lengths = [len(line) for line in corpus.lines(poem.body)]
        keywords, early = _keywords(corpus.lines(poem.body), characters, known)
        if len(set(lengths)) == 1 and (lengths[0], len(lengths)) in names and keywords:
            form = names[lengths[0], len(lengths)]
            found.append(
                Source(poem.body + corpus.END, partial(PoemInstruction, form), keywords, early)
            )
    return found


def speeches(split: str) -> list[Source]:
    """Return Shakespeare's speeches that an instruction can ask for: a keyword is a word of four
    letters or more.
    """
    known = _known(
        (words(said) for _, said in SPEECH.findall(data.shakespeare("train"))), OFTEN["shakespeare"]
    )
    found = []
    for speaker, said in SPEECH.findall(data.shakespeare(split)):
        keywords, early = _keywords(said.splitlines(), words, known)
        answer = f"{speaker}:\n{said}{PAUSE}"
        if len(speaker) <= MAX_SPEAKER and len(answer) <= MAX_SPEECH and keywords:
            found.append(Source(answer, partial(SpeechInstruction, speaker), keywords, early))
    return found


def _keywords(
    lines: list[str], full: Callable[[str], set[str]], known: set[str]
) -> tuple[list[str], list[str]]:
    """Return the known keywords of a text's lines in a fixed order, and those of the first line
    that has any.
    """
    found = [sorted(full(line) & known) for line in lines]
    return sorted(set().union(*found)), next(filter(None, found), [])


def _known(texts: Iterable[set[str]], often: int) -> set[str]:
    return {
        word
        for word, count in Counter(word for text in texts for word in text).items()
        if count >= often
    }


def characters(body: str) -> set[str]:
    """Return a poem's full characters, and those pairs of them that a line's rhythm binds: 2 + 3,
    or 2 + 2 + 3.
    """
    found: set[str] = set()
    for line in corpus.lines(body):
        pairs = {line[i : i + MAX_KEYWORD] for i in range(0, len(line) - 1, MAX_KEYWORD)} | {
            line[-MAX_KEYWORD:]
        }
        found |= {word for word in {*line, *pairs} if not set(word) & EMPTY_CHARACTERS}
    return found


def words(said: str) -> set[str]:
    """Return a speech's full words of four letters or more, in small letters."""
    return {word for word in WORD.findall(said.lower()) if len(word) <= MAX_WORD} - EMPTY_WORDS


def synthetic_example(lesson: Lesson, known: list[str], generator: torch.Generator) -> Lesson:
    """Return a lesson whose keyword, and speaker, do not belong to its text: they can only be read
    off the instruction.

    Who meets nothing but true texts recites what is likely instead, which shows where it is asked
    for names that it never met.
    """
    old = lesson.instruction
    new = _another(old, known, generator)
    said = lesson.answer.removeprefix(old.head)
    for begin, end in reversed(old.stands(said)):
        said = said[:begin] + new.keyword + said[end:]
    return Lesson(new, new.head + said, synthetic_example=True)


def _another(old: Instruction, known: list[str], generator: torch.Generator) -> Instruction:
    """Return an instruction with one of `known` as long as the old one; for a speech, names that
    nobody knows, each made of two of them.
    """
    if isinstance(old, PoemInstruction):
        return PoemInstruction(
            old.form, _one_of([word for word in known if len(word) == len(old.keyword)], generator)
        )

    def made_up(longest: int) -> str:
        first, second = (_one_of(known, generator) for _ in range(2))
        return (first[: len(first) // 2 + 1] + second[len(second) // 2 :])[:longest]

    return SpeechInstruction(made_up(MAX_SPEAKER).upper(), made_up(MAX_WORD))


def _one_of(values: list[str], generator: torch.Generator) -> str:
    return values[int(torch.randint(len(values), (), generator=generator))]


def rows(
    lessons: list[Lesson], encode: Callable[[str], list[int]], *, emphasis: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Return instructions with their answers as ids (B, T + 1) int64, and how much each of the T
    predictions counts (B, T) float32.

    What an instruction says, and what fills up a row, counts nothing; an answer's character counts
    1, in a drill DRILL, and one of its head or a keyword `emphasis`. One character is one token.
    """
    ids, counts = [], []
    for lesson in lessons:
        instruction, answer = lesson.instruction, lesson.answer
        count = torch.cat(
            [
                torch.zeros(len(instruction.prompt)),
                torch.full([len(answer)], DRILL if lesson.synthetic_example else 1.0),
            ]
        )
        for begin, end in [(0, len(instruction.head)), *instruction.stands(answer)]:
            count[len(instruction.prompt) + begin : len(instruction.prompt) + end] = emphasis
        ids.append(torch.tensor(encode(instruction.prompt + answer)))
        counts.append(count)
    return pad_sequence(ids, batch_first=True), pad_sequence(counts, batch_first=True)[:, 1:]
