"""The inspection of a Hub's model: its draws can be repeated from what is sent."""

import base64

import numpy as np
import pytest
import torch

from aigc_demo.core.errors import DemoError
from aigc_demo.llm import inspection
from aigc_demo.llm.hub import HubModel, open_model
from aigc_demo.llm.hub_generate import complete
from aigc_demo.llm.inspection import inspect
from aigc_demo.text.sampling import SamplingParams, next_token_distribution
from tests.helpers import tiny_hub

CUTS = {"temperature": 1.3, "top_p": 0.9, "min_p": 0.0}


@pytest.fixture(scope="module")
def gpt2(tmp_path_factory: pytest.TempPathFactory) -> HubModel:
    folder = tmp_path_factory.mktemp("gpt2")
    tiny_hub.gpt2(folder)
    return open_model("tiny/gpt2", folder)


def unpacked(text: str, kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), kind)


def last(model: HubModel, **changes: object) -> dict:
    return list(
        inspect(
            model, "To be", **{"forced": [], "length": 12, "seed": 3, "top_k": 0, **CUTS, **changes}
        )
    )[-1]


def test_it_writes_what_complete_writes_and_each_draw_can_be_made_again(gpt2):
    value = last(gpt2)
    steps = list(complete(gpt2, "To be", max_new_tokens=12, seed=3, **CUTS))
    assert value["tokens"][: len(steps)] == [step.token for step in steps]
    assert value["finished"] and value["start"] == 0 and value["vocabulary"] == 257
    for row, step, u in zip(value["logits"], steps, value["numbers"], strict=False):
        assert (
            unpacked(row["tokens"], "<i4").tolist()
            == next_token_distribution(step.logits, SamplingParams()).tokens.tolist()
        )
        assert next_token_distribution(step.logits, SamplingParams(**CUTS)).sample(u) == step.token
        # 257 tokens: none is beyond the thousand
        assert unpacked(row["rest"], "<f4").tolist() == [0] * 39


def test_the_other_tokens_have_one_weight_at_each_temperature(gpt2, monkeypatch):
    monkeypatch.setattr(inspection, "MAX_TOP_K", 20)
    row = last(gpt2, length=1)["logits"][0]
    logits = gpt2.read(gpt2.tokenizer("To be")["input_ids"], None)[0].double()
    z, rest = unpacked(row["z"], "<f4").astype(np.float64), unpacked(row["rest"], "<f4")
    assert len(z) == 20
    for i, temperature in [(0, 0.1), (14, 0.8), (38, 2.0)]:
        weights = np.exp((z - z[0]) / temperature)
        expected = torch.softmax(logits / temperature, dim=0).sort(descending=True).values[:20]
        np.testing.assert_allclose(weights / (weights.sum() + rest[i]), expected, rtol=1e-4)


def test_forcing_what_was_drawn_replays_the_same_text_and_a_typed_text_becomes_tokens(gpt2):
    whole = last(gpt2)
    again = last(gpt2, forced=whole["tokens"][:4])
    assert (again["tokens"], again["start"]) == (whole["tokens"], 4)
    typed = last(gpt2, forced=[*whole["tokens"][:2], "hi"])
    assert typed["tokens"][:4] == [*whole["tokens"][:2], *gpt2.tokenizer("hi")["input_ids"]]
    assert typed["alphabet"][str(typed["tokens"][2])] == "h"
    # the tokens of a typed text after its first have their logits too
    assert (typed["start"], len(typed["logits"])) == (3, 9)


def test_the_token_that_ends_a_text_is_the_last(gpt2):
    for seed in range(40):
        value = last(gpt2, length=50, seed=seed, top_p=1.0, temperature=2.0)
        if 256 in value["tokens"]:
            assert (
                value["tokens"].index(256) == len(value["tokens"]) - 1 == len(value["logits"]) - 1
            )
            return
    pytest.fail("none of 40 texts ended")


@pytest.mark.parametrize("forced", [None, "x", [300], [-1], ["a", 1], [1.5], [[1]]], ids=str)
def test_what_cannot_be_forced_is_explained(gpt2, forced):
    with pytest.raises(DemoError, match="must be a list of tokens, by their numbers below 257"):
        last(gpt2, forced=forced)


def test_nothing_left_to_draw(gpt2):
    with pytest.raises(DemoError, match="12 tokens are settled, and the length is 12"):
        last(gpt2, forced=[1] * 12)
