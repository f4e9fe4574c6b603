import pytest
import torch

from aigc_demo.core.errors import DemoError
from aigc_demo.core.interpolation import slerp
from aigc_demo.gan.latent_mixing import CELLS, children, crossings, lattice, plane


def test_a_crossing_of_the_plane_is_its_seed(model):
    places = torch.tensor([[0.0, 0.0], [3.0, 1.0], [4.0, 4.0]])
    expected = model.latents([40, 48, 64])
    torch.testing.assert_close(plane(model, 40, places), expected)
    assert crossings(40) == list(range(40, 65))


def test_between_crossings_the_plane_mixes_the_four_around(model):
    a, b, c, d = model.latents([0, 1, 5, 6])
    mixed = plane(model, 0, torch.tensor([[0.25, 0.5]]))[0]
    weights = torch.tensor([0.75 * 0.5, 0.25 * 0.5, 0.75 * 0.5, 0.25 * 0.5])
    expected = (torch.stack([a, b, c, d]) * weights[:, None]).sum(dim=0) / weights.norm()
    torch.testing.assert_close(mixed, expected)


def test_everywhere_on_the_plane_z_is_as_long_as_noise_is(model):
    z = torch.cat(
        [plane(model, seed, torch.tensor([[1.5, 2.5], [0.1, 3.7]])) for seed in range(0, 4000, 25)]
    )
    # 5,120 squares of standard normal numbers: deviation 0.02.
    assert z.square().mean().item() == pytest.approx(1, abs=0.05)


def test_the_lattice_covers_the_plane_row_by_row():
    places = lattice(2)
    assert places.shape == ((2 * CELLS + 1) ** 2, 2)
    assert places[:3].tolist() == [[0, 0], [0.5, 0], [1, 0]]
    assert places[-1].tolist() == [CELLS, CELLS]


def test_truncation_scales_the_plane(model):
    places = torch.rand(5, 2) * CELLS
    torch.testing.assert_close(
        plane(model, 3, places, truncation=0.5), 0.5 * plane(model, 3, places)
    )


def test_a_child_lies_between_its_parents(model):
    a, b, z = children(model, 3, 90, parents=3, share=0.25)
    torch.testing.assert_close(a, model.latents([3, 4, 5]).cpu())
    torch.testing.assert_close(b, model.latents([90, 91, 92]).cpu())
    torch.testing.assert_close(z.view(3, 3, -1)[1, 2], slerp(a[1], b[2], 0.25))


@pytest.mark.parametrize(("share", "row"), [(0, 0), (1, 1)])
def test_at_the_ends_a_child_is_one_parent_over_again(model, share, row):
    *parents, z = children(model, 3, 90, parents=2, share=share)
    other = parents[row]
    expected = other.repeat_interleave(2, dim=0) if row == 0 else other.repeat(2, 1)
    torch.testing.assert_close(z, expected)


@pytest.mark.parametrize("share", [-0.1, 1.1, None, "half", float("nan")])
def test_another_share_is_refused(model, share):
    with pytest.raises(DemoError, match="share must be"):
        children(model, 0, 1, parents=2, share=share)
