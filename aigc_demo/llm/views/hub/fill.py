"""What a model that fills in makes of each hidden place."""

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.llm.views.hub.model import picked, stage_words
from aigc_demo.ui import components, language

FOLDER = Path(__file__).parent
MASKS = re.compile(r"\[MASK\]|<mask>")
EXAMPLE = {
    "en": "Paris is the [MASK] of France, and the [MASK] there is excellent.",
    "zh": "北京是中国的首[MASK]，那里的冬[MASK]很冷。",
}


@dataclass(frozen=True)
class Controls:
    """The task's controls."""

    text: gr.Textbox
    guesses: gr.Slider
    run: gr.Button


def fill(repo: str, text: str, guesses: int) -> list[Any]:
    """Return what fill.js draws, and what just happened."""
    from aigc_demo.llm import hub_fill

    model = picked(repo)
    found = hub_fill.fill(model, text, guesses=guesses)
    value = {
        "repo": repo,
        "objective": model.objective,
        "parts": MASKS.split(text),
        "places": [asdict(each) for each in found],
    }
    return [value, _run_summary(model, found)]


def _run_summary(model: Any, found: list[Any]) -> str:
    values = {"count": len(found), "vocabulary": f"{len(model.tokenizer):,}"}
    formula = (
        r"$$p(x_i \mid x_{\setminus M}) = \mathrm{softmax}(W h_i), \qquad i \in M,\; |M| = "
        + f"{len(found)}$$"
    )
    return f"{language.bilingual_html(f'llm.hub.fill.{model.objective}', **values)}\n\n{formula}"


def controls() -> Controls:
    """Draw the controls."""
    label = language.label
    text = components.Textbox(
        label=label("llm.hub.fill.text"),
        info=label("llm.hub.fill.text.info"),
        lines=4,
        max_lines=8,
        elem_id="hub-fill-text",
    )
    run = gr.Button(label("llm.hub.fill.run"), variant="primary", elem_id="hub-fill-run")
    guesses = components.Slider(1, 12, 6, step=1, label=label("llm.hub.fill.guesses"))
    return Controls(text, guesses, run)


def stage(here: gr.Textbox, controls: Controls) -> list[gr.Component]:
    """Draw the stage and connect the controls; return no drawing that another model empties."""
    drawing = components.Drawing(FOLDER / "fill.js", words=stage_words("fill"), elem_id="hub-fill")
    result = gr.Markdown(elem_classes="happened", latex_delimiters=components.LATEX)
    triggers = [controls.run.click, controls.text.submit, controls.guesses.release]
    components.starts(
        triggers,
        fill,
        [here, controls.text, controls.guesses],
        [drawing, result],
        api_name="llm_hub_fill",
    )
    return []
