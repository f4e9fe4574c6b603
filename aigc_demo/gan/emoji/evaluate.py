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
# Of the distance to the second nearest emoji (Yoon et al., "Diffusion probabilistic models
# generalize when they fail to memorize", 2023).
COPY = 1 / 3
ALIKE = 0.05  # of full colour, root mean square: 🕐 and 🕑 differ by 0.075
HOW = {"samples": SAMPLES, "seed": 0, "truncation": 1}
APART = "RMS, 1 being full colour"


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
    return [
        *_novelty(nearest, second, own),
        *_variety(sheet),
        _figure("time per picture", round(1000 * seconds / SAMPLES, 1), "ms", **HOW),
        *(
            _figure(f"parameters of the {name}", checkpoints.parameters(network), "weights")
            for name, network in model.networks.items()
            if name in ("generator", "discriminator")
        ),
    ]


def _novelty(nearest: Tensor, second: Tensor, own: Tensor) -> list[dict[str, object]]:
    """Return how far samples lie from the training emoji, and these from each other (own)."""
    split, share = "all emoji and their mirror images", round(100 * copies(nearest, second), 1)
    far, between = (round(each.median().item(), 3) for each in (nearest, own))
    return [
        _figure("memorisation rate", share, "%", split=split, **HOW),
        _figure("nearest-neighbour distance", far, APART, taken="median", **HOW),
        _figure("nearest-neighbour distance between emoji", between, APART, taken="median"),
    ]


def _variety(sheet: Tensor) -> list[dict[str, object]]:
    """Return how alike the pictures of a sheet are, from their distances (64, 64)."""
    pairs, least = int((sheet < ALIKE).sum()) // 2, round(sheet.min().item(), 3)
    return [
        _figure("near-duplicate pairs of 64", pairs, "", samples=SHEET, below=ALIKE),
        _figure("minimum pairwise distance of 64", least, APART, samples=SHEET),
    ]


def _figure(name: str, value: float, unit: str, **how: object) -> dict[str, object]:
    return {"figure": name, "value": value, "unit": unit, **how}


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
