"""How good the GAN is: a classifier reads its digits, and its features say how varied and how near
to real ones they are.
"""

import time

import torch

from aigc_demo.core import checkpoints, data, images
from aigc_demo.gan.emoji.evaluate import evaluate as of_emoji
from aigc_demo.gan.emoji.model import EmojiGan
from aigc_demo.gan.model import GanModel
from aigc_demo.gan.networks import CLASSES
from aigc_demo.judge.measure import COMPARED as FEW
from aigc_demo.judge.measure import frechet, relative_diversity

REQUIRES = ("judge-digits",)  # of other families
READ = 2_000  # 200 a class
COMPARED = 10_000  # for the Fréchet distance, which is smaller the more pictures there are
SEED = 0


def evaluate(model: GanModel | EmojiGan) -> list[dict[str, object]]:
    """Return the measured figures of a GAN of digits or of emoji."""
    return of_digits(model) if isinstance(model, GanModel) else of_emoji(model)


def of_digits(model: GanModel) -> list[dict[str, object]]:
    """Return how many digits are read as their class, how varied each class is beside real digits,
    the digit FID beside real digits', and times.
    """
    labels = torch.arange(COMPARED) % CLASSES
    began = time.perf_counter()
    pictures = model.generate(model.latents([SEED + i for i in range(COMPARED)]), labels).cpu()
    seconds = time.perf_counter() - began
    judge = checkpoints.load("judge-digits")
    real, unseen = (
        judge.features(images.from_pixels(data.digits(split).pictures[:COMPARED]))
        for split in data.SPLITS
    )
    real_labels = torch.from_numpy(data.digits("train").labels[:COMPARED])
    made = judge.features(pictures)
    right = judge.read(pictures[:READ]) == labels[:READ]
    varied = relative_diversity(made[:READ], labels[:READ], real, real_labels)
    how = {"seed": SEED, "truncation": 1}
    read, few = {"samples": READ, **how}, {"curve": "distance", "samples": FEW, **how}
    against = {"split": "against MNIST test", "samples": COMPARED, **how}
    least = "diversity of the least varied class"
    theirs = "10,000 of MNIST train against test"
    time_each = 1000 * seconds / COMPARED
    return [
        _figure("conditional accuracy", 100 * right.float().mean().item(), "%", digits=1, **read),
        _figure(least, 100 * min(varied), "% of real digits'", digits=1, **read),
        _figure("digit FID", frechet(made, unseen), **against),
        _figure("digit FID at 1,000 samples", frechet(made[:FEW], unseen), **few),
        _figure("digit FID of real digits", frechet(real, unseen), split=theirs),
        _figure("time per picture", time_each, "ms", samples=COMPARED, **how),
        *(
            {
                "figure": f"parameters of the {name}",
                "value": checkpoints.parameters(net),
                "unit": "weights",
            }
            for name, net in model.networks.items()
        ),
    ]


def _figure(
    name: str, value: float, unit: str = "", *, digits: int = 2, **how: object
) -> dict[str, object]:
    return {"figure": name, "value": round(value, digits), "unit": unit, **how}
