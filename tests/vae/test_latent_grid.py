import math

import pytest
import torch
from torch.distributions import Normal

from aigc_demo.core.errors import DemoError
from aigc_demo.vae.latent_grid import EXTENT, PICTURES, READINGS, chart, density, lattice
from tests.helpers import tiny_vae as tiny


class Certain:
    """Reads in each picture the digit that its place in the row of pictures ends with."""

    def probabilities(self, pictures: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.one_hot(torch.arange(len(pictures)) % 10, 10).float()


def test_the_lattice_goes_row_by_row_from_the_top_left():
    assert lattice(2).tolist() == [[-1.5, 1.5], [1.5, 1.5], [-1.5, -1.5], [1.5, -1.5]]
    places = lattice(30)
    assert places.abs().max().item() == pytest.approx(EXTENT * (1 - 1 / 30))
    torch.testing.assert_close(places.mean(dim=0), torch.zeros(2), atol=1e-5, rtol=0)


def test_each_place_is_decoded_and_read():
    model = tiny.model(latents=2)
    charted = chart(model, Certain(), beta=2)
    assert charted.pictures.shape == (PICTURES**2, 1, 28, 28)
    assert charted.readings.tolist() == [i % 10 for i in range(READINGS**2)]
    assert (charted.certainty == 1).all()
    place = lattice(PICTURES)[27]
    torch.testing.assert_close(charted.pictures[27], model.decode(place[None], beta=2)[0])
    assert not torch.allclose(charted.pictures, chart(model, Certain()).pictures)


def test_beta_must_be_in_its_range():
    with pytest.raises(DemoError, match="beta"):
        chart(tiny.model(latents=2), Certain(), beta=0)


def test_the_density_is_the_priors():
    assert density((0, 0)) == pytest.approx(1 / (2 * math.pi))
    expected = Normal(0.0, 1.0).log_prob(torch.tensor([0.7, -1.9])).sum().exp().item()
    assert density((0.7, -1.9)) == pytest.approx(expected)
