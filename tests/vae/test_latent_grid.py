import math

import pytest
import torch
from torch.distributions import Normal

from aigc_demo.core.errors import DemoError
from aigc_demo.vae.latent_grid import (
    CLASSES,
    EXTENT,
    PICTURES,
    decode_grid,
    grid_points,
    prior_density,
)
from tests.helpers import tiny_vae as tiny


class Certain:
    """Reads in each picture the digit that its place in the row of pictures ends with."""

    def probabilities(self, pictures: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.one_hot(torch.arange(len(pictures)) % 10, 10).float()


def test_the_lattice_goes_row_by_row_from_the_top_left():
    assert grid_points(2).tolist() == [[-1.5, 1.5], [1.5, 1.5], [-1.5, -1.5], [1.5, -1.5]]
    places = grid_points(30)
    assert places.abs().max().item() == pytest.approx(EXTENT * (1 - 1 / 30))
    torch.testing.assert_close(places.mean(dim=0), torch.zeros(2), atol=1e-5, rtol=0)


def test_each_place_is_decoded_and_read():
    model = tiny.model(latents=2)
    decoded = decode_grid(model, Certain(), beta=2)
    assert decoded.pictures.shape == (PICTURES**2, 1, 28, 28)
    assert decoded.classes.tolist() == [i % 10 for i in range(CLASSES**2)]
    assert (decoded.confidence == 1).all()
    place = grid_points(PICTURES)[27]
    torch.testing.assert_close(decoded.pictures[27], model.decode(place[None], beta=2)[0])
    assert not torch.allclose(decoded.pictures, decode_grid(model, Certain()).pictures)


def test_beta_must_be_in_its_range():
    with pytest.raises(DemoError, match="beta"):
        decode_grid(tiny.model(latents=2), Certain(), beta=0)


def test_the_density_is_the_priors():
    assert prior_density((0, 0)) == pytest.approx(1 / (2 * math.pi))
    expected = Normal(0.0, 1.0).log_prob(torch.tensor([0.7, -1.9])).sum().exp().item()
    assert prior_density((0.7, -1.9)) == pytest.approx(expected)
