import math

import pytest
import torch
from torch.nn import functional as F

from aigc_demo.core.errors import DemoError
from aigc_demo.maths.entropy import binary, classes, predict_next
from aigc_demo.text.surprise import read
from tests.helpers.tiny_text import LINE
from tests.helpers.tiny_text import reader as tiny_reader

DRAWS = torch.Generator().manual_seed(0)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("guess", torch.rand(5, generator=DRAWS).tolist())
def test_two_classes_cost_what_torch_says_and_slope_as_autograd_says(y, guess):
    z = torch.tensor(guess, dtype=torch.float64).logit().requires_grad_()
    y_hat = z.sigmoid()
    y_hat.retain_grad()
    truth, seen = torch.tensor(float(y), dtype=torch.float64), binary(y, guess)
    loss = F.binary_cross_entropy(y_hat, truth)
    loss.backward()
    assert [seen.loss, seen.slope, seen.slope_z] == pytest.approx(
        [loss.item(), y_hat.grad.item(), z.grad.item()]
    )
    z.grad = None
    y_hat = z.sigmoid()
    y_hat.retain_grad()
    squared = F.mse_loss(y_hat, truth)
    squared.backward()
    assert [seen.squared, seen.squared_slope, seen.squared_slope_z] == pytest.approx(
        [squared.item(), y_hat.grad.item(), z.grad.item()]
    )


def test_what_was_held_impossible_costs_infinity_and_what_was_sure_nothing():
    assert (binary(1, 0).loss, binary(1, 0).slope) == (math.inf, -math.inf)
    assert (binary(0, 1).loss, binary(0, 1).slope) == (math.inf, math.inf)
    assert binary(1, 1).loss == binary(0, 0).loss == 0
    assert binary(1, 0).squared_slope_z == 0  # the squared error gives up where it is most wrong


@pytest.mark.parametrize("scale", [1, 300], ids=["ordinary", "extreme"])
@pytest.mark.parametrize("count", [2, 5, 8])
def test_several_classes_cost_what_torch_says(count, scale):
    logits = (scale * torch.randn(count, generator=DRAWS, dtype=torch.float64)).requires_grad_()
    for truth in range(count):
        logits.grad = None
        loss = F.cross_entropy(logits[None], torch.tensor([truth]))
        loss.backward()
        seen = classes(logits.detach(), truth)
        torch.testing.assert_close(seen.probabilities, logits.detach().softmax(0))
        torch.testing.assert_close(seen.gradient, logits.grad)
        assert seen.loss == pytest.approx(loss.item())
        assert seen.bits * math.log(2) == pytest.approx(seen.loss)


def test_the_perplexity_of_equal_classes_is_their_number():
    assert classes(torch.zeros(7, dtype=torch.float64), 3).perplexity == pytest.approx(7)


@pytest.mark.parametrize("architecture", ["rnn", "transformer"])
def test_a_models_expectation_is_what_its_surprise_is_made_of(architecture):
    reader = tiny_reader(architecture, context=32)
    text = LINE[:12]
    seen, reading = predict_next(reader, text), read(reader, text)
    torch.testing.assert_close(seen.losses / math.log(2), reading.bits, atol=1e-5, rtol=1e-5)
    assert seen.log_probabilities.exp().sum().item() == pytest.approx(1)
    following = read(reader, text + "b")
    assert seen.log_probabilities[seen.alphabet.index("b")].item() == pytest.approx(
        -following.bits[-1].item() * math.log(2), abs=1e-5
    )
    assert math.log2(seen.perplexity) == pytest.approx(reading.bits_per_character, abs=1e-5)


def test_no_text_and_unknown_characters_are_named():
    with pytest.raises(DemoError, match="The text is empty"):
        predict_next(tiny_reader("rnn"), "")
    with pytest.raises(DemoError, match="never saw these characters: €"):
        predict_next(tiny_reader("rnn"), "to €")
