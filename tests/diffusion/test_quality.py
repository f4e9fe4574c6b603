import numpy as np
import pytest
import torch

from aigc_demo.core import checkpoints, images
from aigc_demo.diffusion import quality
from aigc_demo.diffusion.views.digits.quality import points
from aigc_demo.judge.measure import frechet
from tests.helpers.tiny_diffusion import diffusion, result

SETTING = {"sampler": "DDIM", "steps": 2, "guidance": 1.0}


def test_each_picture_is_what_its_seed_makes_alone():
    model = diffusion()
    made = quality.pictures(model, 67, SETTING)  # more than one batch
    assert made.shape == (67, 1, 28, 28)
    for i in (0, 66):
        torch.testing.assert_close(
            made[i : i + 1],
            result(model, [i % 10], seed=quality.SEED + i, **SETTING).cpu(),
            atol=1e-4,
            rtol=0,
        )


@pytest.fixture
def mnist(tmp_path, monkeypatch) -> dict[str, np.ndarray]:
    """Noise in place of digits."""
    chance = np.random.default_rng(0)
    pictures = {
        split: chance.integers(0, 256, (count, 28, 28), dtype=np.uint8)
        for split, count in (("train", 150), ("test", 140))
    }
    labels = {f"{split}_labels": np.arange(len(each)) % 10 for split, each in pictures.items()}
    np.savez(
        tmp_path / "mnist.npz",
        **{f"{split}_images": each for split, each in pictures.items()},
        **labels,
    )
    monkeypatch.setenv("AIGC_DEMO_DATA", str(tmp_path))
    return pictures


def test_every_point_is_what_the_classifier_says_of_its_samplers_pictures(mnist, monkeypatch):
    monkeypatch.setattr(quality, "SAMPLES", 130)
    monkeypatch.setattr(quality, "STEPS", {"DDIM": (1, 2), "Heun": (2,)})
    model, judge = diffusion(), checkpoints.load("judge-digits")
    figures = list(quality.curve(model))
    found = {(f["curve"], f.get("sampler"), f.get("steps")): f["value"] for f in figures}
    settings = [(None, None), ("DDIM", 1), ("DDIM", 2), ("Heun", 2)]
    assert list(found) == [
        (curve, *setting) for setting in settings for curve in ("distance", "misread")
    ]
    made, unseen = (
        quality.pictures(model, 130, SETTING),
        images.from_pixels(mnist["test"][..., None]),
    )
    assert found["distance", "DDIM", 2] == pytest.approx(
        frechet(judge.features(made), judge.features(unseen)), rel=1e-3
    )
    right = sum(int(read) == i % 10 for i, read in enumerate(judge.read(made)))
    assert found["misread", "DDIM", 2] == pytest.approx(100 * (1 - right / 130), abs=0.01)
    drawn = points(figures)
    assert drawn["measures"]["distance"]["samplers"]["DDIM"] == [
        (steps, found["distance", "DDIM", steps]) for steps in (1, 2)
    ]
    assert drawn["measures"]["misread"]["real"] == found["misread", None, None]
    assert (drawn["samples"], drawn["guidance"]) == (130, 1.0)


def test_without_a_measured_curve_nothing_is_drawn():
    assert (
        points(
            [
                {
                    "figure": "conditional accuracy",
                    "value": 99.0,
                    "unit": "%",
                    "sampler": "DDIM",
                    "steps": 25,
                }
            ]
        )
        == {}
    )
