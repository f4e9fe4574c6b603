"""Same data, two families: the digits of the GAN and of the variational autoencoder side by side,
with what can be measured of both.
"""

import time
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import data, images, model_cache
from aigc_demo.core.errors import check_choice, check_seed
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

ORDER = 80  # among the tab's views
REQUIRES = ("judge-digits", "vae-digits")  # of other families
FOLDER = Path(__file__).parent
GAN, VAE, READER = "gan-digits", "vae-digits", "judge-digits"
DIGITS = ["all", *"0123456789"]
COUNT, COLUMNS = 18, 6
MAX_DRAWN = 2_000  # latents until there are enough digits of a class
OPENING = {"digit": "all", "seed": 3}
WORDS = (
    *("gan", "vae", "gan_note", "vae_note", "vae_sorted", "nearest", "no_data"),
    *("time", "read", "certainty", "diversity", "grey", "apart", "fid", "weights", "likelihood"),
)


def compare(digit: str, seed: int) -> dict[str, Any]:
    """Return eighteen digits of each family with its figures, and the training picture that is
    nearest to each where the data are at hand.
    """
    digit, first = check_choice("digit", digit, DIGITS), check_seed(seed)
    training = data.training_digits()
    pictures = {"gan": _by_gan(digit, first), "vae": _by_vae(digit, first)}
    families = {name: _measured(name, made, training) for name, made in pictures.items()}
    return {
        "digit": digit,
        "families": families,
        "columns": COLUMNS,
        "nearest": training is not None,
    }


def _by_gan(digit: str, seed: int) -> dict[str, Any]:
    import torch

    model = model_cache.model(GAN)
    labels = torch.tensor([i % 10 if digit == "all" else int(digit) for i in range(COUNT)])
    z = model.latents([seed + i for i in range(COUNT)])
    began = time.perf_counter()
    pictures = model.generate(z, labels).cpu()
    return {
        "pictures": pictures,
        "seconds": (time.perf_counter() - began) / COUNT,
        "labels": labels,
        "drawn": COUNT,
    }


def _by_vae(digit: str, seed: int) -> dict[str, Any]:
    """Decode z ~ N(0, I). The autoencoder knows no class: for one digit, latents are drawn until
    enough are read as it.
    """
    import torch

    from aigc_demo.core import runtime

    model, reader = model_cache.model(VAE), model_cache.model(READER)
    noise, accepted, drawn, seconds = runtime.generator(seed), [], 0, 0.0
    while sum(map(len, accepted)) < COUNT and drawn < MAX_DRAWN:
        z = torch.randn(COUNT if digit == "all" else 200, model.config.latents, generator=noise)
        began = time.perf_counter()
        made = model.decode(z).cpu()
        seconds += time.perf_counter() - began
        drawn += len(z)
        accepted.append(made if digit == "all" else made[reader.read(made) == int(digit)])
    return {
        "pictures": torch.cat(accepted)[:COUNT],
        "seconds": seconds / drawn,
        "labels": None,
        "drawn": drawn,
    }


def _measured(name: str, made: dict[str, Any], training: np.ndarray | None) -> dict[str, Any]:
    from aigc_demo.judge.measure import diversity, nearest, undecided

    pictures, reader = made["pictures"], model_cache.model(READER)
    probabilities = reader.probabilities(pictures)
    read = probabilities.argmax(dim=1)
    figures = components.measured({"gan": GAN, "vae": VAE}[name])
    nearest_sheet = apart = None
    if training is not None:
        found, distances = nearest(pictures, training)
        nearest_sheet = images.data_uri(images.grid(training[found], columns=COLUMNS))
        apart = distances.mean().item()
    return {
        "sheet": images.data_uri(images.grid(images.to_pixels(pictures), columns=COLUMNS)),
        "count": len(pictures),
        "drawn": made["drawn"],
        "nearest": nearest_sheet,
        "apart": apart,
        "milliseconds": 1000 * made["seconds"],
        "reads": read.tolist(),
        "right": None if made["labels"] is None else (read == made["labels"]).float().mean().item(),
        "certainty": probabilities.max(dim=1).values.mean().item(),
        "diversity": diversity(reader.features(pictures)) if len(pictures) > 1 else None,
        "grey": undecided(pictures),
        "fid": figures.get("digit FID"),
        "likelihood": figures.get("negative ELBO"),
        "weights": figures.get("parameters") or figures.get("parameters of the generator"),
    }


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [compare(**OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            digit = components.digit(DIGITS, OPENING["digit"])
            run, stop = components.run_and_stop("gan.families.run")
            seed = components.seed(value=OPENING["seed"])
            gr.Markdown(language.label("gan.families.teaches"), elem_classes="lead")
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"gan.families.{word}" for word in WORDS))
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="gan-families")
    components.starts(
        [run.click, digit.input, seed.submit],
        compare,
        [digit, seed],
        drawing,
        api_name="gan_families",
        stop=stop,
    )
    return InitialResult(opening, [drawing])
