import pytest
import torch
from torch.nn import functional as F

from aigc_demo.core.errors import DemoError
from aigc_demo.maths.attention import attend, weigh
from aigc_demo.maths.heads import heads, most_focused_head
from aigc_demo.text.attention import trace
from tests.helpers.tiny_text import reader as tiny_reader

DRAWS = torch.Generator().manual_seed(0)


def matrices(n: int = 3, d: int = 2) -> list[torch.Tensor]:
    return [
        2 * torch.randn(n if i == 0 else d, d, generator=DRAWS, dtype=torch.float64)
        for i in range(4)
    ]


@pytest.mark.parametrize("d", [2, 3, 5])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize(
    ("scaled", "temperature"), [(True, 1.0), (False, 1.0), (True, 0.4), (False, 3.0)]
)
def test_the_output_is_that_of_scaled_dot_product_attention(d, masked, scaled, temperature):
    given = matrices(4, d)
    seen = attend(*given, scaled=scaled, masked=masked, temperature=temperature)
    scale = (d**-0.5 if scaled else 1) / temperature
    expected = F.scaled_dot_product_attention(
        *(each[None] for each in (seen.queries, seen.keys, seen.values)),
        is_causal=masked,
        scale=scale,
    )
    torch.testing.assert_close(seen.output, expected[0])
    torch.testing.assert_close(seen.weights.sum(dim=1), torch.ones(4, dtype=torch.float64))
    torch.testing.assert_close(seen.queries, given[0] @ given[1])
    if masked:
        assert seen.weights.triu(1).count_nonzero() == 0


def test_huge_scores_become_all_or_nothing_and_no_temperature_is_refused():
    weights = weigh(torch.tensor([[1e3, 0.0], [0.0, 1e3]], dtype=torch.float64), 1)[1]
    assert torch.equal(weights, torch.eye(2, dtype=torch.float64))
    with pytest.raises(DemoError, match=r"temperature must be from 0.05 to 10"):
        weigh(torch.eye(2), 1, temperature=0)


def test_a_real_heads_weights_are_those_that_the_network_used():
    reader, text = tiny_reader("transformer", context=32), "to be, or"
    scores, values, d_k = heads(reader, text)
    for layer, steps in enumerate(trace(reader.network, reader.encode(text)).layers):
        for head in range(2):
            weights = weigh(scores[layer, head], d_k, masked=True)[1]
            torch.testing.assert_close(weights, steps.weights[head])
            torch.testing.assert_close(
                (weights @ values[layer, head]), steps.output[head][:, : values.shape[-1]]
            )
    layer, head = most_focused_head(scores, d_k)
    assert 1 <= layer <= 2 >= head >= 1
