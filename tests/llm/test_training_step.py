"""GPT's pretraining step: sequences, objective, cross-entropy, update, against torch's own."""

import pytest
import torch
from torch.nn import functional as F

from aigc_demo.core.errors import DemoError
from aigc_demo.llm.objectives import causal_mask
from aigc_demo.llm.training_step import SEQUENCE, batch, pretrain_once
from tests.helpers.tiny_llm import model

GPT = model("causal")
TEXT = "to be or not to be that is the question and so it goes on"


def test_the_text_is_cut_into_sequences_of_which_only_the_last_is_filled_up():
    ids, valid = batch(GPT, TEXT)
    assert ids.shape == (len(ids), 1 + SEQUENCE)
    assert (ids[:, 0] == GPT.start).all()
    assert ids[:, 1:][valid].tolist() == GPT.encode_all(TEXT)
    assert valid[:-1].all()
    short, alone = batch(GPT, "to")
    assert short.shape == (1, 1 + len(GPT.encode_all("to")))
    assert alone.all()


def test_losses_and_update_are_torchs_own():
    step = pretrain_once(GPT, TEXT, 0.01)
    logits = GPT.network.logits(
        step.ids, causal_mask(step.ids.shape[1]).expand(len(step.ids), -1, -1)
    )[:, :-1]
    expected = F.cross_entropy(logits[step.valid], step.ids[:, 1:][step.valid])
    assert step.before.loss == pytest.approx(expected.item(), abs=1e-5)
    assert torch.allclose(
        step.right[step.valid], (-step.before.losses[step.valid]).exp(), atol=1e-5
    )
    assert (step.before.losses[~step.valid] == 0).all()
    assert step.after.loss < step.before.loss
    assert step.clip == pytest.approx(min(1, 1 / step.before.norm))
    assert set(step.before.norms) == {"embedding", "layer 1", "layer 2", "norm"}


def test_the_likeliest_tokens_and_the_lengths_of_vectors_are_the_networks():
    step = pretrain_once(GPT, TEXT, 0.01)
    logits = GPT.network.logits(
        step.ids, causal_mask(step.ids.shape[1]).expand(len(step.ids), -1, -1)
    )
    token, p = step.likeliest[0][3][0]
    assert token == int(logits[0, 3].argmax())
    assert p == pytest.approx(logits[0, 3].softmax(dim=0).max().item(), abs=1e-5)
    assert step.lengths.shape == (3, *step.valid.shape)
    assert torch.allclose(
        step.lengths[0], GPT.network.embedding.weight[step.ids[:, :-1]].norm(dim=-1)
    )


def test_the_model_itself_stays_as_it_is():
    before = [weight.clone() for weight in GPT.network.parameters()]
    pretrain_once(GPT, TEXT, 10)
    assert all(
        torch.equal(old, new) for old, new in zip(before, GPT.network.parameters(), strict=True)
    )
    assert not any(weight.requires_grad for weight in GPT.network.parameters())


@pytest.mark.parametrize(
    ("text", "rate", "message"),
    [
        ("", 0.1, "0 characters"),
        (None, 0.1, "0 characters"),
        ("a" * 601, 0.1, "601 characters"),
        ("to be", 0, "learning rate must be"),
        ("to be", "fast", "learning rate must be"),
    ],
)
def test_what_cannot_be_trained_on_is_explained(text, rate, message):
    with pytest.raises(DemoError, match=message):
        pretrain_once(GPT, text, rate)
