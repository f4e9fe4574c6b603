"""Emoji in and out of 16 by 16 by 4 numbers: what latent diffusion will paint in; and two emoji
mixed there, beside their pixels mixed.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.ui import components, language, pad
from aigc_demo.ui.components import InitialResult

ORDER = 40  # among the tab's views
FOLDER = Path(__file__).parent
NAME = "vae-emoji"
SIDE = 64
FRAMES = 21  # mixtures, both ends included
CHOICES = ["😀", "😎", "🐼", "🦊", "🐸", "🌻", "🍕", "🍎", "🚀", "🏠", "❤️", "🌍"]
OPENING = ("🐼", "🍎")
WORDS = (
    *("x", "x_hat", "encoder", "decoder", "map", "mixture", "at_end", "between", "no_emoji"),
    *("lost", "numbers"),
)


def mix(first: str, second: str) -> dict[str, Any]:
    """Return the latents of two pictures (PNG data URIs), what is decoded on the straight line
    between them, and how near the ends come back.
    """
    import torch

    from aigc_demo.vae.interpolation import interpolate

    model = model_cache.model(NAME)
    x = torch.cat([images.from_pixels(pad.read_colour(each, SIDE)) for each in (first, second)])
    mean, log_variance = model.encode(x)
    way = interpolate(model, x, frames=FRAMES).decoded
    squared = (way[[0, -1]] - x).square().mean(dim=(1, 2, 3))
    return {
        "sheet": images.data_uri(images.grid(images.to_pixels(way), columns=FRAMES)),
        "frames": FRAMES,
        "latents": (100 * mean).round().int().flatten(2).tolist(),  # hundredths, (2, 4, 256)
        "sigma": (log_variance / 2).exp().mean().item(),
        "psnr": (10 * (4 / squared.clamp(min=1e-10)).log10()).tolist(),  # dB
    }


@components.telling
def look(request: dict[str, Any]) -> dict[str, Any]:
    """Return what `mix` does, past the queue, or what is wrong {"problem": both languages}."""
    return mix(request.get("first", ""), request.get("second", ""))


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Wake the model; return the emoji with which the view opens. The browser draws them, for the
    server may have no font.
    """
    model_cache.model(NAME)
    return [list(OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            fields = [
                _choice(which, chosen)
                for which, chosen in zip(("first", "second"), OPENING, strict=True)
            ]
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"vae.emoji.{word}" for word in WORDS))
            stage = components.Drawing(
                FOLDER / "view.js",
                words=words,
                side=SIDE,
                server_functions=[look],
                elem_id="vae-emoji",
            )
            gr.Markdown(
                language.bilingual_html("vae.emoji.happened", **_measured()),
                elem_classes="happened",
                latex_delimiters=components.LATEX,
            )
    for which, (chips, typed) in enumerate(fields):
        chips.input(None, chips, typed, js="(chosen) => chosen", api_visibility="private")
        typed.change(
            None,
            typed,
            None,
            js=f"async (text) => (await aigc.drawn('#vae-emoji')).take({which}, text)",
            api_visibility="private",
        )
    components.endpoint(mix, "vae_emoji")
    return InitialResult(opening, [stage])


def _measured() -> dict[str, Any]:
    figure = next((figure for figure in components.figures(NAME) if figure["figure"] == "PSNR"), {})
    return {"psnr": figure.get("value", "–"), "count": f"{figure.get('samples', 0):,}"}


def _choice(which: str, chosen: str) -> tuple[gr.Radio, gr.Textbox]:
    label = language.label(f"vae.emoji.{which}")
    chips = components.Radio(CHOICES, value=chosen, label=label, elem_classes="chips emoji")
    typed = components.Textbox(
        chosen, label=language.label(f"vae.emoji.{which}_typed"), max_lines=1, max_length=20
    )
    return chips, typed
