import pytest
import torch

from aigc_demo.audio.chorales import MASK, NOTES
from aigc_demo.audio.network import (
    AxialAttention,
    ChoralesConfig,
    ChoralesNetwork,
    Neighbourhood,
)
from aigc_demo.audio.objectives import draw_given, draw_hidden
from aigc_demo.core import runtime
from aigc_demo.text.transformer import rope_cos_sin

B, T = 2, 7


def tiny(causal: bool) -> ChoralesNetwork:
    with runtime.seeded(0):
        return ChoralesNetwork(ChoralesConfig(causal, 24, 2, 2, 2, 0.0)).eval()


def notes(count: int = B, steps: int = T, seed: int = 0) -> torch.Tensor:
    return torch.randint(NOTES, (count, steps, 4), generator=runtime.generator(seed))


@pytest.mark.parametrize("cell", [0, 5, 14, 27])
def test_left_to_right_no_cell_sees_itself_or_a_later_one(cell):
    network, tokens, phases = tiny(True), notes(), torch.arange(T).expand(B, T)
    changed = tokens.clone()
    changed.view(B, -1)[:, cell] = (changed.view(B, -1)[:, cell] + 1) % NOTES
    a, b = (network(x, phases).flatten(1, 2) for x in (tokens, changed))
    assert torch.equal(a[:, : cell + 1], b[:, : cell + 1])
    assert cell == 27 or (a[:, cell + 1 :] != b[:, cell + 1 :]).flatten(2).any(2).all()


def test_in_any_order_every_cell_sees_every_other():
    network, tokens, phases = tiny(False), notes(1), torch.arange(T).expand(1, T)
    hidden = tokens.clone()
    hidden[0, 3, 1] = MASK
    changed = hidden.clone()
    changed[0, 3, 1] = 5
    a, b = network(hidden, phases), network(changed, phases)
    assert a.shape == (1, T, 4, NOTES)
    assert (a != b).any(dim=3).all()


def test_axial_attention_looks_along_its_own_voice_and_its_own_step_alone():
    attention, rotation = AxialAttention(8, 2, 0.0).eval(), rope_cos_sin(torch.arange(4 * T), 4)
    x = torch.randn(1, 4 * T, 8, generator=runtime.generator(0))
    changed = x.clone()
    changed[0, 4 * 3 + 1] += 1  # voice 1 at step 3
    apart = (attention(x, rotation) - attention(changed, rotation)).abs().amax(dim=2)[0].view(T, 4)
    seen = apart > 1e-6
    assert seen[3].all()
    assert seen[:, 1].all()
    assert seen.sum() == T + 3


@pytest.mark.parametrize("causal", [False, True])
def test_the_neighbourhood_is_a_weighted_sum_of_near_cells(causal):
    near = Neighbourhood(3, 2, causal)
    x = torch.randn(1, T, 4, 3, generator=runtime.generator(1))
    y = near(x)
    t, v, c = 4, 2, 1
    expected = sum(
        near.weight[c, i, u, v] * x[0, t + i - 2, u, c]
        for i in range(3 if causal else 5)
        for u in range(4)
        if t + i - 2 < T and not (causal and i == 2 and u > v)
    )
    assert torch.allclose(y[0, t, v, c], expected, atol=1e-6)


def test_hidden_cells_are_never_given_and_their_numbers_are_spread():
    generator = runtime.generator(0)
    given = draw_given((400, 8, 4), generator)
    hidden = draw_hidden(given, generator)
    assert not (given & hidden).any()
    assert hidden.flatten(1).any(1).all()
    free = (~given).flatten(1).sum(1)
    assert free.min() >= 4
    share = hidden.flatten(1).sum(1) / free
    assert share.mean() == pytest.approx(0.5, abs=0.05)
    assert (~given.flatten(1).any(1)).float().mean() == pytest.approx(0.7, abs=0.08)
    plain = draw_hidden(torch.zeros(32, 8, 4, dtype=torch.bool), generator)
    assert sorted(plain.flatten(1).sum(1).tolist()) == list(range(1, 33))
