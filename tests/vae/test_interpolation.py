import pytest
import torch

from aigc_demo.core.errors import DemoError
from aigc_demo.vae.interpolation import between, interpolate
from tests.helpers import tiny_vae as tiny


def test_points_lie_at_even_steps_between_the_ends():
    assert between(torch.tensor([[0.0, 1.0], [4.0, -1.0]]), 3).tolist() == [[0, 1], [2, 0], [4, -1]]


def test_both_ways_have_the_same_ends_and_part_between():
    model, pictures = tiny.model(), tiny.pictures()
    ways = interpolate(model, pictures, frames=5)
    assert ways.decoded.shape == ways.crossfade.shape == (5, 1, 28, 28)
    torch.testing.assert_close(ways.decoded[[0, -1]], ways.crossfade[[0, -1]])
    torch.testing.assert_close(ways.decoded[[0, -1]], model.decode(model.encode(pictures)[0]).cpu())
    torch.testing.assert_close(ways.crossfade[2], (ways.crossfade[0] + ways.crossfade[4]) / 2)
    assert (ways.decoded[2] - ways.crossfade[2]).abs().max() > 1e-4


def test_the_middle_of_the_walk_is_decoded_from_the_middle_of_both_means():
    model, pictures = tiny.model(), tiny.pictures()
    ways, means = interpolate(model, pictures, frames=3, beta=3), model.encode(pictures, beta=3)[0]
    torch.testing.assert_close(
        ways.decoded[1:2], model.decode(means.mean(dim=0, keepdim=True), beta=3).cpu()
    )
    assert ways.length == pytest.approx(torch.dist(means[0], means[1]).item())


def test_beta_must_be_in_its_range():
    with pytest.raises(DemoError, match="beta"):
        interpolate(tiny.model(), tiny.pictures(), frames=2, beta=0.01)
