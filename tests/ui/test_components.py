"""The scripts of the drawings: each a module, opened by its name, with the styles of all that it
imports.
"""

import importlib

from aigc_demo.core.settings import PROJECT
from aigc_demo.ui import components

VIEWS = PROJECT / "aigc_demo" / "gan" / "views"


def test_a_drawing_opens_its_module_and_brings_the_styles_of_all_that_it_imports():
    drawing = components.Drawing(VIEWS / "mix" / "view.js")
    assert 'open("aigc/gan/views/mix/view.js"' in drawing.js_on_load
    assert not (VIEWS / "mix" / "view.css").exists()
    assert ".beside" in drawing.css_template


def test_gradio_knows_the_events_that_a_drawing_and_its_modules_trigger():
    drawing = components.Drawing(PROJECT / "aigc_demo" / "text" / "views" / "attention" / "view.js")
    assert callable(drawing.select) and callable(drawing.switch)


def test_no_type_stub_appears_beside_a_module_that_defines_a_component(tmp_path, monkeypatch):
    source = "import gradio as gr\n\nfrom aigc_demo.ui.components import Drawing\n\n\n"
    source += "class Own(Drawing):\n    is_template = True\n"
    (tmp_path / "own_component.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert importlib.import_module("own_component").Own.is_template
    assert list(tmp_path.glob("*.pyi")) == []
