import numpy as np
import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.text import neurons
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.neurons import activations, correlations, features, find
from aigc_demo.text.tokenizer import character_tokenizer

SCENE = 'ANNA:\nGo on, "my dear", go.\n\nFirst Guest:\nI stay\n'


def model(cell: str, *, text: str = SCENE) -> TextModel:
    torch.manual_seed(0)
    config = TextConfig(
        cell, len(set(text)), width=6, layers=2, context=8, dropout=0.5, embedding=4
    )
    return TextModel(
        config,
        build_network(config).to(runtime.device()).eval().requires_grad_(False),
        character_tokenizer(text),
    )


@pytest.fixture
def rare(monkeypatch):
    monkeypatch.setattr(neurons, "MIN_MARKED", 2)


def marked(values: list[float], text: str = SCENE) -> str:
    return "".join(character for character, value in zip(text, values, strict=True) if value)


def test_features_of_a_small_scene(rare):
    found = features(SCENE)
    assert marked(found["quote"]) == '"my dear'
    assert marked(found["speaker's name"]) == "ANNA:\nFirst Guest:\n"
    assert marked(found["line end"]) == "ANNA:, go.uest: stay"
    assert found["position in line"][:8] == [0, 1, 2, 3, 4, 5, 0, 1]
    assert marked(found["inside a word"]) == "".join(
        character for character in SCENE if character.isalpha()
    )


def test_chinese_quotes_and_lines(rare):
    text = "客人：“花开了。”\n花落"
    found = features(text)
    assert marked(found["quote"], text) == "“花开了。"
    assert marked(found["line end"], text) == "花开了。”"


def test_a_feature_that_marks_too_few_characters_is_left_out():
    assert "quote" not in features(SCENE)
    assert features("a") == {}


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_activity_is_what_the_cells_hold(cell):
    network, ids = (
        model(cell).network,
        torch.randint(9, (3, 7), generator=torch.Generator().manual_seed(1)),
    )
    held = activations(network, ids)
    assert held.shape == (3, 7, 12)
    assert held.abs().max() <= 1
    _, state = network(ids)
    last = state[1].tanh() if cell == "lstm" else state
    torch.testing.assert_close(held[:, -1], torch.cat([*last], dim=-1))
    if cell == "rnn":
        torch.testing.assert_close(held[:, :, 6:], network.cells(network.embedding(ids))[0])


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_correlations_are_numpys(cell, rare):
    reader, wanted = model(cell), features(SCENE)
    length = len(SCENE) // 8 * 8
    windows = torch.tensor(reader.encode(SCENE)[:length]).view(-1, 8)
    held = activations(reader.network, windows).flatten(0, 1).double().numpy()
    r = correlations(reader, SCENE, wanted, batch=2)
    for row, values in zip(r, wanted.values(), strict=True):
        expected = [np.corrcoef(held[:, unit], values[:length])[0, 1] for unit in range(12)]
        np.testing.assert_allclose(row, expected, atol=1e-6)


def test_the_found_unit_has_the_largest_correlation(rare):
    reader = model("lstm")
    found = find(reader, SCENE)
    r = correlations(reader, SCENE, features(SCENE))
    assert {unit.feature for unit in found} == set(features(SCENE))
    for unit in found:
        row = r[list(features(SCENE)).index(unit.feature)]
        assert abs(unit.correlation) == pytest.approx(row.abs().max().item())
        assert unit.correlation == pytest.approx(row[unit.neuron].item())
    assert [abs(unit.correlation) for unit in found] == sorted(
        (abs(unit.correlation) for unit in found), reverse=True
    )


def test_a_unit_that_never_moves_correlates_with_nothing(rare):
    reader = model("rnn")
    for weight in reader.network.parameters():
        torch.nn.init.zeros_(weight)
    assert correlations(reader, SCENE, features(SCENE)).eq(0).all()
