"""How each next character is chosen: logits, temperature, truncation, the draw; and the text
branches where a visitor chooses another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.text.views._shared.models import EXAMPLES, choose_writer, example, writer_of
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE, PRIVATE_WORK

ORDER = 20  # among the tab's views
FOLDER = Path(__file__).parent
OPENING = {
    "model": "Transformer",
    "prompt": EXAMPLES["Transformer"],
    "forced": "",
    "length": 96,
    "temperature": 0.8,
    "top_k": 0,
    "top_p": 0.9,
    "min_p": 0.0,
    "seed": 7,
}
MAX_LENGTH = (
    128  # as in inspection.py, which the server's start does not wait for: it imports torch
)
WORDS = [
    "text",
    "back",
    "play",
    "pause",
    "forward",
    "logit",
    "tempered",
    "kept",
    "draw",
    "cuts",
    "off",
    "cut",
    "row",
    "more",
    "other",
    "others",
]
WORDS += ["falls", "would", "chosen", "agreed", "rewrite", "branches", "root", "hint"]
SAMPLING_CONTROLS = ["temperature", "top_k", "top_p", "min_p"]
WRITE = "async () => (await aigc.drawn('#text-inspect')).write()"


@dataclass(frozen=True)
class Controls:
    """The view's controls."""

    model: gr.Radio
    prompt: gr.Textbox
    length: gr.Slider
    seed: gr.Number
    run: gr.Button
    stop: gr.Button


def inspect(
    model: str,
    prompt: str,
    forced: str,
    length: int,
    temperature: float,
    top_k: int,
    top_p: float,
    min_p: float,
    seed: int,
) -> Iterator[dict[str, Any]]:
    """Yield what view.js draws: the request, and the text so far with every character's logits and
    random number.
    """
    from aigc_demo.text import inspection

    writer = model_cache.model(writer_of(model))
    sampling = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "min_p": min_p}
    request = {
        "model": model,
        "prompt": prompt,
        "forced": forced,
        "length": length,
        "seed": seed,
        "sampling": sampling,
    }
    for written in inspection.inspect(
        writer, prompt, forced=forced, length=length, seed=seed, **sampling
    ):
        yield {**request, **written}


def generate(
    model: str, prompt: str, length: int, seed: int, event: gr.EventData
) -> Iterator[dict[str, Any]]:
    """Generate what the drawing requests: a new text under the controls' settings, or a branch of
    an earlier one under the settings that the request names.
    """
    yield from _results(
        {"model": model, "prompt": prompt, "length": length, "seed": seed, **event._data}
    )


@components.silent
def first_result(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first of what `generate` will yield for a branch, past the queue, so that a click
    has its effect at once.

    None where something is wrong: `generate` then explains it.
    """
    return next(_results(request))


def _results(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for written in inspect(**{name: value for name, value in request.items() if name != "ticket"}):
        yield {**written, "ticket": request["ticket"]}


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, made when the app started."""
    return [list(inspect(**OPENING))[-1]]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            drawing = components.Drawing(
                FOLDER / "view.js",
                words=_words(),
                longest=MAX_LENGTH,
                server_functions=[first_result],
                elem_id="text-inspect",
            )
    controls.run.click(None, js=WRITE, api_visibility="private")
    controls.prompt.submit(None, js=WRITE, api_visibility="private")
    controls.model.input(
        components.explained(example), [controls.model, controls.prompt], controls.prompt, **PRIVATE
    ).then(None, js=WRITE, api_visibility="private")
    started = drawing.select(
        components.working(generate),
        [controls.model, controls.prompt, controls.length, controls.seed],
        drawing,
        trigger_mode="multiple",
        **PRIVATE_WORK,
    )
    controls.stop.click(None, cancels=[started], api_visibility="private")
    components.endpoint(inspect, "text_inspect")
    return InitialResult(opening, [drawing])


def _words() -> dict[str, dict[str, str]]:
    keys = [
        "app.waking",
        *(f"text.{name}" for name in SAMPLING_CONTROLS),
        *(f"text.inspect.{word}" for word in WORDS),
    ]
    return {**language.words(*keys), "Tang": language.both("text.attention.tang")}


def _controls() -> Controls:
    label = language.label
    model = choose_writer(OPENING["model"])
    prompt = components.Textbox(
        OPENING["prompt"],
        label=label("text.prompt"),
        info=label("text.inspect.prompt.info"),
        lines=2,
        max_lines=6,
    )
    run, stop = components.run_and_stop("text.run")
    with gr.Accordion(label("shared.more"), open=False):
        length = components.Slider(
            1,
            MAX_LENGTH,
            OPENING["length"],
            step=1,
            label=label("text.length"),
            info=label("text.inspect.length.info"),
            elem_id="inspect-length",
        )
        seed = components.seed("text.inspect.seed", value=OPENING["seed"])
    return Controls(model, prompt, length, seed, run, stop)
