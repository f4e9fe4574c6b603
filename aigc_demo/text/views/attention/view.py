"""Inside the Transformer: what each head looks back at, how it computes that, and what becomes of
the text without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_choice
from aigc_demo.text.views._shared.models import TRANSFORMERS, offered
from aigc_demo.text.views.attention.results import ablate, inspect_head, most_focused, select
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE, PRIVATE_WORK

ORDER = 80  # among the tab's views
FOLDER = Path(__file__).parent
EXAMPLES = {"shakespeare": "the king and the ki", "tang": "江上春夜\n"}
OPENING = {"model": "shakespeare", "prompt": EXAMPLES["shakespeare"], "heads_off": "", "seed": 7}


@dataclass(frozen=True)
class Controls:
    """The view's controls, in the order in which `attention` takes them."""

    model: gr.Radio
    prompt: gr.Textbox
    layer: gr.Number
    head: gr.Number
    heads_off: gr.Textbox
    seed: gr.Number


@dataclass(frozen=True)
class Stage:
    """What shows the results, in the order in which `attention` yields them."""

    steps: components.Drawing
    happened: gr.Markdown
    lens: components.Drawing
    decay: components.Drawing


def attention(
    model: str, prompt: str, layer: int, head: int, heads_off: str, seed: int
) -> Iterator[list[Any]]:
    """Yield at once what `inspect_head` returns, and then also the text with and without the heads
    that are off.
    """
    seen = inspect_head(model, prompt, layer, head, heads_off)
    yield [*seen, gr.skip()]
    yield [*seen, ablate(select(model, prompt, heads_off), seed)]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens, a real one, and its layer and head: the one that
    looks back most pointedly.
    """
    from aigc_demo.text.attention import trace

    whole = model_cache.model(TRANSFORMERS[OPENING["model"]])
    layer, head = most_focused(trace(whole.network, whole.encode(OPENING["prompt"])).layers)
    return [*list(attention(**{**OPENING, "layer": layer, "head": head}))[-1], layer, head]


def choose(model: str, prompt: str, heads_off: str, event: gr.EventData) -> list[Any]:
    """Return the layer and the head whose map was chosen, and what `inspect_head` says of it."""
    layer, head = event._data["layer"], event._data["head"]
    return [layer, head, *inspect_head(model, prompt, layer, head, heads_off)]


def switch(
    model: str, prompt: str, layer: int, head: int, seed: int, event: gr.EventData
) -> Iterator[list[Any]]:
    """Yield which heads are off now, and what `attention` says of it."""
    heads_off = event._data["off"]
    for outputs in attention(model, prompt, layer, head, heads_off, seed):
        yield [heads_off, *outputs]


def reset_controls(model: str) -> list[Any]:
    """Return the controls for a model that was chosen: its own example, and its first head."""
    return [EXAMPLES[check_choice("model", model, list(offered(TRANSFORMERS)))], 1, 1, ""]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            stage = _stage()
    _listen(controls, run, stop, stage)
    return InitialResult(opening, [*vars(stage).values(), controls.layer, controls.head])


def _stage() -> Stage:
    steps = _drawing("attention", "view")
    happened = gr.Markdown(
        elem_classes="happened",
        elem_id="attention-happened",
        latex_delimiters=components.LATEX,
    )
    decay, lens = _drawing("ablation"), _drawing("lens")
    return Stage(steps, happened, lens, decay)


def _drawing(name: str, script: str | None = None) -> components.Drawing:
    script = script or name
    prefix = f"text.attention.{name}."
    keys = [key for key in language.TABLES["en"] if key.startswith(prefix)]
    return components.Drawing(
        FOLDER / f"{script}.js",
        words=language.words("app.waking", *keys),
        elem_id=f"attention-{name}",
    )


def _listen(controls: Controls, run: gr.Button, stop: gr.Button, stage: Stage) -> None:
    inputs, outputs = list(vars(controls).values()), list(vars(stage).values())
    seen = [stage.steps, stage.happened, stage.lens]  # what `inspect_head` returns
    whole, fast = components.working(attention), components.working(inspect_head)
    submitted = [run.click, controls.prompt.submit, controls.heads_off.submit, controls.seed.submit]
    components.starts(submitted, attention, inputs, outputs, api_name="text_attention", stop=stop)
    gr.on(
        [controls.layer.input, controls.head.input],
        fast,
        inputs[:5],
        seen,
        trigger_mode="always_last",
        **PRIVATE_WORK,
    )
    chosen = [controls.layer, controls.head]
    stage.steps.select(
        components.working(choose),
        [controls.model, controls.prompt, controls.heads_off],
        [*chosen, *seen],
        trigger_mode="multiple",
        **PRIVATE_WORK,
    )
    switched = [controls.model, controls.prompt, *chosen, controls.seed]
    stage.steps.switch(
        components.working(switch),
        switched,
        [controls.heads_off, *outputs],
        trigger_mode="multiple",
        **PRIVATE_WORK,
    )
    fresh = [controls.prompt, *chosen, controls.heads_off]
    changed = controls.model.input(
        components.explained(reset_controls),
        controls.model,
        fresh,
        **PRIVATE,
    )
    changed.then(whole, inputs, outputs, **PRIVATE_WORK)


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label, names = language.label, list(offered(TRANSFORMERS))
    choices = [(label(f"text.attention.{name}"), name) for name in names]
    model = components.model(choices, names[0])
    prompt = components.Textbox(
        OPENING["prompt"],
        label=label("text.attention.prompt"),
        info=label("text.attention.prompt.info"),
        lines=2,
        max_lines=6,
        elem_id="attention-prompt",
    )
    run, stop = components.run_and_stop("text.attention.run")
    with gr.Row():
        layer, head = (
            components.Number(
                1, label=label(f"text.attention.{which}"), precision=0, minimum=1, min_width=90
            )
            for which in ("layer", "head")
        )
    with gr.Accordion(label("shared.more"), open=False):
        heads_off = components.Textbox(
            "",
            label=label("text.attention.heads_off"),
            info=label("text.attention.heads_off.info"),
            max_lines=2,
        )
        seed = components.seed(value=OPENING["seed"])
    return Controls(model, prompt, layer, head, heads_off, seed), run, stop
