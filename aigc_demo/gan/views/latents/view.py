"""A plane of noise: a seed at every crossing, and what the generator makes between them."""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_number, check_seed
from aigc_demo.gan.views._shared import subject
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

ORDER = 40  # among the tab's views
FOLDER = Path(__file__).parent
# Pictures from one crossing to the next: an emoji takes more than ten times as long.
STEPS = {"digit": 4, "emoji": 2}
OPENING = {"digit": "3", "seed": 40, "truncation": 0.8}
FORMULA = (
    r"$$z = \sum_i w_i z_i,\qquad \sum_i w_i^2 = 1 \;\Rightarrow\; z \sim \mathcal{N}(0, \psi^2 I),"
    r"\qquad x = G(z, y)$$"
)
WORDS = ("plane", "large", "verdict", "reads", "nearest", "hint")


def latents(digit: str, seed: int, truncation: float) -> dict[str, Any]:
    """Return the plane of a digit or of emoji as one sheet of pictures, a seed at each crossing,
    row by row.
    """
    from aigc_demo.gan import latent_mixing

    model, steps = subject.model(digit), STEPS["emoji" if digit == subject.EMOJI else "digit"]
    places, side = latent_mixing.lattice(steps), latent_mixing.CELLS * steps + 1
    z = latent_mixing.plane(model, check_seed(seed), places, truncation=truncation)
    pixels, _ = subject.generate(digit, z)
    return {
        "digit": digit,
        "seed": int(seed),
        "truncation": float(truncation),
        "cells": latent_mixing.CELLS,
        "side": side,
        "pixels": pixels.shape[1],
        "sheet": images.data_uri(images.grid(pixels, columns=side)),
    }


@components.silent
def point(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return what is generated at one point, the discriminator's output, and what it is read as;
    None where something is wrong.
    """
    import torch

    from aigc_demo.gan import latent_mixing

    place = torch.tensor(
        [[check_number("place", request["place"][axis], 0, latent_mixing.CELLS) for axis in (0, 1)]]
    )
    z = latent_mixing.plane(
        subject.model(request["digit"]),
        check_seed(request["seed"]),
        place,
        truncation=request["truncation"],
    )
    pixels, verdicts = subject.generate(request["digit"], z)
    return {
        "picture": images.data_uri(pixels[0]),
        "verdict": verdicts[0],
        "read": subject.read(request["digit"], pixels[0]),
    }


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [latents(**OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            digit = components.digit(subject.CHOICES, OPENING["digit"])
            run, stop = components.run_and_stop("gan.latents.run")
            seed = components.seed("gan.latents.seed", value=OPENING["seed"])
            truncation = subject.truncation(OPENING["truncation"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"gan.latents.{word}" for word in WORDS))
            drawing = components.Drawing(
                FOLDER / "view.js", words=words, server_functions=[point], elem_id="gan-latents"
            )
            gr.Markdown(FORMULA, elem_classes="happened", latex_delimiters=components.LATEX)
    triggers = [run.click, digit.input, truncation.release, seed.submit]
    components.starts(
        triggers, latents, [digit, seed, truncation], drawing, api_name="gan_latents", stop=stop
    )
    return InitialResult(opening, [drawing])
