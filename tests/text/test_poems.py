import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.poems import Poem, compose, poem
from aigc_demo.text.tokenizer import character_tokenizer

FIVE, SEVEN = "一二三四五", "甲乙丙丁戊己庚"


def model() -> TextModel:
    tokenizer = character_tokenizer(f"{FIVE}{SEVEN}，。\n")
    config = TextConfig(
        "transformer",
        tokenizer.get_vocab_size(),
        width=8,
        layers=1,
        context=16,
        dropout=0.0,
        heads=2,
    )
    return TextModel(config, build_network(config).eval(), tokenizer)


@pytest.mark.parametrize(
    ("lines", "keeps"),
    [
        ([FIVE] * 4, True),
        ([SEVEN] * 2, True),
        ([FIVE] * 3, False),
        ([FIVE, SEVEN], False),
        (["一二三四"] * 4, False),
        ([], False),
    ],
)
def test_the_form_is_lines_of_five_or_of_seven_in_even_number(lines, keeps):
    assert Poem("", lines, finished=True).is_well_formed == keeps


def test_a_text_is_read_as_title_and_lines():
    assert poem(f"题\n{FIVE}，{FIVE}。\n") == Poem("题", [FIVE, FIVE], finished=True)
    assert poem(f"\n{FIVE}？一二") == Poem("", [FIVE, "一二"], finished=False)
    assert poem("题\n") == Poem("题", [], finished=False)


def test_a_poem_begins_as_it_was_asked_to_and_ends_with_its_line_or_at_its_greatest_length():
    poems = list(compose(model(), "甲", f"{FIVE}，", seed=1))
    assert poems[0] == Poem("甲", [FIVE], finished=False)
    assert poems[-1].finished or len(poems) == 201
    assert not any(each.finished for each in poems[:-1])
    assert all(each.lines[0] == FIVE for each in poems)


@pytest.mark.parametrize(
    ("title", "line", "message"),
    [
        ("甲" * 31, "", "31 characters"),
        ("", "一二三", "3 characters; a line has 5 or 7"),
        ("鹏", "", "鹏"),
    ],
)
def test_what_cannot_be_begun_is_explained(title, line, message):
    with pytest.raises(DemoError, match=message):
        list(compose(model(), title, line))
