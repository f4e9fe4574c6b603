"""Who sees whom: BERT's, GPT's and XLNet's masks, and two-stream attention."""

import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.llm.model import rank_of
from aigc_demo.llm.objectives import causal_mask, full_mask, permutation_masks
from tests.helpers.tiny_llm import VOCABULARY, model

T = 9
NETWORK = model("permuted").network


def text(seed: int = 1) -> torch.Tensor:
    return torch.randint(VOCABULARY, (1, T), generator=runtime.generator(seed))


def changed(ids: torch.Tensor, place: int) -> torch.Tensor:
    ids = ids.clone()
    ids[:, place] = (ids[:, place] + 1) % VOCABULARY
    return ids


def orders() -> list[list[int]]:
    return [torch.randperm(T - 1, generator=runtime.generator(seed)).tolist() for seed in range(5)]


@pytest.mark.parametrize("order", orders(), ids=str)
def test_a_query_never_depends_on_its_own_token_nor_a_later_one_whatever_the_order(order):
    attention_mask, query_mask = permutation_masks(rank_of(order)[None])
    before = NETWORK.query_stream_logits(text(), attention_mask, query_mask)
    for rank, place in enumerate(order):
        after = NETWORK.query_stream_logits(changed(text(), 1 + place), attention_mask, query_mask)
        same = [1 + other for other in order[: rank + 1]]
        assert torch.equal(before[:, same], after[:, same])
        for other in order[rank + 1 :]:
            assert not torch.allclose(before[:, 1 + other], after[:, 1 + other])


def test_from_left_to_right_the_streams_see_what_gpt_sees():
    attention_mask, query_mask = permutation_masks(torch.arange(T)[None])
    assert torch.equal(attention_mask, causal_mask(T))
    # the query stream at a position sees what GPT sees at the one before
    assert torch.equal(query_mask[:, 1:], causal_mask(T)[:, :-1])


def test_the_content_stream_is_the_one_stream_of_the_same_weights():
    """With one layer, a query that is the embedding itself and a mask that lets it see itself is
    the content stream.
    """
    network = model("permuted", layers=1).network
    attention_mask, _ = permutation_masks(rank_of([3, 1, 0, 2])[None])
    ids = text()[:, :5].fill_(7)
    network.question.copy_(network.embedding.weight[7])
    assert torch.allclose(
        network.query_stream_logits(ids, attention_mask, attention_mask),
        network.logits(ids, attention_mask),
        atol=1e-5,
    )


def test_bert_sees_both_sides_and_gpt_only_what_is_before():
    bert = NETWORK.logits(text(), full_mask(T)), NETWORK.logits(changed(text(), 8), full_mask(T))
    gpt = NETWORK.logits(text(), causal_mask(T)), NETWORK.logits(changed(text(), 8), causal_mask(T))
    assert not torch.allclose(bert[0][:, 0], bert[1][:, 0])
    assert torch.equal(gpt[0][:, :8], gpt[1][:, :8])


def test_only_distances_count_not_places():
    """Rotary positions: what two places say of each other stays when both move."""
    one, two = full_mask(2), torch.zeros(1, 4, 4, dtype=torch.bool)
    two[:, 2:, 2:] = True
    two[:, :2, :2] = True
    ids = text()[:, :2]
    moved = NETWORK.logits(torch.cat([text(2)[:, :2], ids], dim=1), two)[:, 2:]
    assert torch.allclose(NETWORK.logits(ids, one), moved, atol=1e-4)
