"""One family's files are missing, damaged or another's: its events say so, the others go on."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.calls import GOOD
from tests.helpers.server import Answer, Server, call


def whole(folder: Path) -> Path:
    """Return the path of a GAN's checkpoint in `folder`, copied there from the whole one."""
    gan = folder / "gan-digits"
    shutil.rmtree(gan, ignore_errors=True)
    shutil.copytree(folder.parent / "whole", gan)
    return gan


def cut(path: Path, share: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


def replace(gan: Path, file: str, other: str) -> None:
    shutil.copy(gan.parent / other / file, gan / file)


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "no folder": (shutil.rmtree, "There is no checkpoint 'gan-digits'. There are: "),
    "no weights": (
        lambda gan: (gan / "model.safetensors").unlink(),
        "There is no checkpoint 'gan-digits'",
    ),
    "no config": (lambda gan: (gan / "config.json").unlink(), "gan-digits has no config.json"),
    "empty weights": (
        lambda gan: (gan / "model.safetensors").write_bytes(b""),
        "model.safetensors of checkpoint gan-digits",
    ),
    "truncated weights": (
        lambda gan: cut(gan / "model.safetensors", 0.6),
        "model.safetensors of checkpoint gan-digits",
    ),
    "truncated header": (
        lambda gan: cut(gan / "model.safetensors", 0.001),
        "model.safetensors of checkpoint gan-digits",
    ),
    "random weights": (
        lambda gan: (gan / "model.safetensors").write_bytes(bytes(range(256)) * 99),
        "model.safetensors of checkpoint gan-digits",
    ),
    "pickled weights": (
        lambda gan: (gan / "model.safetensors").write_bytes(b"\x80\x02}q\x00."),
        "model.safetensors of checkpoint gan-digits",
    ),
    "foreign weights": (
        lambda gan: replace(gan, "model.safetensors", "text-rnn-shakespeare"),
        "model.safetensors of checkpoint gan-digits",
    ),
    "config of another": (
        lambda gan: replace(gan, "config.json", "text-rnn-shakespeare"),
        "config.json of checkpoint gan-digits does not fit",
    ),
    "config without JSON": (
        lambda gan: (gan / "config.json").write_text("{width:"),
        "config.json of checkpoint gan-digits is damaged",
    ),
    "config of another size": (
        lambda gan: (gan / "config.json").write_text(json.dumps({"latent": 64, "width": 7})),
        "checkpoint gan-digits",
    ),
    "config without size": (
        lambda gan: (gan / "config.json").write_text(json.dumps({"latent": 0, "width": 0})),
        "checkpoint gan-digits",
    ),
    "weights are a folder": (
        lambda gan: ((gan / "model.safetensors").unlink(), (gan / "model.safetensors").mkdir()),
        "checkpoint gan-digits",
    ),
}


def ask(server: Server, event: str, **headers: str) -> Answer:
    return call(server.url, event, list(GOOD[event].values()), **headers)


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_family_says_so_and_the_others_go_on(damaged, kind):
    server, folder = damaged
    damage, expected = DAMAGE[kind]
    damage(whole(folder))
    for event in ("gan_sample", "gan_walk"):
        assert expected in ask(server, event).message
    chinese = ask(server, "gan_sample", Referer=f"{server.url}/?lang=zh").message
    assert "检查点" in chinese
    assert "gan-digits" in chinese
    # where the files lie is no visitor's business
    assert str(folder) not in ask(server, "gan_sample").message
    for event in ("text_generate", "diffusion_denoise", "diffusion_noise"):
        assert ask(server, event).status == "complete"


def test_damaged_figures_are_left_out(damaged):
    server, folder = damaged
    figures = folder / "diffusion-digits" / "metrics.json"
    try:
        for content in ("{", "[]", "{}", '{"figures": []}', '{"figures": [{"figure": "speed"}]}'):
            figures.write_text(content, encoding="utf-8")
            assert ask(server, "diffusion_denoise").status == "complete", content
    finally:
        figures.unlink()


def test_a_checkpoint_that_comes_back_is_used_without_a_restart(damaged):
    server, folder = damaged
    shutil.rmtree(folder / "gan-digits", ignore_errors=True)
    assert ask(server, "gan_sample").status == "error"
    shutil.copytree(folder.parent / "whole", folder / "spare")
    (folder / "spare").rename(folder / "gan-digits")
    assert ask(server, "gan_sample").status == "complete"
