import copy
import warnings

import pytest
import torch

from aigc_demo.text.numpy_decode import KVCache
from aigc_demo.text.transformer import Transformer
from tests.helpers.tiny_text import tokens, transformer


def plainly(network: Transformer, ids: torch.Tensor) -> torch.Tensor:
    """Return the logits (1, T, V) by the definition."""
    return network.forward_embeddings(network.embedding(ids))[0]


@torch.no_grad()
def written(network: Transformer, ids: torch.Tensor, *, prompt: int) -> torch.Tensor:
    """Return the logits (1, T, V) when the first `prompt` characters are read as a whole and the
    others one by one.
    """
    logits, state = network(ids[:, :prompt])
    parts = [logits]
    for t in range(prompt, ids.shape[1]):
        logits, state = network(ids[:, t : t + 1], state)
        assert isinstance(state, KVCache)
        parts.append(logits)
    return torch.cat(parts, dim=1)


@pytest.mark.parametrize("prompt", [1, 5, 11, 12, 13, 40])
def test_stepping_gives_the_logits_of_the_definition_far_beyond_the_context(prompt):
    network, ids = transformer(context=12), tokens(60, batch=1)
    torch.testing.assert_close(
        written(network, ids, prompt=prompt), plainly(network, ids), atol=1e-4, rtol=1e-4
    )


@torch.no_grad()
def test_two_texts_that_go_on_from_one_beginning_do_not_disturb_each_other():
    network, ids = transformer(), tokens(6, batch=1)
    _, state = network(ids[:, :4])
    _, state = network(ids[:, 4:5], state)
    a, b = ids[:, 5:], (ids[:, 5:] + 1) % 11
    (first, after_a), (other, after_b) = network(a, state), network(b, state)
    assert torch.equal(network(a, state)[0], first)
    assert not torch.equal(first, other)
    for last, after in ((a, after_a), (b, after_b)):
        expected = plainly(network, torch.cat([ids[:, :5], last, a], dim=1))[:, -1]
        torch.testing.assert_close(network(a, after)[0][:, -1], expected, atol=1e-4, rtol=1e-4)


@torch.no_grad()
def test_several_characters_can_be_read_after_single_ones():
    network, ids = transformer(context=6), tokens(20, batch=1)
    _, state = network(ids[:, :3])
    for t in range(3, 12):
        _, state = network(ids[:, t : t + 1], state)
    assert {cached.shape for layer in state.to_torch()[1] for cached in layer} == {(1, 2, 5, 8)}
    rest, _ = network(ids[:, 12:], state)
    torch.testing.assert_close(rest, plainly(network, ids)[:, 12:], atol=1e-4, rtol=1e-4)


@torch.no_grad()
def test_a_changed_copy_steps_with_its_own_weights():
    network, ids = transformer(), tokens(8, batch=1)
    written(network, ids, prompt=3)
    changed = copy.deepcopy(network)
    changed.blocks[0].attention.out.weight.zero_()
    torch.testing.assert_close(
        written(changed, ids, prompt=3), plainly(changed, ids), atol=1e-4, rtol=1e-4
    )
    assert not torch.equal(written(changed, ids, prompt=3), written(network, ids, prompt=3))


def test_where_something_is_learned_the_definition_itself_is_computed():
    network, ids = transformer(), tokens(4, batch=1)
    _, state = network(ids[:, :3])
    assert not isinstance(network(ids[:, 3:], state)[1], KVCache)


def test_large_values_overflow_nowhere():
    network, ids = transformer(), tokens(5, batch=1)
    for weight in network.parameters():
        weight.mul_(40)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert written(network, ids, prompt=2).isfinite().all()
