"""Any text, as a model of the Hub reads it: how many bits each token has, and what was expected
instead.
"""

import math
from dataclasses import dataclass
from typing import Any

import gradio as gr

from aigc_demo.llm.views.hub.model import picked, stage_words
from aigc_demo.text.views.surprise.view import FOLDER
from aigc_demo.ui import components, language

EXAMPLE = {
    "en": "The capital of France is Paris. The capital of France is a potato.\n"
    "Roses are red, violets are blue. Roses are blue, violets are loud.\nxqzv kkwp",
    "zh": "法国的首都是巴黎。法国的首都是土豆。\n床前明月光，疑是地上霜。床前明月光，疑是地上糖。",
}


@dataclass(frozen=True)
class Controls:
    """The task's controls."""

    text: gr.Textbox
    run: gr.Button


def report(repo: str, text: str) -> list[Any]:
    """Return what the text tab's view of surprise draws, and what just happened."""
    from aigc_demo.llm import hub_surprise

    model = picked(repo)
    found = hub_surprise.surprise(model, text)
    mean = sum(found.bits) / len(found.bits)
    # here: a token
    reader = {
        "name": repo,
        "bits_per_character": mean,
        "blind": math.log2(len(model.tokenizer)),
        "reading": found.compact(),
    }
    return [{"text": text, "readers": [reader]}, _run_summary(model, found, mean)]


def _run_summary(model: Any, found: Any, mean: float) -> str:
    count, characters = len(found.bits), sum(map(len, found.pieces))
    values = {
        "tokens": f"{count:,}",
        "characters": f"{characters:,}",
        "blind": f"{math.log2(len(model.tokenizer)):.1f}",
    }
    values |= {"each": f"{mean * count / max(characters, 1):.2f}", "choices": f"{2**mean:,.0f}"}
    formula = (
        r"$$-\frac{1}{N} \sum_{t=1}^{N} \log_2 p(x_t \mid x_{<t}) = "
        rf"{mean:.2f}\;\text{{bits}}, \qquad 2^{{{mean:.2f}}} = {2**mean:.0f}$$"
    )
    return f"{language.bilingual_html('llm.hub.surprise.happened', **values)}\n\n{formula}"


def controls() -> Controls:
    """Draw the controls."""
    label = language.label
    text = components.Textbox(
        label=label("text.surprise.text"),
        info=label("llm.hub.surprise.text.info"),
        lines=7,
        max_lines=14,
        elem_id="hub-surprise-text",
    )
    return Controls(
        text, gr.Button(label("text.surprise.run"), variant="primary", elem_id="hub-surprise-run")
    )


def stage(here: gr.Textbox, controls: Controls) -> list[gr.Component]:
    """Draw the stage and connect the controls; return no drawing that another model empties."""
    drawing = components.Drawing(
        FOLDER / "view.js", words=stage_words("surprise"), elem_id="hub-surprise"
    )
    result = gr.Markdown(elem_classes="happened", latex_delimiters=components.LATEX)
    triggers = [controls.run.click, controls.text.submit]
    components.starts(
        triggers, report, [here, controls.text], [drawing, result], api_name="llm_hub_surprise"
    )
    return []
