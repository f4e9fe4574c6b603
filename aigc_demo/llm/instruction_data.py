"""The fine-tuning data: poems and speeches, each with the instructions that it follows."""

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

# in how many training texts a keyword is at least: a rarer one is hardly known
MIN_TEXTS = {"tang": 30, "shakespeare": 5}
# 虚字 and the like: they tell what a poem is about as little as "the" does
STOP_CHARACTERS = set(
    "不无一何有自为此是在得处如未多谁亦又与相可还更应因将且若其之以而于所者也已非莫欲须从"
    "向对似及则乃即便只唯但曾犹尚却正岂能当同共"
    "我吾君尔子他人二三四五六七八九十百千万几两半双第中上下前后里外间边内来去见知看闻到出入起回似被把令使教作成无难足堪随由"
)
STOP_WORDS = set(
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
# the loss weight of a synthetic answer's characters that the instruction does not name: with 0 a
# keyword that has begun never ends
SYNTHETIC_WEIGHT = 0.3
SPEECH = re.compile(r"(?:\A|(?<=\n\n))([A-Za-z ]+):\n(.+?)(?=\n\n|\Z)", re.DOTALL)
WORD = re.compile(r"(?<![a-z'-])[a-z][a-z']{3,}(?![a-z'-])")


@dataclass(frozen=True)
class Source:
    """A text, and the instructions to which it is the answer."""

    answer: str
    instruction: Callable[[str], Instruction]  # the one with this keyword
    keywords: list[str]  # the text's content words
    early: list[str]  # those of its first line that has any

    def sample_instruction(self, generator: torch.Generator, *, early: bool = False) -> Instruction:
        """Return the instruction with one of the keywords, drawn uniformly; `early`: one of the
        first line that has any.

        A model trained on keywords from anywhere in a text puts them off, line after line, and ends
        without them; a model trained on early ones does not.
        """
        return self.instruction(_one_of(self.early if early else self.keywords, generator))


@dataclass(frozen=True)
class Example:
    """An instruction with an answer that follows it."""

    instruction: Instruction
    answer: str
    is_synthetic: bool = False  # its answer is made up: see `synthetic_example`


def sources(base: str, split: str) -> list[Source]:
    """Return the texts on which the fine-tuned model of checkpoint `base` is trained ("train") or
    evaluated ("test").

    Raises DemoError when the data are not at hand.
    """
    return poems(split) if base.endswith("-tang") else speeches(split)


def poems(split: str) -> list[Source]:
    """Return the Tang poems of the four forms: a keyword is a character or a word of two."""
    known = _known(
        (characters(poem.body) for poem in corpus.tang_poems("train")), MIN_TEXTS["tang"]
    )
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
    """Return Shakespeare's speeches that are short enough to be answers: a keyword is a word of
    four letters or more.
    """
    known = _known(
        (words(said) for _, said in SPEECH.findall(data.shakespeare("train"))),
        MIN_TEXTS["shakespeare"],
    )
    found = []
    for speaker, said in SPEECH.findall(data.shakespeare(split)):
        keywords, early = _keywords(said.splitlines(), words, known)
        answer = f"{speaker}:\n{said}{PAUSE}"
        if len(speaker) <= MAX_SPEAKER and len(answer) <= MAX_SPEECH and keywords:
            found.append(Source(answer, partial(SpeechInstruction, speaker), keywords, early))
    return found


def _keywords(
    lines: list[str], extract: Callable[[str], set[str]], known: set[str]
) -> tuple[list[str], list[str]]:
    """Return the known keywords of a text's lines in a fixed order, and those of the first line
    that has any.
    """
    found = [sorted(extract(line) & known) for line in lines]
    return sorted(set().union(*found)), next(filter(None, found), [])


def _known(texts: Iterable[set[str]], often: int) -> set[str]:
    return {
        word
        for word, count in Counter(word for text in texts for word in text).items()
        if count >= often
    }


def characters(body: str) -> set[str]:
    """Return a poem's characters that are no stop characters, and their pairs within a line's
    rhythm: 2 + 3, or 2 + 2 + 3.
    """
    found: set[str] = set()
    for line in corpus.lines(body):
        pairs = {line[i : i + MAX_KEYWORD] for i in range(0, len(line) - 1, MAX_KEYWORD)} | {
            line[-MAX_KEYWORD:]
        }
        found |= {word for word in {*line, *pairs} if not set(word) & STOP_CHARACTERS}
    return found


def words(said: str) -> set[str]:
    """Return a speech's words of four letters or more that are no stop words, in lower case."""
    return {word for word in WORD.findall(said.lower()) if len(word) <= MAX_WORD} - STOP_WORDS


def synthetic_example(example: Example, known: list[str], generator: torch.Generator) -> Example:
    """Return `example` with another keyword, and speaker, in the instruction and the answer: they
    can only be copied from the instruction.

    A model trained on true texts alone writes what is likely instead, and fails on names that are
    not in its data.
    """
    old = example.instruction
    new = _replaced(old, known, generator)
    said = example.answer.removeprefix(old.prefix)
    for begin, end in reversed(old.keyword_spans(said)):
        said = said[:begin] + new.keyword + said[end:]
    return Example(new, new.prefix + said, is_synthetic=True)


def _replaced(old: Instruction, known: list[str], generator: torch.Generator) -> Instruction:
    """Return `old` with one of the `known` words that is as long as its keyword; for a speech, with
    made-up names, each of two of the words.
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


def collate(
    examples: list[Example], encode: Callable[[str], list[int]], *, emphasis: float = 1.0
) -> tuple[Tensor, Tensor]:
    """Return a batch of instructions with their answers, ids (B, T + 1) int64, and the loss weights
    (B, T) float32 of the T predictions.

    The weight of the instruction and of padding is 0; of an answer's character 1, in a synthetic
    example SYNTHETIC_WEIGHT; of its prefix and keywords `emphasis`. One character is one token.
    """
    ids, all_weights = [], []
    for example in examples:
        instruction, answer = example.instruction, example.answer
        weights = torch.cat(
            [
                torch.zeros(len(instruction.prompt)),
                torch.full([len(answer)], SYNTHETIC_WEIGHT if example.is_synthetic else 1.0),
            ]
        )
        for begin, end in [(0, len(instruction.prefix)), *instruction.keyword_spans(answer)]:
            weights[len(instruction.prompt) + begin : len(instruction.prompt) + end] = emphasis
        ids.append(torch.tensor(encode(instruction.prompt + answer)))
        all_weights.append(weights)
    return pad_sequence(ids, batch_first=True), pad_sequence(all_weights, batch_first=True)[:, 1:]
