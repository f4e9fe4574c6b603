"""The views of a tab: one row of buttons that wraps on a phone, and an address for each."""

from pathlib import Path
from types import ModuleType

import gradio as gr

from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing, InitialResult

SELECT = "(view) => ({selected: view, __type__: 'update'})"  # in the browser alone: no view waits for the server


def views(family: str, modules: dict[str, ModuleType]) -> list[InitialResult]:
    """Draw the views that `modules` build, of which one is seen; return their opening results.

    Gradio's own row of tabs hides what does not fit behind a menu and is therefore not shown.
    """
    words = {name: language.both(f"{family}.{name}.title") for name in modules}
    chosen = Drawing(Path(__file__).with_name("views.js"), words=words, family=family, elem_id=f"{family}-views", elem_classes="views")
    openings = []
    with gr.Tabs(elem_classes="unseen-row") as tabs:
        for name, module in modules.items():
            with gr.Tab(name, id=name, elem_id=f"view-{family}-{name}"):
                openings.append(module.build())
    chosen.change(None, chosen, tabs, js=SELECT, api_visibility="private")
    return openings
