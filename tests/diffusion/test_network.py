import pytest
import torch

from aigc_demo.diffusion.network import Attention, ResnetBlock, UNet, sinusoidal_embedding


def test_the_prediction_has_the_pictures_shape_at_any_batch():
    network = UNet(8, classes=10, steps=100)
    for n in (1, 3):
        prediction = network(torch.randn(n, 1, 28, 28), torch.arange(n), torch.arange(n))
        assert prediction.shape == (n, 1, 28, 28)
        assert prediction.dtype == torch.float32


def test_the_first_weights_make_each_block_pass_its_input_on():
    x = torch.randn(2, 16, 7, 7, generator=torch.Generator().manual_seed(0))
    attention, residual = Attention(16), ResnetBlock(16, 16, condition=4)
    torch.testing.assert_close(attention(x), x + attention.out.bias[:, None, None])
    torch.testing.assert_close(
        residual(x, torch.randn(2, 4)), x + residual.conv_out.bias[:, None, None]
    )


def test_attention_sees_every_place_and_no_order():
    torch.manual_seed(0)
    attention = Attention(16)
    torch.nn.init.normal_(attention.out.weight)
    x, order = torch.randn(1, 16, 3, 3), torch.randperm(9)
    shuffled = x.flatten(2)[..., order].view_as(x)
    torch.testing.assert_close(
        attention(x).flatten(2)[..., order].view_as(x), attention(shuffled), atol=1e-5, rtol=1e-5
    )


def test_waves_tell_every_step_apart_and_lie_on_circles():
    described = sinusoidal_embedding(torch.arange(1000) / 1000, 16)
    assert described.shape == (1000, 16)
    torch.testing.assert_close(
        described[:, :8].square() + described[:, 8:].square(), torch.ones(1000, 8)
    )
    assert torch.pdist(described).min() > 1e-3
    assert described[0].tolist() == pytest.approx([0] * 8 + [1] * 8)
