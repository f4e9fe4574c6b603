"""How new and how varied the painted emoji are: their distances to the training emoji and to each
other.
"""

import time

import numpy as np
import torch
from torch import Tensor

from aigc_demo.core import checkpoints, data, images
from aigc_demo.gan.emoji.model import EmojiGan

SAMPLES, SHEET = 1_000, 64  # samples of seed 0; the sheet in the README
COPY = (
    1 / 3
)  # of the distance to the second nearest emoji (Yoon et al., "Diffusion probabilistic models generalize when they fail to memorize", 2023)
ALIKE = 0.05  # of full colour, root mean square: 🕐 and 🕑 differ by 0.075


def evaluate(model: EmojiGan) -> list[dict[str, object]]:
    """Return the share of copies, the distance to the nearest training emoji, how alike two samples
    of a sheet are, time and parameters.
    """
    training = images.from_pixels(np.stack([each.pixels for each in data.emoji(64)]))
    z = model.latents(list(range(SAMPLES)))
    began = time.perf_counter()
    pictures = torch.cat([model.generate(part).cpu() for part in z.split(SHEET)])
    seconds = time.perf_counter() - began
    among = distances(training, training)
    nearest, second = two_nearest(
        torch.minimum(distances(pictures, training), distances(pictures, training.flip(3))), among
    )
    own = among.fill_diagonal_(torch.inf).min(dim=1).values
    sheet = distances(pictures[:SHEET], pictures[:SHEET]).fill_diagonal_(torch.inf)
    how, apart = {"samples": SAMPLES, "seed": 0, "truncation": 1}, "RMS, 1 being full colour"
    return [
        {
            "figure": "copies",
            "value": round(100 * copies(nearest, second), 1),
            "unit": "%",
            "split": "all emoji and their mirror images",
            **how,
        },
        {
            "figure": "distance to the nearest emoji",
            "value": round(nearest.median().item(), 3),
            "unit": apart,
            "taken": "median",
            **how,
        },
        {
            "figure": "the same between emoji",
            "value": round(own.median().item(), 3),
            "unit": apart,
            "taken": "median",
        },
        {
            "figure": "alike pairs of 64",
            "value": int((sheet < ALIKE).sum()) // 2,
            "unit": "",
            "samples": SHEET,
            "below": ALIKE,
        },
        {
            "figure": "least distance between two of 64",
            "value": round(sheet.min().item(), 3),
            "unit": apart,
            "samples": SHEET,
        },
        {
            "figure": "time per picture",
            "value": round(1000 * seconds / SAMPLES, 1),
            "unit": "ms",
            **how,
        },
        *(
            {
                "figure": f"parameters of the {name}",
                "value": checkpoints.parameters(model.networks[name]),
                "unit": "weights",
            }
            for name in ("generator", "discriminator")
        ),
    ]


def distances(a: Tensor, b: Tensor) -> Tensor:
    """Return the root mean square differences (N, M) of pictures (N, C, H, W) and (M, C, H, W) in
    [-1, 1], 1 being full colour.
    """
    return torch.cdist(a.flatten(1), b.flatten(1)) / (2 * a[0].numel() ** 0.5)


def two_nearest(to_training: Tensor, among: Tensor) -> tuple[Tensor, Tensor]:
    """Return the distances (N,) to the nearest training picture and to the next that is another.

    to_training: (N, M); among: (M, M), the training pictures' from each other, by which twins are
    known and passed over.
    """
    nearest, which = to_training.min(dim=1)
    return nearest, to_training.masked_fill(among[which] < ALIKE, torch.inf).min(dim=1).values


def copies(nearest: Tensor, second: Tensor) -> float:
    """Return the share of pictures that lie within a third of the distance to the second nearest
    training picture of the nearest.
    """
    return (nearest < COPY * second).float().mean().item()
