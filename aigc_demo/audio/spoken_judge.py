"""The classifier by which generated spoken digits are judged. It was trained on voices that the
generator was not trained on.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from aigc_demo.audio.spoken_network import DIGITS, LANGUAGES
from aigc_demo.core import checkpoints, runtime


@dataclass(frozen=True)
class SpokenJudgeConfig:
    """The shape of the classifier."""

    width: int  # channels of the first convolution
    features: int  # width of the hidden layer, whose activations describe a word


def from_checkpoint(folder: Path) -> "SpokenJudge":
    """Return the classifier stored in `folder`; raises DemoError when its files are missing or
    damaged.
    """
    config = checkpoints.read_config(folder, SpokenJudgeConfig)
    network = SpokenClassifier(config)
    checkpoints.read_weights(folder, network)
    return SpokenJudge(config, checkpoints.freeze_for_inference(network, runtime.device()))


class SpokenClassifier(nn.Module):
    """Four convolutions and a hidden layer; spectrograms in, scores for twenty words out: ten
    digits in two languages.
    """

    def __init__(self, config: SpokenJudgeConfig):
        super().__init__()
        w = config.width

        def layer(before: int, after: int) -> list[nn.Module]:
            return [
                nn.Conv2d(before, after, 3, padding=1),
                nn.BatchNorm2d(after),
                nn.ReLU(),
                nn.MaxPool2d(2),
            ]

        self.describe = nn.Sequential(
            # 32, 16, 8, 4
            *(*layer(1, w), *layer(w, 2 * w), *layer(2 * w, 2 * w), *layer(2 * w, 2 * w)),
            *(nn.Flatten(), nn.Dropout(0.3), nn.Linear(2 * w * 16, config.features), nn.ReLU()),
        )
        self.decide = nn.Linear(config.features, DIGITS * LANGUAGES)

    def forward(self, spectrograms: Tensor) -> Tensor:
        """Return scores (N, 20) for spectrograms (N, 1, 64, 64) in [-1, 1]; word 10 * language +
        digit.
        """
        return self.decide(self.describe(spectrograms))


class SpokenJudge:
    """A trained classifier of spoken digits."""

    def __init__(self, config: SpokenJudgeConfig, network: SpokenClassifier):
        self.config = config
        self.network = network

    @torch.inference_mode()
    def probabilities(self, spectrograms: Tensor, *, batch: int = 256) -> Tensor:
        """Return the probability (N, 2, 10) that each of the spectrograms (N, 1, 64, 64) says each
        digit in each language.
        """
        parts = [
            self.network(part.to(runtime.device())).softmax(dim=1).cpu()
            for part in spectrograms.split(batch)
        ]
        return torch.cat(parts).unflatten(1, (LANGUAGES, DIGITS))

    def read(self, spectrograms: Tensor, *, batch: int = 256) -> Tensor:
        """Return the digit (N,) int64 of each of the spectrograms, in whichever
        language.
        """
        return self.probabilities(spectrograms, batch=batch).sum(dim=1).argmax(dim=1)

    @torch.inference_mode()
    def features(self, spectrograms: Tensor, *, batch: int = 256) -> Tensor:
        """Return the features (N, F) float32, the hidden layer's activations, of the spectrograms
        (N, 1, 64, 64).
        """
        return torch.cat(
            [
                self.network.describe(part.to(runtime.device())).cpu()
                for part in spectrograms.split(batch)
            ]
        )
