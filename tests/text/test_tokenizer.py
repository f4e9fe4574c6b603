import pytest
from tokenizers import Tokenizer

from aigc_demo.text.tokenizer import character_tokenizer, unknown_characters

TEXTS = [
    "ROMEO:\nBut, soft! what light\n\n",
    "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n",
    " \n \t\r\n ",
    "a",
    "𠀀😀e\u0301\0",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_survives_the_round_trip_one_token_a_character(text):
    tokenizer = character_tokenizer(text)
    ids = tokenizer.encode(text).ids
    assert len(ids) == len(text)
    assert tokenizer.decode(ids) == text
    assert [tokenizer.decode([id]) for id in ids] == list(text)


@pytest.mark.parametrize("text", TEXTS)
def test_the_file_keeps_the_tokenizer(text, tmp_path):
    tokenizer = character_tokenizer(text)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    loaded = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert loaded.encode(text).ids == tokenizer.encode(text).ids
    assert loaded.decode(loaded.encode(text).ids) == text


def test_tokens_are_in_code_point_order_and_each_character_has_one():
    tokenizer = character_tokenizer("cab\nbac")
    assert [tokenizer.id_to_token(id) for id in range(tokenizer.get_vocab_size())] == [
        "\n",
        "a",
        "b",
        "c",
    ]


def test_unknown_characters_are_found_once_each_in_order_of_appearance():
    tokenizer = character_tokenizer("ab\n")
    assert unknown_characters(tokenizer, "zaz\u6708b\ud800\t") == ["z", "月", "\ud800", "\t"]
    assert unknown_characters(tokenizer, "abba\n") == []
    assert unknown_characters(tokenizer, "") == []
