"""How good the models of sound are."""

from typing import Any

from aigc_demo.audio import chorales_evaluate, spoken_evaluate
from aigc_demo.audio.spoken_judge import SpokenJudge
from aigc_demo.audio.spoken_model import SpokenDiffusion


def evaluate(model: Any) -> list[dict[str, object]]:
    """Return the measured figures of a model of sound: of chorales, of words, or of their judge."""
    if isinstance(model, SpokenJudge):
        return spoken_evaluate.of_judge(model)
    if isinstance(model, SpokenDiffusion):
        return spoken_evaluate.of_words(model)
    return chorales_evaluate.evaluate(model)
