"""The classifier of digits by which generated digits are judged."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.batching import rows


@dataclass(frozen=True)
class JudgeConfig:
    """The shape of the classifier."""

    width: int  # channels of the first convolution
    features: int  # width of the hidden layer, whose activations describe a picture


class Classifier(nn.Module):
    """Three convolutions and a hidden layer; 28 by 28 pictures in, scores for ten digits out."""

    def __init__(self, config: JudgeConfig):
        super().__init__()
        w = config.width
        self.describe = nn.Sequential(
            *(nn.Conv2d(1, w, 3, padding=1), nn.BatchNorm2d(w), nn.ReLU()),
            nn.MaxPool2d(2),  # 14 by 14
            *(nn.Conv2d(w, 2 * w, 3, padding=1), nn.BatchNorm2d(2 * w), nn.ReLU()),
            nn.MaxPool2d(2),  # 7 by 7
            *(nn.Conv2d(2 * w, 2 * w, 3, padding=1), nn.BatchNorm2d(2 * w), nn.ReLU()),
            nn.Flatten(),
            *(nn.Dropout(0.3), nn.Linear(2 * w * 49, config.features), nn.ReLU()),
        )
        self.decide = nn.Linear(config.features, 10)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return scores (N, 10) for pictures (N, 1, 28, 28) in [-1, 1]."""
        return self.decide(self.describe(pictures))


class Judge:
    """A trained classifier of digits."""

    def __init__(self, config: JudgeConfig, network: Classifier):
        self.config = config
        self.network = network

    @rows
    @torch.inference_mode()
    def read(self, pictures: Tensor, *, batch: int = 256) -> Tensor:
        """Return the digit (N,) int64 that it reads in each of the pictures (N, 1, 28, 28) from
        -1 to 1.
        """
        parts = (part.to(runtime.device()) for part in pictures.split(batch))
        return torch.cat([self.network(part).argmax(dim=1).cpu() for part in parts])

    @rows
    @torch.inference_mode()
    def probabilities(self, pictures: Tensor, *, batch: int = 256) -> Tensor:
        """Return the probability (N, 10) float32 that each of the pictures (N, 1, 28, 28)
        from -1 to 1 shows each digit.
        """
        parts = (part.to(runtime.device()) for part in pictures.split(batch))
        return torch.cat([self.network(part).softmax(dim=1).cpu() for part in parts])

    @rows
    @torch.inference_mode()
    def features(self, pictures: Tensor, *, batch: int = 256) -> Tensor:
        """Return the features (N, F) float32, the hidden layer's activations, of the pictures (N,
        1, 28, 28) in [-1, 1].
        """
        parts = (part.to(runtime.device()) for part in pictures.split(batch))
        return torch.cat([self.network.describe(part).cpu() for part in parts])


def from_checkpoint(folder: Path) -> Judge:
    """Return the classifier stored in `folder`; raises DemoError when its files are missing or
    damaged.
    """
    config = checkpoints.read_config(folder, JudgeConfig)
    network = Classifier(config)
    checkpoints.read_weights(folder, network)
    return Judge(config, checkpoints.freeze_for_inference(network, runtime.device()))
