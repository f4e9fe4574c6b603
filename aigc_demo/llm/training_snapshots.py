"""A fine-tuned model at successive snapshots of its training: its answers to one instruction with
one seed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from torch import nn

from aigc_demo.core import checkpoints, runtime, snapshots
from aigc_demo.llm.instructions import Instruction, InstructionResult, generate_answer
from aigc_demo.llm.lora import Adapters, LoraModel


@dataclass(frozen=True)
class TrainingSnapshot:
    """What a model answered when it had taken `step` updates."""

    step: int  # 0: the base
    answer: str
    result: InstructionResult


def snapshot_answers(
    finished: LoraModel,
    folder: Path,
    instruction: Instruction,
    *,
    temperature: float = 0.8,
    seed: int = 0,
) -> Iterator[TrainingSnapshot]:
    """Answer with each of the snapshots in checkpoint `folder`, at last with the `finished` model.

    Raises DemoError when there are no snapshots, one is damaged, or as `generate_answer` does.
    """
    models = [
        (snapshot.step, restored(snapshot, finished))
        for snapshot in snapshots.of_checkpoint(folder)
    ]
    for step, model in [*models, (snapshots.last_step(folder), finished)]:
        *_, answer = generate_answer(
            model.scaled(1), instruction, temperature=temperature, seed=seed
        )
        yield TrainingSnapshot(step, answer, instruction.check(answer))


def restored(snapshot: snapshots.Snapshot, finished: LoraModel) -> LoraModel:
    """Return the model as it was when `snapshot` was taken."""
    adapters = Adapters(finished.base.network, finished.config)
    snapshots.read(snapshot, nn.ModuleDict({"adapters": adapters}))
    return LoraModel(
        finished.config, finished.base, checkpoints.freeze_for_inference(adapters, runtime.device())
    )
