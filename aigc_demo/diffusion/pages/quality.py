"""Quality against steps, as `evaluate` measured it on this model, with a marker where the visitor's sliders stand."""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.ui import components, language

WORDS = ("ordinate", "abscissa", "real", "sampler", "steps", "distance", "chosen", "how")
FOLLOW = "(value, steps, sampler) => ({...value, steps, sampler})"  # in the browser alone: the marker goes along as the slider moves


def quality(name: str, steps: gr.Slider, sampler: gr.Radio) -> components.Drawing:
    """Draws the curve of checkpoint `name` and lets its marker follow the two controls."""
    words = language.words("app.waking", *(f"diffusion.quality.{word}" for word in WORDS))
    measured = points(components.figures(name))
    drawing = components.Drawing(
        Path(__file__).with_name("quality.js"),
        words=words,
        value={**measured, "steps": steps.value, "sampler": sampler.value},
        elem_id="diffusion-quality",
    )
    gr.on([steps.change, sampler.change], None, [drawing, steps, sampler], drawing, js=FOLLOW, api_visibility="private")
    return drawing


def points(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Gives back what quality.js draws of a model's figures: for each sampler its (steps, distance), and that of real digits.

    Without a measured curve there is nothing in it.
    """
    curve = [figure for figure in figures if "curve" in figure]
    samplers: dict[str, list[tuple[int, float]]] = {}
    for figure in curve:
        if "sampler" in figure:
            samplers.setdefault(figure["sampler"], []).append((figure["steps"], figure["value"]))
    if not samplers:
        return {}
    real = next((figure["value"] for figure in curve if "sampler" not in figure), None)
    about = next(figure for figure in curve if "sampler" in figure)
    return {"samplers": samplers, "real": real, "samples": about["samples"], "guidance": about["guidance"]}
