"""Measures of many digits at once: in the classifier's features, how near to real ones and how
varied; in pixels, how blurred and how new.
"""

import numpy as np
import torch
from torch import Tensor

COMPARED = 1_000  # pictures behind each digit FID that is set beside another: of fewer it is larger
CHUNK = 10_000  # training pictures at a time: 31 MB


def frechet(a: Tensor, b: Tensor) -> float:
    """Return the Fréchet distance between features `a` (N, F) and `b` (M, F), each taken as a
    Gaussian.

    |m_a - m_b|^2 + Tr(C_a + C_b - 2 (C_a C_b)^(1/2)): Heusel et al., "Two time-scale update rule"
    (2017), eq. 6, with the digits' classifier in place of Inception: the "digit FID", which says
    nothing beside figures of other classifiers.
    """
    a, b = a.double(), b.double()
    root = _root(a.T.cov())
    between = _root(root @ b.T.cov() @ root)  # its trace is that of (C_a C_b)^(1/2)
    apart = (a.mean(dim=0) - b.mean(dim=0)).square().sum()
    return (apart + a.T.cov().trace() + b.T.cov().trace() - 2 * between.trace()).clamp(min=0).item()


def diversity(features: Tensor) -> float:
    """Return the mean distance between two of the `features` (N, F), each pair counted once."""
    return torch.pdist(features.float()).mean().item()


def relative_diversity(
    made: Tensor, labels: Tensor, real: Tensor, real_labels: Tensor
) -> list[float]:
    """Return for each class the mean distance of its pictures' features (N, F), divided by that of
    as many real digits of the class.

    labels (N,), real_labels (M,): int64. Raises ValueError when a class has fewer than two
    pictures, made or real: as where MNIST, which is sorted by label, was cut but not shuffled.
    Their mean would be no number, and their least the other classes'.
    """
    ratios = []
    for y in labels.unique().tolist():
        ours, theirs = made[labels == y], real[real_labels == y]
        if min(len(ours), len(theirs)) < 2:
            counts = f"{len(ours)} generated and {len(theirs)} real pictures"
            raise ValueError(f"class {y} has {counts}; two are needed")
        ratios.append(diversity(ours) / diversity(theirs[: len(ours)]))
    return ratios


def undecided(pictures: Tensor) -> float:
    """Return how many of the inked pixels of `pictures` (N, 1, 28, 28) in [-1, 1] are neither ink
    nor paper, a share from 0 to 1.

    A pixel is inked from a tenth of full ink on, and undecided to nine tenths: the edges of a sharp
    stroke, all of a blurred one.
    """
    ink = (pictures + 1) / 2
    inked = ink > 0.1
    return ((inked & (ink < 0.9)).sum() / inked.sum().clamp(min=1)).item()


def nearest(pictures: Tensor, training: np.ndarray) -> tuple[np.ndarray, Tensor]:
    """Return for each of `pictures` (N, 1, 28, 28) in [-1, 1] which of `training` (M, 28, 28, 1)
    uint8 is nearest, and how far.

    The distance is Euclidean over pixels from 0 to 1: an empty sheet is 9 or 10 away from a digit.
    """
    ours = ((pictures + 1) / 2).flatten(1)
    best, which = torch.full((len(ours),), torch.inf), torch.zeros(len(ours), dtype=torch.int64)
    for first in range(0, len(training), CHUNK):
        theirs = torch.from_numpy(training[first : first + CHUNK]).flatten(1) / 255
        distance, row = torch.cdist(ours, theirs).min(dim=1)
        which = torch.where(distance < best, row + first, which)
        best = torch.minimum(distance, best)
    return which.numpy(), best


def _root(symmetric: Tensor) -> Tensor:
    values, vectors = torch.linalg.eigh(symmetric)
    return vectors * values.clamp(min=0).sqrt() @ vectors.T
