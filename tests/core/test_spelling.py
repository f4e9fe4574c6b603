"""One character in several forms."""

import unicodedata

from aigc_demo.core.checkpoints import read_tokenizer
from aigc_demo.core.settings import PROJECT
from aigc_demo.core.spelling import known_forms, plain
from aigc_demo.core.traditional import SIMPLIFIED


def test_what_is_parsed_is_plain():
    assert plain("ＲＯＭＥＯ，ｌｏｖｅ　１．５：３") == "ROMEO,love 1.5:3"
    assert plain("a\u00a0b\tc\nd\u200b\ufeff") == "a b c\nd"
    assert plain("五言四句、明月。") == "五言四句、明月。"


def test_a_character_is_read_in_the_form_that_is_known():
    known = set("国破abc，。'-")
    assert known_forms("國破ａ,.’—", known) == "国破a，。'-"
    assert known_forms("月é½Ａ\n", known) == "月é½Ａ\n"
    assert known_forms("國", {"國", "国"}) == "國"


def test_the_table_holds_single_characters_whose_simplified_form_a_model_knows():
    known = set(read_tokenizer(PROJECT / "checkpoints" / "text-transformer-tang", 4951).get_vocab())
    assert len(SIMPLIFIED) > 1_000
    assert all(
        len(each) == 1 and unicodedata.category(each) == "Lo"
        for pair in SIMPLIFIED.items()
        for each in pair
    )
    assert not set(SIMPLIFIED) & set(SIMPLIFIED.values()) & known
    assert (
        known_forms("國破山河在，城春草木深。感時花濺淚，恨別鳥驚心。", known)
        == "国破山河在，城春草木深。感时花溅泪，恨别鸟惊心。"
    )
