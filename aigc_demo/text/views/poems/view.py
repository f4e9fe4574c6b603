"""Tang poems: four at a time, from a title or a first line, each with the verdict on its form."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_seed
from aigc_demo.core.pace import Pace
from aigc_demo.text.views._shared.models import TANG
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

ORDER = 70  # among the tab's views
FOLDER = Path(__file__).parent
COUNT = 4
OPENING = {"title": "春夜", "first_line": "", "temperature": 0.8, "seed": 3}
WORDS = ("untitled", "seed", "form", "no_form", "writing", "happened")


@dataclass(frozen=True)
class Controls:
    """The view's controls, in the order in which `compose` takes them."""

    title: gr.Textbox
    first_line: gr.Textbox
    temperature: gr.Slider
    seed: gr.Number


@components.batched
def compose(title: str, first_line: str, temperature: float, seed: int) -> Iterator[dict[str, Any]]:
    """Yield four poems, a character each in turn, twelve times a second and once at the end."""

    from aigc_demo.text import poems
    from aigc_demo.text.compare import FRAMES_PER_SECOND

    model, first = model_cache.model(TANG), check_seed(seed)
    runs = [
        poems.compose(model, title, first_line, temperature=temperature, seed=first + i)
        for i in range(COUNT)
    ]
    state: list[Any] = [None] * COUNT
    pace = Pace(1 / FRAMES_PER_SECOND, at_once=True)
    for step in zip_longest(*runs):
        state = [new or old for new, old in zip(step, state, strict=True)]
        if pace.due():
            yield _value(state, first, finished=False)
    yield _value(state, first, finished=True)


def _value(poems: list[Any], seed: int, *, finished: bool) -> dict[str, Any]:
    cards = [
        {**asdict(poem), "seed": seed + i, "is_well_formed": poem.is_well_formed}
        for i, poem in enumerate(poems)
    ]
    figures = components.measured(TANG)
    return {
        "poems": cards,
        "finished": finished,
        "measured": {
            "kept": figures.get("format compliance", "–"),
            "loss": figures.get("held-out loss", "–"),
        },
    }


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [list(compose(**OPENING))[-1]]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"text.poems.{word}" for word in WORDS))
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="text-poems")
    triggers = [run.click, controls.title.submit, controls.first_line.submit]
    components.starts(
        triggers, compose, list(vars(controls).values()), drawing, api_name="text_poems", stop=stop
    )
    return InitialResult(opening, [drawing])


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label = language.label
    title = components.Textbox(
        OPENING["title"],
        label=label("text.poems.name"),
        info=label("text.poems.name.info"),
        elem_id="poems-title",
    )
    first_line = components.Textbox(
        "", label=label("text.poems.line"), info=label("text.poems.line.info"), elem_id="poems-line"
    )
    run, stop = components.run_and_stop("text.poems.run")
    temperature = components.Slider(
        0.1,
        2,
        OPENING["temperature"],
        step=0.05,
        label=label("text.temperature"),
        info=label("text.temperature.info"),
    )
    seed = components.seed(value=OPENING["seed"])
    return Controls(title, first_line, temperature, seed), run, stop
