"""The text tab: three networks of like size write from one prompt, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo import library
from aigc_demo.ui import components, language

FOLDER = Path(__file__).parent
NAMES = {"RNN": "text-rnn-shakespeare", "LSTM": "text-lstm-shakespeare", "Transformer": "text-transformer-shakespeare"}
OPENING = {"prompt": "ROMEO:\n", "temperature": 0.8, "length": 320, "seed": 7, "top_k": 0, "top_p": 1.0}


@dataclass(frozen=True)
class Controls:
    """The tab's controls, in the order in which `write` takes them."""

    prompt: gr.Textbox
    temperature: gr.Slider
    length: gr.Slider
    seed: gr.Number
    top_k: gr.Slider
    top_p: gr.Slider


def write(prompt: str, temperature: float, length: int, seed: int, top_k: int, top_p: float) -> Iterator[list[Any]]:
    """Yields the three columns and what just happened, while the models write."""
    from aigc_demo.text.race import race

    models = [library.model(name) for name in NAMES.values()]
    for writings in race(models, prompt, length=length, temperature=temperature, top_k=top_k, top_p=top_p, seed=seed):
        columns = [column(*row, prompt) for row in zip(NAMES, models, writings, strict=True)]
        yield [*columns, happened(columns, seed, temperature) if writings[0].finished else gr.skip()]


@library.once
def opening() -> list[Any]:
    """Gives back the finished result with which the tab opens: a real one, made when the app started."""
    return list(write(*(OPENING[field] for field in Controls.__dataclass_fields__)))[-1]


def column(title: str, model: Any, writing: Any, prompt: str) -> dict[str, Any]:
    """Gives back what column.js draws."""
    from aigc_demo.checkpoints import parameters

    length = len(writing.text)
    return {
        "name": title,
        "about": language.both("text.about." + title.lower(), parameters=f"{parameters(model.network) / 1e6:.2f}"),
        "prompt": prompt,
        "text": writing.text,
        "finished": writing.finished,
        "bits_per_character": writing.bits / max(length, 1),
        "characters_per_second": length / max(writing.seconds, 1e-9),
        "held_out_loss": components.measured(NAMES[title]).get("held-out loss"),
    }


def happened(columns: list[dict[str, Any]], seed: int, temperature: float) -> str:
    """Gives back the formula of the run with its numbers."""
    values = r",\quad ".join(rf"\text{{{c['name']}}}\; {c['bits_per_character']:.2f}" for c in columns)
    sentence = language.both_html("text.happened", seed=seed, length=len(columns[0]["text"]), temperature=f"{temperature:g}")
    drawn = rf"x_t \sim \mathrm{{softmax}}(z_t / {temperature:g})"
    surprise = r"-\tfrac{1}{N} \textstyle\sum_t \log_2 p(x_t \mid x_{<t}):"
    return f"{sentence}\n\n$${drawn}$$\n\n$${surprise}\\quad {values}$$"


def build() -> tuple[Any, list[gr.Component]]:
    """Draws the tab; gives back the function that makes its opening result, and the components that show it."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            with gr.Row(elem_classes="columns"):
                keys = ("app.waking", "text.held_out", "text.surprise", "text.speed")
                columns = [
                    components.Drawing(FOLDER / "column.js", words=language.words(*keys), min_width=240, elem_id=f"text-{title.lower()}")
                    for title in NAMES
                ]
            result = gr.Markdown(elem_classes="happened", elem_id="text-happened", latex_delimiters=components.LATEX)
    components.guide("text", FOLDER)
    outputs = [*columns, result]
    started = gr.on(
        [run.click, controls.prompt.submit],
        components.explained(write),
        [getattr(controls, field) for field in Controls.__dataclass_fields__],
        outputs,
        api_name="text_generate",
        show_progress="hidden",
        **components.MODEL_WORK,
    )
    stop.click(None, cancels=[started], api_visibility="private")
    return opening, outputs


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label = language.label
    prompt = components.Textbox(
        OPENING["prompt"], label=label("text.prompt"), info=label("text.prompt.info"), lines=3, max_lines=8, elem_id="text-prompt"
    )
    run, stop = components.run_and_stop("text.run")
    temperature = components.Slider(0.1, 2, OPENING["temperature"], step=0.05, label=label("text.temperature"), info=label("text.temperature.info"))
    length = components.Slider(20, 2000, OPENING["length"], step=20, label=label("text.length"), info=label("text.length.info"))
    seed = components.seed(value=OPENING["seed"])
    with gr.Accordion(label("shared.more"), open=False):
        top_k = components.Slider(0, 65, OPENING["top_k"], step=1, label=label("text.top_k"), info=label("text.top_k.info"))
        top_p = components.Slider(0.05, 1, OPENING["top_p"], step=0.05, label=label("text.top_p"), info=label("text.top_p.info"))
    return Controls(prompt, temperature, length, seed, top_k, top_p), run, stop
