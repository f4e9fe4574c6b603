"""Every way in which a download can fail, and what a visitor is told."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from huggingface_hub import constants

from aigc_demo import hub as the_hub
from aigc_demo.core.errors import DemoError
from aigc_demo.hub import cached, offer
from aigc_demo.hub.downloads import download, fetch
from tests.helpers.hub_server import TOKEN, Hub, Repo
from tests.helpers.small_model import FILES, FORMAT, NAME, SIZE, WEIGHTS


def fails(message: str, hub: Hub, name: str = NAME) -> None:
    """The download of `name` fails with `message`, nothing is taken for whole, and the next good
    one works.
    """
    with pytest.raises(DemoError, match=message):
        list(download(offer(name, FORMAT)))
    assert cached(NAME, FORMAT) is None
    hub.repos[NAME], hub.cut, hub.spoil = Repo(dict(FILES)), None, False
    assert list(download(offer(NAME, FORMAT)))[-1].done == SIZE
    assert (cached(NAME, FORMAT) / "model.safetensors").read_bytes() == WEIGHTS


def test_no_such_repository(hub, model):
    fails("The Hub has no someone/modle", hub, "someone/modle")


def test_a_repository_that_wants_a_token(hub, monkeypatch):
    hub.repos[NAME] = Repo(dict(FILES), refused=(401, ""))
    with pytest.raises(DemoError, match="does not allow this with someone/model .401.*HF_TOKEN"):
        offer(NAME, FORMAT)
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    assert list(download(offer(NAME, FORMAT)))[-1].done == SIZE
    assert (
        hub.tokens[f"/{NAME}/resolve/{hub.repos[NAME].commit}/model.safetensors"]
        == f"Bearer {TOKEN}"
    )
    # another host is not shown the token
    assert hub.tokens[f"/cdn/{NAME}/model.safetensors"] is None


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        ((403, "GatedRepo"), f"accept them at http://127.0.0.1:[0-9]+/{NAME}, and set HF_TOKEN"),
        (
            (403, ""),
            "does not allow this with someone/model .403.: look at the spelling, and at the token "
            "in HF_TOKEN",
        ),
        ((500, ""), "answers with error 500"),
        ((429, ""), "answers with error 429"),
    ],
)
def test_a_refusal_says_what_to_do(hub, refused, message):
    hub.repos[NAME] = Repo(dict(FILES), refused=refused)
    fails(message, hub)


def test_a_gated_repository_tells_what_it_holds_and_refuses_the_rest(hub):
    hub.repos[NAME] = Repo(dict(FILES), refused=(403, "GatedRepo"), lists=True)
    fails("someone/model is open only to those who accepted its terms", hub)
    assert any("/api/models/" in asked for asked in hub.asked)


def test_a_server_that_is_no_hub(hub, monkeypatch):
    hub.repos[NAME] = Repo(dict(FILES))
    monkeypatch.setattr(Repo, "commit", property(lambda _: "latest"))
    with pytest.raises(
        DemoError, match="cannot be reached: it does not say which commit it offers"
    ):
        offer(NAME, FORMAT)


@contextmanager
def impatient(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[None]:
    """The context in which a silent server is given up after `seconds`, which is told within them
    and not after six attempts.
    """
    began = time.monotonic()
    with monkeypatch.context() as patched:
        patched.setattr(constants, "HF_HUB_DOWNLOAD_TIMEOUT", seconds)
        with pytest.raises(DemoError, match=f"was silent for {seconds} seconds.*HF_ENDPOINT"):
            yield
    assert time.monotonic() - began < 15


def test_a_server_that_hangs_before_it_answers(hub, model, monkeypatch):
    hub.silent = True
    with impatient(monkeypatch, 0.3):
        offer(NAME, FORMAT)
    hub.silent = False
    assert list(download(offer(NAME, FORMAT)))[-1].done == SIZE


def test_a_server_that_hangs_within_the_download(hub, model, monkeypatch):
    found = offer(NAME, FORMAT)
    hub.silent = True
    with impatient(monkeypatch, 0.3):
        list(download(found))
    assert cached(NAME, FORMAT) is None
    hub.silent = False
    assert list(download(found))[-1].done == SIZE


def test_a_server_that_falls_silent_in_the_middle_of_a_file(hub, model, monkeypatch):
    found = offer(NAME, FORMAT)
    for _ in fetch(found, found.files[1]):
        pass
    hub.cut, hub.stalls = 30_000, True
    with impatient(monkeypatch, 1):
        list(download(found))
    assert cached(NAME, FORMAT) is None
    hub.cut, hub.stalls = None, False
    hub.asked.clear()
    assert list(download(found))[-1].done == SIZE
    assert f"GET /cdn/{NAME}/model.safetensors bytes=30000-" in hub.asked


def test_a_connection_that_breaks_off(hub, model):
    hub.cut = 20_000
    with pytest.raises(
        DemoError, match="model.safetensors broke off after 20,000 of 50,000 bytes. They are kept"
    ):
        list(download(offer(NAME, FORMAT)))
    assert cached(NAME, FORMAT) is None
    hub.cut = None
    hub.asked.clear()
    list(download(offer(NAME, FORMAT)))
    assert f"GET /cdn/{NAME}/model.safetensors bytes=20000-" in hub.asked
    assert (cached(NAME, FORMAT) / "model.safetensors").read_bytes() == WEIGHTS


def test_a_file_of_the_right_size_and_other_content(hub, model):
    hub.spoil = True
    fails("model.safetensors is not what the Hub announced, and was thrown away", hub)


def test_pickles_alone_are_refused(hub):
    hub.repos[NAME] = Repo({"config.json": b"{}", "pytorch_model.bin": b"pickle"})
    fails("holds its weights as pickles alone", hub)


def test_a_repository_that_is_no_model_is_refused(hub):
    hub.repos[NAME] = Repo({"README.md": b"# Data"})
    fails("is no model that this app can read: it lacks config.json, model.safetensors", hub)


def test_code_of_a_repository_is_refused(hub):
    hub.repos[NAME] = Repo(
        {
            **FILES,
            "config.json": b'{"auto_map": {"AutoModel": "run.Model"}}',
            "run.py": b"import os",
        }
    )
    fails("asks to run code of its own", hub)
    assert not any("run.py" in asked for asked in hub.asked)


def test_a_model_that_is_too_large_is_refused_before_anything_is_downloaded(
    hub, model, monkeypatch
):
    monkeypatch.setattr(the_hub, "MAX_BYTES", 40_000)
    with pytest.raises(DemoError, match="someone/model has 0 MB; at most 0 MB"):
        offer(NAME, FORMAT)
    assert not any("resolve" in asked for asked in hub.asked)


def test_a_disk_that_is_too_small(hub, model, monkeypatch):
    found = offer(NAME, FORMAT)
    with monkeypatch.context() as patched:
        patched.setattr(
            shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**6, 10**6 - 40_000, 40_000)
        )
        with pytest.raises(DemoError, match="needs 0 MB, and .* has 0 MB left: make room"):
            list(download(found))
    assert list(download(found))[-1].done == SIZE


def test_a_cache_that_cannot_be_written(hub, model, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "file"))
    with pytest.raises(DemoError, match="cache .*file cannot be written: .* HF_HOME"):
        offer(NAME, FORMAT)
