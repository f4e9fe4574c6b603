"""One digit and one seed, asked of four generators: what each paints, how long it takes, and what
can be measured of it.

Xiao, Kreis and Vahdat, "Tackling the generative learning trilemma with denoising diffusion GANs"
(2022): quality, diversity, speed.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from aigc_demo.core import model_cache, runtime
from aigc_demo.core.errors import check_number, check_seed
from aigc_demo.judge.measure import diversity

REQUIRES = ("diffusion-digits", "gan-digits", "judge-digits", "vae-digits")  # of other families
COUNT = 8  # pictures that each paints
READER = "judge-digits"
DRAWN_AT_ONCE = 50  # latents of the autoencoder, which knows no class
MAX_DRAWN = 2_000
SAMPLER, GUIDANCE = "DDIM", 1.0  # the model itself, as it was measured


@dataclass(frozen=True)
class Entrant:
    """A generator, and in how many steps it paints."""

    name: str
    checkpoint: str
    steps: int = 1


ENTRANTS = (
    Entrant("gan", "gan-digits"),
    Entrant("vae", "vae-digits"),
    Entrant("few", "diffusion-digits", 5),
    Entrant("many", "diffusion-digits", 50),
)


@dataclass(frozen=True)
class Entry:
    """What an entrant painted, and what was measured just now."""

    entrant: Entrant
    # (N, 1, 28, 28) in [-1, 1]; of the autoencoder fewer than COUNT where it hardly ever paints the
    # digit
    pictures: Tensor
    seconds: float  # for all of them
    drawn: int  # how many were painted for these: more than these where they had to be chosen
    reads: list[int]  # the digit that the classifier reads in each
    # the mean distance between two of them in the classifier's features; None of fewer than two
    diversity: float | None

    @property
    def chosen(self) -> bool:
        """Whether the classifier chose them: then "conditional accuracy" says nothing."""
        return self.drawn > len(self.pictures)


def compare(digit: int, seed: int) -> Iterator[Entry]:
    """Yield the entry of each of ENTRANTS in turn, when its eight pictures of `digit` are there.

    Picture i is made by seed + i; the autoencoder's, which are chosen, by latents drawn from
    `seed`. Raises DemoError where the digit is not from 0 to 9 or the seed is none, and as
    `model_cache.model`.
    """
    digit, seed = check_number("digit", digit, 0, 9, whole=True), check_seed(seed)
    return (entry_of(entrant, digit, seed) for entrant in ENTRANTS)


def entry_of(entrant: Entrant, digit: int, seed: int) -> Entry:
    """Return the entry of one entrant; raises DemoError as `model_cache.model`."""
    model, reader = model_cache.model(entrant.checkpoint), model_cache.model(READER)
    paint = {"gan": _by_gan, "vae": _by_vae}.get(entrant.name, _by_diffusion)
    began = time.perf_counter()
    pictures, drawn = paint(model, digit, seed, entrant.steps)
    seconds = time.perf_counter() - began
    varied = diversity(reader.features(pictures)) if len(pictures) > 1 else None
    return Entry(entrant, pictures, seconds, drawn, reader.read(pictures).tolist(), varied)


def _by_gan(model: Any, digit: int, seed: int, _: int) -> tuple[Tensor, int]:
    z = model.latents([seed + i for i in range(COUNT)])
    return model.generate(z, torch.full((COUNT,), digit)).cpu(), COUNT


def _by_vae(model: Any, digit: int, seed: int, _: int) -> tuple[Tensor, int]:
    """Decode z ~ N(0, I) until the classifier has read the digit often enough: this autoencoder is
    not conditioned on a class.
    """
    reader, noise = model_cache.model(READER), runtime.generator(seed)
    accepted, drawn = [], 0
    while sum(map(len, accepted)) < COUNT and drawn < MAX_DRAWN:
        made = model.decode(torch.randn(DRAWN_AT_ONCE, model.config.latents, generator=noise)).cpu()
        accepted.append(made[reader.read(made) == digit])
        drawn += DRAWN_AT_ONCE
    return torch.cat(accepted)[:COUNT], drawn


def _by_diffusion(model: Any, digit: int, seed: int, steps: int) -> tuple[Tensor, int]:
    *_, last = model.denoise(
        [digit] * COUNT, seed=seed, steps=steps, sampler=SAMPLER, guidance=GUIDANCE
    )
    return last.x_next.cpu(), COUNT
