"""What every test starts from."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo.core.settings import settings
from tests.helpers.hub_server import Hub, hub_server, point_at
from tests.helpers.server import Server, serve
from tests.helpers.shared_server import shared
from tests.helpers.visits import chromium, pages, visit, visits

# fixtures, of the tests that open the app in Chromium
__all__ = ["chromium", "pages", "visit", "visits"]

# as in the app, and before torch: on busy cores threads that spin are fifty times slower
os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a failed test that talks to an app in another process once more: other work may have
    slowed it. The summary counts those.
    """
    for item in items:
        if {"app", "hub_app", "damaged"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    """Settings are read once: a test that changes the environment must not hand its settings on,
    nor find another's.
    """
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Server]:
    """The real app with the real weights, started once for all tests that talk to it, in whichever
    process they run.
    """
    if worker_id == "master":  # the only one
        with serve() as server:
            yield server
    else:
        with shared(tmp_path_factory.getbasetemp().parent) as server:
            yield server


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """The app without a GAN, its other checkpoints whole; and its checkpoint folder, beside which
    the GAN lies as `whole`.
    """
    settings.cache_clear()
    folder = tmp_path_factory.mktemp("damaged") / "checkpoints"
    shutil.copytree(
        settings().checkpoint_folder, folder, ignore=shutil.ignore_patterns("snapshots")
    )
    (folder / "gan-digits").rename(folder.parent / "whole")
    with serve(AIGC_DEMO_CHECKPOINTS=str(folder), AIGC_DEMO_WAKE="no") as server:
        yield server, folder


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A Hub with nothing in it, and an empty cache: what the app asks of the Hub, it asks of this
    one.
    """
    with hub_server() as hub:
        point_at(hub.url, tmp_path / "cache", monkeypatch)
        yield hub


@pytest.fixture(scope="module")
def hub_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Hub]]:
    """The real app, whose Hub is a small one in this process, with tiny models under the presets'
    names; and that Hub.

    One a module: what one module's tests have downloaded, another's would find on the machine.
    """
    from tests.helpers import tiny_hub
    from tests.helpers.tiny_pipeline import write

    folder = tmp_path_factory.mktemp("hub")
    made = {
        # 3.7 MB: long enough to be stopped
        "openai-community/gpt2": lambda place: tiny_hub.gpt2(place, width=192),
        "HuggingFaceTB/SmolLM2-135M-Instruct": tiny_hub.instruct,
        "google-bert/bert-base-uncased": tiny_hub.bert,
        "google/ddpm-cifar10-32": write,
    }
    with hub_server() as hub:
        for name, make in made.items():
            make(folder / name)
            hub.add(name, folder / name)
        with serve(
            AIGC_DEMO_WAKE="no",
            HF_ENDPOINT=hub.url,
            HF_HOME=str(folder / "home"),
            HF_HUB_CACHE=str(folder / "home" / "hub"),
            HF_HUB_DOWNLOAD_TIMEOUT="4",
        ) as server:
            yield server, hub
