"""How instructions are written, and which answers follow them."""

import pytest
import torch

from aigc_demo.core.checkpoints import read_tokenizer
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT
from aigc_demo.llm.instruction_data import (
    SYNTHETIC_WEIGHT,
    Example,
    characters,
    collate,
    synthetic_example,
    words,
)
from aigc_demo.llm.instructions import (
    FORMS,
    InstructionResult,
    PoemInstruction,
    SpeechInstruction,
    generate_answer,
)
from tests.helpers.tiny_llm import writer

MOON = PoemInstruction("五言四句", "明月")
QUIET = "床前明月光，疑是地上霜。举头望明月，低头思故乡。\n"
LOVE = SpeechInstruction("ROMEO", "love")
SPEECH = "ROMEO:\nI take thee at thy word:\nCall me but love.\n\n"


def test_an_instruction_stands_where_a_title_would_and_is_read_back():
    assert MOON.prompt == "\n五言四句 明月\n"
    assert PoemInstruction.parse(MOON.line) == PoemInstruction.parse(" 五言四句  明月\n") == MOON
    assert LOVE.prompt == "\n\nROMEO, love\n"
    assert SpeechInstruction.parse(LOVE.line) == SpeechInstruction.parse("ROMEO,love") == LOVE
    assert SpeechInstruction("ROMEO", "Love").line == "ROMEO, love"


@pytest.mark.parametrize("line", [PoemInstruction(form, "月").prompt for form in FORMS])
def test_the_poems_model_knows_every_character_of_every_instruction(line):
    known = read_tokenizer(PROJECT / "checkpoints" / "text-transformer-tang", 4951).get_vocab()
    assert set(line) <= set(known)


@pytest.mark.parametrize(
    ("form", "answer", "result"),
    [
        ("五言四句", QUIET, InstructionResult(form=True, keyword=True)),
        # it did not end
        ("五言四句", QUIET.rstrip("\n"), InstructionResult(form=False, keyword=True)),
        ("五言八句", QUIET, InstructionResult(form=False, keyword=True)),
        ("五言八句", QUIET.rstrip("\n") + QUIET, InstructionResult(form=True, keyword=True)),
        ("七言四句", QUIET, InstructionResult(form=False, keyword=True)),
        ("五言四句", QUIET.replace("明月", "明日"), InstructionResult(form=True, keyword=False)),
        ("五言四句", QUIET.replace("光", ""), InstructionResult(form=False, keyword=True)),
        ("五言四句", "\n", InstructionResult(form=False, keyword=False)),
        ("五言四句", "", InstructionResult(form=False, keyword=False)),
    ],
)
def test_a_poem_follows_the_form_when_each_line_and_their_number_do(form, answer, result):
    assert PoemInstruction(form, "明月").check(answer) == result


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (SPEECH, InstructionResult(form=True, keyword=True)),
        (SPEECH.replace("love", "Love"), InstructionResult(form=True, keyword=True)),
        (SPEECH.replace("love", "lover"), InstructionResult(form=True, keyword=False)),
        (SPEECH.replace("ROMEO", "JULIET"), InstructionResult(form=False, keyword=True)),
        (SPEECH.rstrip("\n"), InstructionResult(form=False, keyword=True)),
        ("ROMEO:\n\n", InstructionResult(form=False, keyword=False)),
        ("Call me but love.\n\n", InstructionResult(form=False, keyword=True)),
    ],
)
def test_a_speech_follows_when_it_is_whole_and_this_speakers_and_holds_the_word(answer, result):
    assert LOVE.check(answer) == result


def test_a_name_above_a_speech_is_not_said():
    assert not SpeechInstruction("ROMEO", "romeo").check(SPEECH).keyword


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: PoemInstruction("五言四句", ""), "keyword is empty"),
        (lambda: PoemInstruction("五言四句", None), "keyword is empty"),
        (lambda: PoemInstruction("五言四句", "床前明月光"), "keyword has 5 characters; at most 2"),
        (lambda: PoemInstruction("五言四句", "月\n"), "letters or Chinese characters alone"),
        (lambda: PoemInstruction("五言四句", "月，"), "letters or Chinese characters alone"),
        (
            lambda: PoemInstruction("六言四句", "月"),
            "form must be one of 五言四句, 五言八句, 七言四句, 七言八句",
        ),
        (lambda: PoemInstruction.parse("月"), "form must be one of"),
        (lambda: PoemInstruction.parse("五言四句"), "keyword is empty"),
        (lambda: SpeechInstruction("", "love"), "speaker is empty"),
        (lambda: SpeechInstruction("ROMEO", "to be"), "“to be” is not"),
        (lambda: SpeechInstruction("ROMEO:\n", "love"), "speaker is made of letters"),
        (lambda: SpeechInstruction("ROMEO", "a" * 15), "keyword has 15 characters; at most 14"),
    ],
)
def test_an_invalid_instruction_says_why(make, message):
    with pytest.raises(DemoError, match=message):
        make()


def test_a_character_that_the_model_never_saw_is_named():
    with pytest.raises(DemoError, match="never saw these characters: 鹏"):
        list(generate_answer(writer("五言四句 月\n"), PoemInstruction("五言四句", "鹏")))


def test_an_answer_grows_by_a_character_and_stops_at_its_end_or_greatest_length():
    found = list(
        generate_answer(writer("五言四句 月风\n"), PoemInstruction("五言四句", "月"), seed=2)
    )
    assert [len(answer) for answer in found] == list(range(1, len(found) + 1))
    assert found[-1].endswith("\n") or len(found) == PoemInstruction.max_length
    assert not any(answer.endswith("\n") for answer in found[:-1])


def test_keywords_are_full_characters_and_the_pairs_that_the_rhythm_binds():
    assert characters("床前明月光，不知何处来。") == {"床", "明", "月", "光", "明月", "月光"}
    assert words("What's in a name? That which we call a Rose, a well-a-day") == {
        "name",
        "call",
        "rose",
    }


def test_only_answers_have_weight_and_keywords_more():
    examples = [Example(MOON, QUIET), Example(PoemInstruction("五言四句", "霜"), "霜，\n")]
    ids, weights = collate(
        examples, lambda text: [ord(character) for character in text], emphasis=3.0
    )
    assert ids.shape == (2, 9 + len(QUIET))
    assert weights.shape == (2, 8 + len(QUIET))
    assert weights[0].tolist() == 8 * [0] + [3 if character in "明月" else 1 for character in QUIET]
    assert weights[1].tolist() == 7 * [0] + [3, 1, 1] + (len(QUIET) - 2) * [0]


def test_a_poem_gets_another_keyword_that_is_as_long():
    synthetic = synthetic_example(
        Example(MOON, QUIET), ["霜", "故乡"], torch.Generator().manual_seed(0)
    )
    assert synthetic == Example(
        PoemInstruction("五言四句", "故乡"), QUIET.replace("明月", "故乡"), is_synthetic=True
    )


def test_a_synthetic_example_can_only_be_copied_from_its_instruction():
    example = Example(SpeechInstruction("ROMEO", "love"), "ROMEO:\nMy love, O Love!\n\n")
    synthetic = synthetic_example(example, ["sword", "banish"], torch.Generator().manual_seed(1))
    assert synthetic.instruction == SpeechInstruction("BANIISH", "swoord")
    assert synthetic.answer == "BANIISH:\nMy swoord, O swoord!\n\n"
    assert synthetic.instruction.check(synthetic.answer) == InstructionResult(
        form=True, keyword=True
    )
    _, weights = collate([synthetic], lambda text: [0] * len(text), emphasis=3.0)
    silent = len(synthetic.instruction.prompt) - 1
    expected = (
        silent * [0]
        + 9 * [3]
        + 3 * [SYNTHETIC_WEIGHT]
        + 6 * [3]
        + 4 * [SYNTHETIC_WEIGHT]
        + 6 * [3]
        + 3 * [SYNTHETIC_WEIGHT]
    )
    assert weights[0].tolist() == pytest.approx(expected)
