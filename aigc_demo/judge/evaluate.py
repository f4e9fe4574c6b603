"""How accurate the classifier is."""

import torch

from aigc_demo.core import checkpoints, data, images
from aigc_demo.judge.model import Judge


def evaluate(judge: Judge) -> list[dict[str, object]]:
    """Return its parameters and its accuracy on MNIST's test set."""
    digits = data.digits("test")
    right = judge.read(images.from_pixels(digits.pictures)) == torch.from_numpy(digits.labels)
    return [
        {
            "figure": "accuracy",
            "value": round(100 * right.float().mean().item(), 2),
            "unit": "%",
            "split": "MNIST test",
            "samples": len(right),
        },
        {"figure": "parameters", "value": checkpoints.parameters(judge.network), "unit": "weights"},
    ]
