"""What the snapshots of a GAN's training made of the same noise."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from aigc_demo.core import checkpoints, runtime, snapshots
from aigc_demo.gan.model import GanModel, build_networks


@dataclass(frozen=True)
class SnapshotSamples:
    """What the generator made when both networks had taken `step` updates."""

    step: int
    pictures: Tensor  # (N, 1, 28, 28) in [-1, 1]
    probabilities: Tensor  # (N,): of being real, as that step's discriminator says


def sample_snapshots(
    finished: GanModel, folder: Path, z: Tensor, labels: Tensor
) -> Iterator[SnapshotSamples]:
    """Generate the digits `labels` (N,) from `z` (N, latent) with each of the snapshots in
    checkpoint `folder`, at last with the `finished` model.

    Raises DemoError when there are no snapshots, or one is damaged.
    """
    for snapshot in snapshots.of_checkpoint(folder):
        yield _sample(restore(snapshot, finished), snapshot.step, z, labels)
    yield _sample(finished, snapshots.last_step(folder), z, labels)


def restore(snapshot: snapshots.Snapshot, finished: GanModel) -> GanModel:
    """Return the GAN as it was when `snapshot` was taken: the moving averages of both networks."""
    networks = build_networks(finished.config)
    snapshots.read(snapshot, networks)
    return GanModel(finished.config, checkpoints.freeze_for_inference(networks, runtime.device()))


def _sample(model: GanModel, step: int, z: Tensor, labels: Tensor) -> SnapshotSamples:
    pictures = model.generate(z, labels).cpu()
    return SnapshotSamples(step, pictures, model.judge(pictures, labels))
