from aigc_demo.core.data import Poem
from aigc_demo.text.corpus import lines, written

POEM = Poem("题目", "某人", "一二三四五，六七八九十。甲乙丙丁戊？子丑寅卯辰。")


def test_a_poem_is_written_after_its_title_with_its_punctuation_and_ends_with_its_line():
    assert lines(POEM.body) == ["一二三四五", "六七八九十", "甲乙丙丁戊", "子丑寅卯辰"]
    assert written(POEM, titled=True) == f"题目\n{POEM.body}\n"
    assert written(POEM, titled=False) == f"\n{POEM.body}\n"
