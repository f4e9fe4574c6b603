"""The events of the Hub's models: looked up, downloaded and run, and every way in which that can go
wrong.
"""

import time
from typing import Any

import numpy as np
import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.hub_calls import (
    BAD_INPUT,
    BERT,
    CHAT,
    CHATTED,
    DDPM,
    GPT2,
    INSPECT,
    PAINT,
    WRITE,
)
from tests.helpers.hub_server import Hub, Repo
from tests.helpers.server import Server, call


@pytest.fixture(scope="module", autouse=True)
def goes_on_serving(hub_app: tuple[Server, Hub], goes_on_serving: None) -> None:
    """As everywhere; asked before this module's own app ends."""


@pytest.fixture(scope="module")
def app(hub_app: tuple[Server, Hub]) -> Server:
    return hub_app[0]


@pytest.fixture(scope="module")
def hub(hub_app: tuple[Server, Hub]) -> Hub:
    """The Hub of `app`, which misbehaves in one test alone."""
    return hub_app[1]


@pytest.fixture(scope="module")
def client(app: Server) -> Client:
    return Client(app.url, verbose=False)


@pytest.fixture(scope="module")
def here(client: Client) -> Client:
    """A visitor of the app when all models are on its machine."""
    for name in (GPT2, CHAT, BERT):
        client.predict(name, api_name="/llm_hub_download")
    client.predict(DDPM, api_name="/diffusion_hub_download")
    return client


def told(app: Server, event: str, good: list[Any], bad: list[Any]) -> tuple[str, str]:
    return server.told(app.url, event, good, bad)


def test_size_licence_and_files_are_told_before_anything_is_downloaded(client, hub):
    hub.repos["tiny/looked"] = Repo(
        {
            "config.json": b'{"architectures": ["GPT2LMHeadModel"]}',
            "model.safetensors": b"0" * 500_000,
        },
        licence="apache-2.0",
    )
    hub.asked.clear()
    card, name = client.predict(" tiny/looked ", api_name="/llm_hub_look")
    assert (card["repo"], card["here"], card["files"], card["licence"]) == (
        "tiny/looked",
        False,
        2,
        "apache-2.0",
    )
    assert card["size"] == 500_000 + len(hub.repos["tiny/looked"].files["config.json"])
    assert not any("safetensors" in asked for asked in hub.asked)
    assert name != "tiny/looked"  # it cannot be used yet


def test_a_download_tells_its_progress_and_then_nobody_is_asked_again(client, hub):
    hub.pace = 0.1
    try:
        job = client.submit(GPT2, api_name="/llm_hub_download")
        card, name = job.result()
    finally:
        hub.pace = 0
    steps = [output[0] for output in job.outputs()[:-1]]
    assert len(steps) > 3
    assert [step["done"] for step in steps] == sorted(step["done"] for step in steps)
    assert all(0 < step["done"] <= step["size"] and step["rate"] >= 0 for step in steps)
    assert (card["here"], name) == (True, GPT2)
    hub.asked.clear()
    for event in ("look", "download"):
        card, name = client.predict(GPT2, api_name=f"/llm_hub_{event}")
        assert (card["here"], card["files"], name) == (True, 5, GPT2)
    assert hub.asked == []


def test_a_download_that_is_stopped_goes_on_and_others_are_served_meanwhile(app, client, hub):
    weights = np.random.default_rng(0).bytes(3_000_000)
    hub.repos["tiny/slow"] = Repo(
        {"config.json": b'{"architectures": ["GPT2LMHeadModel"]}', "model.safetensors": weights}
    )
    hub.pace = 0.1
    try:
        job = client.submit("tiny/slow", api_name="/llm_hub_download")
        while not any(output[0].get("done", 0) > 500_000 for output in job.outputs()):
            time.sleep(0.1)
        assert call(app.url, "gan_sample", ["3", 3, 0.8]).status == "complete"
        assert not job.done()
        job.cancel()
        time.sleep(2)  # it hears of it at the next piece
        card, _ = client.predict("tiny/slow", api_name="/llm_hub_look")
        assert 500_000 < card["done"] < 3_000_000
    finally:
        hub.pace = 0
    hub.asked.clear()
    card, _ = client.predict("tiny/slow", api_name="/llm_hub_download")
    assert card["here"]
    (asked,) = [asked for asked in hub.asked if asked.startswith("GET /cdn/")]
    assert int(asked.rpartition("bytes=")[2].rstrip("-")) >= 500_000


@pytest.mark.parametrize("event", ["llm_hub_look", "llm_hub_download", "diffusion_hub_look"])
@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("nobody/nothing", "The Hub has no nobody/nothing", "Hub 上没有 nobody/nothing"),
        ("gpt2", "is no name of a model", "不是 Hub 上的模型名"),
        ("", "is no name of a model", "不是 Hub 上的模型名"),
        (None, "is no name of a model", "不是 Hub 上的模型名"),
        (7, "is no name of a model", "不是 Hub 上的模型名"),
        (
            "tiny/private",
            "does not allow this with tiny/private (401)",
            "不允许对 tiny/private 这样做",
        ),
        ("tiny/pickles", "pickles alone", "只有 pickle 格式"),
    ],
)
def test_what_cannot_be_looked_up_is_explained(app, here, hub, event, name, english, chinese):
    hub.repos["tiny/private"] = Repo({"config.json": b"{}"}, refused=(401, ""))
    hub.repos["tiny/pickles"] = Repo({"config.json": b"{}", "pytorch_model.bin": b"pickle"})
    messages = told(app, event, [DDPM if event.startswith("diffusion") else GPT2], [name])
    assert english in messages[0]
    assert chinese in messages[1]


def test_another_kind_of_model_and_code_are_refused_before_the_download(app, here, hub):
    hub.repos["tiny/t5"] = Repo(
        {
            "config.json": b'{"architectures": ["T5ForConditionalGeneration"]}',
            "model.safetensors": b"0",
        }
    )
    hub.repos["tiny/code"] = Repo(
        {"config.json": b'{"auto_map": {"AutoModel": "run.Model"}}', "model.safetensors": b"0"}
    )
    hub.asked.clear()
    assert "is a T5ForConditionalGeneration" in told(app, "llm_hub_look", [GPT2], ["tiny/t5"])[0]
    assert "asks to run code of its own" in told(app, "llm_hub_look", [GPT2], ["tiny/code"])[0]
    assert not any("safetensors" in asked for asked in hub.asked)


def test_a_silent_hub_is_given_up_and_what_is_here_still_opens(app, here, hub):
    hub.repos["tiny/silent"] = Repo({"config.json": b"{}", "model.safetensors": b"0"})
    hub.silent = True
    try:
        assert "was silent for 4 seconds" in call(app.url, "llm_hub_look", ["tiny/silent"]).message
        assert call(app.url, "llm_hub_look", [GPT2]).data[0]["here"]
        assert call(app.url, "llm_hub_write", [GPT2, *WRITE.values()]).status == "complete"
    finally:
        hub.silent = False


def test_it_writes_and_the_seed_settles_what(here):
    job = here.submit(GPT2, *{**WRITE, "length": 40}.values(), api_name="/llm_hub_write")
    column, happened = job.result()
    texts = [output[0]["text"] for output in job.outputs()]
    assert all(later.startswith(earlier) for earlier, later in zip(texts, texts[1:], strict=False))
    pieces = column["surprise"]["pieces"]
    assert "".join(pieces) == column["text"]
    assert len(column["surprise"]["bits"]) == len(column["surprise"]["likeliest"]) == len(pieces)
    assert sum(column["surprise"]["bits"]) / len(pieces) == pytest.approx(
        column["bits_per_character"], abs=0.01
    )
    assert "Seed 7" in happened
    again, other = (
        here.predict(
            GPT2, *{**WRITE, "length": 40, "seed": seed}.values(), api_name="/llm_hub_write"
        )[0]
        for seed in (7, 8)
    )
    assert again["text"] == column["text"] != other["text"]


def test_a_conversation_is_streamed_and_carried_on(here):
    job = here.submit(CHAT, *{**CHATTED, "length": 40}.values(), api_name="/llm_hub_chat")
    told, box = job.result()
    first = [output[0]["messages"] for output in job.outputs()]
    assert first[0] == [{"role": "user", "content": "Hello?"}, {"role": "assistant", "content": ""}]
    assert (told["finished"], box) == (True, "")
    told["messages"][1]["content"] = "Yes."
    more, _ = here.predict(
        CHAT, *{**CHATTED, "conversation": told}.values(), api_name="/llm_hub_chat"
    )
    assert [each["role"] for each in more["messages"]] == ["user", "assistant"] * 2


def test_the_next_token_is_laid_open_and_a_forced_one_replays(here):
    whole = here.predict(GPT2, *INSPECT.values(), api_name="/llm_hub_inspect")
    assert (whole["model"], whole["vocabulary"], whole["finished"]) == (GPT2, 257, True)
    assert len(whole["logits"]) == len(whole["tokens"])
    again = here.predict(
        GPT2, *{**INSPECT, "forced": whole["tokens"][:3]}.values(), api_name="/llm_hub_inspect"
    )
    assert again["tokens"] == whole["tokens"]


def test_surprise_is_told_for_each_token(here):
    value, happened = here.predict(GPT2, "To be or not", api_name="/llm_hub_surprise")
    (reader,) = value["readers"]
    assert "".join(reader["reading"]["pieces"]) == "To be or not"
    assert len(reader["reading"]["thousandths"]) == 5 * len(reader["reading"]["bits"])
    assert "12 characters" in happened


def test_each_hidden_place_gets_its_guesses(here):
    value, happened = here.predict(BERT, "to [MASK] or not <mask> be", 4, api_name="/llm_hub_fill")
    assert value["parts"] == ["to ", " or not ", " be"]
    assert [len(place["words"]) for place in value["places"]] == [4, 4]
    assert all(
        place["probabilities"] == sorted(place["probabilities"], reverse=True)
        for place in value["places"]
    )
    assert "2 hidden" in happened


def test_a_pipeline_paints_its_film(here):
    film, happened = here.predict(DDPM, *PAINT.values(), api_name="/diffusion_hub_paint")
    assert (film["frames"], film["width"], film["height"], len(film["tracks"])) == (4, 8, 8, 3)
    assert not film["live"]
    assert "8 × 8 × 1 numbers" in happened


@pytest.mark.parametrize(
    ("event", "good", "bad", "english", "chinese"),
    BAD_INPUT,
)
def test_bad_input_is_told_what_is_wrong(app, here, event, good, bad, english, chinese):
    messages = told(app, event, good, [bad.get(i, value) for i, value in enumerate(good)])
    assert english in messages[0]
    assert chinese in messages[1]
