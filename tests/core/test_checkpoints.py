"""Checkpoints of a real family at tiny size: the GAN's, which holds whole numbers (BatchNorm's
counters) too.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

import aigc_demo
from aigc_demo.core import checkpoints
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.gan.model import GanConfig, GanModel, build_networks

CONFIG = GanConfig(latent=4, width=4)


@dataclass(frozen=True)
class MixedConfig:
    """One field of each type."""

    name: str
    count: int
    share: float
    optional: int = 0


@pytest.fixture
def checkpoint_picker(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    return tmp_path


@pytest.fixture
def folder(checkpoint_picker) -> Path:
    checkpoints.save(checkpoint_picker / "gan-digits", CONFIG, build_networks(CONFIG))
    return checkpoint_picker / "gan-digits"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_is_saved_is_loaded(checkpoint_picker):
    networks = build_networks(CONFIG)
    networks["generator"].paint[0].num_batches_tracked.fill_(1_000_000)  # beyond float16
    checkpoints.save(checkpoint_picker / "gan-digits", CONFIG, networks)
    model = aigc_demo.load("gan-digits")
    assert isinstance(model, GanModel)
    assert model.config == CONFIG
    for key, value in networks.state_dict().items():
        loaded = model.networks.state_dict()[key]
        assert loaded.dtype == value.dtype
        assert torch.equal(loaded, value.half().float() if value.is_floating_point() else value), (
            key
        )
    assert not model.networks.training
    assert not any(weight.requires_grad for weight in model.networks.parameters())


def test_floats_are_half_precision_on_disk_and_no_aside_file_is_left(folder):
    assert names(folder) == ["config.json", "model.safetensors"]
    tensors = load_file(folder / "model.safetensors")
    assert {value.dtype for value in tensors.values() if value.is_floating_point()} == {
        torch.float16
    }
    assert json.loads((folder / "config.json").read_text()) == asdict(CONFIG)


def test_available_lists_whole_checkpoints_sorted(checkpoint_picker, folder):
    checkpoints.save(checkpoint_picker / "a-first", CONFIG, nn.Linear(1, 1))
    (checkpoint_picker / "unfinished").mkdir()
    assert aigc_demo.available() == ["a-first", "gan-digits"]


def test_without_a_checkpoint_folder_nothing_is_available(checkpoint_picker, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(checkpoint_picker / "nowhere"))
    settings.cache_clear()
    assert aigc_demo.available() == []
    with pytest.raises(DemoError, match="There are: none"):
        aigc_demo.load("gan-digits")


@pytest.mark.parametrize(
    "name",
    [
        "gan-letters",
        "../gan-digits",
        "gan-digits/",
        "",
        ".",
        "/etc",
        None,
        3,
        "x" * 100_000,
        "gan-digits\0",
    ],
)
def test_an_unknown_name_is_an_error_that_lists_the_known(folder, name):
    with pytest.raises(
        DemoError, match=r"There is no checkpoint .* There are: gan-digits\."
    ) as caught:
        aigc_demo.load(name)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "name", ["music-bach", "ui-x", "data-digits", "errors-x", "a.b-c", "-x", "..-x"]
)
def test_a_family_that_does_not_exist_is_an_error(checkpoint_picker, name):
    checkpoints.save(checkpoint_picker / name, CONFIG, nn.Linear(1, 1))
    with pytest.raises(DemoError, match="of a family that this app does not know"):
        aigc_demo.load(name)


@pytest.mark.parametrize("keep", [0, 7, 100, 0.5, -1])
def test_truncated_weights_are_an_error(folder, keep):
    path = folder / "model.safetensors"
    content = path.read_bytes()
    path.write_bytes(content[: int(keep * len(content)) if isinstance(keep, float) else keep])
    with pytest.raises(DemoError, match="model.safetensors of checkpoint gan-digits is damaged"):
        aigc_demo.load("gan-digits")


@pytest.mark.parametrize(
    "content", [b"not a safetensors file at all", b"\xff" * 64, b"\x80\x02}q\x00.", b"\0" * 100]
)
def test_corrupt_weights_are_an_error(folder, content):
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(DemoError, match="is damaged"):
        aigc_demo.load("gan-digits")


@pytest.mark.parametrize(
    "foreign",
    [nn.Linear(2, 2), build_networks(GanConfig(latent=4, width=8))],
    ids=["other keys", "other shapes"],
)
def test_weights_of_another_network_are_an_error(folder, foreign):
    save_file(foreign.state_dict(), folder / "model.safetensors")
    with pytest.raises(DemoError, match="belongs to another network") as caught:
        aigc_demo.load("gan-digits")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("file", ["config.json", "model.safetensors"])
def test_a_missing_file_is_an_error_that_names_it(folder, file):
    (folder / file).unlink()
    with pytest.raises(DemoError, match=f"gan-digits has no {file}"):
        aigc_demo.gan.model.from_checkpoint(folder)


@pytest.mark.parametrize(
    "content", ["", "{", "nonsense", "[1]", "null", "7", "\ufeff{}", "1" * 5000, "[" * 100_000]
)
def test_a_config_that_is_no_object_is_an_error(folder, content):
    (folder / "config.json").write_text(content)
    with pytest.raises(DemoError, match="config.json of checkpoint gan-digits is damaged"):
        aigc_demo.load("gan-digits")


def test_a_config_that_is_no_text_is_an_error(folder):
    (folder / "config.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DemoError, match="config.json of checkpoint gan-digits is damaged"):
        aigc_demo.load("gan-digits")


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        ({"latent": 4}, "width"),
        ({"latent": 4, "width": 4, "colour": 1}, "colour"),
        ({}, "latent, width"),
        ({"Width": 4, "latent": 4}, "Width, width"),
    ],
)
def test_an_unknown_or_missing_key_is_an_error_that_names_it(folder, content, keys):
    (folder / "config.json").write_text(json.dumps(content))
    with pytest.raises(DemoError, match=f"does not fit GanConfig: look at {keys}\\."):
        aigc_demo.load("gan-digits")


@pytest.mark.parametrize("width", ["abc", "4", None, -1, 4.5, True, [4], {}, float("nan")])
def test_a_value_of_the_wrong_type_is_an_error_that_names_its_key(folder, width):
    (folder / "config.json").write_text(json.dumps({"latent": 4, "width": width}))
    with pytest.raises(DemoError, match=r"does not fit GanConfig: look at width\."):
        aigc_demo.load("gan-digits")


def test_a_config_round_trips_through_json(tmp_path):
    config = MixedConfig("名字", 3, 0.5)
    checkpoints.write_json(tmp_path / "config.json", asdict(config))
    assert checkpoints.read_config(tmp_path, MixedConfig) == config
    assert "名字" in (tmp_path / "config.json").read_text(encoding="utf-8")


def test_a_whole_number_may_stand_for_a_float_but_not_the_other_way(tmp_path):
    checkpoints.write_json(
        tmp_path / "config.json", {"name": "x", "count": 3, "share": 0, "optional": 0}
    )
    assert checkpoints.read_config(tmp_path, MixedConfig).share == 0
    checkpoints.write_json(
        tmp_path / "config.json", {"name": 1, "count": 3.0, "share": "0.5", "optional": 0}
    )
    with pytest.raises(DemoError, match="look at count, name, share"):
        checkpoints.read_config(tmp_path, MixedConfig)


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path):
    checkpoints.write_json(tmp_path / "metrics.json", {"loss": 1})
    with pytest.raises(TypeError):
        checkpoints.write_json(tmp_path / "metrics.json", {"loss": object()})
    with pytest.raises(KeyboardInterrupt):
        checkpoints._replace(tmp_path / "metrics.json", _write_half)
    assert json.loads((tmp_path / "metrics.json").read_text()) == {"loss": 1}
    assert names(tmp_path) == ["metrics.json"]


def _write_half(aside: Path) -> None:
    aside.write_text('{"loss": ')
    raise KeyboardInterrupt


def test_tensors_that_share_memory_are_written_apart(tmp_path):
    whole = torch.arange(6.0).view(2, 3)
    checkpoints.write_tensors(
        tmp_path / "t.safetensors", {"a": whole, "b": whole, "row": whole[1], "turned": whole.T}
    )
    loaded = load_file(tmp_path / "t.safetensors")
    assert torch.equal(loaded["turned"], whole.T)
    assert torch.equal(loaded["a"], loaded["b"])


def test_parameters_are_counted():
    assert checkpoints.parameters(nn.Linear(3, 2)) == 8
