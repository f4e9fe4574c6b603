"""New latents out of others: a plane with a seed at every crossing, and the children of two rows of
seeds.
"""

import torch
from torch import Tensor

from aigc_demo.core.errors import check_number, check_seed
from aigc_demo.core.interpolation import slerp
from aigc_demo.gan.model import GanModel

CELLS = 4  # a side of the plane: 5 by 5 crossings, each with a seed of its own
MAX_PARENTS = 8


def crossings(seed: int) -> list[int]:
    """Return the seeds at the plane's 25 crossings, row by row from the top left: `seed` and those
    after it.
    """
    return [check_seed(seed) + i for i in range((CELLS + 1) ** 2)]


def plane(model: GanModel, seed: int, places: Tensor, *, truncation: float = 1.0) -> Tensor:
    """Return z (N, latent) at `places` (N, 2): columns and rows from the top left, each from 0 to
    4, whole numbers being crossings.

    Between crossings it is the mean of the four around, the nearer the heavier, with weights whose
    squares sum to 1: a sum of independent standard normals is standard normal again only then.
    """
    nearness = (1 - (places[..., None] - torch.arange(CELLS + 1)).abs()).clamp(min=0)  # (N, 2, 5)
    across, down = (nearness / nearness.norm(dim=-1, keepdim=True)).unbind(dim=1)
    latents = model.latents(crossings(seed), truncation=truncation).cpu()
    corners = latents.view(CELLS + 1, CELLS + 1, -1)  # (row, column, latent)
    return torch.einsum("nj,ni,jid->nd", down, across, corners)


def lattice(steps: int) -> Tensor:
    """Return places (N, 2) all over the plane, row by row, `steps` to a cell and the far edges
    included.
    """
    ticks = torch.linspace(0, CELLS, CELLS * steps + 1)
    down, across = torch.meshgrid(ticks, ticks, indexing="ij")
    return torch.stack([across.flatten(), down.flatten()], dim=1)


def children(
    model: GanModel, first: int, second: int, *, parents: int, share: float, truncation: float = 1.0
) -> tuple[Tensor, Tensor, Tensor]:
    """Return two rows of parents (parents, latent) each, and the z of each pair's child (parents *
    parents, latent).

    Parent i of a row has its first seed + i. A child lies `share` of the way from the first row's
    parent to the second's, on the arc between them. Raises DemoError for a share that is not from 0
    to 1.
    """
    parents = check_number("parents", parents, 1, MAX_PARENTS, whole=True)
    share = check_number("share", share, 0, 1)
    a, b = (
        model.latents([check_seed(seed) + i for i in range(parents)], truncation=truncation).cpu()
        for seed in (first, second)
    )
    return a, b, torch.stack([slerp(ours, theirs, share) for ours in a for theirs in b])
