import copy
import math

import pytest
import torch
from torch.nn import functional as F

from aigc_demo.core.errors import DemoError
from aigc_demo.text.training_step import TrainingStep, check_text, group_of, train_once
from tests.helpers.tiny_text import VERSE, model

TEXT = "To be, or not"


@pytest.fixture(scope="module")
def shared():
    return model()


@pytest.fixture(scope="module")
def step(shared) -> TrainingStep:
    return train_once(shared, TEXT, 0.01)


def gradient(network, ids: list[int]) -> dict[str, torch.Tensor]:
    """Return the gradient of the mean loss, by another way than procedure.py: torch.autograd.grad
    of the sum.
    """
    pupil = copy.deepcopy(network).requires_grad_(True)
    names, weights = zip(*pupil.named_parameters(), strict=True)
    logits, _ = pupil(torch.tensor([ids])[:, :-1])
    log_p = torch.log_softmax(logits[0], dim=-1)[torch.arange(len(ids) - 1), ids[1:]]
    return dict(
        zip(names, torch.autograd.grad(-log_p.sum() / (len(ids) - 1), weights), strict=True)
    )


def test_the_loss_is_the_cross_entropy_of_the_shared_model(shared, step):
    ids = shared.encode(TEXT)
    logits, _ = shared.network(torch.tensor([ids[:-1]]))
    assert step.before.loss == pytest.approx(
        F.cross_entropy(logits[0], torch.tensor(ids[1:])).item(), abs=1e-6
    )
    assert step.before.losses.shape == (len(TEXT) - 1,)
    torch.testing.assert_close(step.forward.logits, logits[0], atol=1e-4, rtol=1e-4)


def test_the_gradient_norms_are_those_of_another_computation(shared, step):
    expected = gradient(shared.network, step.ids)
    assert step.before.norm == pytest.approx(
        math.sqrt(sum(g.square().sum().item() for g in expected.values())), rel=1e-4
    )
    for group, norm in step.before.norms.items():
        squares = [
            g.square().sum().item() for name, g in expected.items() if group_of(name) == group
        ]
        assert norm == pytest.approx(math.sqrt(sum(squares)), rel=1e-4)
    layers = [(part, layer) for layer in (1, 2) for part in ("attention", "feed_forward")]
    assert sorted(step.before.norms) == sorted([("embedding", 0), ("norm", 0), *layers])


def test_the_highlighted_weight_is_the_steepest_and_moves_by_the_formula(shared, step):
    expected, weight_update = gradient(shared.network, step.ids), step.weight_update
    assert abs(weight_update.gradient) == pytest.approx(
        max(g.abs().max().item() for g in expected.values()), rel=1e-4
    )
    assert step.clip == pytest.approx(min(1, 1 / step.before.norm))
    assert weight_update.after == pytest.approx(
        weight_update.before - 0.01 * step.clip * weight_update.gradient, abs=1e-6
    )


@pytest.mark.parametrize("learning_rate", [1e-3, 1e-2])
def test_a_small_step_lowers_the_loss_by_about_what_the_gradient_promises(shared, learning_rate):
    step = train_once(shared, TEXT, learning_rate)
    promised = learning_rate * step.clip * step.before.norm**2
    assert step.before.loss - step.after.loss == pytest.approx(promised, rel=0.3)


def test_the_shared_model_is_not_changed(shared):
    weights = copy.deepcopy(shared.network.state_dict())
    before = [step.token for step in shared.generate("To", max_new_tokens=10)]
    train_once(shared, TEXT, 3)
    assert all(
        torch.equal(weight, weights[name]) for name, weight in shared.network.state_dict().items()
    )
    assert not any(
        weight.requires_grad or weight.grad is not None for weight in shared.network.parameters()
    )
    assert [step.token for step in shared.generate("To", max_new_tokens=10)] == before


def test_what_is_written_before_is_what_the_model_writes_and_a_large_step_changes_it(shared):
    before, after = train_once(shared, TEXT, 3, seed=4).continuations
    assert before.sampled == "".join(
        step.text for step in shared.generate(TEXT, max_new_tokens=40, temperature=0.8, seed=4)
    )
    assert before.greedy == "".join(
        step.text for step in shared.generate(TEXT, max_new_tokens=40, top_k=1)
    )
    assert before != after


def test_two_characters_are_enough_and_chinese_is_a_text(shared):
    for text in ("To", "春眠"):
        step = train_once(shared, text, 0.01)
        assert step.after.loss < step.before.loss
        assert len(step.before.losses) == 1


@pytest.mark.parametrize("text", ["", "T", "T" * 201, None, 7, ["To be"]])
def test_a_text_that_is_no_batch_is_told_the_range(text):
    with pytest.raises(DemoError, match="a batch has from 2 to 200"):
        check_text(text)


@pytest.mark.parametrize("value", [0, 10.1, -1, math.nan, None, "0.1", True])
def test_a_learning_rate_outside_its_range_is_an_error(shared, value):
    with pytest.raises(DemoError, match="learning rate must be"):
        train_once(shared, TEXT, value)


def test_unknown_characters_are_named(shared):
    with pytest.raises(DemoError, match="never saw these characters: 月"):
        train_once(shared, VERSE + "月", 0.01)
