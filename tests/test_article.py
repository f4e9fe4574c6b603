"""What the notes say of the article's code is so, and what they say of ours."""

import os
import subprocess
import sys

import pytest
import torch
from torch import Tensor, nn

from aigc_demo.core.settings import PROJECT
from aigc_demo.ui.language import TABLES

WORDS = "to be or not to be that is the question"
IDS = {
    "there": f"words = {WORDS!r}.split(); print({{w: i for i, w in enumerate(set(words))}})",
    "here": f"from aigc_demo.text.tokenizer import character_tokenizer as t; "
    f"print(sorted(t({WORDS!r}).get_vocab().items()))",
}


def numbered(side: str, seed: str) -> str:
    """Return the numbers of words or characters in a new Python, its hashes by `seed`."""
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(
        [sys.executable, "-c", IDS[side]],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_the_order_of_a_set_changes_with_every_start_and_ours_does_not():
    assert len({numbered("there", seed) for seed in "123"}) > 1
    assert len({numbered("here", seed) for seed in "123"}) == 1


def moved(x: Tensor, at: tuple[int, int], **options: bool) -> Tensor:
    """Return where (2, 5) the output of PyTorch's encoder layer changes when its input x (2, 5, 8)
    changes `at` one place.
    """
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, **options).eval()
    changed = x.clone()
    changed[at] += 1
    with torch.no_grad():
        return (layer(x) - layer(changed)).abs().amax(dim=-1) > 1e-6


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_pytorchs_layer_takes_the_first_axis_for_the_text_unless_told_and_hides_nothing():
    # two windows of five places
    x = torch.randn(2, 5, 8, generator=torch.Generator().manual_seed(1))
    across = torch.zeros(2, 5, dtype=torch.bool)
    across[:, 3] = True  # both windows, at the changed place alone
    assert torch.equal(moved(x, (0, 3)), across)
    along = torch.zeros(2, 5, dtype=torch.bool)
    along[0] = (
        True  # the whole window, what stands before the changed place included: nothing is masked
    )
    assert torch.equal(moved(x, (0, 3), batch_first=True), along)


def test_pytorch_has_no_positional_encoding():
    assert not hasattr(nn, "PositionalEncoding")


@pytest.mark.parametrize("d_k", [4, 64])
def test_scores_have_the_root_of_d_k_as_their_standard_deviation(d_k):
    q, k = torch.randn(2, 20_000, d_k, generator=torch.Generator().manual_seed(0))
    assert (q * k).sum(-1).std().item() == pytest.approx(d_k**0.5, rel=0.02)


def test_every_slip_has_its_answer_and_code_is_marked_in_pairs():
    for table in TABLES.values():
        keys = [key for key in table if key.startswith("article.") and key.count(".") > 1]
        assert {key.removesuffix(".there") + ".here" for key in keys if key.endswith(".there")} == {
            key for key in keys if key.endswith(".here")
        }
        assert all(table[key].count("`") % 2 == 0 for key in keys)
    for key in TABLES["en"]:
        if key.startswith("article."):
            assert TABLES["en"][key].count("`") == TABLES["zh"][key].count("`"), key
