"""Adapters beside a frozen network, and the dial between the two."""

from pathlib import Path

import pytest
import torch

import aigc_demo
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.llm.lora import Adapters, LoraConfig, LoraModel, inject_adapters
from aigc_demo.text.numpy_decode import KVCache
from tests.helpers.tiny_llm import save_writer, writer

ALPHABET = "abcdefghijk\n"
CONFIG = LoraConfig("text-transformer-tiny", rank=3, alpha=6.0)


def tuned(config: LoraConfig = CONFIG) -> LoraModel:
    """Return a model whose adapters have learned something, though nothing useful."""
    base = writer(ALPHABET)
    with runtime.seeded(1):
        adapters = Adapters(base.network, config)
        for block in adapters.blocks:
            for adapter in block.values():
                torch.nn.init.normal_(adapter.B, std=0.2)
    return LoraModel(config, base, adapters.requires_grad_(False))


def text(T: int = 20) -> torch.Tensor:
    return torch.randint(len(ALPHABET), (2, T), generator=runtime.generator(1))


@pytest.fixture
def checkpoint_picker(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    save_writer(writer(ALPHABET), tmp_path / "text-transformer-tiny")
    checkpoints.save(tmp_path / "llm-lora-tiny", CONFIG, tuned().adapters)
    return tmp_path


def test_at_dial_0_it_is_the_base_bit_for_bit_read_as_a_whole_or_written_one_by_one():
    model = tuned()
    assert torch.equal(model.scaled(0).network(text())[0], model.base.network(text())[0])
    base, at_zero = (
        list(each.generate("abc", max_new_tokens=30, seed=5))
        for each in (model.base, model.scaled(0))
    )
    assert [step.token for step in at_zero] == [step.token for step in base]
    assert all(
        torch.equal(one.logits, other.logits) for one, other in zip(at_zero, base, strict=True)
    )


def test_at_dial_1_it_computes_what_the_adapters_add_beside_the_layers():
    model = tuned()
    merged, added = (
        model.scaled(1).network(text())[0],
        inject_adapters(model.base.network, model.adapters)(text())[0],
    )
    torch.testing.assert_close(merged, added, atol=1e-4, rtol=1e-4)
    assert not torch.allclose(merged, model.base.network(text())[0], atol=0.1)


def test_between_the_ends_of_the_dial_the_weights_move_along_a_line():
    model = tuned()
    layers = [
        [
            network.blocks[1].feed_forward.out.weight
            for network in (model.base.network, model.scaled(dial).network)
        ]
        for dial in (0.25, 1)
    ]
    (base, quarter), (_, whole) = layers
    torch.testing.assert_close(quarter - base, (whole - base) / 4)
    adapter = model.adapters.blocks[1]["feed_forward_out"]
    torch.testing.assert_close(whole - base, 6.0 / 3 * adapter.B @ adapter.A)  # alpha / r B A
    assert torch.equal(
        model.scaled(1).network.embedding.weight, model.base.network.embedding.weight
    )


@torch.inference_mode()
def test_the_fast_way_of_writing_knows_the_dial():
    network, ids = tuned().scaled(0.6).network, text()[:1]
    expected = network.forward_embeddings(network.embedding(ids))[0]
    _, state = network(ids[:, :10])
    for t in range(10, 20):
        logits, state = network(ids[:, t : t + 1], state)
        assert isinstance(state, KVCache)
        torch.testing.assert_close(logits[0, 0], expected[0, t], atol=1e-4, rtol=1e-4)


def test_before_training_the_adapters_add_nothing():
    base = writer(ALPHABET)
    adapted = inject_adapters(base.network, Adapters(base.network, CONFIG))
    assert torch.equal(adapted(text())[0], base.network(text())[0])


def test_the_adapters_weights_are_counted():
    C, hidden, layers, rank = 16, 8 * 16 // 3, 2, 3
    ends = (C + 3 * C) + (C + C) + (C + 2 * hidden) + (hidden + C)  # of the four layers: in + out
    assert checkpoints.parameters(tuned().adapters) == layers * rank * ends


def test_setting_the_dial_leaves_the_base_as_it_was():
    model = tuned()
    before = {key: value.clone() for key, value in model.base.network.state_dict().items()}
    model.scaled(1)
    assert all(
        torch.equal(value, before[key]) for key, value in model.base.network.state_dict().items()
    )


@pytest.mark.parametrize("dial", [-0.1, 1.01, None, "1"])
def test_a_dial_beyond_its_ends_is_an_error(dial):
    with pytest.raises(DemoError, match="dial must be"):
        tuned().scaled(dial)


def test_a_checkpoint_holds_the_adapters_alone_and_is_loaded_with_its_base(checkpoint_picker):
    assert sorted(path.name for path in (checkpoint_picker / "llm-lora-tiny").iterdir()) == [
        "config.json",
        "model.safetensors",
    ]
    loaded, saved = aigc_demo.load("llm-lora-tiny"), tuned()
    assert loaded.config == CONFIG
    assert loaded.base.config == saved.base.config
    for key, value in saved.adapters.state_dict().items():
        assert torch.equal(loaded.adapters.state_dict()[key], value.half().float())
    assert not any(
        weight.requires_grad
        for weight in [*loaded.adapters.parameters(), *loaded.base.network.parameters()]
    )
    torch.testing.assert_close(
        loaded.scaled(1).network(text())[0],
        saved.scaled(1).network(text())[0],
        atol=0.05,
        rtol=0.05,
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"base": "text-transformer-none"}, "no checkpoint 'text-transformer-none'"),
        ({"base": "llm-lora-tiny"}, "look at base"),
        ({"rank": 4}, "belongs to another network"),
        ({"rank": 0}, "rank must be from 1 to 256"),
        ({"rank": 2.5}, "look at rank"),
        ({"extra": 1}, "look at extra"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_explained(checkpoint_picker, change, message):
    file = checkpoint_picker / "llm-lora-tiny" / "config.json"
    checkpoints.write_json(file, {**checkpoints.read_json(file), **change})
    with pytest.raises(DemoError, match=message):
        aigc_demo.load("llm-lora-tiny")
