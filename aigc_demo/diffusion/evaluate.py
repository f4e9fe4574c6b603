"""How good the diffusion model is: a classifier reads its digits, and its features say how near
they come to real ones.
"""

import time

import torch

from aigc_demo.core import checkpoints
from aigc_demo.diffusion import quality
from aigc_demo.diffusion.emoji.evaluate import evaluate as of_emoji
from aigc_demo.diffusion.emoji.model import EmojiDiffusion
from aigc_demo.diffusion.model import CLASSES, DiffusionModel

REQUIRES = ("judge-digits",)  # of other families
READ, READ_UNGUIDED = 2_000, 500  # 200 and 50 a class
DEFAULT: quality.Setting = {"sampler": "DDIM", "steps": 25, "guidance": 2.0}


def evaluate(model: DiffusionModel | EmojiDiffusion) -> list[dict[str, object]]:
    """Return the measured figures of a diffusion model of digits or of emoji."""
    return of_digits(model) if isinstance(model, DiffusionModel) else of_emoji(model)


def of_digits(model: DiffusionModel) -> list[dict[str, object]]:
    """Return how many of 2,000 digits are read as their class, of 500 without guidance, and
    the curve of quality against steps.
    """
    guided, seconds = _conditional_accuracy(model, READ, DEFAULT)
    unguided, _ = _conditional_accuracy(model, READ_UNGUIDED, {**DEFAULT, "guidance": 1.0})
    how = {"samples": READ, "seed": quality.SEED}
    return [
        {"figure": "conditional accuracy", "value": guided, "unit": "%", **how, **DEFAULT},
        {
            "figure": "conditional accuracy, unguided",
            "value": unguided,
            "unit": "%",
            **how,
            **DEFAULT,
            "guidance": 1.0,
            "samples": READ_UNGUIDED,
        },
        {
            "figure": "time per picture",
            "value": round(1000 * seconds / READ, 1),
            "unit": "ms",
            **how,
            **DEFAULT,
        },
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
        *quality.curve(model),
    ]


def _conditional_accuracy(
    model: DiffusionModel, count: int, setting: quality.Setting
) -> tuple[float, float]:
    """Return the percentage, and the seconds that the pictures took."""
    began = time.perf_counter()
    pictures = quality.pictures(model, count, setting)
    seconds = time.perf_counter() - began
    right = checkpoints.load("judge-digits").read(pictures) == torch.arange(count) % CLASSES
    return round(100 * right.float().mean().item(), 1), seconds
