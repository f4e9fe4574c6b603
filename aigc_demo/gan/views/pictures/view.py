"""Pictures: digits in one stroke, the discriminator's verdict on each, and a walk between two
seeds.
"""

from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_choice, check_seed
from aigc_demo.gan.views._shared import subject
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, film, player
from aigc_demo.ui.weights import checkpoint_picker

ORDER = 10  # among the tab's views
FOLDER = Path(__file__).parent
NAME = "gan-digits"
WALK_FRAMES = 49
OPENING = {"digit": "all", "seed": 3, "truncation": 0.8, "goal": 33}


@components.batched
def sample(
    digit: str, seed: int, truncation: float, weights: str = ""
) -> tuple[dict[str, Any], str]:
    """Return a grid of digits with verdicts, and what just happened. All: a column a digit, a row a
    seed.

    weights: see `model_cache.resolve_weights`.
    """
    model, (seeds, labels) = model_cache.resolve_weights(NAME, weights), subject.rows(digit, seed)
    pictures = model.generate(model.latents(seeds, truncation=truncation), labels)
    verdicts = model.judge(pictures, labels)
    grid = _grid(images.to_pixels(pictures), labels.tolist(), seeds, verdicts.tolist())
    mean = verdicts.mean().item()
    return grid, _run_summary(model, len(seeds), mean, truncation, weights)


@components.batched
def walk(digit: str, seed: int, goal: int, truncation: float, weights: str = "") -> dict[str, Any]:
    """Return the film of a walk between two seeds' z; for all digits, of ten walks at once."""
    model = model_cache.resolve_weights(NAME, weights)
    digits = range(10) if check_choice("digit", digit, subject.ALL) == "all" else [int(digit)]
    ends, how = (check_seed(seed), check_seed(goal)), {"truncation": truncation}
    walks = [model.walk(*ends, d, frames=WALK_FRAMES, **how) for d in digits]
    pixels = np.stack([images.to_pixels(pictures) for pictures in walks], axis=1)
    columns = min(5, len(digits))
    # (frames, H, W, C)
    frames = np.stack([images.grid(frame, columns=columns) for frame in pixels])
    captions = [
        language.both(
            "gan.walk.caption", share=f"{i / (WALK_FRAMES - 1):.0%}", seed=int(seed), goal=int(goal)
        )
        for i in range(WALK_FRAMES)
    ]
    track = Track("G(z, y)", language.both("gan.walk.track"), "generated")
    return film(
        "gan-walk", [track], frames[None], captions, frames_per_second=16, plays=False, start=0
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, made when the app started."""
    shared = {name: OPENING[name] for name in ("digit", "seed", "truncation")}
    return [*sample(**shared), walk(**OPENING)]


def _grid(
    pixels: np.ndarray, labels: list[int], seeds: list[int], verdicts: list[float]
) -> dict[str, Any]:
    rows = zip(labels, seeds, verdicts, strict=True)
    return {
        "sheet": images.data_uri(images.grid(pixels, columns=subject.COLUMNS)),
        "columns": subject.COLUMNS,
        "width": pixels.shape[2],
        "height": pixels.shape[1],
        "verdicts": verdicts,
        "descriptions": [
            language.both("gan.verdict", digit=y, seed=s, verdict=f"{v:.0%}") for y, s, v in rows
        ],
    }


def _run_summary(model: Any, count: int, verdict: float, truncation: float, weights: str) -> str:
    read = "–" if weights else components.measured(NAME).get("conditional accuracy", "–")
    sentence = language.bilingual_html("gan.happened", count=count, read=read)
    normal = rf"\mathcal{{N}}(0, I_{{{model.config.latent}}})"
    z = rf"z = {truncation:g} \cdot \varepsilon,\quad \varepsilon \sim {normal}"
    mean = rf"\overline{{D(x, y)}} = {verdict:.2f}"
    return f"{sentence}\n\n" + rf"$${z},\qquad x = G(z, y),\qquad {mean}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            digit = components.digit(subject.ALL, OPENING["digit"])
            run, stop = components.run_and_stop("gan.run")
            seed = components.seed(value=OPENING["seed"])
            truncation = subject.truncation(OPENING["truncation"])
            goal = components.seed("gan.goal", value=OPENING["goal"])
            walk_run = gr.Button(label("gan.walk.run"))
            here = checkpoint_picker("gan_pictures", [NAME]).here
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            grid = components.Drawing(
                FOLDER / "view.js", words=language.words("app.waking"), elem_id="gan-grid"
            )
            result = gr.Markdown(
                elem_classes="happened", elem_id="gan-happened", latex_delimiters=components.LATEX
            )
            gr.Markdown(label("gan.walk.title"), elem_classes="section")
            walked = player(elem_id="gan-walk")
    options = {"show_progress": "hidden", **components.MODEL_WORK}
    sampled = gr.on(
        [run.click, digit.input],
        components.working(sample),
        [digit, seed, truncation, here],
        [grid, result],
        api_name="gan_sample",
        **options,
    )
    slid = truncation.release(
        components.working(sample),
        [digit, seed, truncation, here],
        [grid, result],
        api_visibility="private",
        **options,
    )
    walking = walk_run.click(
        components.working(walk),
        [digit, seed, goal, truncation, here],
        walked,
        api_name="gan_walk",
        **options,
    )
    stop.click(None, cancels=[sampled, slid, walking], api_visibility="private")
    return InitialResult(opening, [grid, result, walked])
