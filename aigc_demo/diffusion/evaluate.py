"""How good the diffusion model is: a classifier reads its digits."""

import time
from collections.abc import Iterator

import torch

from aigc_demo import checkpoints
from aigc_demo.diffusion.denoising import MOST_PICTURES
from aigc_demo.diffusion.emoji.evaluate import evaluate as of_emoji
from aigc_demo.diffusion.emoji.sample import EmojiDiffusion
from aigc_demo.diffusion.sample import CLASSES, DiffusionModel

SAMPLES = 1_000
SEED = 0
DEFAULT = {"sampler": "DDIM", "steps": 25, "guidance": 2.0}


def evaluate(model: DiffusionModel | EmojiDiffusion) -> list[dict[str, object]]:
    """Gives back the measured figures of a diffusion model of digits or of emoji."""
    return of_digits(model) if isinstance(model, DiffusionModel) else of_emoji(model)


def of_digits(model: DiffusionModel) -> list[dict[str, object]]:
    """Gives back how many of 1,000 digits, 100 a class, are read as the class that was asked for, with and without guidance."""
    guided, seconds = _read_as_asked(model, DEFAULT)
    unguided, _ = _read_as_asked(model, {**DEFAULT, "guidance": 1.0})
    how = {"samples": SAMPLES, "seed": SEED}
    return [
        {"figure": "read as asked", "value": guided, "unit": "%", **how, **DEFAULT},
        {"figure": "read as asked, unguided", "value": unguided, "unit": "%", **how, **DEFAULT, "guidance": 1.0},
        {"figure": "time per picture", "value": round(1000 * seconds / SAMPLES, 1), "unit": "ms", **how, **DEFAULT},
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
    ]


def _read_as_asked(model: DiffusionModel, setting: dict[str, object]) -> tuple[float, float]:
    """Gives back the percentage, and the seconds that the pictures took."""
    labels, began = torch.arange(SAMPLES) % CLASSES, time.perf_counter()
    pictures = torch.cat(list(_pictures(model, labels.tolist(), setting)))
    seconds = time.perf_counter() - began
    right = checkpoints.load("judge-digits").read(pictures) == labels
    return round(100 * right.float().mean().item(), 1), seconds


def _pictures(model: DiffusionModel, labels: list[int], how: dict[str, object]) -> Iterator[torch.Tensor]:
    for start in range(0, len(labels), MOST_PICTURES):
        *_, last = model.denoise(labels[start : start + MOST_PICTURES], seed=SEED + start, **how)
        yield last.x_next.cpu()
