"""How good the diffusion model is: a classifier reads its digits."""

import time
from collections.abc import Iterator

import torch

from aigc_demo import checkpoints
from aigc_demo.diffusion.sample import CLASSES, MOST_PICTURES, DiffusionModel

SAMPLES = 1_000
SEED = 0
SETTINGS = (
    {"sampler": "DDIM", "steps": 25, "guidance": 2.0},
    {"sampler": "DDPM", "steps": 25, "guidance": 2.0},
    {"sampler": "DDIM", "steps": 25, "guidance": 1.0},
)


def evaluate(model: DiffusionModel) -> list[dict[str, object]]:
    """Gives back, for each of the settings, how many of 1,000 digits, 100 a class, are read as the class that was asked for."""
    judge, figures = checkpoints.load("judge-digits"), []
    labels = torch.arange(SAMPLES) % CLASSES
    for how in SETTINGS:
        began = time.perf_counter()
        pictures = torch.cat(list(_pictures(model, labels.tolist(), how)))
        seconds = time.perf_counter() - began
        share = (judge.read(pictures) == labels).float().mean().item()
        extra = {"samples": SAMPLES, "seed": SEED, **how}
        first = not figures  # the default setting has the plain name
        figures.append(
            {
                "figure": "read as asked" if first else f"read as asked, {how['sampler']}, guidance {how['guidance']:g}",
                "value": round(100 * share, 1),
                "unit": "%",
                **extra,
            }
        )
        if first:
            figures.append({"figure": "time per picture", "value": round(1000 * seconds / SAMPLES, 1), "unit": "ms", **extra})
    return [*figures, {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"}]


def _pictures(model: DiffusionModel, labels: list[int], how: dict[str, object]) -> Iterator[torch.Tensor]:
    for start in range(0, len(labels), MOST_PICTURES):
        *_, last = model.denoise(labels[start : start + MOST_PICTURES], seed=SEED + start, **how)
        yield last.x_next.cpu()
