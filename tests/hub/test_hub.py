"""What a download would be, and the download; the Hub is a small server in this process."""

import json
import threading
from pathlib import Path

import pytest
from huggingface_hub import constants, hf_hub_download

from aigc_demo import hub as the_hub
from aigc_demo.core.errors import DemoError
from aigc_demo.core.steps import DownloadStep
from aigc_demo.hub import Format, cached, check_repo, offer, select_files
from aigc_demo.hub.downloads import download
from tests.helpers.hub_server import Repo
from tests.helpers.small_model import FILES, FORMAT, NAME, SIZE, WEIGHTS


def test_an_offer_names_files_size_licence_and_commit_and_downloads_no_weights(hub, model):
    found = offer(NAME, FORMAT)
    # no pickle, no code
    assert [file.name for file in found.files] == [
        "config.json",
        "tokenizer.json",
        "model.safetensors",
    ]
    assert (found.size, found.licence, found.commit, found.branch) == (
        SIZE,
        "mit",
        model.commit,
        "main",
    )
    # which was read to see whether it asks for code
    assert found.missing == SIZE - len(FILES["config.json"])
    assert not any("safetensors" in asked for asked in hub.asked)
    assert constants.HF_HUB_OFFLINE  # back in force


def test_a_card_without_a_licence_is_offered_as_such(hub):
    hub.repos[NAME] = Repo(dict(FILES), licence=None)
    assert offer(NAME, FORMAT).licence is None


def test_a_download_tells_its_progress_and_lies_where_other_programs_look(hub, model):
    steps = list(download(offer(NAME, FORMAT)))
    assert steps[-1] == DownloadStep("model.safetensors", SIZE, SIZE)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    # five chunks, and that it is whole
    assert sum(step.file == "model.safetensors" for step in steps) == 6
    folder = cached(NAME, FORMAT)
    assert folder == offer(NAME, FORMAT).folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == FILES
    # huggingface_hub finds it by the branch ...
    theirs = hf_hub_download(NAME, "model.safetensors", local_files_only=True)
    assert Path(theirs) == folder / "model.safetensors"
    assert offer(NAME, FORMAT).missing == 0


def test_what_huggingface_hub_downloaded_is_found(hub, model):
    with the_hub.online():
        for name in FILES:
            hf_hub_download(NAME, name)
    assert offer(NAME, FORMAT).missing == 0
    before = len(hub.asked)
    assert list(download(offer(NAME, FORMAT)))[-1].done == SIZE
    assert [asked for asked in hub.asked[before:] if "resolve" in asked] == []


def test_a_download_that_is_stopped_goes_on_where_it_was(hub, model):
    running = download(offer(NAME, FORMAT))
    assert next(step for step in running if step.file == "model.safetensors").done > 10_000
    running.close()
    assert cached(NAME, FORMAT) is None
    found = offer(NAME, FORMAT)
    assert 0 < found.missing < len(WEIGHTS)
    hub.asked.clear()
    assert list(download(found))[-1].done == SIZE
    assert [asked for asked in hub.asked if asked.startswith("GET /cdn/")] == [
        f"GET /cdn/{NAME}/model.safetensors bytes=10000-"
    ]
    assert (found.folder / "model.safetensors").read_bytes() == WEIGHTS


def test_a_server_that_knows_no_ranges_begins_anew(hub, model):
    running = download(offer(NAME, FORMAT))
    next(step for step in running if step.file == "model.safetensors")
    running.close()
    hub.ignores_range = True
    assert list(download(offer(NAME, FORMAT)))[-1].done == SIZE
    assert (cached(NAME, FORMAT) / "model.safetensors").read_bytes() == WEIGHTS


def test_a_download_goes_on_in_another_thread(hub, model):
    running, last = download(offer(NAME, FORMAT)), []
    next(running)
    thread = threading.Thread(target=lambda: last.extend(running))
    thread.start()
    thread.join()
    assert last[-1].done == SIZE


def test_one_file_is_downloaded_by_one_at_a_time(hub, model):
    first, second = download(offer(NAME, FORMAT)), download(offer(NAME, FORMAT))
    next(step for step in first if step.file == "model.safetensors")
    with pytest.raises(DemoError, match="model.safetensors is being downloaded by another"):
        list(second)
    assert list(first)[-1].done == SIZE


def test_the_cache_serves_when_the_server_is_gone(hub, model, monkeypatch):
    list(download(offer(NAME, FORMAT)))
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    assert (cached(NAME, FORMAT) / "model.safetensors").read_bytes() == WEIGHTS
    assert (cached(f"{NAME}@{model.commit}", FORMAT) / "model.safetensors").read_bytes() == WEIGHTS
    with pytest.raises(DemoError, match="http://127.0.0.1:9 cannot be reached.*still opens"):
        offer(NAME, FORMAT)


def test_a_revision_may_be_pinned(hub, model):
    first = model.commit
    list(download(offer(f"{NAME}@{first}", FORMAT)))
    assert cached(NAME, FORMAT) is None  # nothing was said of main
    model.files["config.json"] = b'{"a": 2}'
    assert offer(NAME, FORMAT).commit == model.commit != first
    assert (cached(f"{NAME}@{first}", FORMAT) / "config.json").read_bytes() == b'{"a": 1}'
    with pytest.raises(DemoError, match="The Hub has no someone/model"):
        offer(f"{NAME}@{first}", FORMAT)  # of the server, which keeps the last alone


def test_a_new_commit_shares_what_has_not_changed(hub, model):
    list(download(offer(NAME, FORMAT)))
    model.files["config.json"] = b'{"a": 2}'
    hub.asked.clear()
    list(download(offer(NAME, FORMAT)))
    assert [asked.rsplit("/")[-1] for asked in hub.asked if "resolve" in asked] == ["config.json"]
    assert (cached(NAME, FORMAT) / "config.json").read_bytes() == b'{"a": 2}'


def test_shards_are_all_there_or_the_model_is_not(hub):
    shards = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    index = json.dumps({"weight_map": shards}).encode()
    shards = {f"model-0000{i}-of-00002.safetensors": bytes([i]) * 30_000 for i in (1, 2)}
    hub.repos[NAME] = Repo({"config.json": b"{}", "model.safetensors.index.json": index, **shards})
    found = offer(NAME, FORMAT)
    assert [file.name for file in found.files] == [
        "config.json",
        "model.safetensors.index.json",
        *shards,
    ]
    running = download(found)
    next(step for step in running if "00002-of" in step.file)
    running.close()
    assert cached(NAME, FORMAT) is None
    list(download(found))
    assert cached(NAME, FORMAT) == found.folder


@pytest.mark.parametrize(
    "name",
    [
        "gpt2",
        "",
        "a/b/c",
        "a b/c",
        "../x",
        "a/..",
        "a--b/c",
        "模型/x",
        "a/b@../../x",
        "https://huggingface.co/a/b",
        None,
        3,
    ],
)
def test_what_is_no_name_is_explained(name):
    with pytest.raises(
        DemoError,
        match="is no name of a model on the Hub: it is owner/name, for instance "
        "openai-community/gpt2",
    ):
        check_repo(name)


def test_a_name_may_carry_a_revision():
    assert check_repo("openai-community/gpt2") == ("openai-community/gpt2", "main")
    assert check_repo("a/b@v1.0") == ("a/b", "v1.0")


def test_the_file_of_weights_that_comes_first_is_chosen():
    two = Format(("index.json",), ("unet/w.safetensors", "w.safetensors"))
    assert select_files("a/b", ["index.json", "w.safetensors", "unet/w.safetensors"], two) == [
        "index.json",
        "unet/w.safetensors",
    ]
    assert select_files("a/b", ["index.json", "w.safetensors"], two) == [
        "index.json",
        "w.safetensors",
    ]
    with pytest.raises(DemoError, match="it lacks index.json, unet/w.safetensors"):
        select_files("a/b", ["w.safetensors"], two)


def test_one_model_at_a_time_is_kept():
    loaded = []

    def load(key: str) -> list[str]:
        return the_hub.last_model(key, lambda: loaded.append(key) or [key])

    assert load("a") is load("a")
    assert load("b") == ["b"] and load("a") == ["a"]
    assert loaded == ["a", "b", "a"]


def test_two_may_be_online_at_once(hub):
    with the_hub.online():
        second = the_hub.online()
        second.__enter__()
    assert not constants.HF_HUB_OFFLINE  # the first has left, the second is still in
    second.__exit__(None, None, None)
    assert constants.HF_HUB_OFFLINE


def test_a_missing_library_is_named_with_its_command():
    with pytest.raises(
        DemoError, match="needs no_such_library. To install it: pip install no_such_library"
    ):
        the_hub.optional("no_such_library")
