"""Models that `transformers` wrote, from a small Hub in this process to their text."""

import gc
import json
import math
import sys
import weakref
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from aigc_demo.core.errors import DemoError
from aigc_demo.hub import offer
from aigc_demo.hub.downloads import download
from aigc_demo.llm.hub import HubModel, model
from aigc_demo.llm.hub_fill import fill
from aigc_demo.llm.hub_generate import chat, complete
from aigc_demo.llm.hub_surprise import surprise
from aigc_demo.llm.presets import FORMAT, PRESETS
from tests.helpers import tiny_hub
from tests.helpers.hub_server import Hub

KINDS = {
    "gpt2": tiny_hub.gpt2,
    "instruct": tiny_hub.instruct,
    "bert": tiny_hub.bert,
    "xlnet": tiny_hub.xlnet,
}
GREEDY = {"temperature": 0.1, "top_k": 1}
CONVERSATION = [{"role": "user", "content": "Hello?"}]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder of each kind of model."""
    made = {name: tmp_path_factory.mktemp(name) for name in KINDS}
    for name, folder in made.items():
        KINDS[name](folder)
    return made


@pytest.fixture
def opened(hub: Hub, folders: dict[str, Path]):
    """A function that puts a model up, download it and open it."""

    def open_model(kind: str) -> HubModel:
        hub.add(f"tiny/{kind}", folders[kind])
        list(download(offer(f"tiny/{kind}", FORMAT)))
        return model(f"tiny/{kind}")

    return open_model


def altered(folder: Path, to: Path, **settings: object) -> Path:
    """A copy of a model's folder in which config.json says otherwise."""
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    config = json.loads((to / "config.json").read_text(encoding="utf-8"))
    (to / "config.json").write_text(json.dumps({**config, **settings}), encoding="utf-8")
    return to


def refused(hub: Hub, folder: Path, message: str) -> None:
    """The model in `folder` is downloaded, and then cannot be opened."""
    hub.add("tiny/other", folder)
    list(download(offer("tiny/other", FORMAT)))
    with pytest.raises(DemoError, match=message):
        model("tiny/other")


@torch.inference_mode()
def theirs(opened: HubModel, ids: list[int], length: int) -> list[int]:
    """What the library's own generation writes after `ids`, the likeliest token each time."""
    row = torch.tensor([ids])
    written = opened.network.generate(
        row,
        attention_mask=torch.ones_like(row),
        do_sample=False,
        max_new_tokens=length,
        pad_token_id=0,
    )
    return [token for token in written[0, len(ids) :].tolist() if token not in opened.eos_tokens]


def test_gpt2_writes_what_the_library_writes_and_a_seed_settles_the_text(opened):
    gpt2 = opened("gpt2")
    assert (gpt2.objective, gpt2.can_chat, gpt2.max_tokens, gpt2.eos_tokens) == (
        "causal",
        False,
        64,
        {256},
    )
    steps = list(complete(gpt2, "To be", max_new_tokens=12, **GREEDY))
    assert [step.token for step in steps] == theirs(gpt2, gpt2.tokenizer("To be")["input_ids"], 12)
    assert all(step.bits >= 0 and step.logits.shape == (257,) for step in steps)

    def drawn(seed: int, **sampling: float) -> list[int]:
        return [
            step.token
            for step in complete(
                gpt2, "To be", max_new_tokens=12, seed=seed, temperature=2.0, **sampling
            )
        ]

    assert drawn(1) == drawn(1) != drawn(2)
    assert drawn(1, top_k=1) == drawn(2, top_k=1) == drawn(1, top_p=0.01)


def test_the_pieces_make_the_text_and_no_character_comes_in_halves(opened):
    gpt2 = opened("gpt2")
    steps = list(complete(gpt2, "To be", max_new_tokens=50, seed=3, temperature=2.0))
    whole = gpt2.tokenizer.decode([step.token for step in steps])
    assert "".join(step.text for step in steps).rstrip("\ufffd") == whole.rstrip("\ufffd")
    assert all(not step.text.endswith("\ufffd") for step in steps)
    assert any(step.text == "" for step in steps)  # bytes of a character that was not whole yet


def test_surprise_is_the_librarys_own_loss(opened):
    # the token that ends a text begins one where there is no other
    for kind, first in (("gpt2", 256), ("instruct", 257)):
        reader = opened(kind)
        found, ids = (
            surprise(reader, "To be or not."),
            torch.tensor([[first, *reader.tokenizer("To be or not.")["input_ids"]]]),
        )
        with torch.inference_mode():
            loss = reader.network(
                input_ids=ids, labels=ids
            ).loss.item()  # nats a token, on the average
        assert sum(found.bits) / len(found.bits) == pytest.approx(loss / math.log(2), rel=1e-4)
        assert "".join(found.pieces) == "To be or not."
        assert all(
            row == sorted(row, reverse=True) and len(row) == 5 for row in found.probabilities
        )
    with pytest.raises(DemoError, match="tiny/bert fills in what is hidden and does not write"):
        surprise(opened("bert"), "to be")


def test_writing_ends_where_the_model_can_read_no_further(opened):
    gpt2 = opened("gpt2")
    assert len(list(complete(gpt2, "x" * 60, max_new_tokens=100, seed=0, **GREEDY))) <= 4
    with pytest.raises(DemoError, match="The text has 64 tokens; tiny/gpt2 reads at most 63"):
        complete(gpt2, "x" * 64)


def test_an_instructed_model_answers_in_its_own_template(opened):
    llama = opened("instruct")
    assert llama.can_chat and llama.eos_tokens == {257}
    steps = list(chat(llama, CONVERSATION, max_new_tokens=10, **GREEDY))
    given = llama.tokenizer("<|im_start|>user\nHello?<|im_end|>\n<|im_start|>assistant\n")[
        "input_ids"
    ]
    assert [step.token for step in steps] == theirs(llama, given, 10)
    assert list(complete(llama, "Hello", max_new_tokens=2, seed=1))
    with pytest.raises(
        DemoError, match="template of tiny/instruct does not take these messages: no system here"
    ):
        chat(llama, [{"role": "system", "content": "Be kind."}, *CONVERSATION])
    with pytest.raises(
        DemoError, match="role must be one of system, user, assistant; “boss” is not"
    ):
        chat(llama, [{"role": "boss", "content": "Work!"}])


def test_bert_fills_in_from_both_sides(opened):
    bert = opened("bert")
    first, second = fill(bert, "to [MASK] or not <mask> be", guesses=3)
    assert (first.place, second.place) == (2, 5)  # behind [CLS]
    with torch.inference_mode():
        logits = bert.network(
            **bert.tokenizer("to [MASK] or not [MASK] be", return_tensors="pt")
        ).logits[0]
    shares, tokens = logits[5].softmax(dim=0).topk(3)
    assert second.words == bert.tokenizer.convert_ids_to_tokens(tokens.tolist())
    assert second.probabilities == pytest.approx(shares.tolist(), rel=1e-5)
    # what follows counts
    assert (
        fill(bert, "to [MASK] or")[0].probabilities != fill(bert, "to [MASK] is")[0].probabilities
    )
    with pytest.raises(DemoError, match="The text has .* tokens; tiny/bert reads at most 23"):
        fill(bert, "[MASK]" + " be" * 40)


def test_xlnet_fills_in_and_never_sees_what_is_hidden(opened):
    xlnet = opened("xlnet")
    assert xlnet.objective == "permuted"
    (found,) = fill(xlnet, "to be or [MASK] to be", guesses=4)
    assert len(found.words) == 4 and found.probabilities == sorted(
        found.probabilities, reverse=True
    )
    ids = xlnet.tokenizer("to be or <mask> to be")["input_ids"]
    given = xlnet.guesses(ids, [found.place])
    assert given.sum().item() == pytest.approx(1, abs=1e-5)
    for other in (9, 12):  # words in place of the hidden one
        torch.testing.assert_close(
            xlnet.guesses([*ids[: found.place], other, *ids[found.place + 1 :]], [found.place]),
            given,
        )
    changed = [*ids[:-3], 12, *ids[-2:]]
    assert ids[-3] != 12 and not torch.allclose(
        xlnet.guesses(changed, [found.place]), given, atol=1e-4
    )


def test_each_says_what_it_cannot_do(opened):
    gpt2, bert = opened("gpt2"), opened("bert")
    for task, message in {
        lambda: fill(gpt2, "to [MASK]"): "tiny/gpt2 writes from left to right and cannot fill in",
        lambda: chat(gpt2, CONVERSATION): "tiny/gpt2 was not taught to chat",
        lambda: chat(bert, CONVERSATION): "tiny/bert was not taught to chat",
        lambda: complete(bert, "to be"): "tiny/bert fills in what is hidden and does not write",
        lambda: fill(bert, "to be"): r"Nothing is hidden: put \[MASK\] in the place of a word",
        lambda: fill(bert, ""): "The text is empty",
        lambda: fill(bert, "[MASK]", guesses=0): "guesses must be from 1 to 50",
        lambda: complete(gpt2, "a", temperature=3): "temperature must be from 0.1 to 2",
        lambda: complete(gpt2, "a", seed=-1): "seed must be from 0",
        lambda: complete(gpt2, "a", max_new_tokens=0): "length must be from 1",
    }.items():
        with pytest.raises(DemoError, match=message):
            task()


def test_one_model_is_in_memory_and_the_last_leaves(opened):
    first = opened("gpt2")
    assert model("tiny/gpt2") is first
    gone = weakref.ref(first.network)
    del first
    opened("bert")
    gc.collect()
    assert gone() is None


def test_a_model_that_is_not_downloaded(hub):
    with pytest.raises(DemoError, match="tiny/gpt2 is not on this machine yet: download it first"):
        model("tiny/gpt2")
    assert hub.asked == []


def test_another_architecture_is_refused(hub, folders, tmp_path):
    folder = altered(
        folders["gpt2"], tmp_path / "other", architectures=["T5ForConditionalGeneration"]
    )
    refused(
        hub, folder, "tiny/other is a T5ForConditionalGeneration: this app opens models that write"
    )


def test_weights_of_another_model_are_refused(hub, folders, tmp_path):
    folder = altered(folders["gpt2"], tmp_path / "other", n_layer=3)
    refused(hub, folder, "tiny/other cannot be opened here: no weights transformer.h.2")


def test_weights_that_are_no_safetensors_are_refused(hub, folders, tmp_path):
    folder = altered(folders["gpt2"], tmp_path / "other")
    (folder / "model.safetensors").write_bytes(b"PK pickle")
    refused(hub, folder, "tiny/other cannot be opened here")


def test_without_the_library_its_command_is_named(opened, monkeypatch, hub, folders):
    hub.add("tiny/gpt2", folders["gpt2"])
    list(download(offer("tiny/gpt2", FORMAT)))
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(
        DemoError, match="needs transformers. To install it: pip install transformers"
    ):
        model("tiny/gpt2")


def test_weights_in_shards_are_one_model(hub, folders, tmp_path, opened):
    folder = altered(folders["gpt2"], tmp_path / "shards")
    tensors = load_file(folder / "model.safetensors")
    names = {
        key: f"model-0000{1 + i % 2}-of-00002.safetensors" for i, key in enumerate(sorted(tensors))
    }
    for name in set(names.values()):
        save_file(
            {key: tensors[key] for key in names if names[key] == name},
            folder / name,
            {"format": "pt"},
        )
    (folder / "model.safetensors.index.json").write_text(
        json.dumps({"metadata": {}, "weight_map": names}), encoding="utf-8"
    )
    (folder / "model.safetensors").unlink()
    hub.add("tiny/shards", folder)
    list(download(offer("tiny/shards", FORMAT)))
    whole = [step.token for step in complete(opened("gpt2"), "To be", max_new_tokens=5, **GREEDY)]
    assert [
        step.token for step in complete(model("tiny/shards"), "To be", max_new_tokens=5, **GREEDY)
    ] == whole


def test_the_presets_are_names():
    from aigc_demo.hub import check_repo

    assert [check_repo(preset.repo)[1] for preset in PRESETS] == ["main"] * 6
