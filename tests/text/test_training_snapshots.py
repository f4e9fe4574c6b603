import pytest

from aigc_demo.core import checkpoints, snapshots
from aigc_demo.core.errors import DemoError
from aigc_demo.core.training import fit
from aigc_demo.text.model import TextConfig, from_checkpoint
from aigc_demo.text.tokenizer import character_tokenizer
from aigc_demo.text.train import TextRecipe
from aigc_demo.text.training_snapshots import snapshot_texts

LOOP = "abcdefgh" * 30


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("history")
    tokenizer = character_tokenizer(LOOP)
    recipe = TextRecipe(
        TextConfig(
            "lstm",
            tokenizer.get_vocab_size(),
            width=32,
            layers=1,
            context=12,
            dropout=0.0,
            embedding=8,
        ),
        tokenizer,
        LOOP,
    )
    list(fit(recipe, folder / "run", steps=256, warmup=10))
    recipe.export(folder / "text-loop")
    snapshots.publish(folder / "run", folder / "text-loop")
    checkpoints.write_json(
        folder / "text-loop" / "metrics.json",
        {"figures": [{"figure": "training time", "steps": 256}]},
    )
    return folder / "text-loop"


def test_the_same_seed_writes_better_from_moment_to_moment(checkpoint):
    written = list(
        snapshot_texts(
            from_checkpoint(checkpoint),
            checkpoint,
            "abc",
            max_new_tokens=16,
            temperature=0.8,
            seed=3,
        )
    )
    assert [snapshot.step for snapshot in written] == [0, 1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert written[-1].text == "defghabcdefghabc"
    assert written[0].text != written[-1].text
    assert written[0].bits > 2 > written[-1].bits


def test_the_curve_falls_and_ends_at_the_last_step(checkpoint):
    noted = snapshots.loss_curve(checkpoint, "loss")
    assert noted["steps"][0] == 1
    assert noted["losses"][0] > noted["losses"][-1]


def test_a_checkpoint_without_snapshots_says_so(checkpoint, tmp_path):
    with pytest.raises(DemoError, match="has no snapshots"):
        list(snapshot_texts(from_checkpoint(checkpoint), tmp_path, "abc", max_new_tokens=4))
