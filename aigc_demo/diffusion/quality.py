"""Quality against steps: how near each sampler's digits come to real ones, by how many steps it took."""

from collections.abc import Iterator

import torch
from torch import Tensor

from aigc_demo import checkpoints, data, images
from aigc_demo.diffusion.denoising import MOST_PICTURES
from aigc_demo.diffusion.sample import CLASSES, DiffusionModel
from aigc_demo.judge.measure import frechet

SAMPLES = 400  # a point, the same classes and seeds at each, so that points differ by the sampler alone
SEED = 0
STEPS = {  # Heun asks twice a step; what is left out takes long and shows no more
    "DDPM": (2, 5, 10, 25, 50, 100),
    "DDIM": (2, 5, 10, 25, 50),
    "Euler": (2, 5, 10, 25),
    "Heun": (2, 5, 10, 25),
    "DPM-Solver++(2M)": (2, 5, 10, 25),
}
GUIDANCE = 1.0  # the model itself: guidance leads away from the data on purpose, and would hide what the steps do
CURVE = "quality against steps"


def curve(model: DiffusionModel) -> Iterator[dict[str, object]]:
    """Yields the digit FID of as many real digits, then that of each sampler at each number of steps; lower is nearer to real digits.

    Raises DemoError when MNIST is not at hand.
    """
    judge = checkpoints.load("judge-digits")
    unseen, known = (judge.describe(images.from_pixels(data.digits(split).pictures[:count])) for split, count in (("test", None), ("train", SAMPLES)))
    how = {"curve": CURVE, "unit": "", "split": "against MNIST test", "samples": SAMPLES}
    yield {"figure": "digit FID of real digits", "value": round(frechet(known, unseen), 2), **how}
    for sampler, counts in STEPS.items():
        for steps in counts:
            setting = {"sampler": sampler, "steps": steps, "guidance": GUIDANCE}
            distance = frechet(judge.describe(pictures(model, SAMPLES, setting)), unseen)
            yield {"figure": f"digit FID with {sampler}", "value": round(distance, 2), **how, "seed": SEED, **setting}


def pictures(model: DiffusionModel, count: int, setting: dict[str, object]) -> Tensor:
    """Gives back `count` pictures (count, 1, 28, 28) in [-1, 1], the ten classes in turn, picture i made by seed SEED + i."""
    made = []
    for first in range(0, count, MOST_PICTURES):
        labels = [i % CLASSES for i in range(first, min(first + MOST_PICTURES, count))]
        *_, last = model.denoise(labels, seed=SEED + first, **setting)
        made.append(last.x_next.cpu())
    return torch.cat(made)
