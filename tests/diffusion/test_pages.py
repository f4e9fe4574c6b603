"""What the views paint with the emoji model, a tiny one over the shipped autoencoder."""

import base64
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from aigc_demo.core import checkpoints, images, model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.diffusion.views._shared.subject import SUBJECTS, prompt
from aigc_demo.diffusion.views.picture import view as picture
from aigc_demo.diffusion.views.variations import view as variations
from tests.helpers import tiny_diffusion as tiny


@pytest.fixture
def painter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The checkpoint folder of a tiny diffusion-emoji."""
    shutil.copytree(settings().checkpoint_folder / "vae-emoji", tmp_path / "vae-emoji")
    model = tiny.emoji()
    checkpoints.save(tmp_path / "diffusion-emoji", model.config, model.network)
    checkpoints.write_json(
        tmp_path / "diffusion-emoji" / "tokenizer.json", {"words": list(tiny.WORDS)}
    )
    model.training_index.save(tmp_path / "diffusion-emoji")
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    model_cache._loaded.cache_clear()
    yield tmp_path
    model_cache._loaded.cache_clear()
    monkeypatch.undo()
    settings.cache_clear()


def disc(*, erased: bool) -> str:
    """Return a red disc on white, its lower half erased or not, as a PNG data URI."""
    y, x = np.mgrid[-1:1:64j, -1:1:64j]
    pixels = np.full((64, 64, 4), 255, np.uint8)
    pixels[x**2 + y**2 < 0.7, 1:3] = 40
    if erased:
        pixels[32:, :, 3] = 0
    return images.data_uri(pixels)


def frames(film: dict) -> np.ndarray:
    sheet = np.asarray(Image.open(io.BytesIO(base64.b64decode(film["sheet"].partition(",")[2]))))
    return sheet.reshape(
        len(film["tracks"]), film["height"], film["frames"], film["width"], 3
    ).transpose(0, 2, 1, 3, 4)


def test_an_emoji_goes_into_noise_and_back_and_without_noise_it_stays(painter):
    drawing = disc(erased=False)
    film, happened = list(picture.rework("emoji", drawing, "8", "green star", 30, 1, 3, 2.0))[-1]
    assert frames(film).shape == (2, 14, 64, 64, 3)
    assert film["ink"] is False
    assert "x_{30}" in happened
    film, _ = list(picture.rework("emoji", drawing, "8", "", 0, 1, 3, 2.0))[-1]
    given = np.asarray(Image.open(io.BytesIO(base64.b64decode(drawing.partition(",")[2]))))[..., :3]
    assert (frames(film) == given).all()


def test_the_erased_half_of_an_emoji_is_inpainted(painter):
    drawing = disc(erased=True)
    film, happened = list(picture.fill("emoji", drawing, "8", "apple", 1, 3, 2.0))[-1]
    result, given = (
        frames(film)[0, -1],
        np.asarray(Image.open(io.BytesIO(base64.b64decode(drawing.partition(",")[2]))))[..., :3],
    )
    assert (result[:32] == given[:32]).all()
    assert (result[32:] != given[32:]).any()
    assert "50 %" in happened


def test_emoji_have_neighbours_and_walks(painter):
    value, lineage, _ = list(variations.vary("emoji", "8", "red apple", 5, "0.5:2", 0.5, 2, 2.0))[
        -1
    ]
    assert (value["side"], lineage) == (64, "0.5:2")
    film = list(
        variations.walk("emoji", "8", "red apple", 5, "0.5:2", "8", "star", 6, "both", 2, 2.0)
    )[-1]
    assert frames(film).shape == (2, 16, 128, 128, 3)


def test_a_word_that_was_never_seen_is_named_and_a_missing_model_too(painter):
    with pytest.raises(DemoError, match="never saw these words: dragon"):
        list(picture.rework("emoji", disc(erased=False), "8", "dragon", 30, 1, 3, 2.0))
    shutil.rmtree(painter / "diffusion-emoji")
    model_cache._loaded.cache_clear()
    with pytest.raises(DemoError, match="no checkpoint 'diffusion-emoji'"):
        list(picture.rework("emoji", disc(erased=False), "8", "apple", 30, 1, 3, 2.0))


@pytest.mark.parametrize("words", [None, 5, ["apple"], "a" * 201])
def test_a_prompt_is_text_of_some_length_or_none(words):
    assert prompt(SUBJECTS["emoji"], "8", "") == ""
    with pytest.raises(DemoError, match="The text"):
        prompt(SUBJECTS["emoji"], "8", words)
