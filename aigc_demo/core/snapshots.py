"""Snapshots of training: a network's weights at log-spaced steps, four bits each, and the curve
of its losses.

They show how a model became what it is; four bits are enough for that and keep a dozen of them as
small as two checkpoints.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import nn

from aigc_demo.core import checkpoints, quantization
from aigc_demo.core.errors import DemoError
from aigc_demo.core.files import check_pointer

# shares of the budget; the finished checkpoint is the twelfth picture
SNAPSHOT_FRACTIONS = (0.0, *(2.0**-k for k in range(10, 0, -1)))
BITS = 4  # a weight


@dataclass(frozen=True)
class Snapshot:
    """A step of training, and where its weights are."""

    step: int  # updates taken until then
    path: Path


def expected_count(progress: float) -> int:
    """Return how many snapshots should have been taken when this share of the budget is spent."""
    return sum(progress >= fraction for fraction in SNAPSHOT_FRACTIONS)


def take(folder: Path, step: int, network: nn.Module) -> None:
    """Write `network`'s weights at `step` into `folder`."""
    checkpoints.write_tensors(
        folder / f"{step:07d}.safetensors", quantization.pack(network.state_dict(), BITS)
    )


def found(folder: Path) -> list[Snapshot]:
    """Return the snapshots in `folder`, in the order of training."""
    return [
        Snapshot(int(path.stem), path)
        for path in sorted(folder.glob("*.safetensors"))
        if path.stem.isdigit()
    ]


def read(snapshot: Snapshot, network: nn.Module) -> None:
    """Fill `network` with the weights of `snapshot`; raises DemoError when the file is damaged or
    belongs to another network.
    """
    try:
        packed = load_file(snapshot.path)
        network.load_state_dict(
            quantization.unpack(
                packed, {key: weight.shape for key, weight in network.state_dict().items()}
            )
        )
    except (SafetensorError, OSError, KeyError, RuntimeError) as error:
        check_pointer(snapshot.path)
        name, file = snapshot.path.parent.parent.name, f"snapshots/{snapshot.path.name}"
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=name,
            file=file,
            why=str(error)[:200],
        ) from None


def of_checkpoint(checkpoint: Path) -> list[Snapshot]:
    """Return the snapshots of the folder `checkpoint`, in the order of training; raises DemoError
    when there are none.
    """
    snapshots = found(checkpoint / "snapshots")
    if not snapshots:
        raise DemoError(
            "The checkpoint {name} has no {file}.", name=checkpoint.name, file="snapshots"
        )
    return snapshots


def loss_curve(checkpoint: Path, loss: str) -> dict[str, list[float]]:
    """Return one of the losses noted in training, {"steps": [...], "losses": [...]}: each the mean
    since the step before.
    """
    noted = checkpoints.read_json(checkpoint / "snapshots" / "curve.json")
    try:
        return {"steps": noted["steps"], "losses": noted["losses"][loss]}
    except (KeyError, TypeError) as error:
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=checkpoint.name,
            file="snapshots/curve.json",
            why=error,
        ) from None


def last_step(checkpoint: Path) -> int:
    """Return the number of updates that the finished model has taken, as its metrics.json tells."""
    figures = checkpoints.read_json(checkpoint / "metrics.json")["figures"]
    return next(figure["steps"] for figure in figures if figure["figure"] == "training time")


def publish(run: Path, checkpoint: Path) -> None:
    """Copy a run's snapshots and curve to the checkpoint's folder, in place of those that are
    there.
    """
    if (run / "snapshots").is_dir():
        shutil.rmtree(checkpoint / "snapshots", ignore_errors=True)
        shutil.copytree(run / "snapshots", checkpoint / "snapshots")
