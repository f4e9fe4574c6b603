"""How well the text-to-emoji model knows its emoji: does a name bring back its own picture, and how
fast.
"""

import time
from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, images
from aigc_demo.diffusion.emoji.model import EmojiDiffusion

NAMES, SEED, BATCH = 200, 0, 40
GUIDANCE = 3.0
SMALL = 16  # pixels a side, at which colours are compared
FIRST = 5


def evaluate(model: EmojiDiffusion) -> list[dict[str, object]]:
    """Return how often the emoji of 200 names is among the five nearest to what is drawn; times and
    parameters.
    """
    known = data.emoji(64)
    small = shrink(images.from_pixels(np.stack([each.pixels for each in known])))
    chosen = torch.randperm(len(known), generator=torch.Generator().manual_seed(SEED))[
        :NAMES
    ].tolist()
    how = {
        "samples": NAMES,
        "seed": SEED,
        "steps": 15,
        "guidance": GUIDANCE,
        "sampler": "DPM-Solver++(2M)",
        "compared at": f"{SMALL} by {SMALL}",
    }
    figures = []
    for names, prompts, guidance in (
        ("", [known[i].english for i in chosen], GUIDANCE),
        (", Chinese names", [known[i].chinese for i in chosen], GUIDANCE),
        (", unguided", [known[i].english for i in chosen], 1.0),
    ):
        ranks = rank(shrink(_draw(model, prompts, guidance)), small, torch.tensor(chosen))
        options = {"guidance": guidance}
        figures.append(_share(f"recall@5{names}", ranks < FIRST, how | options))
        if not names:
            figures.append(_share("recall@1", ranks < 1, how))
    times = {count: _seconds(model, count) for count in (1, 16)}
    return [
        *figures,
        *(
            {
                "figure": f"latency, batch of {count}",
                "value": round(1000 * times[count]),
                "unit": "ms",
                "steps": 15,
                "guidance": GUIDANCE,
            }
            for count in times
        ),
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
    ]


def shrink(pictures: Tensor) -> Tensor:
    """Return the mean colours (N, 3, 16, 16) of pictures (N, 3, 64, 64)."""
    return F.adaptive_avg_pool2d(pictures.float(), SMALL)


def rank(drawn: Tensor, known: Tensor, right: Tensor) -> Tensor:
    """Return for each picture (N, C, H, W) how many of `known` (M, C, H, W) are nearer than the
    right one (N,), 0 being best.

    A distance is the mean over all places of the Euclidean distance between colours.
    """
    # (N, M)
    apart = torch.stack([(picture - known).norm(dim=1).mean(dim=(1, 2)) for picture in drawn])
    return (apart < apart.gather(1, right[:, None])).sum(dim=1)


def _draw(model: EmojiDiffusion, prompts: list[str], guidance: float = GUIDANCE) -> Tensor:
    parts = []
    for start in range(0, len(prompts), BATCH):
        part, seed = prompts[start : start + BATCH], SEED + start
        *_, last = model.denoise(part, seed=seed, guidance=guidance)
        parts.append(last.x_next.cpu())
    return torch.cat(parts)


def _seconds(model: EmojiDiffusion, count: int) -> float:
    """Return how long `count` emoji take, without their film; the second of two runs."""
    prompts = [model.words.words[-1]] * count
    _draw(model, prompts)
    began = time.perf_counter()
    _draw(model, prompts)
    return time.perf_counter() - began


def _share(figure: str, right: Tensor, how: Mapping[str, object]) -> dict[str, object]:
    return {
        "figure": figure,
        "value": round(100 * right.float().mean().item(), 1),
        "unit": "%",
        **how,
    }
