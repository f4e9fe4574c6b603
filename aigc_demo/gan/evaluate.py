"""How good the GAN is: a classifier reads its digits."""

import time

import torch

from aigc_demo import checkpoints
from aigc_demo.gan.networks import CLASSES
from aigc_demo.gan.sample import GanModel

SAMPLES = 1_000
SEED = 0


def evaluate(model: GanModel) -> list[dict[str, object]]:
    """Gives back how many of 1,000 digits, 100 a class, are read as the class that was asked for; and the time a digit takes."""
    labels = torch.arange(SAMPLES) % CLASSES
    began = time.perf_counter()
    pictures = model.generate(model.latents([SEED + i for i in range(SAMPLES)]), labels)
    seconds = time.perf_counter() - began
    right = checkpoints.load("judge-digits").read(pictures) == labels
    how = {"samples": SAMPLES, "seed": SEED, "truncation": 1}
    return [
        {"figure": "read as asked", "value": round(100 * right.float().mean().item(), 1), "unit": "%", **how},
        {"figure": "time per picture", "value": round(1000 * seconds / SAMPLES, 2), "unit": "ms", **how},
        *({"figure": f"parameters of the {name}", "value": checkpoints.parameters(net), "unit": "weights"} for name, net in model.networks.items()),
    ]
