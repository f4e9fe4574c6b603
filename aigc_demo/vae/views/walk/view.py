"""A walk between two digits through the latent space, beside the cross-fade of their pixels."""

from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_number
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, film, player
from aigc_demo.vae.views._shared import digits

ORDER = 30  # among the tab's views
FOLDER = Path(__file__).parent
FRAMES = 41
GREY = (0.2, 0.8)  # ink from here to there is neither ink nor paper
OPENING = {"from": 5, "to": 2, "beta": 1.0}


@components.batched
def walk(start: str, end: str, beta: float) -> tuple[dict[str, Any], str]:
    """Return the film of both ways from one drawing to another, and what just happened."""
    import torch

    from aigc_demo.vae.interpolation import interpolate

    check_number("beta", beta, *digits.BETAS)
    model, reader = model_cache.model(digits.NAME), model_cache.model(digits.CLASSIFIER)
    ways = interpolate(
        model, torch.cat([digits.tensor(start), digits.tensor(end)]), frames=FRAMES, beta=beta
    )
    both = (ways.decoded, ways.crossfade)
    pictures = np.stack([images.to_pixels(way) for way in both])  # (2, frames, 28, 28, 1)
    readings = zip(*(reader.read(way).tolist() for way in both), strict=True)
    captions = [
        language.both("vae.walk.caption", t=f"{i / (FRAMES - 1):.2f}", walk=decoded, fade=crossfade)
        for i, (decoded, crossfade) in enumerate(readings)
    ]
    tracks = [
        Track("x̂", language.both("vae.walk.decoded"), "generated"),
        Track("x′", language.both("vae.walk.faded"), "noise"),
    ]
    return film(
        "vae-walk", tracks, pictures, captions, frames_per_second=12, start=FRAMES // 2
    ), _run_summary(ways, model.config.latents)


def _run_summary(ways: Any, dimensions: int) -> str:
    grey = [f"{100 * _grey(way[FRAMES // 2]):.0f}" for way in (ways.decoded, ways.crossfade)]
    sentence = language.bilingual_html(
        "vae.walk.happened",
        walk=grey[0],
        fade=grey[1],
        dimensions=dimensions,
        length=f"{ways.length:.1f}",
    )
    formulas = (
        r"z(t) = (1 - t)\,\mu_0 + t\,\mu_1,\quad \hat x(t) = p(x|z(t)) \qquad\text{/}\qquad "
        r"x'(t) = (1 - t)\,\hat x_0 + t\,\hat x_1"
    )
    return f"{sentence}\n\n$${formulas}$$"


def _grey(picture: Any) -> float:
    """Return which share of the pixels that hold some ink is neither ink nor paper."""
    ink = (picture + 1) / 2
    some = ink > 0.05
    return ((ink > GREY[0]) & (ink < GREY[1])).sum().item() / max(some.sum().item(), 1)


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, the digits on both pads, and the ten to
    choose from.
    """
    start, end = digits.example(OPENING["from"]), digits.example(OPENING["to"])
    return [*walk(start, end, OPENING["beta"]), start, end, digits.choices(), digits.choices()]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            start, first = digits.source("vae-walk-from", "vae.walk.from")
            end, last = digits.source("vae-walk-to", "vae.walk.to")
            with gr.Accordion(language.label("shared.more"), open=False):
                beta = components.Slider(
                    *digits.BETAS,
                    OPENING["beta"],
                    step=0.1,
                    label=language.label("vae.walk.beta"),
                    info=language.label("vae.walk.beta.info"),
                )
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            walked = player(elem_id="vae-walk")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="vae-walk-happened",
                latex_delimiters=components.LATEX,
            )
    components.starts(
        [start.input, end.input, beta.release],
        walk,
        [start, end, beta],
        [walked, result],
        api_name="vae_walk",
    )
    return InitialResult(opening, [walked, result, start, end, first, last])
