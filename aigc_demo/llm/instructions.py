"""Instructions that a fine-tuned model follows, their prompts, and whether an answer follows them.

The base takes the one for a poem's title and the other for a line of a play: it can be given the
same prompt.
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
MAX_SPEECH = 210  # characters: the instruction stays in the base's context until it ends
PAUSE = "\n\n"  # ends a speech


@dataclass(frozen=True)
class InstructionResult:
    """In what an answer follows its instruction."""

    form: bool
    keyword: bool


@dataclass(frozen=True)
class PoemInstruction:
    """To write a poem of a form, with a keyword in it."""

    form: str  # one of FORMS
    keyword: str  # one or two Chinese characters

    prefix = ""  # of an answer
    end = END  # of an answer
    max_length = poems.MAX_POEM  # characters of an answer

    def __post_init__(self) -> None:
        """Raise DemoError when the form is not offered, or the keyword is empty, too long or not
        made of characters.
        """
        check_choice("form", self.form, list(FORMS))
        _check_word("keyword", self.keyword, MAX_KEYWORD, example="明月")

    @classmethod
    def parse(cls, line: str) -> "PoemInstruction":
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
        """The model's prompt: after another poem's end the instruction, in the place of a title."""
        return f"{END}{self.line}{END}"

    def keyword_spans(self, answer: str) -> list[tuple[int, int]]:
        """Return where the keyword is in `answer`: from which character to before which."""
        return [match.span() for match in re.finditer(re.escape(self.keyword), answer)]

    def check(self, answer: str) -> InstructionResult:
        """Return in what `answer` follows the instruction: its lines have the form's length and
        number, and the keyword is in one of them.
        """
        written, (length, count) = poems.poem(self.line + END + answer), FORMS[self.form]
        return InstructionResult(
            form=written.finished and [len(line) for line in written.lines] == count * [length],
            keyword=bool(self.keyword_spans(answer)),
        )


@dataclass(frozen=True)
class SpeechInstruction:
    """To write a speech of a speaker, with a keyword in it."""

    speaker: str  # as the plays write it, for instance KING RICHARD II
    keyword: str

    end = PAUSE
    max_length = MAX_SPEECH

    def __post_init__(self) -> None:
        """Raise DemoError when the speaker or the keyword is empty, too long or not made of
        letters.
        """
        _check_word("speaker", self.speaker, MAX_SPEAKER, example="ROMEO", also=" ")
        _check_word("keyword", self.keyword, MAX_WORD, example="love", also="'")

    @classmethod
    def parse(cls, line: str) -> "SpeechInstruction":
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
        """The model's prompt: after another speech's end."""
        return f"{PAUSE}{self.line}\n"

    @property
    def prefix(self) -> str:
        """How an answer begins: as a speech does in the plays."""
        return f"{self.speaker}:\n"

    def keyword_spans(self, answer: str) -> list[tuple[int, int]]:
        """Return where the keyword is in the speech, as a whole word: from which character to
        before which.
        """
        # the speaker's name is not said
        said = len(self.prefix) if answer.startswith(self.prefix) else 0
        word = re.compile(rf"(?<![a-z'-]){re.escape(self.keyword)}(?![a-z'-])", re.IGNORECASE)
        return [match.span() for match in word.finditer(answer, said)]

    def check(self, answer: str) -> InstructionResult:
        """Return in what `answer` follows the instruction: it is one whole speech of this speaker,
        and the keyword is in it.
        """
        form = (
            answer.startswith(self.prefix)
            and answer.endswith(PAUSE)
            and bool(answer.removeprefix(self.prefix).strip())
        )
        return InstructionResult(form=form, keyword=bool(self.keyword_spans(answer)))


Instruction = PoemInstruction | SpeechInstruction


def generate_answer(
    model: TextModel, instruction: Instruction, *, temperature: float = 0.8, seed: int = 0
) -> Iterator[str]:
    """Yield the answer after each character, until it ends; raises DemoError that names characters
    which the model never saw.
    """
    answer = ""
    for step in model.generate(
        instruction.prompt,
        max_new_tokens=instruction.max_length,
        temperature=temperature,
        seed=seed,
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
