"""A model at successive moments of its training: the same prompt and seed, written on by weights
that know more and more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from torch import nn

from aigc_demo.core import checkpoints, runtime, snapshots
from aigc_demo.text.model import TextModel, build_network


@dataclass(frozen=True)
class TrainingSnapshot:
    """What a model wrote when it had taken `step` updates."""

    step: int
    text: str
    bits: float  # a character: how much it was surprised by its own writing


def moments(
    finished: TextModel, folder: Path, prompt: str, **sampling: float
) -> Iterator[TrainingSnapshot]:
    """Write on from `prompt` with each of the snapshots in checkpoint `folder`, at last with the
    `finished` model.

    sampling: as in `TextModel.generate`. Raises DemoError when there are no snapshots, one is
    damaged, or as `generate` does.
    """
    for snapshot in snapshots.moments(folder):
        yield _write(at(snapshot, finished), snapshot.step, prompt, sampling)
    yield _write(finished, snapshots.last_step(folder), prompt, sampling)


def at(snapshot: snapshots.Snapshot, finished: TextModel) -> TextModel:
    """Return the model as it was when `snapshot` was taken."""
    network = build_network(finished.config)
    snapshots.read(snapshot, nn.ModuleDict({"network": network}))
    return TextModel(
        finished.config,
        checkpoints.freeze_for_inference(network, runtime.device()),
        finished.tokenizer,
    )


def _write(
    model: TextModel, step: int, prompt: str, sampling: dict[str, float]
) -> TrainingSnapshot:
    steps = list(model.generate(prompt, **sampling))
    return TrainingSnapshot(
        step, "".join(s.text for s in steps), sum(s.bits for s in steps) / len(steps)
    )
