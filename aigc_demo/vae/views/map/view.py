"""The map: all that the autoencoder with two latents can decode, and where a digit of the
visitor's own is encoded.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_number
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.vae.views._shared import digits

ORDER = 20  # among the tab's views
FOLDER = Path(__file__).parent
EXTENT = 3.0  # as in latent_grid.py, which the server's start does not wait for: it imports torch
OPENING = {"digit": 2, "beta": 1.0}
DENSITIES = (
    r"p(z) = \frac{1}{2\pi} e^{-(z_1^2 + z_2^2) / 2}, \qquad "
    r"q(z|x) = \mathcal{N}(\mu, \text{diag}\, \sigma^2), \qquad \hat x = p(x|z)"
)
WORDS = (
    *("plane", "pictures", "regions", "shown", "decoded", "reads", "place", "yours", "back"),
    *("mark", "rings", "go"),
)


def atlas(drawing: str | None, beta: float) -> dict[str, Any]:
    """Return the map of vae-digits-2d: its pictures as one sheet, what is read at each place; and
    where a drawing lies, if there is one.
    """
    from aigc_demo.vae.latent_grid import CLASSES, PICTURES, decode_grid

    check_number("beta", beta, *digits.BETAS)
    model, reader = model_cache.model(digits.PLANE), model_cache.model(digits.CLASSIFIER)
    decoded = decode_grid(model, reader, beta=beta)
    return {
        "beta": float(beta),
        "side": PICTURES,
        "sheet": images.data_uri(images.grid(images.to_pixels(decoded.pictures), columns=PICTURES)),
        "fine": CLASSES,
        "readings": decoded.classes.tolist(),
        "certainty": [round(share, 3) for share in decoded.confidence.tolist()],
        "mark": _mark(drawing, beta) if drawing else None,
    }


def _mark(drawing: str, beta: float) -> dict[str, Any]:
    from aigc_demo.vae.trace import trace

    picture = digits.tensor(drawing)
    run = trace(model_cache.model(digits.PLANE), picture, beta=beta)
    return {
        "x": images.data_uri(images.to_pixels(picture)[0]),
        "x_hat": images.data_uri(images.to_pixels(run.pictures)[0]),
        "mean": run.mean.tolist(),
        "sigma": (run.log_variance / 2).exp().tolist(),
        "reconstruction": run.reconstruction[0].item(),
        "kl": run.kl.sum().item(),
    }


@components.silent
def look(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return what `atlas` does, past the queue, so that the slider is answered at once; None where
    something is wrong.
    """
    return atlas(request.get("drawing"), request["beta"])


@components.silent
def point(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return what one place of the plane is decoded to, read as, and p(z) there; None where
    something is wrong.
    """
    import torch

    from aigc_demo.vae.latent_grid import prior_density

    z = tuple(check_number("z", value, -EXTENT, EXTENT) for value in request["z"][:2])
    picture = model_cache.model(digits.PLANE).decode(torch.tensor([z]), beta=request["beta"]).cpu()
    share, digit = model_cache.model(digits.CLASSIFIER).probabilities(picture).max(dim=1)
    return {
        "z": z,
        "picture": images.data_uri(images.to_pixels(picture)[0]),
        "digit": digit.item(),
        "share": share.item(),
        "density": prior_density(z),
    }


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, the digit on the pad, and the ten to
    choose from.
    """
    drawing = digits.example(OPENING["digit"])
    return [atlas(drawing, OPENING["beta"]), drawing, digits.choices()]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            drawn, choice = digits.source("vae-map-pad", "vae.map.teaches")
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words(
                "app.waking", "vae.beta", "vae.beta_info", *(f"vae.map.{word}" for word in WORDS)
            )
            stage = components.Drawing(
                FOLDER / "view.js",
                words=words,
                betas=digits.BETAS,
                extent=EXTENT,
                server_functions=[look, point],
                elem_id="vae-map",
            )
            digits.formula("vae.map.formula", DENSITIES, digits.PLANE)
    digits.pass_on_strokes(drawn, "vae-map")
    digits.retry_in_queue(stage, atlas)
    components.endpoint(atlas, "vae_map")
    return InitialResult(opening, [stage, drawn, choice])
