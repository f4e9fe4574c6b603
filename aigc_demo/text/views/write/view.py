"""Three networks of like size write from one prompt, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.text.views._shared.models import SHAKESPEARE
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.weights import checkpoint_picker

ORDER = 10  # among the tab's views
FOLDER = Path(__file__).parent
TINTED_WORDS = ("text.surprise.hint", "text.surprise.bits", "text.surprise.expected")
OPENING = {
    "prompt": "ROMEO:\n",
    "temperature": 0.8,
    "length": 320,
    "seed": 7,
    "top_k": 0,
    "top_p": 1.0,
    "min_p": 0.0,
}


@dataclass(frozen=True)
class Controls:
    """The tab's controls, in the order in which `write` takes them."""

    prompt: gr.Textbox
    temperature: gr.Slider
    length: gr.Slider
    seed: gr.Number
    top_k: gr.Slider
    top_p: gr.Slider
    min_p: gr.Slider


@components.batched
def write(
    prompt: str,
    temperature: float,
    length: int,
    seed: int,
    top_k: int,
    top_p: float,
    min_p: float,
    weights: str = "",
) -> Iterator[list[Any]]:
    """Yield the three columns and what just happened, while the models write. weights: see
    `model_cache.resolve_weights`.
    """
    from aigc_demo.text.compare import generate_in_parallel

    models = [model_cache.resolve_weights(name, weights) for name in SHAKESPEARE.values()]
    for generations in generate_in_parallel(
        models,
        prompt,
        length=length,
        temperature=temperature,
        top_k=top_k,
        top_p=top_p,
        min_p=min_p,
        seed=seed,
    ):
        columns = [
            column(*row, prompt, weights)
            for row in zip(SHAKESPEARE, models, generations, strict=True)
        ]
        yield [
            *columns,
            happened(columns, seed, temperature) if generations[0].finished else gr.skip(),
        ]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the tab opens, made when the app started."""
    return list(write(**OPENING))[-1]


def column(title: str, model: Any, writing: Any, prompt: str, weights: str = "") -> dict[str, Any]:
    """Return what view.js draws."""
    from aigc_demo.core.checkpoints import parameters
    from aigc_demo.text.model import check_prompt
    from aigc_demo.text.surprise import read

    length, other = len(writing.text), model_cache.can_replace(SHAKESPEARE[title], weights)
    return {
        "name": f"{title} · {weights}" if other else title,
        "about": language.both(
            "text.about." + title.lower(), parameters=f"{parameters(model.network) / 1e6:.2f}"
        ),
        "prompt": prompt,
        "text": writing.text,
        "finished": writing.finished,
        "surprise": read(model, writing.text, after=check_prompt(prompt)).compact()
        if writing.finished
        else None,
        "bits_per_character": writing.bits / max(length, 1),
        "characters_per_second": length / max(writing.seconds, 1e-9),
        "held_out_loss": None
        if other
        else components.measured(SHAKESPEARE[title]).get("held-out loss"),
    }


def happened(columns: list[dict[str, Any]], seed: int, temperature: float) -> str:
    """Return the formula of the run with its numbers."""
    values = r",\quad ".join(
        rf"\text{{{c['name']}}}\; {c['bits_per_character']:.2f}" for c in columns
    )
    sentence = language.bilingual_html(
        "text.happened", seed=seed, length=len(columns[0]["text"]), temperature=f"{temperature:g}"
    )
    drawn = rf"x_t \sim \mathrm{{softmax}}(z_t / {temperature:g})"
    surprise = r"-\tfrac{1}{N} \textstyle\sum_t \log_2 p(x_t \mid x_{<t}):"
    return f"{sentence}\n\n$${drawn}$$\n\n$${surprise}\\quad {values}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
            other = checkpoint_picker("text_write", [*SHAKESPEARE.values()])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            components.Drawing(
                FOLDER / "tint.js",
                words=language.words("text.surprise.tint", "text.surprise.legend"),
                elem_id="text-tint",
            )
            with gr.Row(elem_classes="columns"):
                words = language.words(
                    "app.waking", "text.held_out", "text.surprise", "text.speed", *TINTED_WORDS
                )
                columns = [
                    components.Drawing(
                        FOLDER / "view.js",
                        words=words,
                        min_width=240,
                        elem_id=f"text-{title.lower()}",
                    )
                    for title in SHAKESPEARE
                ]
            result = gr.Markdown(
                elem_classes="happened", elem_id="text-happened", latex_delimiters=components.LATEX
            )
    outputs = [*columns, result]
    triggers = [run.click, controls.prompt.submit]
    components.starts(
        triggers,
        write,
        [*vars(controls).values(), other.here],
        outputs,
        api_name="text_generate",
        stop=stop,
    )
    return InitialResult(opening, outputs)


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label = language.label
    prompt = components.Textbox(
        OPENING["prompt"],
        label=label("text.prompt"),
        info=label("text.prompt.info"),
        lines=3,
        max_lines=8,
        elem_id="text-prompt",
    )
    run, stop = components.run_and_stop("text.run")
    temperature = components.Slider(
        0.1,
        2,
        OPENING["temperature"],
        step=0.05,
        label=label("text.temperature"),
        info=label("text.temperature.info"),
    )
    length = components.Slider(
        20,
        2000,
        OPENING["length"],
        step=20,
        label=label("text.length"),
        info=label("text.length.info"),
    )
    seed = components.seed(value=OPENING["seed"])
    with gr.Accordion(label("shared.more"), open=False):
        cuts = _cuts()
    return Controls(prompt, temperature, length, seed, *cuts), run, stop


def _cuts() -> list[gr.Slider]:
    """Draw the sliders of what is cut off before a character is drawn: top-k, top-p and min-p."""
    ranges = {"top_k": (0, 65, 1), "top_p": (0.05, 1, 0.05), "min_p": (0, 1, 0.01)}
    return [
        components.Slider(
            low,
            high,
            OPENING[name],
            step=step,
            label=language.label(f"text.{name}"),
            info=language.label(f"text.{name}.info"),
        )
        for name, (low, high, step) in ranges.items()
    ]
