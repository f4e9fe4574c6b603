import math

import pytest
import torch

from aigc_demo.core import runtime, toy_data
from aigc_demo.core.errors import DemoError

LINE = [[x / 10, 0.0] for x in range(-10, 11)]


@pytest.mark.parametrize("name", toy_data.SHAPES)
def test_samples_have_the_shapes_mean_and_variance(name):
    shape = toy_data.shape(name)
    points = shape.sample(40_000, runtime.generator(1))
    torch.testing.assert_close(points.mean(dim=0), shape.centres.mean(dim=0), atol=0.03, rtol=0)
    expected = shape.centres.var(dim=0, correction=0) + shape.spread**2
    torch.testing.assert_close(points.var(dim=0), expected, atol=0.03, rtol=0.03)
    assert points.abs().max() < toy_data.EXTENT


def test_the_rings_modes_stand_at_its_eight_corners():
    ring = toy_data.ring()
    torch.testing.assert_close(ring.centres.norm(dim=1), torch.full((8,), 2.0))
    gaps = (ring.centres - ring.centres.roll(1, dims=0)).norm(dim=1)
    torch.testing.assert_close(gaps, torch.full((8,), 4 * math.sin(math.pi / 8)))


def test_a_mode_is_covered_when_it_gets_a_third_of_its_share():
    ring = toy_data.ring()
    assert ring.modes_covered(ring.sample(2000, runtime.generator(0))) == 8
    assert ring.modes_covered(ring.centres[:1].repeat(2000, 1)) == 1
    assert ring.modes_covered(torch.zeros(2000, 2)) == 0  # near none
    # a third of 2000 / 8 is 83.3
    few, many = (ring.centres[:1].repeat(82, 1), ring.centres[1:2].repeat(1918, 1))
    assert ring.modes_covered(torch.cat([few, many])) == 1
    assert ring.modes_covered(torch.cat([few, few[:2], many])[-2000:]) == 1
    assert ring.modes_covered(torch.cat([few, few[:2], many[2:]])) == 2


def test_what_is_drawn_is_sampled_near_its_points():
    shape = toy_data.shape("drawn", LINE)
    points = shape.sample(5000, runtime.generator(0))
    assert points[:, 1].std() == pytest.approx(shape.spread, rel=0.05)
    assert points[:, 0].std() == pytest.approx(math.hypot(0.6055, shape.spread), rel=0.05)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (None, "Nothing is drawn yet"),
        ([], "Nothing is drawn yet"),
        ("a line", "Nothing is drawn yet"),
        ([[1.0, 1.0]], "lies in one point"),
        ([[1.0, 1.0]] * 50, "lies in one point"),
        ([[1.0, 1.0], [1.2, 1.1]], "lies in one point"),
        ([[0, 0], [math.nan, 1]], "must be a list of points"),
        ([[0, 0], [math.inf, 1]], "must be a list of points"),
        ([[0, 0], [3.5, 1]], "from -3 to 3"),
        ([[0, 0], [1]], "must be a list of points"),
        ([[0, 0], ["1", 1]], "must be a list of points"),
        ([[0, 0], [True, 1]], "must be a list of points"),
        ([[0, 0], None], "must be a list of points"),
        ([[0.0, 0.0]] * 2001, "2,001 points are drawn; at most 2,000"),
    ],
)
def test_what_is_no_distribution_is_explained(points, message):
    with pytest.raises(DemoError, match=message):
        toy_data.shape("drawn", points)


def test_an_unknown_shape_is_explained():
    with pytest.raises(DemoError, match="shape must be one of ring, grid"):
        toy_data.shape("cube")


def test_cells_are_read_from_the_top_left():
    cell = 2 * toy_data.EXTENT / toy_data.SIDE
    cells = toy_data.cell_centres().view(toy_data.SIDE, toy_data.SIDE, 2)
    torch.testing.assert_close(cells[0, 0], torch.tensor([-3 + cell / 2, 3 - cell / 2]))
    torch.testing.assert_close(cells[0, 1] - cells[0, 0], torch.tensor([cell, 0.0]))
    torch.testing.assert_close(cells[1, 0] - cells[0, 0], torch.tensor([0.0, -cell]))
