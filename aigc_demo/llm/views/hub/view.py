"""Real models of the Hub, by what each can do: chat, go on from a text, show its next token and its
surprise, fill in what is hidden.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo import hub
from aigc_demo.core import model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.llm.presets import FORMAT, PRESETS
from aigc_demo.llm.views.hub import chat, fill, next_token, surprise, write
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE
from aigc_demo.ui.hub import Kind, Picker, picker

ORDER = 40  # among the tab's views
REQUIRES = ("text-transformer-shakespeare",)  # of other families
FOLDER = Path(__file__).parent
TASKS = {"chat": chat, "write": write, "next": next_token, "surprise": surprise, "fill": fill}
# by what hub.abilities names
TASKS_OF = {"chat": ["chat"], "write": ["write", "next", "surprise"], "fill": ["fill"]}
OWN = "text-transformer-shakespeare"  # of this project, for comparison
# shows what belongs to a task
SHOW = """(task) =>
  %s.map((name) => ({ visible: name === (task ?? "table"), __type__: "update" }))"""
FIRST_RUN = """async (task, here) =>
  (await import("aigc/llm/views/hub/first_run.js")).first_run(task, here)"""


def check(repo: str, folder: Path) -> object:
    """Raise DemoError where the model in `folder` is of a kind that does not open here."""
    from aigc_demo.llm.hub import objective_of

    return objective_of(repo, folder)


KIND = Kind("llm_hub", FORMAT, check)


def table() -> list[dict[str, Any]]:
    """Return what models.js shows: what is published of each preset and whether it is here, and
    this project's own model beside them.
    """
    own = []
    try:
        model = model_cache.model(OWN)
        facts = {"title": "Transformer", "repo": OWN, "kind": "own", "objective": "causal"}
        parameters = sum(weight.numel() for weight in model.network.parameters()) / 1e6
        sizes = ("context", "layers", "width", "vocabulary")
        shape = {name: getattr(model.config, name) for name in sizes}
        own = [{**facts, "here": True, "parameters": parameters, **shape}]
    except DemoError:
        pass  # its own tab explains its absence
    here = [hub.cached(preset.repo, FORMAT) is not None for preset in PRESETS]
    return [
        *own,
        *(
            {**asdict(preset), "here": is_here}
            for preset, is_here in zip(PRESETS, here, strict=True)
        ),
    ]


def open_model(here: str) -> list[Any]:
    """Return what changes when a model was picked: the tasks that it can do, the picker's heading,
    an example for each task, the table.
    """
    from aigc_demo.llm.hub import abilities

    if not here:
        return [gr.skip()] * (3 + len(TASKS))
    tasks = [
        task
        for ability in abilities(here, hub.folder_of(here, FORMAT))
        for task in TASKS_OF[ability]
    ]
    choices = [(language.label(f"llm.hub.task.{task}"), task) for task in [*tasks, "table"]]
    spoken = (
        "zh"
        if "chinese" in here.lower()
        else "en"
        if tasks == ["fill"]
        else language.visitor_language()
    )
    examples = [
        TASKS[task].EXAMPLE[spoken] for task in ("chat", "write", "write", "surprise", "fill")
    ]
    return [
        gr.Radio(choices, value=tasks[0], visible=True),
        gr.Accordion(label=here, open=False),
        {"models": table()},
        *examples,
    ]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return what the view opens with: the models that there are, and which of them are here."""
    return [{"models": table()}]


def _controls() -> tuple[Picker, gr.Accordion, components.Radio, dict[str, Any]]:
    """Draw the picker in its fold, the choice of a task, and each task's controls with their
    column.
    """
    label = language.label
    with gr.Accordion(
        label("llm.hub.shelf"), open=True, elem_id="hub-shelf", elem_classes="shelf"
    ) as fold:
        titles = {"BERT zh": label("llm.hub.bert_chinese")}
        picked = picker(
            KIND, [(titles.get(preset.title, preset.title), preset.repo) for preset in PRESETS]
        )
    task = components.Radio(
        [],
        label=label("llm.hub.task"),
        visible=False,
        elem_classes=["chips", "models"],
        elem_id="hub-task",
    )
    left = {}
    for name, module in TASKS.items():
        with gr.Column(visible=False, elem_classes="controls") as column:
            left[name] = (column, module.controls())
    return picked, fold, task, left


def _table_drawing() -> components.Drawing:
    words = language.words(
        "app.waking",
        "llm.hub.bert_chinese",
        *(key for key in language.TABLES["en"] if key.startswith("llm.hub.stage.")),
    )
    return components.Drawing(FOLDER / "models.js", words=words, elem_id="hub-models")


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            picked, fold, task, left = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            with gr.Column() as first:
                models = _table_drawing()
            right, emptied = {"table": first}, []
            for name, module in TASKS.items():
                with gr.Column(visible=False) as right[name]:
                    emptied += module.stage(picked.here, left[name][1])
    columns = [*(column for column, _ in left.values()), *right.values()]
    show = SHOW % [*left, *right]
    texts = [left[name][1].message if name == "chat" else _text(left[name][1]) for name in TASKS]
    changed = [task, fold, models, *texts]
    opened = picked.here.change(components.explained(open_model), picked.here, changed, **PRIVATE)
    empty = "(repo) => ({ repo, messages: [], finished: true })"
    opened.success(None, picked.here, emptied, js=empty, **PRIVATE)
    for shown in (
        opened.success(None, task, columns, js=show, **PRIVATE),
        task.input(None, task, columns, js=show, **PRIVATE),
    ):
        shown.then(None, [task, picked.here], None, js=FIRST_RUN, **PRIVATE)
    return InitialResult(opening, [models])


def _text(controls: Any) -> gr.Textbox:
    return getattr(controls, "prompt", None) or controls.text
