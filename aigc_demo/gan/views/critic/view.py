"""The discriminator's output on a digit that the visitor draws, for each class, and its saliency
map.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.ui import components, language, pad
from aigc_demo.ui.components import InitialResult

ORDER = 60  # among the tab's views
REQUIRES = ("judge-digits",)  # of other families
FOLDER = Path(__file__).parent
NAME, READER = "gan-digits", "judge-digits"
OPENING = {"digit": 5, "seed": 12}
FORMULA = (
    r"$$D(x, y) = \sigma(\ell(x, y)),\qquad \ell(x, y) = w^\top \phi(x) + b + e_y^\top \phi(x)$$"
)
WORDS = ("bars", "drawing", "map", "for", "against", "bar", "reads", "hint")


def judge(drawing: str) -> dict[str, Any]:
    """Return the drawing as the discriminator gets it, D(x, y) for each digit y, and for each y how
    D's logit grows with each pixel's ink.
    """
    from aigc_demo.gan.saliency import saliency

    picture = images.from_pixels(pad.read_digit(drawing))
    said = saliency(model_cache.model(NAME), picture)
    read = model_cache.model(READER).probabilities(picture)[0]
    strongest = said.gradients.abs().flatten(1).max(dim=1).values.clamp(min=1e-9)
    share = 100 * said.gradients / strongest[:, None, None]  # per cent
    return {
        "picture": images.data_uri(images.to_pixels(picture)[0]),
        "real": said.probabilities.tolist(),
        "logits": said.logits.tolist(),
        "slopes": share.round().int().flatten(1).tolist(),
        "read": read.argmax().item(),
        "certainty": read.max().item(),
    }


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the verdict on a generated digit, and that digit as if it were drawn."""
    import torch

    model = model_cache.model(NAME)
    generated = model.generate(
        model.latents([OPENING["seed"]], truncation=0.8), torch.tensor([OPENING["digit"]])
    )
    drawing = images.data_uri(images.to_pixels(generated)[0])
    return [judge(drawing), drawing]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            gr.Markdown(language.label("gan.critic.teaches"), elem_classes="lead")
            drawn = pad.pad(elem_id="gan-critic-pad")
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"gan.critic.{word}" for word in WORDS))
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="gan-critic")
            gr.Markdown(FORMULA, elem_classes="happened", latex_delimiters=components.LATEX)
    components.starts([drawn.input], judge, drawn, drawing, api_name="gan_judge")
    return InitialResult(opening, [drawing, drawn])
