import threading
from collections.abc import Callable

import pytest
import torch

from aigc_demo.core import checkpoints, model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.gan.model import GanConfig, build_networks
from aigc_demo.hub import CHECKPOINT, offer
from aigc_demo.hub.downloads import download


@pytest.fixture
def checkpoint_picker(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    model_cache._loaded.cache_clear()
    yield tmp_path
    model_cache._loaded.cache_clear()


def test_a_model_is_loaded_once_however_many_ask(checkpoint_picker):
    checkpoints.save(
        checkpoint_picker / "gan-digits",
        GanConfig(latent=4, width=4),
        build_networks(GanConfig(latent=4, width=4)),
    )
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(model_cache.model("gan-digits")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(model) for model in found}) == 1


def test_a_model_that_was_missing_is_found_when_it_comes(checkpoint_picker):
    with pytest.raises(DemoError, match="There is no checkpoint"):
        model_cache.model("gan-digits")
    checkpoints.save(
        checkpoint_picker / "gan-digits",
        GanConfig(latent=4, width=4),
        build_networks(GanConfig(latent=4, width=4)),
    )
    assert model_cache.model("gan-digits").config.latent == 4


def published(hub, folder, name: str, width: int = 4) -> str:
    """Put an untrained GAN up as a checkpoint that says it is `name`, downloads it, and return
    where it is.
    """
    checkpoints.save(
        folder, GanConfig(latent=4, width=width), build_networks(GanConfig(latent=4, width=width))
    )
    checkpoints.write_json(folder / "metrics.json", {"name": name, "figures": []})
    hub.add("me/mine", folder)
    list(download(offer("me/mine", CHECKPOINT)))
    return "me/mine"


def test_a_checkpoint_of_the_hub_stands_in_for_the_one_of_its_name_alone(
    checkpoint_picker, hub, tmp_path
):
    for name in ("gan-digits", "gan-emoji"):
        checkpoints.save(
            checkpoint_picker / name,
            GanConfig(latent=4, width=4),
            build_networks(GanConfig(latent=4, width=4)),
        )
    weights = published(hub, tmp_path / "mine", "gan-digits", width=8)
    assert model_cache.resolve_weights("gan-digits", weights).config.width == 8
    assert (
        model_cache.resolve_weights("gan-emoji", weights).config.width
        == model_cache.resolve_weights("gan-digits", "").config.width
        == 4
    )
    assert (
        model_cache.can_replace("gan-digits", weights),
        model_cache.can_replace("gan-digits", ""),
    ) == (True, False)
    with pytest.raises(DemoError, match="nobody/nothing is not on this machine yet"):
        model_cache.resolve_weights("gan-digits", "nobody/nothing")


@pytest.mark.parametrize("name", ["gan-emoji", "", None, 7, ["gan-digits"]])
def test_a_checkpoint_of_another_kind_is_refused(checkpoint_picker, hub, tmp_path, name):
    published(hub, tmp_path / "mine", name)
    with pytest.raises(
        DemoError, match="me/mine is a .*; here one of these can be replaced: gan-digits"
    ):
        model_cache.check_replacement(["gan-digits"], "me/mine", tmp_path / "mine")


def test_once_computes_once_but_a_failure_is_not_kept():
    calls = []

    @model_cache.single_flight_cache
    def number() -> float:
        calls.append(1)
        if len(calls) == 1:
            raise DemoError("not yet")
        return torch.rand(1).item()

    with pytest.raises(DemoError):
        number()
    assert number() == number()
    assert len(calls) == 2


def fails(error: Exception) -> Callable[[], None]:
    def task() -> None:
        raise error

    return task


def test_tasks_run_in_the_background_one_after_another_and_none_stops_the_others(capsys):
    done = []
    bad = [
        fails(DemoError("It is damaged.")),
        fails(KeyError("x_train")),
        fails(MemoryError()),
        fails(RecursionError()),
    ]
    model_cache.in_background(lambda: done.append(1), *bad, lambda: done.append(2)).join(timeout=10)
    assert done == [1, 2]
    said = capsys.readouterr().err
    assert "It is damaged." in said and "KeyError: 'x_train'" in said


def test_no_task_begins_while_a_visitor_waits():
    began, may_end, done = threading.Event(), threading.Event(), []

    def first() -> None:
        began.set()
        may_end.wait(10)
        done.append("first")

    with model_cache.in_foreground():
        waiting = model_cache.in_background(lambda: done.append("later"))
        assert not began.wait(0.05) and done == []
    waiting.join(timeout=10)
    thread = model_cache.in_background(first, lambda: done.append("second"))
    began.wait(10)
    with model_cache.in_foreground():
        may_end.set()
        thread.join(timeout=0.1)
        assert done == ["later", "first"]
    thread.join(timeout=10)
    assert done == ["later", "first", "second"]
