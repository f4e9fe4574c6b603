"""The contest, on the shipped generators: who paints what, from which seed, and what is measured of
it.
"""

import numpy as np
import pytest
import torch

from aigc_demo.core import model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.overview.comparison import (
    COUNT,
    DRAWN_AT_ONCE,
    ENTRANTS,
    MAX_DRAWN,
    READER,
    Entrant,
    compare,
    entry_of,
)

GAN, VAE, FEW, MANY = ENTRANTS
BRIEF = Entrant("few", FEW.checkpoint, 2)  # steps


def test_four_generators_enter_and_two_of_them_share_their_weights():
    assert [entrant.name for entrant in ENTRANTS] == ["gan", "vae", "few", "many"]
    assert FEW.checkpoint == MANY.checkpoint
    assert FEW.steps < MANY.steps


@pytest.mark.parametrize("entrant", [GAN, VAE, BRIEF], ids=lambda entrant: entrant.name)
def test_an_entry_is_settled_by_digit_and_seed(entrant):
    first, again, other = entry_of(entrant, 4, 7), entry_of(entrant, 4, 7), entry_of(entrant, 4, 8)
    assert first.pictures.shape == (COUNT, 1, 28, 28)
    assert first.pictures.abs().max() <= 1
    assert torch.equal(first.pictures, again.pictures)
    assert not torch.allclose(first.pictures, other.pictures, atol=0.1)
    assert first.seconds > 0
    assert first.reads.count(4) >= COUNT - 1


def test_picture_i_is_the_one_that_seed_plus_i_makes():
    gan, model = entry_of(GAN, 3, 40), model_cache.model(GAN.checkpoint)
    alone = model.generate(model.latents([45]), torch.tensor([3]))
    assert torch.allclose(gan.pictures[5], alone[0], atol=1e-5)
    diffusion, next_seed = entry_of(BRIEF, 3, 40), entry_of(BRIEF, 3, 41)
    assert torch.allclose(diffusion.pictures[1:], next_seed.pictures[:-1], atol=1e-4)


def test_the_autoencoder_is_told_no_class_and_what_was_not_kept_is_counted():
    entry, reader = entry_of(VAE, 1, 0), model_cache.model(READER)
    assert entry.chosen
    assert entry.reads == [1] * COUNT
    assert reader.read(entry.pictures).tolist() == entry.reads
    assert COUNT < entry.drawn <= MAX_DRAWN
    assert entry.drawn % DRAWN_AT_ONCE == 0
    assert not entry_of(GAN, 1, 0).chosen


def test_diversity_is_the_mean_distance_between_two_of_the_pictures():
    entry = entry_of(GAN, 5, 1)
    features = model_cache.model(READER).features(entry.pictures).double().numpy()
    pairs = [np.linalg.norm(features[i] - features[j]) for i in range(COUNT) for j in range(i)]
    assert entry.diversity == pytest.approx(np.mean(pairs), rel=1e-4)


@pytest.mark.parametrize(
    ("digit", "seed", "told"),
    [
        (10, 0, "digit must be from 0 to 9"),
        (2.5, 0, "digit must be a whole number"),
        (3, -1, "seed must be from 0"),
    ],
)
def test_bad_input_is_refused_before_anything_is_painted(digit, seed, told):
    with pytest.raises(DemoError, match=told):
        compare(digit, seed)


def test_entries_come_one_after_another(monkeypatch):
    monkeypatch.setattr("aigc_demo.overview.comparison.ENTRANTS", (GAN, VAE))
    entries = compare(2, 7)
    assert next(entries).entrant == GAN
    assert [entry.entrant for entry in entries] == [VAE]
