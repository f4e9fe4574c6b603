import pytest
import torch
from torch.nn import functional as F

from aigc_demo.text.transformer import Attention, apply_rotary_emb, rope_cos_sin
from tests.helpers.tiny_text import tokens, transformer


@pytest.mark.parametrize(
    "cuts", [range(1, 12), [5], [1, 4, 9]], ids=["one by one", "two halves", "uneven"]
)
def test_the_cache_gives_the_same_logits_as_the_full_forward(cuts):
    network, ids = transformer(), tokens(12)
    expected, _ = network(ids)
    parts, state = [], None
    for part in torch.tensor_split(ids, list(cuts), dim=1):
        logits, state = network(part, state)
        parts.append(logits)
    assert expected.shape == (2, 12, 11)
    assert expected.dtype == torch.float32
    torch.testing.assert_close(torch.cat(parts, dim=1), expected, atol=1e-4, rtol=0)


def test_beyond_the_context_one_layer_equals_a_full_forward_of_what_it_still_sees():
    network, ids, state = transformer(layers=1, context=6), tokens(20), None
    for i in range(20):
        logits, state = network(ids[:, i : i + 1], state)
        expected, _ = network(ids[:, max(0, i - 5) : i + 1])
        torch.testing.assert_close(logits[:, -1], expected[:, -1], atol=1e-4, rtol=0)


def test_the_cache_never_exceeds_the_context_less_one():
    network, state = transformer(context=6), None
    for i in range(15):
        logits, state = network(tokens(1), state)
        assert {kept.shape for cache in state[1] for kept in cache} == {(2, 2, min(i + 1, 5), 8)}
        assert logits.isfinite().all()
    _, state = network(tokens(9))
    assert {kept.shape[2] for cache in state[1] for kept in cache} == {5}


def test_nobody_sees_the_future():
    network, ids = transformer(), tokens(10)
    changed = ids.clone()
    changed[:, 6:] = (changed[:, 6:] + 1) % 11
    assert torch.equal(network(ids)[0][:, :6], network(changed)[0][:, :6])
    assert not torch.equal(network(ids)[0][:, 6:], network(changed)[0][:, 6:])


def test_a_state_is_not_changed_by_reading_on_from_it():
    network, ids = transformer(), tokens(8)
    _, state = network(ids[:, :5])
    first, _ = network(ids[:, 5:], state)
    second, _ = network(ids[:, 5:], state)
    assert torch.equal(first, second)


def turned(x: torch.Tensor, positions: list[int]) -> torch.Tensor:
    return apply_rotary_emb(x, *rope_cos_sin(torch.tensor(positions), x.shape[-1]))


def test_the_product_of_rotated_vectors_depends_on_their_distance_alone():
    q, k = torch.randn(
        2, 1, 1, 1, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64
    )

    def product(i: int, j: int) -> float:
        return (turned(q, [i]) * turned(k, [j])).sum().item()

    assert product(9, 4) == pytest.approx(product(105, 100), abs=1e-4)
    assert product(4, 9) == pytest.approx(product(0, 5), abs=1e-4)
    assert abs(product(9, 4) - product(9, 3)) > 1e-3
    assert product(7, 7) == pytest.approx((q * k).sum().item(), abs=1e-6)


def test_a_rotation_keeps_lengths_and_is_by_one_radian_a_position_for_the_first_pair():
    x = torch.randn(1, 2, 5, 8, generator=torch.Generator().manual_seed(0))
    torch.testing.assert_close(turned(x, [0, 1, 2, 3, 4]).norm(dim=-1), x.norm(dim=-1))
    east = torch.tensor([1.0, 0, 0, 0]).view(1, 1, 1, 4)  # pairs are (0, 2) and (1, 3)
    torch.testing.assert_close(
        turned(east, [2]).flatten(),
        torch.tensor([2.0]).cos().new_tensor([-0.4161468, 0, 0.9092974, 0]),
    )


def test_attention_without_positions_is_the_softmax_of_the_formula():
    torch.manual_seed(0)
    attention, x = Attention(8, heads=1, context=3).requires_grad_(False), torch.randn(1, 3, 8)
    q, k, v = attention.query_key_value(x).chunk(3, dim=-1)
    q, k = turned(q[:, None], [0, 1, 2])[:, 0], turned(k[:, None], [0, 1, 2])[:, 0]
    scores = (q @ k.transpose(1, 2) / 8**0.5).masked_fill(
        torch.ones(3, 3).triu(1).bool(), float("-inf")
    )
    torch.testing.assert_close(
        attention(x, rope_cos_sin(torch.arange(3), 8), None)[0],
        attention.out(F.softmax(scores, dim=-1) @ v),
    )


def test_one_table_reads_and_writes():
    network = transformer()
    table = network.embedding.weight
    torch.testing.assert_close(network.unembed(table), table @ table.T)
    assert [key for key, weight in network.state_dict().items() if weight.shape == table.shape] == [
        "embedding.weight"
    ]


def test_one_long_reading_equals_reading_character_by_character_beyond_the_context():
    network, ids = transformer(context=6), tokens(20)
    whole, _ = network(ids)
    state, steps = None, []
    for t in range(ids.shape[1]):
        logits, state = network(ids[:, t : t + 1], state)
        steps.append(logits)
    torch.testing.assert_close(torch.cat(steps, dim=1), whole, rtol=1e-4, atol=1e-5)
