"""One prompt and seed, continued by the same model at a dozen snapshots of its training."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.settings import settings
from aigc_demo.text.views._shared.models import EXAMPLES, choose_writer, example, writer_of
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE
from aigc_demo.ui.player import WORDS as PLAYER_WORDS

ORDER = 60  # among the tab's views
FOLDER = Path(__file__).parent
OPENING = {
    "model": "Transformer",
    "prompt": EXAMPLES["Transformer"],
    "temperature": 0.8,
    "length": 200,
    "seed": 7,
}
WORDS = ("step", "untrained", "steps", "loss", "surprise", "curve", "axis", "happened", "stored")


@dataclass(frozen=True)
class Controls:
    """The view's controls, in the order in which `replay` takes them."""

    model: gr.Radio
    prompt: gr.Textbox
    temperature: gr.Slider
    length: gr.Slider
    seed: gr.Number


def replay(
    model: str, prompt: str, temperature: float, length: int, seed: int
) -> Iterator[dict[str, Any]]:
    """Yield what the model wrote at each snapshot so far, with the curve of its loss."""
    from aigc_demo.core.snapshots import loss_curve
    from aigc_demo.text.training_snapshots import snapshot_texts

    name = writer_of(model)
    folder = settings().checkpoint(name)
    written: list[dict[str, Any]] = []
    shared: dict[str, Any] = {}
    for snapshot in snapshot_texts(
        model_cache.model(name),
        folder,
        prompt,
        max_new_tokens=length,
        temperature=temperature,
        seed=seed,
    ):
        shared = shared or {
            "model": model,
            "prompt": prompt,
            "seed": seed,
            "temperature": temperature,
            "curve": loss_curve(folder, "loss"),
        }
        written.append(asdict(snapshot))
        yield {**shared, "snapshots": written, "finished": False}
    yield {**shared, "snapshots": written, "finished": True}


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [list(replay(**OPENING))[-1]]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words(
                "app.waking",
                *(f"player.{word}" for word in PLAYER_WORDS),
                *(f"text.training.{word}" for word in WORDS),
            )
            words["Tang"] = language.both("text.attention.tang")
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="text-training")
    triggers = [run.click, controls.prompt.submit]
    components.starts(
        triggers, replay, list(vars(controls).values()), drawing, api_name="text_replay", stop=stop
    )
    prompted = [controls.model, controls.prompt]
    controls.model.input(
        components.explained(example),
        prompted,
        controls.prompt,
        **PRIVATE,
    )
    return InitialResult(opening, [drawing])


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label = language.label
    model = choose_writer(OPENING["model"])
    prompt = components.Textbox(
        OPENING["prompt"],
        label=label("text.prompt"),
        info=label("text.training.prompt.info"),
        lines=2,
        max_lines=6,
    )
    run, stop = components.run_and_stop("text.training.run")
    temperature = components.Slider(
        0.1,
        2,
        OPENING["temperature"],
        step=0.05,
        label=label("text.temperature"),
        info=label("text.temperature.info"),
    )
    with gr.Accordion(label("shared.more"), open=False):
        length = components.Slider(
            20,
            400,
            OPENING["length"],
            step=20,
            label=label("text.length"),
            info=label("text.training.length.info"),
        )
        seed = components.seed(value=OPENING["seed"])
    return Controls(model, prompt, temperature, length, seed), run, stop
