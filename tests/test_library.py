import threading

import pytest
import torch

from aigc_demo import checkpoints, library
from aigc_demo.errors import DemoError
from aigc_demo.gan.sample import GanConfig, build_networks
from aigc_demo.settings import settings


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    library._loaded.cache_clear()
    yield tmp_path
    library._loaded.cache_clear()


def test_a_model_is_loaded_once_however_many_ask(shelf):
    checkpoints.save(shelf / "gan-digits", GanConfig(latent=4, width=4), build_networks(GanConfig(latent=4, width=4)))
    found = []
    threads = [threading.Thread(target=lambda: found.append(library.model("gan-digits"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(model) for model in found}) == 1


def test_a_model_that_was_missing_is_found_when_it_comes(shelf):
    with pytest.raises(DemoError, match="There is no checkpoint"):
        library.model("gan-digits")
    checkpoints.save(shelf / "gan-digits", GanConfig(latent=4, width=4), build_networks(GanConfig(latent=4, width=4)))
    assert library.model("gan-digits").config.latent == 4


def test_once_computes_once_but_a_failure_is_not_kept():
    calls = []

    @library.once
    def number() -> float:
        calls.append(1)
        if len(calls) == 1:
            raise DemoError("not yet")
        return torch.rand(1).item()

    with pytest.raises(DemoError):
        number()
    assert number() == number()
    assert len(calls) == 2


def test_tasks_run_in_the_background_one_after_another():
    done = []
    library.in_background(lambda: done.append(1), lambda: done.append(2)).join(timeout=10)
    assert done == [1, 2]
