"""The recipes of sound: chorales, spoken digits, and the judge of spoken digits."""

from aigc_demo.audio import chorales, spoken_data
from aigc_demo.core.training import Recipe


def recipe(name: str) -> Recipe:
    """Return the recipe of audio-chorales, audio-chorales-ar, audio-digits or audio-judge.

    Raises DemoError when the data that it learns from are not at hand and cannot be made.
    """
    if name in ("audio-digits", "audio-judge"):
        from aigc_demo.audio.spoken_judge import SpokenJudgeConfig
        from aigc_demo.audio.spoken_model import SpokenConfig
        from aigc_demo.audio.spoken_train import SpokenJudgeRecipe, SpokenRecipe

        if name == "audio-judge":
            return SpokenJudgeRecipe(SpokenJudgeConfig(24, 128), spoken_data.words("classifier"))
        return SpokenRecipe(SpokenConfig(64, 128, 256, 1000), spoken_data.words("generator"))
    from aigc_demo.audio.chorales_train import CONFIGS, WEIGHT_DECAY, ChoralesRecipe

    return ChoralesRecipe(CONFIGS[name], chorales.load("train"), weight_decay=WEIGHT_DECAY[name])
