"""Which language a tag or a browser's wish means."""

import pytest

from aigc_demo.ui.language import language_of_tag, preferred_language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-CN", "zh"),
        ("zh_TW", "zh"),
        ("zh-Hant-TW", "zh"),
        ("en-GB", "en"),
        ("EN", "en"),
        (" zh ", "zh"),
        ("fr", None),
        ("zhx", None),
        ("", None),
    ],
)
def test_a_tag_is_understood_by_its_first_part(tag, language):
    assert language_of_tag(tag) == language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.5, zh-TW;q=0.9", "zh"),
        ("fr, en-GB;q=0.3, zh;q=0", "en"),
        ("zh;q=0", None),
        ("zh;q=nan, en;q=0.1", "en"),
        ("de, *;q=0.5", None),
        ("", None),
    ],
)
def test_of_what_a_browser_likes_the_best_is_taken(header, language):
    assert preferred_language(header) == language
