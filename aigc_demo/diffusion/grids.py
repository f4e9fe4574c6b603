"""Grids: pictures along two axes, all made in one batch. Every turn is one call of the network,
whatever the samplers and steps.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from aigc_demo.core import images, runtime
from aigc_demo.core.errors import DemoError, check_number, check_seed
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.denoiser import MAX_PICTURES, Denoising, SamplingRun
from aigc_demo.diffusion.frames import display_scale
from aigc_demo.diffusion.samplers import SAMPLERS, SECOND_ORDER_PREDICTOR

MAX_STEPS = 100  # of a film in which each can still be seen


@dataclass(frozen=True)
class Cell:
    """All that settles one picture."""

    prompt: Any  # a class of digits, or words
    steps: int
    sampler: str
    guidance: float
    seed: int


@dataclass(frozen=True)
class Grid:
    """Cells row by row. `down` and `across` are the names of the two fields of a Cell that change
    from row to row and from column to column.
    """

    down: str
    across: str
    columns: int
    cells: tuple[Cell, ...]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.cells) // self.columns

    def labels(self, axis: str) -> list[Any]:
        """Return the values along `axis`, which is `down` or `across`."""
        heads = self.cells[:: self.columns] if axis == self.down else self.cells[: self.columns]
        return [getattr(cell, axis) for cell in heads]


def lay_out(down: str, across: str, values: dict[str, list[Any]]) -> Grid:
    """Return the grid over the `values` of two fields of a Cell; of each other field there must be
    one value.

    Raises DemoError when there are several, more than 64 cells, or a number out of its range.
    """
    for field, given in values.items():
        if field not in (down, across) and len(given) > 1:
            raise DemoError(
                "{field}: there are {count} values, but in this grid it is no axis and takes one.",
                field=field,
                count=len(given),
            )
    rows, columns = len(values[down]), len(values[across])
    if rows * columns > MAX_PICTURES:
        sizes = {
            "rows": rows,
            "columns": columns,
            "count": f"{rows * columns:,}",
            "limit": MAX_PICTURES,
        }
        raise DemoError(
            "The grid has {rows} rows of {columns}, which is {count} pictures; at most {limit} are "
            "made at once.",
            **sizes,
        )
    fixed = {field: given[0] for field, given in values.items()}
    return Grid(
        down,
        across,
        columns,
        tuple(
            check(Cell(**{**fixed, down: row, across: column}))
            for row in values[down]
            for column in values[across]
        ),
    )


def check(cell: Cell) -> Cell:
    """Return `cell` with its steps and seed as whole numbers; raises DemoError when they are out of
    range. The model checks the rest.
    """
    steps = check_number("steps", cell.steps, 1, MAX_STEPS, whole=True)
    return Cell(**{**asdict(cell), "steps": steps, "seed": check_seed(cell.seed)})


@dataclass(frozen=True)
class GridProgress:
    """How far a grid has come."""

    calls: int  # of the network
    steps: tuple[int, ...]  # of each cell, that are made
    # (cells, C, H, W), what the model works in: the clean pictures as they are predicted so far, in
    # the end the results
    pictures: Tensor


def generate(model: Denoising, cells: Sequence[Cell]) -> Iterator[GridProgress]:
    """Make all cells side by side; yield whenever a call of the network has brought some of them a
    step further.
    """
    # cells that pass the same levels by the same sampler are one sampling
    groups: dict[tuple[int, str], list[int]] = {}
    for place, cell in enumerate(cells):
        groups.setdefault((cell.steps, cell.sampler), []).append(place)
    places = list(groups.values())
    pictures = torch.zeros(len(cells), *model.shape, device=runtime.device())
    steps = [0] * len(cells)
    samplings = [sampling(model, [cells[place] for place in group]) for group in places]
    for calls, made in enumerate(model.run(samplings)):
        for which, step in made.items():
            pictures[places[which]] = step.x_next if step.index + 1 == step.total else step.x0_hat
            for place in places[which]:
                steps[place] = step.index + 1
        if made:
            yield GridProgress(calls, tuple(steps), pictures.clone())


def sampling(model: Denoising, cells: Sequence[Cell]) -> SamplingRun:
    """Return cells of the same steps and sampler as one sampling, to be run. Raises DemoError as
    `Denoising.denoise`.
    """
    return model.prepare(
        model.embed_prompt([cell.prompt for cell in cells]),
        model.null_embedding(len(cells)),
        steps=cells[0].steps,
        sampler=cells[0].sampler,
        guidance=[cell.guidance for cell in cells],
        seeds=[cell.seed for cell in cells],
    )


def calls_unbatched(cells: Sequence[Cell]) -> int:
    """Return how often the network is called when every cell is made alone."""
    return sum(
        2 * cell.steps - 1 if SAMPLERS[cell.sampler] in SECOND_ORDER_PREDICTOR else cell.steps
        for cell in cells
    )


def film(model: Denoising, cell: Cell) -> tuple[list[DenoiseStep], np.ndarray]:
    """Make one cell anew; return its steps and (2, steps + 1, H, W, C) uint8: x_t and the predicted
    clean picture, at last the result.

    Noise in pixels is dimmed to be seen whole (frames.display_scale), in latents decoded as it is.
    """
    steps = [step for made in model.run([sampling(model, [check(cell)])]) for step in made.values()]
    pixels = model.shape[0] == 1
    dimming = [display_scale(model.schedule, step.t) if pixels else 1.0 for step in steps]
    noisy = [step.x_t / dim for step, dim in zip(steps, dimming, strict=True)]
    tracks = [[*noisy, steps[-1].x_next], [*(step.x0_hat for step in steps), steps[-1].x_next]]
    return steps, np.stack([images.to_pixels(model.pictures(torch.cat(track))) for track in tracks])
