"""The components that all pages are made of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio import component_meta, events

from aigc_demo.core.settings import settings
from aigc_demo.ui import language, modules
from aigc_demo.ui.event_options import MODEL_WORK as MODEL_WORK
from aigc_demo.ui.handlers import batched as batched
from aigc_demo.ui.handlers import explained as explained
from aigc_demo.ui.handlers import silent as silent
from aigc_demo.ui.handlers import telling as telling
from aigc_demo.ui.handlers import working as working
from aigc_demo.ui.styles import nested

# else Gradio writes a type stub beside each module that defines components: type checkers would
# read it in place of the module, and an installed package would change
component_meta.create_or_modify_pyi = lambda component_class, class_name, events: None

PACKAGE = Path(__file__).parent.parent
LATEX = [
    {"left": "$$", "right": "$$", "display": True},
    {"left": "$", "right": "$", "display": False},
]
STEPPER_WORDS = ("shared.stepper", "shared.back", "shared.next")

# What Gradio tells the script of an HTML component, and how that opens its module. The events that
# the module triggers stand in the comment: there Gradio reads which it knows.
GIVEN = "element, trigger, props, server, upload, watch"
ON_LOAD = 'import("aigc/ui/drawing.js").then(({ open }) => open("%s", { %s })); // %s'


@dataclass(frozen=True)
class InitialResult:
    """A view's first result: what makes it, once for all visitors, and the components that show
    it.
    """

    # returns the outputs' values as a list, or yields such lists, each with more of it
    make: Callable[[], Any]
    outputs: list[gr.Component]
    slow: bool = False  # it takes many seconds: made after all others when the app starts

    @property
    def drawing(self) -> Drawing:
        """Return what the view draws: the first output of each view."""
        first = self.outputs[0]
        assert isinstance(first, Drawing)
        return first


class Drawing(gr.HTML):
    """A value that a script draws. The value is JSON, so whoever calls the API gets data, not
    markup.

    The template holds no value, so it is never rendered again and what the script drew stays; and
    no text of a visitor ever becomes HTML.
    """

    is_template = True
    draws = True

    def __init__(
        self,
        script: Path,
        *,
        words: dict[str, dict[str, str]] | None = None,
        value: object = None,
        **options: Any,
    ):
        """script: a module, which exports by default what draws; its style, and those of all it
        imports, are files of the same names.
        """
        name = script.relative_to(PACKAGE).as_posix()
        used = modules.with_imports(name)
        events = sorted(
            {event for module in used for event in re.findall(r'trigger\(\s*("\w+")', module.text)}
        )
        # what only this drawing needs; Gradio keeps it from all others
        styles = [(PACKAGE / module.name).with_suffix(".css") for module in used]
        super().__init__(
            value=value,
            html_template='<div class="drawing"></div>',
            css_template="".join(
                nested(style.read_text(encoding="utf-8")) for style in styles if style.exists()
            ),
            js_on_load=ON_LOAD % (f"{modules.PREFIX}{name}", GIVEN, " ".join(events)),
            words=words or {},
            **options,
        )
        self.script = name

    def api_info(self) -> dict[str, Any]:
        """Say that the value is an object."""
        return {"type": "object"}


def _unchecked(self: gr.Component, payload: Any) -> Any:
    """Hand a value on unchecked: the model's own check then answers, in the visitor's language and
    with the range.
    """
    return payload


class Slider(gr.Slider):
    """A slider whose range the model checks."""

    is_template = True
    preprocess = _unchecked


class Textbox(gr.Textbox):
    """A text that the model checks."""

    is_template = True
    preprocess = _unchecked


class Number(gr.Number):
    """A number whose range the model checks."""

    is_template = True
    preprocess = _unchecked


class Radio(gr.Radio):
    """A choice that the model checks."""

    is_template = True
    preprocess = _unchecked


def seed(key: str = "shared.seed", value: int = 0, **options: Any) -> Number:
    """Return the field for a seed."""
    return Number(
        value,
        label=language.label(key),
        info=language.label(f"{key}.info"),
        precision=0,
        minimum=0,
        min_width=120,
        **options,
    )


def run_and_stop(key: str) -> tuple[gr.Button, gr.Button]:
    """Return the button that starts (its text under `key`) and the one that stops."""
    with gr.Row(elem_classes="run"):
        run = gr.Button(language.label(key), variant="primary", scale=3, min_width=140)
        stop = gr.Button(language.label("shared.stop"), scale=1, min_width=80)
    return run, stop


def guide(family: str, folder: Path) -> None:
    """Put the family's guide, guide.en.md or guide.zh.md by the visitor's language, under the
    stage, folded; nothing where it has none.
    """
    if not (folder / "guide.en.md").exists():
        return
    language.add_guide(
        family,
        {
            code: (folder / f"guide.{code}.md").read_text(encoding="utf-8")
            for code in language.LANGUAGES
        },
    )
    with gr.Accordion(language.label("shared.guide"), open=False, elem_classes="guide"):
        gr.Markdown(language.label(f"{family}.guide"), latex_delimiters=LATEX)


def starts(
    triggers: list[Any],
    handler: Callable[..., Any],
    inputs: Any,
    outputs: Any,
    *,
    api_name: str,
    stop: gr.Button | None = None,
    **options: Any,
) -> Any:
    """Let `triggers` call `handler`, a model's work, under a public name; `stop` ends it; options:
    of Gradio's event. Return the event.
    """
    event = gr.on(
        triggers,
        working(handler, outputs if isinstance(outputs, list) else [outputs]),
        inputs,
        outputs,
        api_name=api_name,
        show_progress="hidden",
        **MODEL_WORK,
        **options,
    )
    if stop:
        stop.click(None, cancels=[event], api_visibility="private")
    return event


def endpoint(handler: Callable[..., Any], api_name: str) -> None:
    """Give `handler`, a model's work that no component triggers, a public name in the API.

    Its inputs are those of its signature, so each parameter needs a type.
    """
    events.api(working(handler), api_name=api_name, **MODEL_WORK)


def figures(name: str) -> list[dict[str, Any]]:
    """Return the figures in checkpoint `name`'s metrics.json; none where they cannot be read."""
    try:
        metrics = settings().checkpoint(name) / "metrics.json"
        found = json.loads(metrics.read_text(encoding="utf-8"))["figures"]
        return [figure for figure in found if {"figure", "value", "unit"} <= figure.keys()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def measured(name: str) -> dict[str, Any]:
    """Return checkpoint `name`'s measured values by what they measure."""
    return {figure["figure"]: figure["value"] for figure in figures(name)}


def digit(choices: list[str], value: str) -> Radio:
    """Return the choice of a digit, which may hold "all" and "emoji" too."""
    shown = {"all": language.label("shared.all"), "emoji": "🙂"}
    return Radio(
        [(shown.get(choice, choice), choice) for choice in choices],
        value=value,
        label=language.label("shared.digit"),
        info=language.label("shared.digit.info"),
        elem_classes="chips",
    )


def model(choices: list[Any], value: str) -> Radio:
    """Return the choice of a model; choices: titles, or what is shown with the title."""
    return Radio(
        choices, value=value, label=language.label("shared.model"), elem_classes=["chips", "models"]
    )
