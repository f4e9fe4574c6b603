import pytest
import torch
from torch.nn import functional as F

from aigc_demo.text.attention import logit_lens, trace
from aigc_demo.text.transformer import Transformer, apply_rotary_emb, rope_cos_sin

IDS = torch.randint(11, (14,), generator=torch.Generator().manual_seed(1)).tolist()


def transformer(*, context: int = 20) -> Transformer:
    torch.manual_seed(0)
    network = Transformer(11, width=16, layers=3, heads=2, context=context, dropout=0.5).eval()
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.4)  # as sharp as a trained network
    return network.requires_grad_(False)


@pytest.mark.parametrize("context", [20, 5], ids=["all is seen", "a window is seen"])
def test_the_traced_pass_gives_the_networks_logits(context):
    network = transformer(context=context)
    torch.testing.assert_close(
        trace(network, IDS).logits, network(torch.tensor([IDS]))[0][0], atol=1e-5, rtol=1e-5
    )


def test_the_weights_are_those_of_scaled_dot_product_attention():
    network = transformer()
    taken, T = trace(network, IDS), len(IDS)
    for block, steps, x in zip(network.blocks, taken.layers, taken.streams, strict=False):
        q, k, _ = (
            block.attention.query_key_value(block.attention_norm(x))
            .view(T, 3, 2, 8)
            .permute(1, 2, 0, 3)
        )
        q, k = (apply_rotary_emb(vectors, *rope_cos_sin(torch.arange(T), 8)) for vectors in (q, k))
        identity = torch.eye(T).expand(2, T, T)  # with these values the output is the weights
        torch.testing.assert_close(
            steps.weights,
            F.scaled_dot_product_attention(q, k, identity, is_causal=True),
            atol=1e-5,
            rtol=0,
        )


def test_each_step_follows_from_the_one_before():
    for steps in trace(transformer(), IDS).layers:
        seen = torch.ones(14, 14).tril().bool()
        assert torch.equal(steps.scaled[:, seen], (steps.scores / 8**0.5)[:, seen])
        assert steps.scaled[:, ~seen].eq(float("-inf")).all()
        torch.testing.assert_close(steps.weights.sum(-1), torch.ones(2, 14))
        torch.testing.assert_close(steps.output, steps.weights @ steps.values)


def test_the_last_row_of_the_lens_is_what_the_network_guesses():
    network = transformer()
    taken = trace(network, IDS)
    lens = logit_lens(network, taken.streams)
    assert lens.shape == (4, 14, 11)
    torch.testing.assert_close(lens[-1], taken.logits.softmax(-1))
    torch.testing.assert_close(
        lens[0], network.unembed(network.norm(network.embedding(torch.tensor(IDS)))).softmax(-1)
    )


def test_the_shipped_models_maps_equal_sdpa_and_its_logits_the_networks():
    import aigc_demo

    model = aigc_demo.load("text-transformer-shakespeare")
    ids = model.encode("the king and the king")
    taken, T = trace(model.network, ids), len(ids)
    torch.testing.assert_close(
        taken.logits, model.network(torch.tensor([ids]))[0][0], atol=1e-4, rtol=1e-5
    )
    for block, steps, x in zip(model.network.blocks, taken.layers, taken.streams, strict=False):
        H, D = block.attention.heads, model.config.width // block.attention.heads
        q, k, _ = (
            block.attention.query_key_value(block.attention_norm(x))
            .view(T, 3, H, D)
            .permute(1, 2, 0, 3)
        )
        q, k = (apply_rotary_emb(vectors, *rope_cos_sin(torch.arange(T), D)) for vectors in (q, k))
        expected = F.scaled_dot_product_attention(
            q, k, torch.eye(T).expand(H, T, T), is_causal=True
        )
        torch.testing.assert_close(steps.weights, expected, atol=1e-5, rtol=0)
