import numpy as np
import pytest
import torch

from aigc_demo.core import images, runtime
from aigc_demo.judge.measure import diversity, frechet, nearest, relative_diversity, undecided


def gaussian(mean: torch.Tensor, scale: torch.Tensor, count: int = 200_000) -> torch.Tensor:
    return (
        mean
        + torch.randn(count, len(mean), generator=runtime.generator(0), dtype=torch.float64) @ scale
    )


def test_the_distance_of_two_gaussians_is_that_of_the_closed_form():
    a = gaussian(torch.zeros(3), torch.eye(3, dtype=torch.float64))
    b = gaussian(
        torch.tensor([1.0, 2, 0]), torch.diag(torch.tensor([2.0, 1, 3], dtype=torch.float64))
    )
    # diagonal covariances: the sum of (m_a - m_b)^2 + (s_a - s_b)^2
    assert frechet(a, b) == pytest.approx(1 + 4 + 1 + 0 + 4, rel=0.02)


def test_the_distance_does_not_depend_on_the_axes_or_on_who_is_first():
    a = gaussian(
        torch.zeros(3), torch.randn(3, 3, generator=runtime.generator(1), dtype=torch.float64), 500
    )
    b = gaussian(
        torch.ones(3), torch.randn(3, 3, generator=runtime.generator(2), dtype=torch.float64), 400
    )
    turn, _ = torch.linalg.qr(
        torch.randn(3, 3, generator=runtime.generator(3), dtype=torch.float64)
    )
    assert frechet(b, a) == pytest.approx(frechet(a, b), rel=1e-6)
    assert frechet(a @ turn, b @ turn) == pytest.approx(frechet(a, b), rel=1e-6)


def test_a_set_is_at_no_distance_from_itself_even_where_a_feature_never_varies():
    a = torch.randn(50, 4, generator=runtime.generator(0)) * torch.tensor([1.0, 0, 2, 3])
    assert frechet(a, a) == pytest.approx(0, abs=1e-6)


def test_diversity_is_the_mean_distance_of_pairs():
    corners = torch.tensor([[0.0, 0], [3, 0], [0, 4]])
    assert diversity(corners) == pytest.approx((3 + 4 + 5) / 3)
    assert diversity(torch.ones(5, 2)) == 0


def test_a_sharp_stroke_is_decided_and_a_blurred_one_is_not():
    sharp, blurred = torch.full((1, 1, 28, 28), -1.0), torch.full((1, 1, 28, 28), -1.0)
    sharp[..., 10:12, :] = 1
    blurred[..., 10:12, :] = 0
    assert undecided(sharp) == 0
    assert undecided(blurred) == 1
    assert undecided(torch.cat([sharp, blurred])) == 0.5
    assert undecided(torch.full((1, 1, 28, 28), -1.0)) == 0


def test_the_nearest_of_many_pictures_is_found_across_chunks(monkeypatch):
    monkeypatch.setattr("aigc_demo.judge.measure.CHUNK", 7)
    training = np.random.default_rng(0).integers(0, 256, (40, 28, 28, 1), dtype=np.uint8)
    pictures = images.from_pixels(training[[39, 3, 20]])
    pictures[1, 0, 0, 0] += 0.5
    which, far = nearest(pictures, training)
    assert which.tolist() == [39, 3, 20]
    torch.testing.assert_close(far, torch.tensor([0.0, 0.25, 0.0]), atol=0.02, rtol=0)


def test_the_diversity_of_each_class_is_that_of_real_pictures_scaled():
    labels = torch.arange(400) % 10
    real = torch.randn(400, 6, generator=runtime.generator(0))
    scale = torch.linspace(0.1, 1, 10)
    made = real * scale[labels][:, None]
    assert relative_diversity(made, labels, real, labels) == pytest.approx(scale.tolist(), rel=1e-4)


def test_a_class_generated_once_has_no_diversity():
    labels = torch.arange(40) % 10
    real = torch.randn(40, 6, generator=runtime.generator(0))
    made = torch.where((labels == 3)[:, None], torch.ones(6), real)
    assert relative_diversity(made, labels, real, labels)[3] == 0


def test_a_class_that_is_not_there_is_told_instead_of_a_mean_that_is_no_number():
    features = torch.randn(40, 6, generator=runtime.generator(0))
    # MNIST cut before it is shuffled: the other eight are missing.
    sorted_labels = torch.arange(40) // 20
    with pytest.raises(ValueError, match="class 2"):
        relative_diversity(features, torch.arange(40) % 10, features, sorted_labels)
