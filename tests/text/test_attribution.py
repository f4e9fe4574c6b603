import pytest
import torch
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.text.attribution import attribute, attribution, by_distance, reach
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.tokenizer import character_tokenizer

VERSE = "a rose, a nose,\n春眠不觉晓\n"
ARCHITECTURES = ["rnn", "lstm", "transformer"]


def model(architecture: str) -> TextModel:
    torch.manual_seed(0)
    config = TextConfig(
        architecture,
        len(set(VERSE)),
        width=8,
        layers=2,
        context=32,
        dropout=0.5,
        heads=2,
        embedding=4,
    )
    network = build_network(config)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.5)
    return TextModel(
        config,
        network.to(runtime.device()).eval().requires_grad_(False),
        character_tokenizer(VERSE),
    )


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_a_share_is_what_a_little_more_of_a_character_changes(architecture):
    network = model(architecture).network.double()
    ids = torch.tensor([1, 4, 2, 5, 3, 0, 2])
    end = 5
    x = network.embedding(ids)

    def log_p(stretched: int, by: float) -> float:
        vectors = x.clone()
        vectors[stretched] *= 1 + by
        logits = network.forward_embeddings(vectors[None])[0][0, end].double()
        return F.log_softmax(logits, dim=0)[ids[end + 1]].item()

    moved = torch.tensor(
        [abs(log_p(j, 1e-2) - log_p(j, -1e-2)) for j in range(len(ids))], dtype=torch.float64
    )
    shares = attribution(network, ids, [end])[0].double()
    torch.testing.assert_close(shares, moved / moved.sum(), atol=2e-3, rtol=1e-2)
    assert shares[end + 1 :].eq(0).all()


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_each_end_is_as_if_it_were_alone_and_the_model_is_not_changed(architecture):
    reader = model(architecture)
    before = {key: value.clone() for key, value in reader.network.state_dict().items()}
    text = "a rose, a rose, a nose"
    ids = torch.tensor(reader.encode(text))
    together = attribution(reader.network, ids, [4, 12, 20])
    for row, end in zip(together, [4, 12, 20], strict=True):
        alone = attribute(reader, text, end)
        torch.testing.assert_close(row[: end + 1], torch.tensor(alone), atol=1e-5, rtol=1e-4)
        assert sum(alone) == pytest.approx(1, abs=1e-5)
    assert all(
        torch.equal(value, before[key]) for key, value in reader.network.state_dict().items()
    )
    assert all(weight.grad is None for weight in reader.network.parameters())


@pytest.mark.parametrize("text", ["a ", "a rose, a nose,\na rose"])
def test_the_curve_by_distance_sums_to_one_and_begins_with_the_nearest(text):
    reader = model("rnn")
    curve = by_distance(reader, text)
    assert len(curve) == len(text) - 1
    assert sum(curve) == pytest.approx(1, abs=1e-5)
    if len(text) == 2:
        assert curve == pytest.approx([1])


def test_a_curve_is_the_mean_of_its_ends():
    reader = model("lstm")
    text = "a rose, a no"  # 12 characters: the six ends 5 to 10
    rows = [attribute(reader, text, end)[::-1] for end in (5, 6, 7, 8, 9, 10)]
    mean = [
        sum(row[d] for row in rows if d < len(row)) / sum(d < len(row) for row in rows)
        for d in range(11)
    ]
    assert by_distance(reader, text) == pytest.approx([part / sum(mean) for part in mean], abs=1e-5)


def test_the_reach_is_where_the_share_is_full():
    assert reach([0.5, 0.3, 0.15, 0.05]) == 3
    assert reach([0.95, 0.05]) == 1
    assert reach([0.5, 0.3], share=0.9) == 2
