import pytest
import torch
from torch import nn

from aigc_demo.text.recurrent import Recurrent

IDS = torch.randint(9, (2, 14), generator=torch.Generator().manual_seed(1))


def recurrent(cell: str, *, layers: int = 2) -> Recurrent:
    torch.manual_seed(0)
    return (
        Recurrent(cell, 9, width=12, layers=layers, embedding=5, dropout=0.5)
        .eval()
        .requires_grad_(False)
    )


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
@pytest.mark.parametrize("layers", [1, 2])
def test_a_carried_state_gives_the_same_logits_as_the_full_forward(cell, layers):
    network = recurrent(cell, layers=layers)
    expected, last = network(IDS)
    parts, state = [], None
    for i in range(IDS.shape[1]):
        logits, state = network(IDS[:, i : i + 1], state)
        parts.append(logits)
    assert expected.shape == (2, 14, 9)
    assert expected.dtype == torch.float32
    torch.testing.assert_close(torch.cat(parts, dim=1), expected, atol=1e-5, rtol=0)
    torch.testing.assert_close(state, last, atol=1e-5, rtol=0)


def test_the_rnn_is_elmans_formula():
    network = recurrent("rnn", layers=1)
    cells: nn.RNN = network.cells
    h = torch.zeros(2, 12)
    for i in range(IDS.shape[1]):
        h = torch.tanh(
            network.embedding(IDS[:, i]) @ cells.weight_ih_l0.T
            + h @ cells.weight_hh_l0.T
            + cells.bias_ih_l0
            + cells.bias_hh_l0
        )
    torch.testing.assert_close(network(IDS)[0][:, -1], network.read_out(h), atol=1e-5, rtol=0)
