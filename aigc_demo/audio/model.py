"""What a checkpoint of sound is: chorales, spoken digits, or the judge of spoken digits."""

from pathlib import Path
from typing import TYPE_CHECKING

from aigc_demo.core import checkpoints

if TYPE_CHECKING:
    from aigc_demo.audio.chorales_model import CausalChoralesModel, ChoralesModel
    from aigc_demo.audio.spoken_judge import SpokenJudge
    from aigc_demo.audio.spoken_model import SpokenDiffusion


def from_checkpoint(
    folder: Path,
) -> "ChoralesModel | CausalChoralesModel | SpokenDiffusion | SpokenJudge":
    """Return the model stored in `folder`; raises DemoError when its files are missing or damaged.

    The configuration tells which it is: that of chorales says whether it is causal, that of the
    judge how many features it has.
    """
    config = checkpoints.read_json(folder / "config.json")
    if "causal" in config:
        from aigc_demo.audio import chorales_model as kind
    elif "features" in config:
        from aigc_demo.audio import spoken_judge as kind
    else:
        from aigc_demo.audio import spoken_model as kind
    return kind.from_checkpoint(folder)
