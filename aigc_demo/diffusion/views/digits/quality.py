"""Quality against steps, as `evaluate` measured it on this model, with a marker where the visitor's
sliders stand.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.ui import components, language

FOLDER = Path(__file__).parent
WORDS = (
    *("measures", "misread", "distance", "misread_axis", "distance_axis", "misread_how"),
    *("distance_how", "abscissa", "real", "sampler", "steps", "how"),
)
# in the browser alone: the marker goes along as the slider moves
FOLLOW = "(value, steps, sampler) => ({...value, steps, sampler})"


def quality(name: str, steps: gr.Slider, sampler: gr.Radio) -> None:
    """Draw the curve of checkpoint `name`, if one was measured, and let its marker follow the two
    controls.
    """
    measured = points(components.figures(name))
    if not measured:
        return
    words = language.words(*(f"diffusion.quality.{word}" for word in WORDS))
    gr.Markdown(language.label("diffusion.quality.title"), elem_classes="section")
    value = {**measured, "steps": steps.value, "sampler": sampler.value}
    drawing = components.Drawing(
        FOLDER / "quality.js", words=words, value=value, elem_id="diffusion-quality"
    )
    gr.on(
        [steps.change, sampler.change],
        None,
        [drawing, steps, sampler],
        drawing,
        js=FOLLOW,
        api_visibility="private",
    )


def points(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what quality.js draws of a model's figures: of each measure each sampler's (steps,
    value), and the value of real digits.

    Without a measured curve there is nothing in it.
    """
    measures: dict[str, dict[str, Any]] = {}
    for figure in figures:
        if "curve" not in figure:
            continue
        measure = measures.setdefault(figure["curve"], {"samplers": {}, "real": None})
        if "sampler" in figure:
            measure["samplers"].setdefault(figure["sampler"], []).append(
                (figure["steps"], figure["value"])
            )
        else:
            measure["real"] = figure["value"]
    about = next((figure for figure in figures if "curve" in figure and "sampler" in figure), None)
    if about is None:
        return {}
    return {"measures": measures, "samples": about["samples"], "guidance": about["guidance"]}
