"""A model of the Hub goes on from a text, and what it expected at each token that it wrote."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from aigc_demo.llm.views.hub.model import (
    UPDATES_PER_SECOND,
    length,
    picked,
    stage_words,
    temperature,
)
from aigc_demo.text.views.write.view import FOLDER
from aigc_demo.text.views.write.view import Controls as Writing
from aigc_demo.ui import components, language

EXAMPLE = {"en": "The first machine that could write a poem was", "zh": "第一台会写诗的机器"}


@dataclass(frozen=True)
class Controls(Writing):
    """The task's controls, in the order in which `write` takes them: the text tab's, and two
    buttons.
    """

    run: gr.Button
    stop: gr.Button


def write(
    repo: str,
    prompt: str,
    temperature: float,
    length: int,
    seed: int,
    top_k: int,
    top_p: float,
    min_p: float,
) -> Iterator[list[dict[str, Any] | str]]:
    """Yield the text so far, as the text tab's view draws it, and at the end what just
    happened.
    """
    from aigc_demo.llm import hub_generate

    model = picked(repo)
    sampling = {"temperature": temperature, "top_k": top_k, "top_p": top_p, "min_p": min_p}
    done, shown = [], 0.0
    yield [_column(model, prompt, done, finished=False), gr.skip()]
    for step in hub_generate.complete(model, prompt, max_new_tokens=length, seed=seed, **sampling):
        done.append(step)
        if time.monotonic() - shown > 1 / UPDATES_PER_SECOND:
            yield [_column(model, prompt, done, finished=False), gr.skip()]
            shown = time.monotonic()
    column = _column(model, prompt, done, finished=True)
    yield [column, _run_summary(model, done, seed, temperature, column)]


def _column(model: Any, prompt: str, steps: list[Any], *, finished: bool) -> dict[str, Any]:
    from aigc_demo.core.checkpoints import parameters
    from aigc_demo.llm.hub_surprise import generation_surprise

    return {
        "name": model.repo,
        "about": language.both(
            "llm.hub.write.about",
            parameters=f"{parameters(model.network) / 1e6:,.0f}",
            tokens=f"{len(model.tokenizer):,}",
        ),
        "prompt": prompt,
        "text": "".join(step.text for step in steps),
        "finished": finished,
        "surprise": generation_surprise(model, steps).compact() if finished and steps else None,
        "bits_per_character": sum(step.bits for step in steps)
        / max(len(steps), 1),  # here: a token
        "characters_per_second": len(steps) / max(steps[-1].seconds, 1e-9) if steps else 0,
    }


def _run_summary(
    model: Any, steps: list[Any], seed: int, temperature: float, column: dict[str, Any]
) -> str:
    values = {
        "tokens": len(steps),
        "characters": len(column["text"]),
        "seed": int(seed),
        "vocabulary": f"{len(model.tokenizer):,}",
    }
    drawn = rf"x_t \sim \mathrm{{softmax}}(z_t / {temperature:g})"
    surprise = (
        r"-\tfrac{1}{N} \textstyle\sum_t \log_2 p(x_t \mid x_{<t}) = "
        rf"{column['bits_per_character']:.2f}\;\text{{bits}}"
    )
    said = language.bilingual_html("llm.hub.write.happened", **values)
    return f"{said}\n\n$${drawn}, \\qquad {surprise}$$"


def controls() -> Controls:
    """Draw the controls."""
    label = language.label
    prompt = components.Textbox(
        label=label("text.prompt"),
        info=label("llm.hub.write.prompt.info"),
        lines=3,
        max_lines=8,
        elem_id="hub-write-prompt",
    )
    run, stop = components.run_and_stop("text.run")
    run.elem_id = "hub-write-run"
    heat, count = temperature(0.8), length(400, 60)
    with gr.Accordion(label("shared.more"), open=False):
        seed = components.seed("llm.hub.seed", value=7)
        top_k = components.Slider(
            0, 200, 50, step=1, label=label("text.top_k"), info=label("llm.hub.top_k.info")
        )
        top_p = components.Slider(
            0.05, 1, 0.95, step=0.01, label=label("text.top_p"), info=label("text.top_p.info")
        )
        min_p = components.Slider(
            0, 1, 0, step=0.01, label=label("text.min_p"), info=label("text.min_p.info")
        )
    return Controls(prompt, heat, count, seed, top_k, top_p, min_p, run, stop)


def stage(here: gr.Textbox, controls: Controls) -> list[gr.Component]:
    """Draw the stage and connect the controls; return no drawing that another model empties."""
    components.Drawing(
        FOLDER / "tint.js",
        words=language.words("text.surprise.tint", "llm.hub.surprise.stage.legend"),
    )
    drawing = components.Drawing(
        FOLDER / "view.js", words=stage_words("write"), elem_id="hub-write"
    )
    result = gr.Markdown(elem_classes="happened", latex_delimiters=components.LATEX)
    dials = [
        controls.temperature,
        controls.length,
        controls.seed,
        controls.top_k,
        controls.top_p,
        controls.min_p,
    ]
    triggers = [controls.run.click, controls.prompt.submit]
    components.starts(
        triggers,
        write,
        [here, controls.prompt, *dials],
        [drawing, result],
        api_name="llm_hub_write",
        stop=controls.stop,
    )
    return []
