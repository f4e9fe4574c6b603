"""How good the spoken digits are, by a classifier that was trained on other voices."""

import math

import numpy as np
import torch
from torch import Tensor

from aigc_demo.audio import mel, spoken_data
from aigc_demo.audio.spoken_data import LANGUAGES, SpokenDigits, from_bytes
from aigc_demo.audio.spoken_judge import SpokenJudge
from aigc_demo.audio.spoken_model import SpokenDiffusion, Word
from aigc_demo.core import checkpoints
from aigc_demo.judge.measure import frechet

GENERATED = 1_000  # 50 of each digit in each language
AT_ONCE = 50
PITCHES = (75.0, 300.0)  # Hz: log-uniform between them
SEED = 0
SETTING = {"sampler": "DPM-Solver++(2M)", "steps": 20, "guidance": 2.0}


def of_words(model: SpokenDiffusion) -> list[dict[str, object]]:
    """Return which share of 1,000 generated words is classified as requested, and their Fréchet
    distance.

    That is beside the distance of two halves of 2,000 real words, and in the judge's features.
    """
    words = requested_words(GENERATED)
    made = spectrograms(model, words)
    judge, real = checkpoints.load("audio-judge"), real_words(2 * GENERATED)
    digits = torch.tensor([word.digit for word in words])
    languages = torch.tensor([LANGUAGES.index(word.language) for word in words])
    heard = judge.probabilities(made)  # (N, 2, 10)
    digit, language = heard.sum(1).argmax(1), heard.sum(2).argmax(1)
    spoken = judge.read(mel.log_mel(model.speak(made, seed=SEED)))
    ours, theirs, others = (judge.features(x) for x in (made, *real.split(GENERATED)))
    how = {"unit": "%", "samples": GENERATED, "seed": SEED, **SETTING}
    halves = {"unit": "", "split": "1,000 words of espeak-ng against 1,000 others"}
    return [
        {"figure": "conditional accuracy", "value": accuracy(digit, digits), **how},
        {"figure": "conditional accuracy, language", "value": accuracy(language, languages), **how},
        {"figure": "conditional accuracy, waveform", "value": accuracy(spoken, digits), **how},
        {"figure": "word FID", "value": round(frechet(ours, theirs), 2), **how, "unit": ""},
        {"figure": "word FID of real words", "value": round(frechet(others, theirs), 2), **halves},
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
    ]


def of_judge(judge: SpokenJudge) -> list[dict[str, object]]:
    """Return how many words of the generator's voices, which it was not trained on, the judge
    classifies correctly.
    """
    spoken = spoken_data.words("generator")
    heard = judge.probabilities(from_bytes(spoken.spectrograms))
    digit, language = heard.sum(1).argmax(1), heard.sum(2).argmax(1)
    digits, languages = torch.from_numpy(spoken.digits), torch.from_numpy(spoken.languages)
    how = {"unit": "%", "split": "the generator's voices", "samples": len(digits)}
    return [
        {"figure": "accuracy", "value": accuracy(digit, digits), **how},
        {"figure": "accuracy, language", "value": accuracy(language, languages), **how},
        {"figure": "parameters", "value": checkpoints.parameters(judge.network), "unit": "weights"},
    ]


def requested_words(count: int) -> list[Word]:
    """Return `count` words: digits and languages in turn, pitches at random."""
    low, high = map(math.log, PITCHES)
    pitches = np.exp(np.random.default_rng(SEED).uniform(low, high, count))
    return [Word(i % 10, LANGUAGES[i // 10 % 2], float(pitch)) for i, pitch in enumerate(pitches)]


def spectrograms(model: SpokenDiffusion, words: list[Word]) -> Tensor:
    """Return the spectrograms (N, 1, 64, 64) of the words, some at a time."""
    made = []
    for first in range(0, len(words), AT_ONCE):
        *_, last = model.denoise(words[first : first + AT_ONCE], seed=SEED + first, **SETTING)
        made.append(last.x_next.cpu())
    return torch.cat(made)


def real_words(count: int) -> Tensor:
    """Return `count` spectrograms of espeak-ng's words, in a random order."""
    spoken: SpokenDigits = spoken_data.words("generator")
    order = np.random.default_rng(SEED).permutation(len(spoken.digits))[:count]
    return from_bytes(spoken.spectrograms[order])


def accuracy(heard: Tensor, requested: Tensor) -> float:
    """Return the percentage of the classes `heard` (N,) that equal those `requested` (N,)."""
    return round(100 * (heard == requested).float().mean().item(), 2)
