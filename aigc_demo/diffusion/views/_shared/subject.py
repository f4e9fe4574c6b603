"""What a view paints: a digit in pixels from a class, or an emoji in latents from words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_choice, check_text
from aigc_demo.ui import components, language, pad

if TYPE_CHECKING:
    from torch import Tensor

# as in samplers.py, which imports torch
SAMPLER_NAMES = ["DDIM", "DDPM", "Euler", "Heun", "DPM-Solver++(2M)", "SDE-DPM-Solver++"]
CLASSES = [*"0123456789"]
MAX_PROMPT = 200  # characters, as in words.py, which imports torch
# which of the two prompts is seen, in the browser alone
SHOW = """(model) => [model === "digits", model === "emoji"].map(
  (visible) => ({ visible, __type__: "update" }))"""


@dataclass(frozen=True)
class Subject:
    """A model and the pictures that it paints."""

    name: str  # of the checkpoint
    side: int  # pixels

    @property
    def ink(self) -> bool:
        """Whether its pictures are grey, of ink on paper."""
        return self.side == 28


SUBJECTS = {"digits": Subject("diffusion-digits", 28), "emoji": Subject("diffusion-emoji", 64)}


def subject(model: object) -> Subject:
    """Return what `model` names; raises DemoError when it names none."""
    return SUBJECTS[check_choice("model", model, [*SUBJECTS])]


def prompt(subject: Subject, digit: object, words: object) -> int | str:
    """Return what the model is conditioned on: a class, or words, of which there may be none.

    Raises DemoError when it is neither.
    """
    if subject.ink:
        return int(check_choice("digit", digit, CLASSES))
    return "" if words == "" else check_text(words, MAX_PROMPT)


def picture(subject: Subject, drawing: object) -> "Tensor":
    """Return a visitor's picture, a PNG data URI, as (1, C, H, W) in [-1, 1], paper where it is
    transparent; raises DemoError as pad.read.
    """
    return images.from_pixels(
        pad.read(drawing, subject.side) if subject.ink else pad.read_colour(drawing, subject.side)
    )


def erased(subject: Subject, drawing: object) -> "Tensor":
    """Return where a visitor's picture, a PNG data URI, is transparent: (1, 1, H, W), 1 there and 0
    elsewhere; raises DemoError as pad.read.
    """
    import torch

    return torch.from_numpy(pad.read_erased(drawing, subject.side)).permute(0, 3, 1, 2).float()


def pixels(picture: "Tensor") -> np.ndarray:
    """Return one picture (1, C, H, W) as (H, W, C) uint8."""
    return images.to_pixels(picture)[0]


def model(subject: Subject) -> Any:
    """Return the model, loading it if it is not in memory yet. Raises DemoError where its
    checkpoint is missing.
    """
    return model_cache.model(subject.name)


def controls(
    digit: str, words: str, *, suffix: str = ""
) -> tuple[components.Radio, components.Textbox]:
    """Draw the choice of a class and the field for words, of which one is seen; return both."""
    label = language.label

    def info(name: str) -> Any:
        return None if suffix else label(f"diffusion.prompt.{name}.info")  # once in a view

    digits = components.Radio(
        CLASSES,
        value=digit,
        label=label(f"diffusion.prompt.digit{suffix}"),
        info=info("digit"),
        elem_classes="chips five",
    )
    typed = components.Textbox(
        words,
        label=label(f"diffusion.prompt.words{suffix}"),
        info=info("words"),
        max_lines=1,
        max_length=MAX_PROMPT,
        visible=False,
    )
    return digits, typed


def choice() -> components.Radio:
    """Draw the choice of a model."""
    return components.model(
        [(language.label(f"diffusion.subject.{name}"), name) for name in SUBJECTS], "digits"
    )


def steps_and_guidance(
    steps: int, most: int, guidance: float
) -> tuple[components.Slider, components.Slider]:
    """Draw the sliders for steps and guidance."""
    label = language.label
    return (
        components.Slider(
            1,
            most,
            steps,
            step=1,
            label=label("diffusion.steps"),
            info=label("diffusion.steps.info"),
        ),
        components.Slider(
            0,
            10,
            guidance,
            step=0.5,
            label=label("diffusion.guidance"),
            info=label("diffusion.guidance.info"),
        ),
    )


def sampler_and_eta(
    names: list[str], sampler: str, eta: float
) -> tuple[components.Radio, components.Slider]:
    """Draw the choice of a sampler and the slider for DDIM's share of fresh noise."""
    label = language.label
    return (
        components.Radio(
            names,
            value=sampler,
            label=label("diffusion.sampler"),
            info=label("diffusion.sampler.info"),
            elem_classes=["chips", "models"],
        ),
        components.Slider(
            0, 1, eta, step=0.1, label=label("diffusion.eta"), info=label("diffusion.eta.info")
        ),
    )
