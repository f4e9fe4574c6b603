import pytest
import torch
from torch import nn

from aigc_demo import snapshots
from aigc_demo.errors import DemoError


def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(33, 7), nn.LayerNorm(7), nn.Conv2d(3, 5, 3))


def test_four_bits_are_within_half_a_level_of_each_groups_largest_weight():
    weights = {"w": torch.randn(40, 50, generator=torch.Generator().manual_seed(0))}
    packed = snapshots.pack(weights)
    assert packed["w"].numel() == 2048 // 2  # 2,000 weights, filled up to whole groups of 64, two to a byte
    back = snapshots.unpack(packed, {"w": weights["w"].shape})["w"]
    groups = nn.functional.pad(weights["w"].flatten(), (0, 48)).view(-1, 64)
    largest = groups.abs().amax(dim=1, keepdim=True).expand_as(groups).flatten()[:2000].view(40, 50)
    assert ((back - weights["w"]).abs() <= largest / 14 * 1.01).all()


def test_zeros_and_vectors_come_back_as_they_were():
    weights = {"zero": torch.zeros(3, 3), "vector": torch.tensor([0.5, -2.0]), "count": torch.tensor(7)}
    back = snapshots.unpack(snapshots.pack(weights), {key: weight.shape for key, weight in weights.items()})
    assert all(torch.equal(back[key], weights[key]) for key in weights)


def test_a_network_comes_back_from_its_snapshot(tmp_path):
    snapshots.take(tmp_path / "snapshots", 12, network())
    (found,) = snapshots.taken(tmp_path / "snapshots")
    again = nn.Sequential(nn.Linear(33, 7), nn.LayerNorm(7), nn.Conv2d(3, 5, 3))
    snapshots.read(found, again)
    assert found.step == 12
    torch.testing.assert_close(again[0].weight, network()[0].weight, atol=0.02, rtol=0)
    torch.testing.assert_close(again[1].weight, network()[1].weight)


@pytest.mark.parametrize("content", [b"", b"no tensors"])
def test_a_damaged_snapshot_is_named(tmp_path, content):
    folder = tmp_path / "text-x" / "snapshots"
    snapshots.take(folder, 3, network())
    (found,) = snapshots.taken(folder)
    found.path.write_bytes(content)
    with pytest.raises(DemoError, match="0000003.safetensors of checkpoint text-x"):
        snapshots.read(found, network())


def test_another_networks_snapshot_is_refused(tmp_path):
    snapshots.take(tmp_path / "text-x" / "snapshots", 3, nn.Linear(2, 2))
    with pytest.raises(DemoError, match="damaged"):
        snapshots.read(snapshots.taken(tmp_path / "text-x" / "snapshots")[0], network())
