"""How good an autoencoder is: the ELBO of unseen digits, what a classifier makes of its own; of
emoji, how nearly they come back.
"""

import math
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, images, runtime
from aigc_demo.judge.measure import COMPARED, frechet, relative_diversity, undecided
from aigc_demo.vae.model import ConditionalVaeModel, VaeModel
from aigc_demo.vae.network import kl_to_standard_normal, reparameterize
from aigc_demo.vae.train import emoji_pictures, negative_elbo_of_class

REQUIRES = ("judge-digits",)  # of other families
SEED = 0
GENERATED = 10_000
BETAS = (0.25, 1.0, 4.0)
REAL = 10_000  # training digits that the generated are compared with


@torch.inference_mode()
def negative_elbo(
    model: VaeModel, ink: Tensor, *, beta: float = 1.0, seed: int = SEED
) -> tuple[float, float]:
    """Return both parts of the negative ELBO in nats per picture, reconstruction and KL, for
    `beta`.

    ink: (N, 1, 28, 28) in [0, 1]. Each pixel is drawn black or white with it as the probability
    (Salakhutdinov and Murray, 2008), and one latent is drawn a picture.
    """
    generator = runtime.generator(seed)
    reconstruction, kl = 0.0, 0.0
    for part in ink.split(500):
        x = torch.bernoulli(part, generator=generator)
        mean, log_variance = model.encode(2 * x - 1, beta=beta)
        epsilon = torch.randn(mean.shape, generator=generator).to(mean.device)
        z = reparameterize(mean, log_variance, epsilon)
        logits = model.logits(z, beta=beta)
        lost = F.binary_cross_entropy_with_logits(logits, x.to(z.device), reduction="sum")
        reconstruction += lost.item()
        kl += kl_to_standard_normal(mean, log_variance).sum().item()
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
        parts = negative_elbo_of_class(model.network, x, label.to(where), epsilon)
        reconstruction, kl = reconstruction + parts[0].sum().item(), kl + parts[1].sum().item()
    return reconstruction / len(ink), kl / len(ink)


def evaluate(model: VaeModel | ConditionalVaeModel) -> list[dict[str, object]]:
    """Return the measured figures of an autoencoder of digits or of emoji."""
    kinds = {"dense": of_digits, "class-conditional": of_classes, "convolutional": of_emoji}
    parameters = _figure("parameters", checkpoints.parameters(model.network), "weights")
    return [*kinds[model.config.network](model), parameters]


def of_digits(model: VaeModel) -> list[dict[str, object]]:
    """Return the negative ELBO at three betas, and the digit FID of digits decoded from
    z ~ N(0, 1).
    """
    test = images.from_pixels(data.digits("test").pictures)
    figures = []
    for beta in BETAS:
        reconstruction, kl = negative_elbo(model, (test + 1) / 2, beta=beta)
        named = "negative ELBO" if beta == 1 else f"reconstruction + KL at beta {beta:g}"
        how = {"split": "MNIST test, stochastically binarised", "samples": len(test), "seed": SEED}
        parts = {"reconstruction": round(reconstruction, 2), "KL": round(kl, 2)}
        value = round(reconstruction + kl, 2)
        figures.append(_figure(named, value, "nats per picture", **parts, **how))
    z = torch.randn(GENERATED, model.config.latents, generator=runtime.generator(SEED))
    judge = checkpoints.load("judge-digits")
    made, unseen = judge.features(model.decode(z).cpu()), judge.features(test)
    all_, few = (round(frechet(part, unseen), 2) for part in (made, made[:COMPARED]))
    how = {"seed": SEED, "beta": 1}
    return [
        *figures,
        _figure("digit FID", all_, samples=GENERATED, **how),
        _figure("digit FID at 1,000 samples", few, curve="distance", samples=COMPARED, **how),
    ]


def of_classes(model: ConditionalVaeModel) -> list[dict[str, object]]:
    """Return the negative ELBO of digits whose class is given, and of 10,000 generated ones what
    the classifier and its features say.
    """
    test, known = data.digits("test"), data.digits("train")
    unseen, real = images.from_pixels(test.pictures), images.from_pixels(known.pictures[:REAL])
    parts = negative_elbo_given_class(model, (unseen + 1) / 2, torch.from_numpy(test.labels))
    y = torch.arange(GENERATED) % model.config.classes
    u = torch.randn(GENERATED, model.config.latents, generator=runtime.generator(SEED))
    batches = zip(u.split(500), y.split(500), strict=True)
    made = torch.cat([model.generate(*batch).cpu() for batch in batches])
    judge = checkpoints.load("judge-digits")
    features, theirs = judge.features(made), judge.features(unseen)
    real_labels = torch.from_numpy(known.labels[:REAL])
    varied = relative_diversity(features, y, judge.features(real), real_labels)
    right = round(100 * (judge.read(made) == y).float().mean().item(), 2)
    how = {"samples": GENERATED, "seed": SEED}
    return [
        _negative_elbo_figure(parts, len(unseen)),
        _figure("conditional accuracy", right, "%", **how),
        *_diversity_figures(varied, how),
        *_distance_figures(features, theirs, how),
        _figure("undecided pixels", round(100 * undecided(made), 1), "%", **how),
        _figure(
            "undecided pixels of real digits",
            round(100 * undecided(unseen), 1),
            "%",
            split="MNIST test",
        ),
    ]


def _negative_elbo_figure(parts: tuple[float, float], samples: int) -> dict[str, object]:
    reconstruction, kl = (round(part, 2) for part in parts)
    how = {"split": "MNIST test, stochastically binarised, class told", "samples": samples}
    how |= {"seed": SEED, "reconstruction": reconstruction, "KL": kl}
    return _figure("negative ELBO", round(sum(parts), 2), "nats per picture", **how)


def _diversity_figures(
    varied: list[float], how: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    """Yield the diversity of the classes (10,) beside real digits'."""
    least, mean = min(varied), sum(varied) / len(varied)
    unit = "% of real digits'"
    yield _figure("diversity of the least varied class", round(100 * least, 1), unit, **how)
    yield _figure("mean diversity of the classes", round(100 * mean, 1), unit, **how)


def _distance_figures(
    features: Tensor, theirs: Tensor, how: Mapping[str, object]
) -> Iterator[dict[str, object]]:
    """Yield the digit FID of generated features (N, F), and of the first of them, to real ones."""
    few = {"curve": "distance", "samples": COMPARED, "seed": SEED}
    all_, first = (round(frechet(part, theirs), 2) for part in (features, features[:COMPARED]))
    yield _figure("digit FID", all_, split="against MNIST test", **how)
    yield _figure("digit FID at 1,000 samples", first, **few)


def of_emoji(model: VaeModel) -> list[dict[str, object]]:
    """Return how nearly all emoji come back, decoded from mu."""
    pictures = emoji_pictures()
    differences = (model.decode(model.encode(x)[0]).cpu() - x for x in pictures.split(50))
    squared = torch.cat([each.square().mean(dim=(1, 2, 3)) for each in differences])
    how = {"split": "all emoji", "samples": len(pictures)}
    of_mean = round(psnr(squared.mean()), 2)  # the hardest emoji weigh most
    mean = round(sum(map(psnr, squared)) / len(squared), 2)
    return [
        _figure("PSNR", of_mean, "dB", **how),
        _figure("mean PSNR", mean, "dB", **how),
    ]


def _figure(name: str, value: float, unit: str = "", /, **how: object) -> dict[str, object]:
    return {"figure": name, "value": value, "unit": unit, **how}


def psnr(squared_error: Tensor) -> float:
    """Return the peak signal-to-noise ratio in dB of a mean squared error between pictures from -1
    to 1.
    """
    return 10 * math.log10(4 / max(squared_error.item(), 1e-10))
