"""One digit's way through the autoencoder: mu and sigma, epsilon, z, the digit that is decoded, and
the loss of this very picture.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_number, check_seed
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.weights import checkpoint_picker
from aigc_demo.vae.views._shared import digits

ORDER = 10  # among the tab's views
FOLDER = Path(__file__).parent
DRAWS = 6  # in sight at once
OPENING = {"digit": 8, "beta": 1.0, "seed": 3}
KL = r"\sum_i \tfrac{1}{2} \left( \mu_i^2 + \sigma_i^2 - 1 - \log \sigma_i^2 \right)"
LOSS = (
    r"\mathcal{L} = -\mathbb{E}_{q(z|x)} \log p(x|z) + "
    rf"\beta \underbrace{{{KL}}}_{{\text{{KL}}(q(z|x) \,\|\, \mathcal{{N}}(0, I))}}"
)
DRAW = r"z = \mu + \sigma \odot \varepsilon,\quad \varepsilon \sim \mathcal{N}(0, I)"
WORDS = (
    *("pipeline", "x", "x_hat", "encoder", "decoder", "numbers", "number", "active", "draws"),
    *("mean_draw", "seed_draw", "resample", "turn", "turned", "reconstruction", "kl", "read"),
)


def reconstruct(drawing: str, beta: float, seed: int, weights: str = "") -> dict[str, Any]:
    """Return every number of a digit's way through vae-digits, what mu and six draws of z become,
    and the loss of each in nats.

    weights: see `model_cache.resolve_weights`.
    """
    from aigc_demo.vae.trace import trace

    model, picture = model_cache.resolve_weights(digits.NAME, weights), digits.tensor(drawing)
    first = check_seed(seed)
    run = trace(model, picture, beta=beta, seeds=range(first, first + DRAWS))
    reading = model_cache.model(digits.CLASSIFIER).read(run.pictures).tolist()
    numbers = {
        name: getattr(run, name).tolist()
        for name in ("mean", "log_variance", "kl", "epsilon", "z", "reconstruction")
    }
    shown = {
        "x": images.data_uri(images.to_pixels(picture)[0]),
        "sheet": images.data_uri(images.grid(images.to_pixels(run.pictures), columns=DRAWS + 1)),
    }
    ranked = [*range(model.config.latents)] if weights else order()
    return {
        "beta": float(beta),
        "seed": first,
        "order": ranked,
        "readings": reading,
        **numbers,
        **shown,
    }


def reconstructed(drawing: str, beta: float, seed: int) -> dict[str, Any]:
    """Return what `reconstruct` does with the weights that are shipped."""
    return reconstruct(drawing, beta, seed)


@components.silent
def look(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return what `reconstruct` does, past the queue, so that the slider is answered at once; None
    where something is wrong.
    """
    return reconstruct(
        request["drawing"], request["beta"], request["seed"], request.get("weights", "")
    )


@components.silent
def traverse(request: dict[str, Any]) -> dict[str, Any] | None:
    """Return what becomes of z with one number turned from -3 to 3, {"sheet", "reconstruction"};
    None where something is wrong.
    """
    import torch

    from aigc_demo.vae.trace import decode_with_loss, latent_traversal

    model = model_cache.resolve_weights(digits.NAME, request.get("weights", ""))
    z = torch.tensor(
        [check_number("z", value, -100, 100) for value in request["z"][: model.config.latents]]
    )
    check_number("dimension", len(z), model.config.latents, model.config.latents)
    rows, picture = latent_traversal(z, request["dimension"]), digits.tensor(request["drawing"])
    pictures, reconstruction = decode_with_loss(model, rows, picture, beta=request["beta"])
    return {
        "sheet": images.data_uri(images.grid(images.to_pixels(pictures), columns=len(pictures))),
        "reconstruction": reconstruction.tolist(),
    }


@model_cache.single_flight_cache
def order() -> list[int]:
    """Return the latent numbers, counted from 0, those first that tell most of the ten digits."""
    from aigc_demo.vae.trace import dimensions_by_kl

    return dimensions_by_kl(
        model_cache.model(digits.NAME), images.from_pixels(digits.generated_digits()[1])
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, the digit on the pad, and the ten to
    choose from.
    """
    drawing = digits.example(OPENING["digit"])
    return [reconstruct(drawing, OPENING["beta"], OPENING["seed"]), drawing, digits.choices()]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            drawn, choice = digits.source("vae-digit-pad", "vae.digit.teaches")
            # The drawing is given the choice, for it asks past the queue.
            weights = gr.Textbox("", visible="hidden")
            other = checkpoint_picker("vae_digit", [digits.NAME], weights)
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words(
                "app.waking", "vae.beta", "vae.beta_info", *(f"vae.digit.{word}" for word in WORDS)
            )
            stage = components.Drawing(
                FOLDER / "view.js",
                words=words,
                betas=digits.BETAS,
                server_functions=[look, traverse],
                elem_id="vae-digit",
            )
            digits.formula("vae.digit.formula", rf"{LOSS}, \qquad {DRAW}", digits.NAME)
    digits.pass_on_strokes(drawn, "vae-digit")
    digits.retry_in_queue(stage, reconstruct)
    weigh = "async (name) => (await aigc.drawn('#vae-digit')).weigh(name)"
    other.here.change(None, other.here, None, js=weigh, api_visibility="private")
    components.endpoint(reconstructed, "vae_reconstruct")
    return InitialResult(opening, [stage, drawn, choice])
