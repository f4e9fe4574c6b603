"""Neighbours of a result, bred by choosing, and walks from one result to another: what the first
noise means.

A sum a z + b z' of independent standard normals with a^2 + b^2 = 1 is standard normal again: every
neighbour's noise is as probable as its parent's, and the model paints it as well.
"""

import zlib
from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_number, check_seed
from aigc_demo.core.interpolation import arc
from aigc_demo.core.spelling import plain
from aigc_demo.diffusion.denoiser import Denoising

NEIGHBOURS = 9
MAX_LINEAGE = 50  # generations


@dataclass(frozen=True)
class Choice:
    """Which neighbour became the next centre."""

    share: float  # of fresh noise, s: 0 is the centre itself, 1 has nothing of it
    neighbour: int  # 1 to 9


def read_lineage(text: str) -> list[Choice]:
    """Return the choices that "0.4:3 0.25:7" tells, one a generation; raises DemoError when it
    tells none.
    """
    try:
        pairs = [each.split(":") for each in plain(text).split()]
        choices = [Choice(float(share), int(neighbour)) for share, neighbour in pairs]
        if len(choices) > MAX_LINEAGE or any(
            not 0 <= c.share <= 1 or not 1 <= c.neighbour <= NEIGHBOURS for c in choices
        ):
            raise ValueError(text)
    except (DemoError, ValueError):  # no text, or another
        raise DemoError(
            "A lineage is a row of at most {limit} choices such as 0.4:3, the strength from 0 to 1 "
            "and the neighbour from 1 to {count}.",
            limit=MAX_LINEAGE,
            count=NEIGHBOURS,
        ) from None
    return choices


def noise_of(model: Denoising, seed: int, lineage: list[Choice]) -> Tensor:
    """Return the first noise (1, C, H, W) of the centre to which `lineage` leads from `seed`'s."""
    noise = runtime.NoisePerPicture([check_seed(seed)]).draw(*model.shape)
    for generation, choice in enumerate(lineage):
        noise = _mix(noise, _fresh(model, seed, generation, [choice.neighbour]), choice.share)
    return noise


def neighbours(model: Denoising, seed: int, lineage: list[Choice], share: float) -> Tensor:
    """Return the first noise (1 + 9, C, H, W) of the centre and of its neighbours: sqrt(1 - s^2) z
    + s z', s being `share`.

    Raises DemoError for a share that is not from 0 to 1.
    """
    centre = noise_of(model, seed, lineage)
    fresh = _fresh(model, seed, len(lineage), range(1, NEIGHBOURS + 1))
    return torch.cat([centre, _mix(centre, fresh, check_number("share", share, 0, 1))])


def interpolate(
    conditions: Tensor, noises: tuple[Tensor, Tensor], frames: int, moves: str
) -> tuple[Tensor, Tensor]:
    """Return conditions (frames, D) and first noise (frames, C, H, W) from one picture to another,
    both ends included.

    conditions: (2, D), noises: (1, C, H, W) each, of start and goal. moves: "prompt", "noise" or
    "both"; what does not move stays that of the start. Both go along the arc, for words too are
    vectors of one length.
    """
    condition, noise = conditions[:1].expand(frames, -1), noises[0].expand(frames, -1, -1, -1)
    if moves != "noise":
        condition = arc(conditions[0], conditions[1], frames)
    if moves != "prompt":
        noise = arc(noises[0][0], noises[1][0], frames)
    return condition, noise


def _mix(noise: Tensor, fresh: Tensor, share: float) -> Tensor:
    return (1 - share**2) ** 0.5 * noise + share * fresh


def _fresh(model: Denoising, seed: int, generation: int, which: list[int] | range) -> Tensor:
    """Return new noise, the same for the same neighbour of the same generation, and no seed's own.

    torch's generator reads 32 bits, of which visitors' seeds have the lower 31.
    """
    seeds = [2**31 | zlib.crc32(f"{seed} {generation} {neighbour}".encode()) for neighbour in which]
    return runtime.NoisePerPicture(seeds).draw(*model.shape)
