"""The training replayed: the same noise through a dozen snapshots of the generator."""

from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.settings import settings
from aigc_demo.gan.views._shared import subject
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Curve, Track, film, player

ORDER = 70  # among the tab's views
REQUIRES = ("judge-digits",)  # of other families
NAME, READER = "gan-digits", "judge-digits"
OPENING = {"digit": "all", "seed": 3, "truncation": 0.8}


def replay(digit: str, seed: int, truncation: float) -> dict[str, Any]:
    """Return the film: a frame for each snapshot, over the mean D(G(z)) during training."""
    from aigc_demo.gan.training_snapshots import sample_snapshots

    model, reader = model_cache.model(NAME), model_cache.model(READER)
    seeds, labels = subject.rows(digit, seed)
    z, folder = model.latents(seeds, truncation=truncation), settings().checkpoint(NAME)
    samples = list(sample_snapshots(model, folder, z, labels))
    grids = [
        images.grid(images.to_pixels(sample.pictures), columns=subject.COLUMNS, gap=2)
        for sample in samples
    ]
    captions = [
        language.both(
            "gan.replay.caption",
            step=f"{sample.step:,}",
            right=int((reader.read(sample.pictures) == labels).sum()),
            count=len(labels),
            verdict=f"{sample.probabilities.mean():.2f}",
        )
        for sample in samples
    ]
    track = Track("G(z, y)", language.both("gan.replay.track"), "generated")
    curve = _curve([sample.step for sample in samples])
    return film(
        "gan-replay",
        [track],
        np.stack(grids)[None],
        captions,
        curve=curve,
        frames_per_second=1.5,
        plays=False,
    )


def _curve(steps: list[int]) -> Curve:
    """Return D(G(z)) over the logarithm of the step, with the snapshots as markers."""
    from aigc_demo.core.snapshots import loss_curve

    noted = loss_curve(settings().checkpoint(NAME), "D(G(z))")
    last = max(steps[-1], noted["steps"][-1])
    place = [float(np.log1p(step) / np.log1p(last)) for step in noted["steps"]]
    markers = [int(np.argmin(np.abs(np.array(noted["steps"]) - step))) for step in steps]
    points = list(zip(place, noted["losses"], strict=True))
    return Curve(
        language.both("gan.replay.curve"), ("1", f"{last:,}"), points, markers, "generated"
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [replay(**OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            digit = components.digit(subject.ALL, OPENING["digit"])
            run, stop = components.run_and_stop("gan.replay.run")
            seed = components.seed(value=OPENING["seed"])
            truncation = subject.truncation(OPENING["truncation"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            replayed = player(elem_id="gan-replay")
            gr.Markdown(
                language.label("gan.replay.teaches"),
                elem_classes="happened",
                latex_delimiters=components.LATEX,
            )
    triggers = [run.click, digit.input, truncation.release, seed.submit]
    components.starts(
        triggers, replay, [digit, seed, truncation], replayed, api_name="gan_replay", stop=stop
    )
    return InitialResult(opening, [replayed])
