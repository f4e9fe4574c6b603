"""What a view generates: one of the ten digits, or emoji."""

from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_choice, check_seed
from aigc_demo.ui import components, language

if TYPE_CHECKING:
    from torch import Tensor

REQUIRES = ("judge-digits",)  # of other families
DIGITS, EMOJI = [*"0123456789"], "emoji"
CHOICES = [*DIGITS, EMOJI]
ALL = ["all", *DIGITS]
COLUMNS, ROWS = 10, 4  # of a grid of digits


def model(subject: str) -> Any:
    """Return the GAN that generates `subject`; raises DemoError when none does."""
    return model_cache.model(
        "gan-emoji" if check_choice("digit", subject, CHOICES) == EMOJI else "gan-digits"
    )


def rows(digit: str, seed: int) -> tuple[list[int], "Tensor"]:
    """Return the seeds and the classes (40,) of a grid of digits; "all": a column is a digit, a row
    a seed.
    """
    import torch

    first, every = check_seed(seed), check_choice("digit", digit, ALL) == "all"
    places = range(COLUMNS * ROWS)
    return [first + (i // COLUMNS if every else i) for i in places], torch.tensor(
        [i % COLUMNS if every else int(digit) for i in places]
    )


def generate(subject: str, z: "Tensor") -> tuple[np.ndarray, list[float]]:
    """Return pictures (N, H, W, C) uint8 for z (N, latent), and the discriminator's output
    D(x) on each, from 0 to 1.
    """
    import torch

    gan = model(subject)
    if subject == EMOJI:
        return images.to_pixels(gan.generate(z)), gan.judge(z).tolist()
    labels = torch.full((len(z),), int(subject))
    pictures = gan.generate(z, labels)
    return images.to_pixels(pictures), gan.judge(pictures, labels).tolist()


def read(subject: str, pixels: np.ndarray) -> str:
    """Return what one picture (H, W, C) uint8 is taken for: the digit that the classifier reads, or
    the nearest training emoji.
    """
    picture = images.from_pixels(pixels[None])
    if subject == EMOJI:
        return model(EMOJI).nearest(picture, 1)[0][0]
    return str(model_cache.model("judge-digits").read(picture).item())


def truncation(value: float, info: str = "gan.truncation.info") -> components.Slider:
    """Return the slider of truncation, by which a GAN's noise is scaled."""
    return components.Slider(
        0, 1.5, value, step=0.05, label=language.label("gan.truncation"), info=language.label(info)
    )
