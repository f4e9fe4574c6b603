"""A model at successive snapshots of its training: one prompt, continued with one seed."""

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
    bits: float  # per character: the surprisal of its own text


def snapshot_texts(
    finished: TextModel,
    folder: Path,
    prompt: str,
    *,
    max_new_tokens: int = 400,
    temperature: float = 0.8,
    seed: int = 0,
) -> Iterator[TrainingSnapshot]:
    """Write on from `prompt` with each of the snapshots in checkpoint `folder`, at last with the
    `finished` model.

    The options are those of `TextModel.generate`. Raises DemoError when there are no snapshots, one
    is damaged, or as `generate` does.
    """
    for step, model in _models(finished, folder):
        written = list(
            model.generate(
                prompt, max_new_tokens=max_new_tokens, temperature=temperature, seed=seed
            )
        )
        bits = sum(each.bits for each in written) / len(written)
        yield TrainingSnapshot(step, "".join(each.text for each in written), bits)


def _models(finished: TextModel, folder: Path) -> Iterator[tuple[int, TextModel]]:
    for snapshot in snapshots.of_checkpoint(folder):
        yield snapshot.step, restored(snapshot, finished)
    yield snapshots.last_step(folder), finished


def restored(snapshot: snapshots.Snapshot, finished: TextModel) -> TextModel:
    """Return the model as it was when `snapshot` was taken."""
    network = build_network(finished.config)
    snapshots.read(snapshot, nn.ModuleDict({"network": network}))
    return TextModel(
        finished.config,
        checkpoints.freeze_for_inference(network, runtime.device()),
        finished.tokenizer,
    )
