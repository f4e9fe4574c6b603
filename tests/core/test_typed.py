"""What is typed on another keyboard: full-width forms and traditional characters, wherever a text
is parsed.
"""

import json

import pytest

import aigc_demo
from aigc_demo import hub
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.emoji.words import Vocabulary
from aigc_demo.diffusion.noise_interpolation import Choice, read_lineage
from aigc_demo.diffusion.views.grid import view as grid
from aigc_demo.llm.instructions import PoemInstruction, SpeechInstruction
from aigc_demo.llm.masked_prediction import parse
from aigc_demo.text import poems
from aigc_demo.text.ablation import read_heads
from tests.helpers.server import Server, call
from tests.helpers.tiny_llm import model as tiny_llm

WORDS = Vocabulary(("apple", "blue", "cat", "dragon", "red", "红", "苹", "果", "龟", "龙", "猫"))


@pytest.mark.parametrize(
    "line",
    [
        "五言四句　明月",
        "五言四句\u3000\u3000明月。",
        "五言四句，明月",
        "五言四句\u00a0明月",
        "\ufeff五言四句 明月\u200b",
    ],
)
def test_a_poem_is_asked_for_with_any_blank(line):
    assert PoemInstruction.parse(line) == PoemInstruction("五言四句", "明月")


@pytest.mark.parametrize(
    "line",
    ["ROMEO，love", "ＲＯＭＥＯ， ｌｏｖｅ", "ROMEO、love", "ROMEO ,\u3000love", "ROMEO：love"],
)
def test_a_speech_is_asked_for_with_any_comma(line):
    assert SpeechInstruction.parse(line) == SpeechInstruction("ROMEO", "love")


def test_what_is_no_instruction_is_still_refused():
    with pytest.raises(DemoError, match="form must be one of"):
        PoemInstruction.parse("三言四句　明月")
    with pytest.raises(DemoError, match="keyword is empty"):
        SpeechInstruction.parse("ROMEO，")


@pytest.mark.parametrize("written", ["１.１ 2.2", "1．1，2．2", "1.1　2.2", "1.1；2.2"])
def test_heads_are_named_in_any_width(written):
    assert read_heads(written, layers=2, heads=2) == {(0, 0), (1, 1)}
    assert len(read_heads("ａｌｌ", layers=2, heads=2)) == 4


def test_a_grid_a_lineage_and_a_repository_are_named_in_any_width():
    assert grid.prompts_of("emoji", "ｒｅｄ　ａｐｐｌｅ，cat；") == ["red apple", "cat"]
    assert grid.numbers_of("１，２．５；－３") == [1, 2.5, -3]
    assert read_lineage("０.4：３　1:9") == [Choice(0.4, 3), Choice(1.0, 9)]
    assert hub.check_repo("ｏｗｎｅｒ／name＠ｖ1") == ("owner/name", "v1")
    assert hub.check_repo("\u3000owner/name\u200b") == ("owner/name", "main")


@pytest.mark.parametrize("marked", ["to ［be］ or not", "to 【be】 or not", "to ［be] or not"])
def test_brackets_may_be_those_of_a_chinese_keyboard(marked):
    model = tiny_llm("causal")
    assert parse(model, marked) == parse(model, "to [be] or not")
    assert parse(model, marked).hidden


def test_the_poems_model_reads_traditional_characters_as_simplified_ones():
    model = aigc_demo.load("text-transformer-tang")
    assert model.encode("國破山河在") == model.encode("国破山河在")
    assert model.encode("舉頭望明月,低頭思故鄉.") == model.encode("举头望明月，低头思故乡。")
    assert model.encode("一，二。") != model.encode("一二")
    with pytest.raises(DemoError, match="never saw these characters: A é"):
        model.encode("国Aé")


@pytest.mark.parametrize(
    "line", ["國破山河在", "国破山河在", "國破山河在，", "國破山河在,", "　國破山河在。"]
)
def test_a_poem_begins_with_the_line_in_the_form_that_the_model_knows(line):
    assert next(poems.compose(aigc_demo.load("text-transformer-tang"), "春望", line)).lines == [
        "国破山河在"
    ]


def test_shakespeares_model_reads_full_width_letters():
    model = aigc_demo.load("text-rnn-shakespeare")
    assert model.encode("ＲＯＭＥＯ：　it’s") == model.encode("ROMEO: it's")


@pytest.mark.parametrize("prompt", ["紅蘋果", "红苹果", "紅 蘋　果！"])
def test_the_emoji_model_reads_traditional_characters(prompt):
    assert WORDS.tokenize(prompt) == ["红", "苹", "果"]


def test_the_emoji_model_reads_full_width_letters():
    assert WORDS.tokenize("ｒｅｄ　ＡＰＰＬＥ") == ["red", "apple"]


@pytest.mark.parametrize("prompt", ["鬱", "齈龘", "xylophone", "9999"])
def test_nothing_is_suggested_without_likeness(prompt):
    with pytest.raises(DemoError) as caught:
        WORDS.tokenize(prompt)
    assert "nearest" not in str(caught.value)
    assert str(caught.value).endswith("It knows 11 others.")


@pytest.mark.parametrize(
    ("prompt", "near"), [("aple", "apple"), ("dragons", "dragon"), ("blu", "blue")]
)
def test_what_is_alike_is_suggested(prompt, near):
    with pytest.raises(DemoError) as caught:
        WORDS.tokenize(prompt)
    assert str(caught.value).endswith(f"The nearest that it knows: {near}.")


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("🍎", {"apple", "red"}),
        ("❤", {"heart"}),
        ("❤️", {"heart"}),
        ("👍🏽", {"thumbs", "up"}),
        ("green 🐱", {"green", "cat", "face"}),
        ("🧑‍🚀", {"astronaut"}),
    ],
)
def test_an_emoji_stands_for_its_name(prompt, words):
    assert set(aigc_demo.load("diffusion-emoji").words.tokenize(prompt)) == words


def test_every_emoji_of_the_training_can_be_a_prompt():
    model = aigc_demo.load("diffusion-emoji")
    for emoji, beside in zip(
        model.training_index.characters, model.training_index.words, strict=True
    ):
        read = model.words.tokenize(emoji)
        assert read
        assert {model.words.ids[word] for word in read} <= set(beside), emoji


def test_an_emoji_without_a_known_name_is_named():
    with pytest.raises(DemoError, match="never saw these words: 🍎"):
        WORDS.tokenize("red 🍎")


@pytest.mark.parametrize(
    ("prompt", "message"),
    [
        ("!!!", "no word in “!!!”"),
        ("。。", "no word in “。。”"),
        ("", "prompt is empty"),
        ("  ", "prompt is empty"),
    ],
)
def test_a_prompt_without_a_word_is_not_said_to_be_empty(app: Server, prompt, message):
    assert (
        message
        in call(app.url, "diffusion_emoji", [prompt, "", "1", 0, 1, 3.0, "DDIM", 0.0]).message
    )


@pytest.mark.parametrize("line", ["五言四句　國", "五言四句，紅"])
def test_an_instruction_in_another_form_is_followed_in_the_known_one(app: Server, line):
    value = call(app.url, "llm_follow", ["Tang", line, 1.0, 0]).data[0]
    assert value["line"] in ("五言四句 国", "五言四句 红")


@pytest.mark.parametrize("text", ["今天天气很好👍", "é👨‍👩‍👧 café", "to be or nöt"])
def test_pretraining_shows_characters(app: Server, text):
    value = call(app.url, "llm_procedure", [text, 0.1]).data[0]
    assert "\ufffd" not in json.dumps(value, ensure_ascii=False)
    assert "".join(dict.fromkeys("".join(map("".join, value["sequences"])))) == "".join(
        dict.fromkeys(text)
    )
    assert [len(row) for row in value["sequences"]] == [len(row) for row in value["ids"]]
    flat = [tuple(span) for row in value["spans"] for span in row]
    assert "".join(text[begin:end] for begin, end in dict.fromkeys(flat)) == text


def test_a_byte_that_is_no_character_is_named_by_its_number(app: Server):
    value = call(app.url, "llm_procedure", ["今今今今今今今今", 10]).data[0]
    names = {name for row in value["likeliest"] for place in row for name, _ in place}
    assert "\ufffd" not in "".join(names)
    guessed = call(app.url, "llm_guess", ["今 [今] 今", 1]).data[0]
    assert "\ufffd" not in json.dumps(guessed, ensure_ascii=False)
    assert [text for text, _ in guessed["pieces"]].count("今") == 9
