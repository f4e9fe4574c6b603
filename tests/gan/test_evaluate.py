import pytest
import torch

from aigc_demo import runtime
from aigc_demo.gan.evaluate import relative_diversity


def test_the_diversity_of_each_class_is_that_of_real_pictures_scaled():
    labels = torch.arange(400) % 10
    real = torch.randn(400, 6, generator=runtime.generator(0))
    scale = torch.linspace(0.1, 1, 10)
    made = real * scale[labels][:, None]
    assert relative_diversity(made, labels, real, labels) == pytest.approx(scale.tolist(), rel=1e-4)


def test_a_class_painted_once_has_no_diversity():
    labels = torch.arange(40) % 10
    real = torch.randn(40, 6, generator=runtime.generator(0))
    made = torch.where((labels == 3)[:, None], torch.ones(6), real)
    assert relative_diversity(made, labels, real, labels)[3] == 0
