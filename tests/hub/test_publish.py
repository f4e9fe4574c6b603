"""A checkpoint of this project goes to the Hub and comes back: the Hub is a small server in this
process.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from huggingface_hub import constants

import aigc_demo
from aigc_demo.__main__ import main
from aigc_demo.core import checkpoints, model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT, settings
from aigc_demo.gan.model import GanConfig, GanModel, build_networks
from aigc_demo.hub import publish
from tests.helpers.hub_server import TOKEN

CONFIG = GanConfig(latent=4, width=4)
REPO = "someone/my-gan"


@pytest.fixture
def gan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkpoint with its figures and its card."""
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path / "checkpoints"))
    settings.cache_clear()
    folder = tmp_path / "checkpoints" / "gan-digits"
    checkpoints.save(folder, CONFIG, build_networks(CONFIG))
    checkpoints.write_json(folder / "metrics.json", {"name": "gan-digits", "figures": []})
    (folder / "README.md").write_text("---\nlicense: mit\n---\n# gan-digits\n", encoding="utf-8")
    return folder


def test_the_command_line_publishes_and_any_copy_of_the_app_loads_it_by_its_id(hub, gan):
    places = {
        "AIGC_DEMO_CHECKPOINTS": str(gan.parent),
        "HF_ENDPOINT": hub.url,
        "HF_TOKEN": TOKEN,
        "HF_HUB_OFFLINE": "1",
    }
    command = [sys.executable, "-m", "aigc_demo", "push", "gan-digits", REPO]
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **places},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().splitlines()[-1] == f"{hub.url}/{REPO}"
    assert hub.repos[REPO].files.keys() == {
        "config.json",
        "metrics.json",
        "model.safetensors",
        "README.md",
    }

    model = aigc_demo.load(REPO)
    assert isinstance(model, GanModel) and model.config == CONFIG
    here = aigc_demo.load("gan-digits").networks.state_dict()
    assert all(torch.equal(value, here[key]) for key, value in model.networks.state_dict().items())
    before = len(hub.asked)
    assert isinstance(model_cache.model(REPO), GanModel) and model_cache.model(
        REPO
    ) is model_cache.model(REPO)
    assert len(hub.asked) == before  # from the cache


def test_a_checkpoint_that_is_not_downloaded_is_not_waited_for_in_the_app(hub):
    with pytest.raises(
        DemoError, match="someone/my-gan is not on this machine yet: download it first"
    ):
        model_cache.model(REPO)
    assert hub.asked == []


def test_what_is_on_the_hub_and_no_checkpoint_of_this_project_is_explained(hub, gan):
    hub.add(REPO, gan)
    for name in ("painter", "../gan", "gan.sample", "ui"):
        hub.repos[REPO].files["metrics.json"] = f'{{"name": "{name}-digits"}}'.encode()
        with pytest.raises(DemoError, match="of a family that this app does not know"):
            aigc_demo.load(f"{REPO}@{hub.repos[REPO].commit}")
    del hub.repos[REPO].files["metrics.json"]
    with pytest.raises(
        DemoError,
        match="no model that this app can read: it lacks config.json, metrics.json, "
        "model.safetensors",
    ):
        aigc_demo.load(f"{REPO}@{hub.repos[REPO].commit}")


@pytest.mark.parametrize(
    ("name", "repo", "token", "told"),
    [
        ("gan-digits", REPO, "", "To publish, set HF_TOKEN to a token that may write: http"),
        ("gan-digits", REPO, "hf_wrong", "does not allow this with someone/my-gan (401)"),
        ("gan-digits", "my-gan", TOKEN, "is no name of a model on the Hub: it is owner/name"),
        ("gan-faces", REPO, TOKEN, "There is no checkpoint 'gan-faces'"),
    ],
    ids=["no token", "wrong token", "no name", "no checkpoint"],
)
def test_what_cannot_be_published_is_explained_in_a_line(
    hub, gan, monkeypatch, capsys, name, repo, token, told
):
    monkeypatch.setenv("HF_TOKEN", token)
    monkeypatch.setattr(sys, "argv", ["aigc_demo", "push", name, repo])
    assert main() == 2
    assert told in capsys.readouterr().err
    assert hub.repos == {}


def test_without_a_network_nothing_is_published(hub, gan, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DemoError, match="http://127.0.0.1:9 cannot be reached"):
        publish(gan, REPO)


def test_a_checkpoint_without_a_card_is_not_published(gan, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    (gan / "README.md").unlink()
    with pytest.raises(
        DemoError,
        match="gan-digits has no model card yet.* python -m aigc_demo evaluate gan-digits",
    ):
        publish(gan, REPO)


def test_offline_mode_is_back_after_publishing(hub, gan, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    assert publish(gan, REPO) == f"{hub.url}/{REPO}"
    assert constants.HF_HUB_OFFLINE
