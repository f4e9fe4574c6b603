"""Regulated verse: a dozen poems' tones and rhymes as handed down, and what each breaks."""

import pytest

from aigc_demo.llm.prosody import (
    EITHER,
    LEVEL,
    NOTHING,
    OBLIQUE,
    RULES,
    UNKNOWN,
    Break,
    check_rhyme,
    check_tones,
    is_level,
    judge,
    rhyme_groups,
    tone,
    tones,
)

# The tones of each line, 中 where a character is read in both; the even lines' last characters;
# what is broken, and in which line.
KEPT = {
    "登鹳雀楼": ("仄仄平平仄 平平仄仄平 仄平平仄仄 仄仄仄平平", "流楼"),
    "次北固山下": (
        "仄仄平平仄 平平仄仄平 平平平仄仄 平仄仄平平 仄仄平平仄 平平仄仄平 平平平仄仄 平仄仄平平",
        "前悬年边",
    ),
    "山居秋暝": (
        "平平平仄仄 平仄仄平平 平仄平平仄 平平仄仄平 仄平平仄仄 平仄仄平平 平仄平平仄 平平仄仄平",
        "秋流舟留",
    ),
    "旅夜书怀": (
        "仄仄平平仄 平平仄仄平 平平平仄仄 仄仄仄平平 平仄平平仄 平平仄仄平 平平平仄仄 平仄仄平平",
        "舟流休鸥",
    ),
    "早发白帝城": ("平平仄仄仄平平 平仄平平仄仄平 仄仄平平平仄仄 平平仄仄仄中平", "还山"),
    "枫桥夜泊": ("仄仄平平平仄平 平平平仄仄平平 平平平仄平平仄 仄仄平平仄仄平", "眠船"),
    "夜雨寄北": ("平仄平平仄仄平 平平仄仄仄平平 平平仄仄平平仄 仄仄平平仄仄平", "池时"),
}
BROKEN = {
    # sung ever since, though its second couplet does not adhere to the first
    "渭城曲": (
        "仄平平仄仄平平 仄仄平平平仄平 仄平中仄仄平仄 平仄平平平仄平",
        "春人",
        [("adhesion", 2)],
    ),
    # the turn 平平仄平仄, which poets allow themselves and the strict rule does not
    "望月怀远": (
        "仄仄平平仄 平平仄仄平 平平仄平仄 仄仄仄中平 仄仄平平仄 平平仄仄平 仄平平仄仄 平仄仄平平",
        "时思滋期",
        [("alternation", 2)],
    ),
    # three in the old style, the last two of them with oblique rhymes
    "静夜思": (
        "平平中仄平 平仄仄仄平 仄平仄平仄 平平中仄平",
        "霜乡",
        [("alternation", 1), ("alternation", 2), ("adhesion", 2), ("opposition", 3)],
    ),
    "春晓": (
        "平平仄仄仄 仄仄平平仄 仄平平仄平 平仄平平仄",
        "鸟少",
        [("ending", 1), ("adhesion", 2), ("ending", 2), ("ending", 3)],
    ),
    "江雪": (
        "平平仄平仄 仄仄平平仄 平平平仄平 仄仄平平仄",
        "灭雪",
        [("alternation", 0), ("ending", 1), ("adhesion", 2), ("ending", 2), ("ending", 3)],
    ),
}


def groups(ends: str) -> list[frozenset[str]]:
    return [rhyme_groups()[end] for end in ends]


@pytest.mark.parametrize("title", KEPT)
def test_regulated_poems_keep_both_rules(title):
    lines, ends = KEPT[title]
    assert check_tones(lines.split()) == (1.0, [])
    assert check_rhyme(ends, groups(ends)) == (1.0, [])


@pytest.mark.parametrize("title", BROKEN)
def test_the_lines_that_break_a_rule_are_named(title):
    lines, ends, expected = BROKEN[title]
    share, breaks = check_tones(lines.split())
    assert [(each.rule, each.line) for each in breaks] == expected
    count, length = len(lines.split()), len(lines.split()[0])
    checks = count * (length // 2 - 1) + 2 * (count - 1)
    assert share == pytest.approx(1 - len(expected) / checks)
    assert check_rhyme(ends, groups(ends)) == (1.0, [])


def test_a_rhyme_is_a_group_that_the_ends_share():
    a, b = frozenset({"上平一东"}), frozenset({"上平二冬"})
    assert check_rhyme("东空风中", [a] * 4) == (1.0, [])
    # two groups that sound alike today
    assert check_rhyme("东冬", [a, b]) == (0.0, [Break("rhyme", 1)])
    assert check_rhyme("东冬风中", [a, b, a, a]) == (2 / 3, [Break("rhyme", 3)])
    # of several readings that one counts which the others share
    assert check_rhyme("东重风中", [a, a | b, a, a]) == (1.0, [])
    assert check_rhyme("东重钟封", [a, a | b, b, b]) == (2 / 3, [Break("rhyme", 1)])
    # a character does not rhyme with itself, nor what is in no group with anything
    assert check_rhyme("东东", [a, a]) == (0.0, [Break("rhyme", 3)])
    assert check_rhyme("？！", [frozenset()] * 2) == (0.0, [Break("rhyme", 1), Break("rhyme", 3)])


def test_a_tone_that_is_either_holds_and_an_unknown_one_does_not():
    lines, _ = KEPT["登鹳雀楼"]
    assert check_tones(lines.replace("仄仄平平仄", "仄中平中仄").split()) == (1.0, [])
    _, breaks = check_tones(lines.replace("仄仄平平仄", "仄？平平仄").split())
    assert [(each.rule, each.line) for each in breaks] == [("alternation", 0), ("opposition", 1)]


def test_characters_have_the_tones_and_groups_of_the_book():
    assert {tone(character) for character in "风人山春来"} == {LEVEL}
    assert {tone(character) for character in "月日水雨雪"} == {OBLIQUE}
    assert {tone(character) for character in "看思过重"} == {EITHER}
    assert tone("A") == UNKNOWN
    assert tones("明月松间照") == "平仄平平仄"
    # entering tones of old that are level today
    assert tones("白国一十竹") == "仄仄仄仄仄"
    assert rhyme_groups()["东"] == {"上平一东"}
    assert rhyme_groups()["冬"] == {"上平二冬"}


def test_the_table_has_the_106_groups():
    names = {name for found in rhyme_groups().values() for name in found}
    counts = {book: sum(name[0] == book for name in names) for book in "上下去入"}
    assert counts == {"上": 15 + 29, "下": 15, "去": 30, "入": 17}
    assert sum(map(is_level, names)) == 30
    assert len(rhyme_groups()) > 4_500


def test_a_poem_is_judged_by_both():
    ends = iter("流楼" + "依里")
    lines = [f"日日风风{next(ends)}" for _ in range(4)]
    verdict = judge(lines)
    assert verdict.score == (verdict.rhyme + verdict.tones) / 2
    assert {each.rule for each in verdict.breaks} <= set(RULES)
    for irregular in ([], lines[:2], lines[:3], [*lines[:3], "日"], ["日日风"] * 4):
        assert judge(irregular) == NOTHING
    with pytest.raises(ValueError, match="metre"):
        Break("metre", 0)
