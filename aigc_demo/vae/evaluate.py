"""How good an autoencoder is: the ELBO of unseen digits, what a classifier makes of its own; of
emoji, how nearly they come back.
"""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.judge.measure import COMPARED, frechet, relative_diversity, undecided
from aigc_demo.vae.model import ConditionalVaeModel, VaeModel
from aigc_demo.vae.network import divergence, draw
from aigc_demo.vae.train import emoji_pictures, negative_elbo_of_class

SEED = 0
GENERATED = 10_000
DIALLED = (0.25, 1.0, 4.0)
REAL = 10_000  # training digits that the generated are compared with


@torch.inference_mode()
def negative_elbo(
    model: VaeModel, ink: Tensor, *, beta: float = 1.0, seed: int = SEED
) -> tuple[float, float]:
    """Return both parts of the negative ELBO in nats per picture, reconstruction and KL, with the
    dial at `beta`.

    ink: (N, 1, 28, 28) in [0, 1]. Each pixel is drawn black or white with it as the probability
    (Salakhutdinov and Murray, 2008), and one latent is drawn a picture.
    """
    generator = runtime.generator(seed)
    reconstruction, kl = 0.0, 0.0
    for part in ink.split(500):
        x = torch.bernoulli(part, generator=generator)
        mean, log_variance = model.encode(2 * x - 1, beta=beta)
        epsilon = torch.randn(mean.shape, generator=generator).to(mean.device)
        z = draw(mean, log_variance, epsilon)
        logits = model.network.decode(z, torch.full((len(z),), beta, device=z.device))
        reconstruction += F.binary_cross_entropy_with_logits(
            logits, x.to(z.device), reduction="sum"
        ).item()
        kl += divergence(mean, log_variance).sum().item()
    return reconstruction / len(ink), kl / len(ink)


@torch.inference_mode()
def negative_elbo_given_class(
    model: ConditionalVaeModel, ink: Tensor, labels: Tensor, *, seed: int = SEED
) -> tuple[float, float]:
    """Return both parts of the negative ELBO of -log p(x|y) in nats per picture, reconstruction and
    KL; as `negative_elbo`.

    ink: (N, 1, 28, 28) in [0, 1]; labels: (N,) int64.
    """
    generator, where = runtime.generator(seed), runtime.device()
    reconstruction, kl = 0.0, 0.0
    for part, label in zip(ink.split(500), labels.split(500), strict=True):
        x = torch.bernoulli(part, generator=generator).to(where)
        epsilon = torch.randn(len(x), model.config.latents, generator=generator).to(where)
        lost, told = negative_elbo_of_class(model.network, x, label.to(where), epsilon)
        reconstruction, kl = reconstruction + lost.sum().item(), kl + told.sum().item()
    return reconstruction / len(ink), kl / len(ink)


def evaluate(model: VaeModel | ConditionalVaeModel) -> list[dict[str, object]]:
    """Return the measured figures of an autoencoder of digits or of emoji."""
    parameters = {
        "figure": "parameters",
        "value": checkpoints.parameters(model.network),
        "unit": "weights",
    }
    measure = {"dense": of_digits, "class-conditional": of_classes, "convolutional": of_emoji}[
        model.config.network
    ]
    return [*measure(model), parameters]


def of_digits(model: VaeModel) -> list[dict[str, object]]:
    """Return the negative ELBO at three positions of the dial, and the digit FID of digits decoded
    from z ~ N(0, 1).
    """
    test = images.from_pixels(data.digits("test").pictures)
    figures = []
    for beta in DIALLED:
        reconstruction, kl = negative_elbo(model, (test + 1) / 2, beta=beta)
        named = "negative ELBO" if beta == 1 else f"reconstruction + KL at beta {beta:g}"
        how = {"split": "MNIST test, stochastically binarised", "samples": len(test), "seed": SEED}
        parts = {"reconstruction": round(reconstruction, 2), "KL": round(kl, 2)}
        figures.append(
            {
                "figure": named,
                "value": round(reconstruction + kl, 2),
                "unit": "nats per picture",
                **parts,
                **how,
            }
        )
    z = torch.randn(GENERATED, model.config.latents, generator=runtime.generator(SEED))
    judge = checkpoints.load("judge-digits")
    made, unseen = judge.describe(model.decode(z).cpu()), judge.describe(test)
    how = {"unit": "", "seed": SEED, "beta": 1}
    return [
        *figures,
        {
            "figure": "digit FID",
            "value": round(frechet(made, unseen), 2),
            "samples": GENERATED,
            **how,
        },
        {
            "figure": "digit FID of few",
            "value": round(frechet(made[:COMPARED], unseen), 2),
            "curve": "distance",
            "samples": COMPARED,
            **how,
        },
    ]


def of_classes(model: ConditionalVaeModel) -> list[dict[str, object]]:
    """Return the negative ELBO of digits whose class is told, and of 10,000 generated ones what the
    classifier and its features say.
    """
    test, known = data.digits("test"), data.digits("train")
    unseen, real = images.from_pixels(test.pictures), images.from_pixels(known.pictures[:REAL])
    parts = negative_elbo_given_class(model, (unseen + 1) / 2, torch.from_numpy(test.labels))
    y = torch.arange(GENERATED) % model.config.classes
    u = torch.randn(GENERATED, model.config.latents, generator=runtime.generator(SEED))
    made = torch.cat(
        [model.generate(*part).cpu() for part in zip(u.split(500), y.split(500), strict=True)]
    )
    judge = checkpoints.load("judge-digits")
    features, theirs = judge.describe(made), judge.describe(unseen)
    varied = relative_diversity(
        features, y, judge.describe(real), torch.from_numpy(known.labels[:REAL])
    )
    how = {"samples": GENERATED, "seed": SEED}
    few = {"curve": "distance", "samples": COMPARED, "seed": SEED}
    split = {
        "split": "MNIST test, stochastically binarised, class told",
        "samples": len(unseen),
        "seed": SEED,
    }
    split |= dict(zip(("reconstruction", "KL"), (round(part, 2) for part in parts), strict=True))
    return [
        {
            "figure": "negative ELBO",
            "value": round(sum(parts), 2),
            "unit": "nats per picture",
            **split,
        },
        {
            "figure": "read as asked",
            "value": round(100 * (judge.read(made) == y).float().mean().item(), 2),
            "unit": "%",
            **how,
        },
        {
            "figure": "diversity of the least varied class",
            "value": round(100 * min(varied), 1),
            "unit": "% of real digits'",
            **how,
        },
        {
            "figure": "mean diversity of the classes",
            "value": round(100 * sum(varied) / len(varied), 1),
            "unit": "% of real digits'",
            **how,
        },
        {
            "figure": "digit FID",
            "value": round(frechet(features, theirs), 2),
            "unit": "",
            "split": "against MNIST test",
            **how,
        },
        {
            "figure": "digit FID of few",
            "value": round(frechet(features[:COMPARED], theirs), 2),
            "unit": "",
            **few,
        },
        {
            "figure": "undecided pixels",
            "value": round(100 * undecided(made), 1),
            "unit": "%",
            **how,
        },
        {
            "figure": "undecided pixels of real digits",
            "value": round(100 * undecided(unseen), 1),
            "unit": "%",
            "split": "MNIST test",
        },
    ]


def of_emoji(model: VaeModel) -> list[dict[str, object]]:
    """Return how nearly all emoji come back, decoded from mu."""
    pictures = emoji_pictures()
    squared = torch.cat(
        [
            (model.decode(model.encode(x)[0]).cpu() - x).square().mean(dim=(1, 2, 3))
            for x in pictures.split(50)
        ]
    )
    how = {"unit": "dB", "split": "all emoji", "samples": len(pictures)}
    return [
        {
            "figure": "PSNR",
            "value": round(psnr(squared.mean()), 2),
            **how,
        },  # of the mean error: the hardest emoji weigh most
        {
            "figure": "PSNR, mean of each emoji's",
            "value": round(sum(map(psnr, squared)) / len(squared), 2),
            **how,
        },
    ]


def psnr(squared_error: Tensor) -> float:
    """Return the peak signal-to-noise ratio in dB of a mean squared error between pictures in [-1,
    1].
    """
    return 10 * math.log10(4 / max(squared_error.item(), 1e-10))
