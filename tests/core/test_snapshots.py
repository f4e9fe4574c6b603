import pytest
import torch
from torch import nn

from aigc_demo.core import snapshots
from aigc_demo.core.errors import DemoError


def network() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(33, 7), nn.LayerNorm(7), nn.Conv2d(3, 5, 3))


def test_a_network_comes_back_from_its_snapshot(tmp_path):
    snapshots.take(tmp_path / "snapshots", 12, network())
    (found,) = snapshots.found(tmp_path / "snapshots")
    again = nn.Sequential(nn.Linear(33, 7), nn.LayerNorm(7), nn.Conv2d(3, 5, 3))
    snapshots.read(found, again)
    assert found.step == 12
    torch.testing.assert_close(again[0].weight, network()[0].weight, atol=0.02, rtol=0)
    torch.testing.assert_close(again[1].weight, network()[1].weight)


@pytest.mark.parametrize("content", [b"", b"no tensors"])
def test_a_damaged_snapshot_is_named(tmp_path, content):
    folder = tmp_path / "text-x" / "snapshots"
    snapshots.take(folder, 3, network())
    (found,) = snapshots.found(folder)
    found.path.write_bytes(content)
    with pytest.raises(DemoError, match="0000003.safetensors of checkpoint text-x"):
        snapshots.read(found, network())


def test_another_networks_snapshot_is_refused(tmp_path):
    snapshots.take(tmp_path / "text-x" / "snapshots", 3, nn.Linear(2, 2))
    with pytest.raises(DemoError, match="damaged"):
        snapshots.read(snapshots.found(tmp_path / "text-x" / "snapshots")[0], network())
