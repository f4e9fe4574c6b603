"""Instructions that a fine-tuned model follows, how they are written for it, and whether an answer
obeys.

A base reads them as what it knows, the one as a poem's title and the other as a line of a play: it
may be given the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aigc_demo.core.errors import DemoError, check_choice
from aigc_demo.core.spelling import plain
from aigc_demo.text import poems
from aigc_demo.text.corpus import END
from aigc_demo.text.model import TextModel

# characters a line, and lines
FORMS = {"五言四句": (5, 4), "五言八句": (5, 8), "七言四句": (7, 4), "七言八句": (7, 8)}
MAX_KEYWORD = 2  # characters
MAX_WORD, MAX_SPEAKER = 14, 24  # characters
MAX_SPEECH = 210  # characters: the instruction stays in the base's sight until it ends
PAUSE = "\n\n"  # ends a speech


@dataclass(frozen=True)
class InstructionResult:
    """In what an answer obeys its instruction."""

    form: bool
    keyword: bool


@dataclass(frozen=True)
class PoemInstruction:
    """A poem of a form in which a keyword stands."""

    form: str  # one of FORMS
    keyword: str  # one or two Chinese characters

    head = ""  # how an answer begins that obeys: at once
    end = END  # of an answer
    longest = poems.MAX_POEM  # characters of an answer

    def __post_init__(self) -> None:
        """Raise DemoError when the form is not offered, or the keyword is empty, too long or not
        made of characters.
        """
        check_choice("form", self.form, list(FORMS))
        _check_word("keyword", self.keyword, MAX_KEYWORD, example="明月")

    @classmethod
    def read(cls, line: str) -> "PoemInstruction":
        """Return the instruction that `line` is, for instance 五言四句 明月; raises DemoError when
        it is none.
        """
        return cls(*_two_parts(line, r"[\s,、:;]+"))

    @property
    def line(self) -> str:
        """The instruction, as it is shown and read."""
        return f"{self.form} {self.keyword}"

    @property
    def prompt(self) -> str:
        """What the model reads before it answers: after another poem's end, the instruction stands
        where a title would.
        """
        return f"{END}{self.line}{END}"

    def stands(self, answer: str) -> list[tuple[int, int]]:
        """Return where in `answer` the keyword stands: from which character to before which."""
        return [match.span() for match in re.finditer(re.escape(self.keyword), answer)]

    def obeyed(self, answer: str) -> InstructionResult:
        """Return in what `answer` obeys: its lines have the length and the number that were asked,
        and the keyword stands in one.
        """
        written, (length, count) = poems.poem(self.line + END + answer), FORMS[self.form]
        return InstructionResult(
            form=written.finished and [len(line) for line in written.lines] == count * [length],
            keyword=bool(self.stands(answer)),
        )


@dataclass(frozen=True)
class SpeechInstruction:
    """A speech of somebody in which a word stands."""

    speaker: str  # as the plays write it, for instance KING RICHARD II
    keyword: str

    end = PAUSE
    longest = MAX_SPEECH

    def __post_init__(self) -> None:
        """Raise DemoError when the speaker or the keyword is empty, too long or not made of
        letters.
        """
        _check_word("speaker", self.speaker, MAX_SPEAKER, example="ROMEO", also=" ")
        _check_word("keyword", self.keyword, MAX_WORD, example="love", also="'")

    @classmethod
    def read(cls, line: str) -> "SpeechInstruction":
        """Return the instruction that `line` is, for instance ROMEO, love; raises DemoError when it
        is none.
        """
        return cls(*_two_parts(line.replace("’", "'"), r"\s*[,、:;]\s*"))

    @property
    def line(self) -> str:
        """The instruction, as it is shown and read, the keyword in small letters."""
        return f"{self.speaker}, {self.keyword.lower()}"

    @property
    def prompt(self) -> str:
        """What the model reads before it answers: after another speech's end."""
        return f"{PAUSE}{self.line}\n"

    @property
    def head(self) -> str:
        """How an answer begins that obeys: as a speech does in the plays."""
        return f"{self.speaker}:\n"

    def stands(self, answer: str) -> list[tuple[int, int]]:
        """Return where in what is said the keyword stands as a whole word: from which character to
        before which.
        """
        # the speaker's name is not said
        said = len(self.head) if answer.startswith(self.head) else 0
        word = re.compile(rf"(?<![a-z'-]){re.escape(self.keyword)}(?![a-z'-])", re.IGNORECASE)
        return [match.span() for match in word.finditer(answer, said)]

    def obeyed(self, answer: str) -> InstructionResult:
        """Return in what `answer` obeys: it is one whole speech of this speaker, and the keyword
        stands in it.
        """
        form = (
            answer.startswith(self.head)
            and answer.endswith(PAUSE)
            and bool(answer.removeprefix(self.head).strip())
        )
        return InstructionResult(form=form, keyword=bool(self.stands(answer)))


Instruction = PoemInstruction | SpeechInstruction


def generate_answer(
    model: TextModel, instruction: Instruction, *, temperature: float = 0.8, seed: int = 0
) -> Iterator[str]:
    """Yield the answer after each character, until it ends; raises DemoError that names characters
    which the model never saw.
    """
    answer = ""
    for step in model.generate(
        instruction.prompt, max_new_tokens=instruction.longest, temperature=temperature, seed=seed
    ):
        answer += step.text
        yield answer
        if answer.endswith(instruction.end):
            return


def _two_parts(line: str, between: str) -> tuple[str, str]:
    """Return what stands before and after the regular expression `between`, both without blanks
    around them; "" for what is not there.
    """
    first, *rest = re.split(between, plain(line).strip(), maxsplit=1)
    return first, rest[0].rstrip(" .。") if rest else ""


def _check_word(field: str, value: object, limit: int, *, example: str, also: str = "") -> None:
    """Raise DemoError when `value` is no text of 1 to `limit` letters or Chinese characters, or of
    those in `also`.
    """
    if not isinstance(value, str) or not value:
        raise DemoError(
            "{field} is empty: type one, for instance {example}.", field=field, example=example
        )
    if len(value) > limit:
        raise DemoError(
            "{field} has {length} characters; at most {limit} are read.",
            field=field,
            length=f"{len(value):,}",
            limit=limit,
        )
    if not all(character.isalpha() or character in also for character in value):
        raise DemoError(
            "{field} is made of letters or Chinese characters alone; “{value}” is not.",
            field=field,
            value=value,
        )
