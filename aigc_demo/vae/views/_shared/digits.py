"""The digits that the views begin with: drawn on a pad, opened, or chosen among ten that a model
generated.
"""

from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.ui import components, language, pad

REQUIRES = ("gan-digits", "judge-digits")  # of other families
FOLDER = Path(__file__).parent
NAME, PLANE, CLASSIFIER, GAN = "vae-digits", "vae-digits-2d", "judge-digits", "gan-digits"
SEED = 12  # of the ten digits
BETAS = (0.1, 10.0)  # as in model.py, which the server's start does not wait for: it imports torch


@model_cache.single_flight_cache
def generated_digits() -> tuple[str, np.ndarray]:
    """Return ten digits (10, 28, 28, 1) uint8, 0 to 9, and what made them: "painted", the GAN, or
    without it "own", this autoencoder.
    """
    import torch

    try:
        gan = model_cache.model(GAN)
    except DemoError:
        return "own", _decoded_digits()
    return "painted", images.to_pixels(
        gan.generate(gan.latents([SEED] * 10, truncation=0.8), torch.arange(10))
    )


def _decoded_digits() -> np.ndarray:
    """Return ten digits decoded from the prior, each the one of 500 to which the classifier gives
    its class the highest probability.
    """
    import torch

    from aigc_demo.core import runtime

    model = model_cache.model(NAME)
    decoded = model.decode(
        torch.randn(500, model.config.latents, generator=runtime.generator(SEED))
    ).cpu()
    best = model_cache.model(CLASSIFIER).probabilities(decoded).argmax(dim=0)
    return images.to_pixels(decoded[best])


@model_cache.single_flight_cache
def real_digits() -> np.ndarray | None:
    """Return the first digit of each class of MNIST's test set (10, 28, 28, 1) uint8; None where
    there is no data folder.
    """
    from aigc_demo.core import data

    if settings().data_folder is None:
        return None
    try:
        digits = data.digits("test")
    except DemoError:
        return None
    return digits.pictures[[int(np.flatnonzero(digits.labels == digit)[0]) for digit in range(10)]]


def choices() -> dict[str, Any]:
    """Return what choice.js draws: rows of ten pictures, each a PNG data URI."""
    rows = [generated_digits(), ("real", real_digits())]
    return {
        "rows": [
            {"kind": kind, "pictures": [images.data_uri(each) for each in pictures]}
            for kind, pictures in rows
            if pictures is not None
        ]
    }


def example(digit: int) -> str:
    """Return the generated `digit` as a drawing, a PNG data URI."""
    return images.data_uri(generated_digits()[1][digit])


def tensor(drawing: object) -> Any:
    """Return a drawing, a PNG data URI, as a picture (1, 1, 28, 28) in [-1, 1]; raises DemoError
    when it is none, or empty.
    """
    return images.from_pixels(pad.read_digit(drawing))


def source(name: str, title: str) -> tuple[components.Drawing, components.Drawing]:
    """Return a pad, its id `name`, under a line that says what it is for, and the row of digits
    that can be put on it.
    """
    gr.Markdown(language.label(title), elem_classes="lead")
    drawn = pad.pad(elem_id=name)
    words = language.words("vae.choose", "vae.choice", "vae.painted", "vae.own", "vae.real")
    return drawn, components.Drawing(
        FOLDER / "choice.js", words=words, pad=f"#{name}", elem_id=f"{name}-choice"
    )


def formula(key: str, latex: str, name: str) -> None:
    """Put a sentence, its text under `key`, with what checkpoint `name` costs on unseen digits, and
    the formula under the stage.
    """
    nats = components.measured(name).get("negative ELBO", "–")
    text = f"{language.bilingual_html(key, nats=nats)}\n\n$${latex}$$"
    gr.Markdown(text, elem_classes="happened", latex_delimiters=components.LATEX)


def pass_on_strokes(drawn: components.Drawing, stage: str) -> None:
    """Let the drawing `stage` take what is on the pad after every stroke, in the browser."""
    drawn.input(
        None,
        drawn,
        None,
        js=f"async (drawing) => (await aigc.drawn('#{stage}')).take(drawing)",
        api_visibility="private",
    )


def retry_in_queue(stage: components.Drawing, answer: Any) -> None:
    """Repeat a drawing's failed request in the queue, which shows the visitor the error message."""

    def repeat(event: gr.EventData) -> Any:
        return answer(**event._data)

    stage.select(
        components.working(repeat),
        None,
        stage,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="always_last",
        **components.MODEL_WORK,
    )
