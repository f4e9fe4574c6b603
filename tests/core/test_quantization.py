import pytest
import torch
from torch import nn

from aigc_demo.core import quantization


@pytest.mark.parametrize(("bits", "bytes_each"), [(8, 1), (4, 0.5)])
def test_a_weight_is_within_half_a_level_of_its_groups_largest(bits, bytes_each):
    weights = {"w": torch.randn(40, 50, generator=torch.Generator().manual_seed(0))}
    packed = quantization.pack(weights, bits)
    assert packed["w"].nbytes == 2048 * bytes_each  # 2,000 weights, filled up to whole groups of 64
    back = quantization.unpack(packed, {"w": weights["w"].shape})["w"]
    groups = nn.functional.pad(weights["w"].flatten(), (0, 48)).view(-1, 64)
    largest = groups.abs().amax(dim=1, keepdim=True).expand_as(groups).flatten()[:2000].view(40, 50)
    assert (
        (back - weights["w"]).abs()
        <= largest / (2 * quantization.LEVELS[bits]) * (1.01 if bits == 4 else 1.2)
    ).all()  # scales are float16


@pytest.mark.parametrize("bits", [8, 4])
def test_zeros_and_vectors_come_back_as_they_were(bits):
    weights = {
        "zero": torch.zeros(3, 3),
        "vector": torch.tensor([0.5, -2.0]),
        "count": torch.tensor(7),
    }
    back = quantization.unpack(
        quantization.pack(weights, bits), {key: weight.shape for key, weight in weights.items()}
    )
    assert all(torch.equal(back[key], weights[key]) for key in weights)


def test_small_matrices_stay_half_precision():
    weights = {"small": torch.ones(9, 9), "large": torch.ones(10, 10)}
    packed = quantization.pack(weights, 8, least=100)
    assert packed["small"].dtype == torch.float16
    assert packed["large"].dtype == torch.int8
