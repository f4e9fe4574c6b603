import numpy as np
import pytest
import torch

from aigc_demo import checkpoints, images
from aigc_demo.diffusion import quality
from aigc_demo.diffusion.pages.quality import points
from aigc_demo.judge.measure import frechet
from tests.diffusion.test_sample import diffusion, result

SETTING = {"sampler": "DDIM", "steps": 2, "guidance": 1.0}


def test_each_picture_is_what_its_seed_makes_alone():
    model = diffusion()
    made = quality.pictures(model, 67, SETTING)  # more than one batch
    assert made.shape == (67, 1, 28, 28)
    for i in (0, 66):
        torch.testing.assert_close(made[i : i + 1], result(model, [i % 10], seed=quality.SEED + i, **SETTING).cpu(), atol=1e-4, rtol=0)


@pytest.fixture
def mnist(tmp_path, monkeypatch) -> dict[str, np.ndarray]:
    """Noise in place of digits."""
    chance = np.random.default_rng(0)
    pictures = {split: chance.integers(0, 256, (count, 28, 28), dtype=np.uint8) for split, count in (("train", 150), ("test", 140))}
    labels = {f"{split}_labels": np.arange(len(each)) % 10 for split, each in pictures.items()}
    np.savez(tmp_path / "mnist.npz", **{f"{split}_images": each for split, each in pictures.items()}, **labels)
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path))
    return pictures


def test_every_point_is_the_distance_of_its_samplers_pictures_from_unseen_ones(mnist, monkeypatch):
    monkeypatch.setattr(quality, "SAMPLES", 130)
    monkeypatch.setattr(quality, "STEPS", {"DDIM": (1, 2), "Heun": (2,)})
    model, judge = diffusion(), checkpoints.load("judge-digits")
    figures = list(quality.curve(model))
    assert [(f.get("sampler"), f.get("steps")) for f in figures] == [(None, None), ("DDIM", 1), ("DDIM", 2), ("Heun", 2)]
    made, unseen = quality.pictures(model, 130, SETTING), images.from_pixels(mnist["test"][..., None])
    assert figures[2]["value"] == pytest.approx(frechet(judge.describe(made), judge.describe(unseen)), rel=1e-3)
    drawn = points(figures)
    assert drawn["samplers"] == {"DDIM": [(1, figures[1]["value"]), (2, figures[2]["value"])], "Heun": [(2, figures[3]["value"])]}
    assert (drawn["real"], drawn["samples"], drawn["guidance"]) == (figures[0]["value"], 130, 1.0)


def test_without_a_measured_curve_nothing_is_drawn():
    assert points([{"figure": "read as asked", "value": 99.0, "unit": "%", "sampler": "DDIM", "steps": 25}]) == {}
