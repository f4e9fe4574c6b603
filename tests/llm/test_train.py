"""Each family learns a loop, and guesses what is hidden in it."""

import pytest
import torch

from aigc_demo.core.errors import DemoError
from aigc_demo.core.training import fit
from aigc_demo.llm.evaluate import held_out, windows_of
from aigc_demo.llm.model import LanguageConfig, LanguageModel, from_checkpoint
from aigc_demo.llm.tokenizer import train_tokenizer
from aigc_demo.llm.train import Batches, LanguageRecipe
from tests.helpers.tiny_llm import model

LOOP = "abcdefgh" * 40


@pytest.mark.parametrize("objective", ["causal", "masked", "permuted"])
def test_a_model_learns_a_loop_and_guesses_what_is_hidden_in_it(objective, tmp_path):
    tokenizer = train_tokenizer("", 258)  # bytes alone: a letter is a token
    config = LanguageConfig(objective, 258, width=32, layers=2, heads=2, context=13, dropout=0.0)
    recipe = LanguageRecipe(config, tokenizer, LOOP, Batches(size=16, learning_rate=3e-3))
    losses = [event.losses["loss"] for event in fit(recipe, tmp_path / "run", steps=300, warmup=10)]
    recipe.export(tmp_path / "llm-loop")
    guesser = from_checkpoint(tmp_path / "llm-loop")
    ids = guesser.encode("abcdefghabc")
    for guess in guesser.guesses(ids, [6, 3]):
        assert (
            guesser.tokenizer.decode([int(guess.probabilities.argmax())])
            == "abcdefghabc"[guess.place]
        )
    loss, accuracy, _ = held_out(
        guesser, windows_of(torch.tensor(guesser.encode_all(LOOP)), 13, guesser.start)
    )
    assert losses[0] > 4 > 0.5 > loss
    assert accuracy > 0.8


def test_gpt_goes_from_left_to_right_bert_all_at_once_and_xlnet_in_the_given_order():
    ids = list(range(5, 15))
    found = {
        objective: model(objective).guesses(ids, [7, 2, 4])
        for objective in ("causal", "masked", "permuted")
    }
    assert [(guess.place, guess.order) for guess in found["causal"]] == [(2, 0), (4, 1), (7, 2)]
    assert [(guess.place, guess.order) for guess in found["masked"]] == [(7, 0), (2, 0), (4, 0)]
    assert [(guess.place, guess.order) for guess in found["permuted"]] == [(7, 0), (2, 1), (4, 2)]
    assert [guess.sees for guess in found["causal"]] == [
        list(range(2)),
        list(range(4)),
        list(range(7)),
    ]
    assert {tuple(guess.sees) for guess in found["masked"]} == {(0, 1, 3, 5, 6, 8, 9)}
    assert found["permuted"][2].sees == [0, 1, 2, 3, 5, 6, 7, 8, 9]
    for guesses in found.values():
        for guess in guesses:
            assert guess.probabilities.sum().item() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("objective", ["causal", "masked", "permuted"])
def test_what_is_hidden_is_not_seen(objective):
    """Nor, by GPT, what comes after it."""
    guesser, ids = model(objective), list(range(5, 15))
    other = [*ids[:4], 77, *ids[5:]]
    assert torch.equal(
        guesser.guesses(ids, [4])[0].probabilities, guesser.guesses(other, [4])[0].probabilities
    )
    later = [*ids[:9], 78]
    assert torch.equal(
        guesser.guesses(ids, [4])[0].probabilities, guesser.guesses(later, [4])[0].probabilities
    ) == (objective == "causal")


@pytest.mark.parametrize(
    ("text", "message"), [("", "is empty"), ("zqx" * 200, "600 tokens; at most 23")]
)
def test_a_sentence_that_cannot_be_read_is_explained(text, message):
    with pytest.raises(DemoError, match=message):
        model("causal").encode(text)


def test_any_alphabet_is_read_and_comes_back():
    reader: LanguageModel = model("masked")
    assert reader.tokenizer.decode(reader.encode("to be 诗 🙂")) == "to be 诗 🙂"


def test_a_seed_settles_what_gpt_writes_and_no_text_is_longer_than_it_can_see():
    writer = model("causal")
    texts = ["".join(writer.generate("to be", max_new_tokens=40, seed=seed)) for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]
    assert len(list(writer.generate("to be", max_new_tokens=40))) == 40 > writer.config.context
