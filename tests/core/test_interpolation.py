import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.interpolation import arc, slerp


def test_the_arc_has_its_ends_and_keeps_the_length():
    a, b = (
        torch.nn.functional.normalize(torch.randn(2, 64, generator=runtime.generator(0)), dim=1) * 8
    )
    torch.testing.assert_close(slerp(a, b, 0), a)
    torch.testing.assert_close(slerp(a, b, 1), b, atol=1e-5, rtol=1e-5)
    for t in (0.1, 0.5, 0.9):
        assert slerp(a, b, t).norm().item() == pytest.approx(8, abs=1e-4)
    torch.testing.assert_close(
        slerp(torch.tensor([1.0, 0]), torch.tensor([0, 1.0]), 1 / 3),
        torch.tensor([3**0.5 / 2, 0.5]),
    )


@pytest.mark.parametrize("factor", [1.0, 2.0, 0.0, -1.0, -0.5])
def test_parallel_vectors_are_joined_by_a_straight_line(factor):
    a = torch.tensor([1.0, 2.0, 3.0])
    torch.testing.assert_close(
        slerp(a, factor * a, 0.25), (0.75 + 0.25 * factor) * a, atol=1e-5, rtol=1e-5
    )
    torch.testing.assert_close(slerp(torch.zeros(3), a, 0.25), 0.25 * a)


def test_points_of_any_shape_are_joined_by_an_arc():
    a, b = torch.randn(2, 4, 3, 3, generator=runtime.generator(1))
    way = arc(a, b, 5)
    assert way.shape == (5, 4, 3, 3)
    torch.testing.assert_close(way[[0, -1]], torch.stack([a, b]), atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(way[1].flatten(), slerp(a.flatten(), b.flatten(), 0.25))
    torch.testing.assert_close(arc(a, a, 3), torch.stack([a, a, a]))
