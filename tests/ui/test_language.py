import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT
from aigc_demo.tabs import TABS
from aigc_demo.ui import language
from aigc_demo.ui.language import ERRORS, FIELDS, TABLES
from aigc_demo.ui.views import views

# without the guides, which a page adds when it is built
ENGLISH, CHINESE = (dict(TABLES["en"]), dict(TABLES["zh"]))
SOURCES = sorted((PROJECT / "aigc_demo").rglob("*.py"))


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def calls(name: str) -> list[ast.Call]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES]
    found = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        call for call in found if getattr(call.func, "attr", getattr(call.func, "id", "")) == name
    ]


def test_both_tables_have_the_same_keys_and_the_same_fields():
    assert ENGLISH.keys() == CHINESE.keys()
    for key in ENGLISH:
        assert fields(ENGLISH[key]) == fields(CHINESE[key]), key


def test_chinese_is_chinese_and_english_is_not():
    same = {"text.top_k", "text.top_p", "text.min_p"}
    for key in ENGLISH.keys() - same - {"app.language"}:
        assert re.search("[一-鿿]", CHINESE[key]), key
        assert not re.search("[一-鿿]", ENGLISH[key]), key


def test_every_error_has_its_translation_with_the_same_fields():
    templates = {call.args[0].value for call in calls("DemoError")}
    assert templates == ERRORS.keys()
    for template, translation in ERRORS.items():
        assert fields(template) == fields(translation), template


def test_every_field_that_is_checked_has_a_chinese_name():
    checked = {
        call.args[0].value
        for name in ("check_number", "check_choice")
        for call in calls(name)
        if isinstance(call.args[0], ast.Constant)
    }
    assert checked <= FIELDS.keys()


def test_every_key_that_a_page_uses_exists():
    used = {
        call.args[0].value
        for name in ("label", "both", "both_html")
        for call in calls(name)
        if isinstance(call.args[0], ast.Constant)
    }
    assert used <= ENGLISH.keys()


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError, match="no.such.key"):
        language.label("no.such.key")


def test_markdown_in_both_languages_escapes_what_is_filled_in():
    html = language.bilingual_html("player.play")
    assert html == '<span class="en">Play</span><span class="zh">播放</span>'
    assert "<b>" not in language.bilingual_html("gan.walk.caption", share="<b>", seed=1, goal=2)


def test_an_error_is_told_in_english_outside_of_an_event():
    error = DemoError("The drawing is empty: draw something first.")
    assert language.error_text(error) == str(error)


@pytest.mark.parametrize("tab", TABS)
def test_every_view_has_its_own_texts_in_both_languages(tab):
    for name, view in views(tab).items():
        assert {path.name for path in Path(view.__file__).parent.glob("*.toml")} == {
            "en.toml",
            "zh.toml",
        }, name
        assert f"{tab}.{name}.title" in ENGLISH


def test_the_guides_exist_in_both_languages_and_have_a_heading():
    for tab in TABS:
        texts = [
            (PROJECT / "aigc_demo" / tab / f"guide.{code}.md").read_text(encoding="utf-8")
            for code in language.LANGUAGES
        ]
        assert all(text.startswith("## ") for text in texts), tab
        assert texts[0].count("\n## ") == texts[1].count("\n## "), tab
