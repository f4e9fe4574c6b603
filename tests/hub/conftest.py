"""A small model on the Hub of the tests, downloaded in small chunks."""

import pytest

from aigc_demo.hub import downloads
from tests.helpers.hub_server import Hub, Repo
from tests.helpers.small_model import FILES, NAME


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(downloads, "CHUNK", 10_000)


@pytest.fixture
def model(hub: Hub) -> Repo:
    others = {
        "README.md": b"# A model",
        "pytorch_model.bin": b"pickle",
        "run.py": b"import os",
        "other.safetensors": b"1",
    }
    hub.repos[NAME] = Repo({**FILES, **others})
    return hub.repos[NAME]
