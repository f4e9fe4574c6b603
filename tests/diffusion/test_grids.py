"""Grids: one batch for all cells, whatever their samplers and steps; and the film of each."""

import math

import numpy as np
import pytest
import torch

from aigc_demo.core import images
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion import grids
from aigc_demo.diffusion.grids import Cell, Grid, lay_out
from aigc_demo.diffusion.samplers import SAMPLERS
from tests.helpers.tiny_diffusion import diffusion

ONE = {"prompt": [3], "steps": [5], "sampler": ["DDIM"], "guidance": [2.0], "seed": [7]}


@pytest.fixture(scope="module")
def model():
    return diffusion()


@pytest.fixture
def asked(model, monkeypatch) -> list[int]:
    """How many pictures the network was shown at each of its calls."""
    sizes, velocity = [], model.velocity

    def listen(x_t, t, condition):
        sizes.append(len(x_t))
        return velocity(x_t, t, condition)

    monkeypatch.setattr(model, "velocity", listen)
    return sizes


def alone(model, cell: Cell) -> torch.Tensor:
    steps = model.denoise(
        [cell.prompt],
        steps=cell.steps,
        sampler=cell.sampler,
        guidance=cell.guidance,
        seed=cell.seed,
    )
    return list(steps)[-1].x_next[0]


GRIDS = [
    lay_out("sampler", "steps", {**ONE, "sampler": list(SAMPLERS), "steps": [1, 2, 6]}),
    lay_out("guidance", "seed", {**ONE, "guidance": [0, 1, 3.5], "seed": [7, 8]}),
    lay_out("prompt", "seed", {**ONE, "prompt": [3, 4, 9], "seed": [7, 8]}),
]


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.down)
def test_every_cell_is_the_picture_that_it_is_alone(model, grid):
    last = list(grids.generate(model, grid.cells))[-1]
    assert last.steps == tuple(cell.steps for cell in grid.cells)
    for picture, cell in zip(last.pictures, grid.cells, strict=True):
        torch.testing.assert_close(picture, alone(model, cell), atol=1e-4, rtol=0)


def test_samplers_and_steps_share_every_call_of_the_network(model, asked):
    grid = GRIDS[0]
    last = list(grids.generate(model, grid.cells))[-1]
    assert len(asked) == last.calls == 11  # Heun's six steps ask twice, but for the last
    assert asked[0] == 2 * len(grid.cells)  # with and without the prompt
    asked.clear()
    for cell in grid.cells:
        alone(model, cell)
    assert len(asked) == grids.calls_unbatched(grid.cells) == 5 * (1 + 2 + 6) + 1 + 3 + 11


def test_pictures_sharpen_on_the_way_and_the_way_can_be_left(model, asked):
    progress = grids.generate(model, GRIDS[1].cells)
    first, second = next(progress), next(progress)
    assert first.steps == (1,) * 6
    assert second.steps == (2,) * 6
    assert not torch.equal(first.pictures, second.pictures)
    progress.close()
    assert len(asked) == 2


@pytest.mark.parametrize("cell", [GRIDS[0].cells[5], GRIDS[0].cells[11], GRIDS[1].cells[4]])
def test_a_cells_picture_is_its_films_last_frame(model, cell):
    grid = next(grid for grid in GRIDS if cell in grid.cells)
    picture = list(grids.generate(model, grid.cells))[-1].pictures[grid.cells.index(cell)]
    steps, frames = grids.film(model, cell)
    assert frames.shape == (2, cell.steps + 1, 28, 28, 1)
    assert len(steps) == cell.steps
    for track in frames:
        assert np.abs(track[-1].astype(int) - images.to_pixels(picture[None])[0]).max() <= 1


def test_rows_and_columns_carry_their_values():
    grid = GRIDS[0]
    assert (grid.rows, grid.columns) == (6, 3)
    assert grid.labels("sampler") == list(SAMPLERS)
    assert grid.labels("steps") == [1, 2, 6]
    assert isinstance(grid, Grid)
    assert grid.cells[4] == Cell(3, 2, "DDPM", 2.0, 7)


def test_more_cells_than_a_batch_has_are_an_error():
    assert (
        len(lay_out("prompt", "seed", {**ONE, "prompt": [1] * 8, "seed": list(range(8))}).cells)
        == 64
    )
    with pytest.raises(DemoError, match="13 rows of 5, which is 65 pictures; at most 64"):
        lay_out("prompt", "seed", {**ONE, "prompt": [1] * 13, "seed": list(range(5))})


def test_several_values_where_there_is_no_axis_are_an_error():
    with pytest.raises(DemoError, match="guidance: there are 2 values"):
        lay_out("prompt", "seed", {**ONE, "guidance": [1, 2]})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", 101),
        ("steps", 0),
        ("steps", math.nan),
        ("steps", "x"),
        ("seed", -1),
        ("seed", None),
    ],
)
def test_a_number_out_of_its_range_is_an_error(field, value):
    with pytest.raises(DemoError, match=f"{field} must be"):
        lay_out("prompt", "seed", {**ONE, field: [value]})


@pytest.mark.parametrize(
    ("field", "value"), [("guidance", 11), ("guidance", "x"), ("sampler", "?")]
)
def test_what_the_model_checks_is_an_error_before_it_begins(model, asked, field, value):
    grid = lay_out("prompt", "seed", {**ONE, field: [value]})
    with pytest.raises(DemoError, match=f"{field} must be"):
        next(grids.generate(model, grid.cells))
    assert asked == []
