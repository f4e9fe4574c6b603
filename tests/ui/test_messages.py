"""All messages over the page go through one place, which makes text of them."""

import ast

import gradio as gr
import pytest

from aigc_demo.app import build_app
from aigc_demo.core.errors import DemoError, check_choice, check_number
from aigc_demo.core.settings import PROJECT
from aigc_demo.tabs import TABS
from aigc_demo.ui import components, messages
from aigc_demo.ui.address_check import unknown_parts
from aigc_demo.ui.tour import STOPS
from aigc_demo.ui.views import views

VIEWS = {name: list(views(name)) for name in TABS}
PLACE = PROJECT / "aigc_demo" / "ui" / "messages.py"
SPEAKING = {"Error", "Warning", "Info", "Success"}  # of Gradio


def test_nobody_else_calls_gradios_messages():
    callers = set()
    for path in (PROJECT / "aigc_demo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "gr"
                and node.attr in SPEAKING
            )
            imported = (
                isinstance(node, ast.ImportFrom)
                and (node.module or "").startswith("gradio")
                and SPEAKING & {each.name for each in node.names}
            )
            if named or imported:
                callers.add(path)
    assert callers == {PLACE}


def test_no_script_makes_markup_of_text():
    makers = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "createContextualFragment",
        "DOMParser",
        "setHTMLUnsafe",
        "srcdoc",
    )
    for path in (PROJECT / "aigc_demo").rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert [maker for maker in makers if maker in text] == [], path


def test_gradio_checks_no_input_by_itself():
    """Its own messages repeat what was given, as markup."""
    checking = {gr.Radio, gr.Dropdown, gr.CheckboxGroup, gr.Number, gr.Slider}
    found = [block for block in build_app().blocks.values() if isinstance(block, tuple(checking))]
    assert len(found) > 100
    assert {type(block).preprocess for block in found} == {components._unchecked}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("<b>", "&lt;b&gt;"),
        ("&lt;", "&amp;lt;"),
        ("a “b” 'c' \"d\"", "a “b” 'c' \"d\""),
        ("<img src=//x>", "&lt;img src=//x&gt;"),
    ],
)
def test_an_error_is_escaped_once_with_its_title(typed, told):
    with pytest.raises(DemoError) as caught:
        check_choice("sampler", typed, ["DDIM"])
    error = messages.failure(caught.value)
    assert f"“{told}”" in error.message
    assert error.title == "That does not work"


@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize(
    ("field", "low", "high", "whole"),
    [("seed", 0, 2**31 - 1, True), ("guidance", 0, 8, False), ("steps", 1, 250, True)],
)
def test_a_field_that_was_cleared_is_told_that_a_number_is_missing(
    nothing, field, low, high, whole
):
    with pytest.raises(
        DemoError, match=f"{field} must be a number from .*; none is given: type one."
    ) as caught:
        check_number(field, nothing, low, high, whole=whole)
    assert "None" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ({}, []),
        ({"tab": "gan", "view": "lab", "lang": "zh-CN", "tour": "14"}, []),
        ({"view": "map"}, []),  # of the first tab
        ({"view": "lab"}, ["app.unknown_view"]),
        ({"tab": "gan", "view": "nonsense"}, ["app.unknown_view"]),
        ({"tab": "music", "view": "nonsense"}, ["app.unknown_tab"]),
        ({"lang": "xx", "tour": "abc"}, ["app.unknown_language", "app.unknown_stop"]),
        ({"tour": "0"}, ["app.unknown_stop"]),
        ({"tour": str(len(STOPS) + 1)}, ["app.unknown_stop"]),
        ({"tour": "1.5"}, ["app.unknown_stop"]),
    ],
)
def test_what_an_address_asks_for_in_vain_is_explained(address, keys):
    found = unknown_parts(VIEWS, **address)
    assert [key for key, _ in found] == keys


def test_an_explanation_names_what_there_is():
    ((_, values),) = unknown_parts(VIEWS, tab="vae", view="x")
    assert values == {"value": "x", "tab": "vae", "names": "digit, map, walk, emoji"}
