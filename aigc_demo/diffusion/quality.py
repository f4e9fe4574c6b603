"""Quality against steps: how legible each sampler's digits are, and how near they come to real
ones, by how many steps it took.
"""

from collections.abc import Iterator
from typing import TypedDict

import torch
from torch import Tensor

from aigc_demo.core import checkpoints, data, images
from aigc_demo.diffusion.denoiser import MAX_PICTURES
from aigc_demo.diffusion.model import CLASSES, DiffusionModel
from aigc_demo.judge.measure import COMPARED, frechet

REQUIRES = ("judge-digits",)  # of other families
# a point, the same classes and seeds at each, so that points differ by the sampler alone
SAMPLES = COMPARED
SEED = 0
STEPS = {  # Heun calls the network twice a step; what is left out takes long and shows no more
    "DDPM": (2, 5, 10, 25, 50, 100),
    "DDIM": (2, 5, 10, 25, 50),
    "Euler": (2, 5, 10, 25),
    "Heun": (2, 5, 10, 25),
    "DPM-Solver++(2M)": (2, 5, 10, 25),
    "SDE-DPM-Solver++": (2, 5, 10, 25),
}
# the model itself: guidance leads away from the data on purpose, and would hide what the steps do
GUIDANCE = 1.0


class Setting(TypedDict):
    """Arguments of `denoise`."""

    sampler: str
    steps: int
    guidance: float


def curve(model: DiffusionModel) -> Iterator[dict[str, object]]:
    """Yield two figures of real digits and of each sampler at each number of steps, `curve` being
    the measure; lower is better.

    "distance": the digit FID; "misread": how many a classifier reads as another class than the
    one conditioned on, in percent. Few steps give averaged, typical digits, which are read well and
    are far from real ones: the second alone says little.
    Raises DemoError when MNIST is not at hand.
    """
    judge, test = checkpoints.load("judge-digits"), data.digits("test")
    unseen, labels = images.from_pixels(test.pictures), torch.arange(SAMPLES) % CLASSES
    described = judge.features(unseen)
    known = judge.features(images.from_pixels(data.digits("train").pictures[:SAMPLES]))
    misread = _misread(judge.read(unseen), torch.from_numpy(test.labels))
    yield _distance("of real digits", known, described, split="MNIST train", samples=SAMPLES)
    yield _share("of real digits", misread, split="MNIST test")
    for sampler, counts in STEPS.items():
        for steps in counts:
            setting: Setting = {"sampler": sampler, "steps": steps, "guidance": GUIDANCE}
            made = pictures(model, SAMPLES, setting)
            how = {"samples": SAMPLES, "seed": SEED, **setting}
            yield _distance(f"with {sampler}", judge.features(made), described, **how)
            yield _share(f"with {sampler}", _misread(judge.read(made), labels), **how)


def _distance(which: str, features: Tensor, real: Tensor, **how: object) -> dict[str, object]:
    value = round(frechet(features, real), 2)
    return {"figure": f"digit FID {which}", "value": value, "curve": "distance", "unit": "", **how}


def _share(which: str, misread: float, **how: object) -> dict[str, object]:
    return {
        "figure": f"error rate {which}",
        "value": misread,
        "curve": "misread",
        "unit": "%",
        **how,
    }


def _misread(read: Tensor, labels: Tensor) -> float:
    return round(100 * (read != labels).float().mean().item(), 2)


def pictures(model: DiffusionModel, count: int, setting: Setting) -> Tensor:
    """Return `count` pictures (count, 1, 28, 28) in [-1, 1], the ten classes in turn, picture i
    made by seed SEED + i.
    """
    made = []
    for first in range(0, count, MAX_PICTURES):
        labels = [i % CLASSES for i in range(first, min(first + MAX_PICTURES, count))]
        *_, last = model.denoise(labels, seed=SEED + first, **setting)
        made.append(last.x_next.cpu())
    return torch.cat(made)
