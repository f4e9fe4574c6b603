"""The README's film is what the model does, and small enough for a page that opens at once."""

import numpy as np
import pytest
from PIL import Image

import aigc_demo
from tests.helpers import emoji_film

ALIKE = 25.0  # decibels: the film is compressed


def shown(index: int) -> np.ndarray:
    """Return a picture of the committed film."""
    with Image.open(emoji_film.PATH) as film:
        film.seek(index)
        return np.asarray(film.convert("RGB"), dtype=float)


def decibels(a: np.ndarray, b: np.ndarray) -> float:
    return 10 * np.log10(255**2 / np.square(a - b).mean())


def test_the_film_repeats_is_small_and_has_a_picture_for_each_step_and_the_result():
    assert emoji_film.PATH.stat().st_size <= emoji_film.MAX_BYTES
    with Image.open(emoji_film.PATH) as film:
        assert (film.format, film.n_frames) == ("WEBP", emoji_film.STEPS + 1)
        assert film.info["loop"] == 0


@pytest.mark.parametrize("index", [0, emoji_film.STEPS])
def test_its_background_is_light(index):
    edges = np.concatenate([shown(index)[:4].reshape(-1, 3), shown(index)[:, -4:].reshape(-1, 3)])
    assert edges.min() > 250


def test_its_first_and_last_pictures_are_what_the_model_makes_at_seed_0():
    model = aigc_demo.load(emoji_film.NAME)
    first, *_, last = emoji_film.sampling(model, seed=0)
    noise, result = (np.asarray(emoji_film.frame(model, each), float) for each in (first, last))
    assert decibels(shown(0), noise) > ALIKE
    assert decibels(shown(emoji_film.STEPS), result) > ALIKE
    assert decibels(noise, result) < ALIKE - 10  # so that an exchange would be seen


def test_the_words_of_its_prompts_never_stood_together_in_training():
    model = aigc_demo.load(emoji_film.NAME)
    for prompt in emoji_film.PROMPTS:
        places = {model.words.ids[word] for word in model.words.tokenize(prompt)}
        assert len(places) > 1 and model.training_index.emoji_with_all(places) == []
