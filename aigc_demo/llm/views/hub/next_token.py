"""How a model of the Hub chooses each next token, drawn by the text tab's view of the next
character.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from aigc_demo.llm.views.hub.model import picked
from aigc_demo.text.views.inspect.view import FOLDER, SAMPLING_CONTROLS
from aigc_demo.text.views.inspect.view import WORDS as STAGE_WORDS
from aigc_demo.ui import components, language
from aigc_demo.ui.event_options import PRIVATE_WORK

MAX_LENGTH = (
    128  # as in inspection.py, which the server's start does not wait for: it imports torch
)
# with which the stage opens
SAMPLING = {"temperature": 0.8, "top_k": 0, "top_p": 0.9, "min_p": 0.0}
WRITE = "async () => (await aigc.drawn('#hub-next')).write()"
# words that name characters in the text tab
OF_TOKENS = ("text", "back", "forward", "others", "falls", "would", "chosen", "agreed", "hint")


@dataclass(frozen=True)
class Controls:
    """The task's controls."""

    prompt: gr.Textbox
    length: gr.Slider
    seed: gr.Number
    run: gr.Button
    stop: gr.Button


def inspect(
    repo: str,
    prompt: str,
    forced: list[int | str],
    length: int,
    temperature: float,
    top_k: int,
    top_p: float,
    min_p: float,
    seed: int,
) -> Iterator[dict[str, Any]]:
    """Yield what view.js draws: the request, and the text so far with every token's likeliest
    logits and random number.
    """
    from aigc_demo.llm import inspection

    model = picked(repo)
    sampling = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "min_p": min_p}
    request = {
        "model": repo,
        "prompt": prompt,
        "forced": forced,
        "length": length,
        "seed": seed,
        "sampling": sampling,
    }
    for written in inspection.inspect(
        model, prompt, forced=forced, length=length, seed=seed, **sampling
    ):
        yield {**request, **written}


def generate(
    repo: str, prompt: str, length: int, seed: int, event: gr.EventData
) -> Iterator[dict[str, Any]]:
    """Generate what the drawing requests: a new text under the controls' settings, or a branch of
    an earlier one under the settings that the request names.
    """
    yield from _results(
        {"model": repo, "prompt": prompt, "length": length, "seed": seed, **event._data}
    )


@components.silent
def first_result(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return the first of what `generate` will yield for a branch, past the queue; None where
    something is wrong.
    """
    return next(_results(request))


def _results(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    options = {**SAMPLING, **request, "forced": request["forced"] or []}
    ticket, repo = options.pop("ticket"), options.pop("model")
    for written in inspect(repo, **options):
        yield {**written, "ticket": ticket}


def controls() -> Controls:
    """Draw the controls."""
    label = language.label
    prompt = components.Textbox(
        label=label("text.prompt"),
        info=label("llm.hub.write.prompt.info"),
        lines=3,
        max_lines=8,
        elem_id="hub-next-prompt",
    )
    run, stop = components.run_and_stop("text.run")
    run.elem_id = "hub-next-run"
    with gr.Accordion(label("shared.more"), open=False):
        length = components.Slider(
            1,
            MAX_LENGTH,
            24,
            step=1,
            label=label("llm.hub.length"),
            info=label("llm.hub.next.length.info"),
        )
        seed = components.seed("llm.hub.seed", value=7)
    return Controls(prompt, length, seed, run, stop)


def stage(here: gr.Textbox, controls: Controls) -> list[gr.Component]:
    """Draw the stage and connect the controls; return no drawing that another model empties."""
    words = {
        **language.words(
            "llm.hub.waking",
            *(f"text.{name}" for name in SAMPLING_CONTROLS),
            *(f"text.inspect.{word}" for word in STAGE_WORDS),
        ),
        **language.words(*(f"llm.hub.next.stage.{word}" for word in OF_TOKENS)),
    }
    options = {"tokens": True, "longest": MAX_LENGTH, "server_functions": [first_result]}
    drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="hub-next", **options)
    for trigger in (controls.run.click, controls.prompt.submit):
        trigger(None, js=WRITE, api_visibility="private")
    inputs = [here, controls.prompt, controls.length, controls.seed]
    started = drawing.select(
        components.working(generate), inputs, drawing, trigger_mode="multiple", **PRIVATE_WORK
    )
    controls.stop.click(None, cancels=[started], api_visibility="private")
    components.endpoint(inspect, "llm_hub_inspect")
    return []
