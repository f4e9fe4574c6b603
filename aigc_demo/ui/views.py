"""The views of a tab: one row of buttons that wraps on a phone, and an address for each.

A view is a folder of its family's `views` that holds a view.py, with ORDER, its place among the
others, and `build()`, which draws it and returns its opening result. Its texts are the folder's
en.toml and zh.toml.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import gradio as gr

from aigc_demo.ui import components, language
from aigc_demo.ui.components import Drawing, InitialResult

# in the browser alone: no view waits for the server
SELECT = "(view) => ({selected: view, __type__: 'update'})"


@cache
def views(family: str) -> dict[str, ModuleType]:
    """Return the views of a family, by the names of their folders, in their order."""
    folders = sorted(
        path.parent.name for path in (language.PACKAGE / family / "views").glob("*/view.py")
    )
    found = {name: import_module(f"aigc_demo.{family}.views.{name}.view") for name in folders}
    return dict(sorted(found.items(), key=lambda each: each[1].ORDER))


def build_tab(family: str) -> list[InitialResult]:
    """Draw what is under a family's tab: its views, of which one is seen, and its guide; return the
    views' opening results.

    Gradio's own row of tabs hides what does not fit behind a menu and is therefore not shown.
    """
    words = {name: language.both(f"{family}.{name}.title") for name in views(family)}
    chosen = Drawing(
        Path(__file__).with_name("views.js"),
        words=words,
        family=family,
        elem_id=f"{family}-views",
        elem_classes="views",
    )
    openings = []
    with gr.Tabs(elem_classes="unseen-row") as tabs:
        for name, module in views(family).items():
            with gr.Tab(name, id=name, elem_id=f"view-{family}-{name}"):
                openings.append(module.build())
    chosen.change(None, chosen, tabs, js=SELECT, api_visibility="private")
    components.guide(family, language.PACKAGE / family)
    return openings
