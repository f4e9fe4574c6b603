import numpy as np
import torch

import aigc_demo
from aigc_demo.core import runtime
from aigc_demo.core.data import Digits
from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit
from aigc_demo.judge.model import Classifier, Judge, JudgeConfig
from aigc_demo.judge.train import JudgeRecipe

CONFIG = JudgeConfig(width=4, features=16)


def squares() -> Digits:
    """Each "digit" is a bright square in a place of its own, with a margin for the shifts."""
    pictures = np.zeros((40, 28, 28, 1), np.uint8)
    labels = np.arange(40) % 10
    for picture, label in zip(pictures, labels, strict=True):
        top, left = 3 + 12 * (label % 2), 3 + 5 * (label // 2)
        picture[top : top + 8, left : left + 4] = 255
    return Digits(pictures, labels)


def test_the_judge_reads_what_it_was_taught_and_its_checkpoint_too(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    recipe = JudgeRecipe(CONFIG, squares())
    list(fit(recipe, tmp_path / "run", steps=40, warmup=5))
    recipe.export(tmp_path / "judge-digits")
    assert (
        aigc_demo.load("judge-digits").read(recipe.pictures) == recipe.labels
    ).float().mean() >= 0.9


def test_the_batch_changes_no_reading():
    torch.manual_seed(0)
    judge = Judge(CONFIG, Classifier(CONFIG).to(runtime.device()).eval())
    pictures = torch.randn(10, 1, 28, 28, generator=runtime.generator(0))
    read = judge.read(pictures)
    assert read.shape == (10,)
    assert read.dtype == torch.int64
    assert torch.equal(judge.read(pictures, batch=3), read)


def test_the_probabilities_sum_to_one_and_the_greatest_is_what_is_read():
    torch.manual_seed(0)
    judge = Judge(CONFIG, Classifier(CONFIG).to(runtime.device()).eval())
    pictures = torch.randn(10, 1, 28, 28, generator=runtime.generator(0))
    shares = judge.probabilities(pictures)
    assert shares.shape == (10, 10)
    torch.testing.assert_close(shares.sum(dim=1), torch.ones(10))
    assert torch.equal(shares.argmax(dim=1), judge.read(pictures))
    torch.testing.assert_close(judge.probabilities(pictures, batch=3), shares)
