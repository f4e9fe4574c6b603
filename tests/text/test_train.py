import pytest
import torch

from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit
from aigc_demo.text.evaluate import held_out_loss
from aigc_demo.text.model import TextConfig, TextModel, from_checkpoint
from aigc_demo.text.tokenizer import character_tokenizer
from aigc_demo.text.train import TextRecipe

LOOP = "abcdefgh" * 30  # each character is certain, given the one before


@pytest.mark.parametrize("architecture", ["rnn", "lstm", "transformer"])
def test_a_network_learns_a_loop_and_its_checkpoint_writes_it(architecture, tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    tokenizer = character_tokenizer(LOOP)
    config = TextConfig(
        architecture,
        tokenizer.get_vocab_size(),
        width=32,
        layers=1,
        context=12,
        dropout=0.0,
        heads=2,
        embedding=8,
    )
    recipe = TextRecipe(config, tokenizer, LOOP)
    losses = [event.losses["loss"] for event in fit(recipe, tmp_path / "run", steps=200, warmup=10)]
    recipe.export(tmp_path / "text-loop")
    writer = from_checkpoint(tmp_path / "text-loop")
    assert losses[0] > 1.5 > 0.7 > losses[-1]
    assert held_out_loss(writer, LOOP[:97]) < 0.7
    assert (
        "".join(step.text for step in writer.generate("abc", max_new_tokens=12, top_k=1))
        == "defghabcdefg"
    )


def test_the_held_out_loss_of_a_model_that_knows_nothing_is_log_of_the_vocabulary():
    tokenizer = character_tokenizer(LOOP)
    recipe = TextRecipe(
        TextConfig("lstm", 8, width=4, layers=1, context=10, dropout=0.9, embedding=4),
        tokenizer,
        LOOP,
    )
    for weight in recipe.averaged.parameters():
        torch.nn.init.zeros_(weight)
    model = TextModel(recipe.config, recipe.averaged["network"], tokenizer)
    assert held_out_loss(model, LOOP[:57]) == pytest.approx(
        torch.tensor(8.0).log().item(), abs=1e-5
    )
