"""A tiny model is fine-tuned on a tiny instruction, from its data to its measured figures."""

import gzip
import random

import pytest
import torch

import aigc_demo
from aigc_demo.core import checkpoints, snapshots
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.core.training import fit
from aigc_demo.llm import instruction_data
from aigc_demo.llm.evaluate import evaluate
from aigc_demo.llm.finetune import FinetuneRecipe, Plan
from aigc_demo.llm.instructions import PoemInstruction, SpeechInstruction
from aigc_demo.llm.train import recipe
from aigc_demo.llm.training_snapshots import snapshot_answers
from tests.helpers.tiny_llm import save_writer, writer

THINGS = "月风花雪"
FILLING = "不无何有自为此是在得处如未多谁亦又与相可还更应因将且若"  # none of them a keyword
PLAN = Plan("text-transformer-tang", rank=8, alpha=16.0, size=16, learning_rate=1e-2)
SPEECHES = "ROMEO:\nMy love, my heart.\n\nJULIET:\nO sweet night!\n\n" * 20


def body(thing: str, length: int = 5) -> str:
    """Return a poem in which all is known that comes after its first character, but whether a line
    goes on after its fifth.
    """
    lines = [thing + FILLING[:6], *(FILLING[begin : begin + 7] for begin in (6, 13, 20))]
    return "".join(line[:length] + mark for line, mark in zip(lines, "，。；？", strict=True))


@pytest.fixture(scope="module")
def finetuned(tmp_path_factory):
    """The folder of a fine-tuned model, beside its base's, with the data in `data`."""
    folder, monkeypatch = tmp_path_factory.mktemp("finetune"), pytest.MonkeyPatch()
    for name in ("data", "checkpoints"):
        (folder / name).mkdir()
        monkeypatch.setenv(f"AIGC_DEMO_{name.upper()}", str(folder / name))
    things = random.Random(0)
    with gzip.open(folder / "data" / "tang_poems.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(
            f"月\t无名\t{body(things.choice(THINGS), things.choice([5, 7]))}\n" for _ in range(400)
        )
    (folder / "data" / "tinyshakespeare.txt").write_text(SPEECHES, encoding="utf-8")
    settings.cache_clear()
    save_writer(
        writer(f"五七言四八句诗 ，。；？\n{FILLING}{THINGS}", width=32, context=48),
        folder / "checkpoints" / PLAN.base,
    )
    trained = FinetuneRecipe(
        PLAN, checkpoints.load(PLAN.base), instruction_data.sources(PLAN.base, "train")
    )
    losses = [event.losses["loss"] for event in fit(trained, folder / "run", steps=160, warmup=10)]
    trained.export(folder / "checkpoints" / "llm-lora-tang")
    snapshots.publish(folder / "run", folder / "checkpoints" / "llm-lora-tang")
    checkpoints.write_json(
        folder / "checkpoints" / "llm-lora-tang" / "metrics.json",
        {"figures": [{"figure": "training time", "steps": 160}]},
    )
    yield folder / "checkpoints" / "llm-lora-tang", trained, losses
    monkeypatch.undo()


@pytest.fixture(autouse=True)
def places(finetuned, fresh_settings):
    """The fine-tuned model's folders are the settings of every test here."""
    settings.cache_clear()


def test_sources_are_regular_poems_and_what_stands_in_them():
    found = instruction_data.sources("text-transformer-tang", "test")
    assert len(found) == 20
    for source in found:
        (thing,) = source.keywords
        assert source.answer in (body(thing) + "\n", body(thing, 7) + "\n")
        assert source.instruction(thing) == PoemInstruction(
            "五言四句" if len(source.answer) == 25 else "七言四句", thing
        )
        assert all(vars(source.instruction(thing).check(source.answer)).values())


def test_an_instruction_for_a_speech_has_its_speaker_and_a_word():
    found = instruction_data.sources("text-transformer-shakespeare", "train")
    assert found[0].instruction("love") == SpeechInstruction("ROMEO", "love")
    assert found[0].keywords == ["heart", "love"]
    assert found[1].keywords == ["night", "sweet"]
    assert all(
        all(vars(source.instruction(keyword).check(source.answer)).values())
        for source in found[:-1]
        for keyword in source.keywords
    )


def test_the_loss_falls_and_the_base_stays_as_it_was(finetuned):
    _, trained, losses = finetuned
    assert losses[0] > 2 > 0.3 > losses[-1]
    fresh = checkpoints.load(PLAN.base).network.state_dict()
    for network in (trained.base.network, trained.network):
        assert all(torch.equal(value, fresh[key]) for key, value in network.state_dict().items())
    assert all(weight.grad is None for weight in trained.network.parameters())
    assert all(weight.grad is not None for weight in trained.networks.parameters())


def test_the_instruction_is_followed_at_dial_1_and_not_by_the_base(finetuned):
    figures = {figure["figure"]: figure for figure in evaluate(aigc_demo.load("llm-lora-tang"))}
    for part in ("format", "keyword"):
        assert figures[f"{part} compliance"]["value"] >= 80
        assert figures[f"{part} compliance"]["samples"] == 20
    assert figures["format compliance, base model"]["value"] < 10
    assert (
        figures["held-out loss on instructions"]["value"]
        < 0.5
        < figures["held-out loss on instructions, base model"]["value"]
    )
    assert {
        "held-out loss on the base's text",
        "held-out loss on the base's text, base model",
    } <= figures.keys()


def test_an_answer_grows_from_the_base_s_to_one_that_follows(finetuned):
    folder, *_ = finetuned
    model, instruction = aigc_demo.load("llm-lora-tang"), PoemInstruction("七言四句", "雪")
    found = list(snapshot_answers(model, folder, instruction, temperature=0.5))
    assert [snapshot.step for snapshot in found] == [0, 1, 2, 3, 5, 10, 20, 40, 80, 160]
    assert not found[0].result.form
    assert found[-1].result.form
    assert found[-1].answer == body("雪", 7) + "\n"


def test_a_recipe_is_found_by_its_name(finetuned):
    assert recipe("llm-lora-tang").config.base == "text-transformer-tang"
    with pytest.raises(DemoError, match="no checkpoint 'text-transformer-shakespeare'"):
        recipe("llm-lora-shakespeare")
