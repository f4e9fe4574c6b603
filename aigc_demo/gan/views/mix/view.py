"""Mixing two seeds: a table in which every picture is the child of the seed of its row and the seed
of its column.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.gan.views._shared import subject
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

ORDER = 50  # among the tab's views
FOLDER = Path(__file__).parent
PARENTS = 5  # a side
OPENING = {"digit": "2", "first": 3, "second": 33, "share": 0.5, "truncation": 0.8}
FORMULA = (
    r"$$z = \frac{\sin((1-t)\theta)\, z_A + \sin(t\theta)\, z_B}{\sin\theta},\qquad x = G(z, y)$$"
)
WORDS = ("table", "large", "hint", "verdict", "parent", "child")


def mix(digit: str, first: int, second: int, share: float, truncation: float) -> dict[str, Any]:
    """Return the table: the first row and the first column are parents, what stands between them
    their children, with verdicts.
    """
    import torch

    from aigc_demo.gan.latent_mixing import children

    a, b, z = children(
        subject.model(digit), first, second, parents=PARENTS, share=share, truncation=truncation
    )
    top = torch.cat([torch.zeros_like(b[:1]), b])  # nobody stands in the corner
    rows = torch.cat([a[:, None], z.view(PARENTS, PARENTS, -1)], dim=1)  # (row, column, latent)
    pixels, verdicts = subject.generate(digit, torch.cat([top, rows.flatten(0, 1)]))
    return {
        "sheet": images.data_uri(images.grid(pixels, columns=PARENTS + 1)),
        "pixels": pixels.shape[1],
        "parents": PARENTS,
        "first": int(first),
        "second": int(second),
        "share": float(share),
        "verdicts": verdicts,
    }


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [mix(**OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            digit = components.digit(subject.CHOICES, OPENING["digit"])
            run, stop = components.run_and_stop("gan.mix.run")
            share = components.Slider(
                0,
                1,
                OPENING["share"],
                step=0.05,
                label=label("gan.mix.share"),
                info=label("gan.mix.share.info"),
            )
            first = components.seed("gan.mix.first", value=OPENING["first"])
            second = components.seed("gan.mix.second", value=OPENING["second"])
            with gr.Accordion(label("shared.more"), open=False):
                truncation = subject.truncation(OPENING["truncation"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"gan.mix.{word}" for word in WORDS))
            table = components.Drawing(FOLDER / "view.js", words=words, elem_id="gan-mix")
            gr.Markdown(FORMULA, elem_classes="happened", latex_delimiters=components.LATEX)
    triggers = [
        run.click,
        digit.input,
        share.release,
        truncation.release,
        first.submit,
        second.submit,
    ]
    components.starts(
        triggers,
        mix,
        [digit, first, second, share, truncation],
        table,
        api_name="gan_mix",
        stop=stop,
    )
    return InitialResult(opening, [table])
