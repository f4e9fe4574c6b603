"""Pairs that a rule has judged, and adapters that learn from them."""

import json
from dataclasses import replace

import pytest
import torch

import aigc_demo
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.data import Poem
from aigc_demo.core.errors import DemoError
from aigc_demo.core.training import fit
from aigc_demo.llm import evaluate_prosody, prosody_pairs
from aigc_demo.llm.lora import LoraConfig
from aigc_demo.llm.preference import Texts
from aigc_demo.llm.prosody import NOTHING, Verdict
from aigc_demo.llm.prosody_train import Plan, ProsodyRecipe
from aigc_demo.llm.train import recipe
from aigc_demo.text import poems
from tests.helpers.tiny_llm import save_writer, writer

# level: 风空 (一东), 山间 (十五删); oblique: 月雪水
ALPHABET = "风空山间月雪水，。\n"
PLAN = Plan("text-transformer-tiny", rank=4, alpha=8.0, beta=0.1, prompts=4, samples=8)
POEMS = [
    Poem("山水", "", "风月山雪水，月山水雪风。"),
    Poem("月", "", "空山月，"),
    Poem("", "", "月，"),
]


def written(*bodies: str) -> list[poems.Poem]:
    return [poems.poem(f"月\n{body}") for body in bodies]


def test_prompts_are_titles_and_first_lines_of_one_length():
    base = writer(ALPHABET)
    prompts = prosody_pairs.Prompts(POEMS, base)
    shown = [[base.decode(ids) for ids in group.tolist()] for group in prompts.groups]
    assert shown == [
        ["\n\n"],
        ["\n月\n"],
        ["\n山水\n"],
        ["\n\n月，"],
        ["\n\n空山月，"],
        ["\n\n风月山雪水，"],
    ]
    drawn = prompts.draw(5, runtime.generator(0))
    assert len(drawn) == 5 and any(torch.equal(drawn[:1], group[:1]) for group in prompts.groups)


def test_written_rows_are_read_as_poems_up_to_their_end():
    base = writer(ALPHABET)
    ids = [base.encode(row) for row in ("\n月\n山水，\n\n", "\n月\n山水，风月")]
    counted = [[False, False, True, True, True, True, False], [False, False, *[True] * 5]]
    found = prosody_pairs.poems_of(Texts(torch.tensor(ids), torch.tensor(counted)), base)
    assert found == [
        poems.Poem("月", ["山水"], finished=True),
        poems.Poem("月", ["山水", "风月"], finished=False),
    ]


def test_what_has_no_regular_form_obeys_nothing():
    four, three = 2 * "月月月月月，月月月月风。", "月月月月月，月月月月风。月月月月月，"
    kept, unfinished, odd = map(prosody_pairs.verdict, written(four + "\n", four, three + "\n"))
    assert kept.tones > 0 and unfinished is odd is NOTHING


def test_a_pair_is_the_best_and_the_worst_of_one_form():
    def scored(score: float) -> Verdict:
        return Verdict(score, score, ())

    short, long = "月月月月月，" * 4, "月月月月月，" * 8
    bodies = written(short, short, short, long, long, "月，", *[short] * 6)
    scores = [0.5, 0.9, 0.6, 0.0, 0.1, None, 0.5, 0.5, 0.5, 0.52, 0.5, 0.5]
    verdicts = [NOTHING if score is None else scored(score) for score in scores]
    # the long ones are worse than any short one, and differ by less; the second prompt's hardly do
    chosen, rejected = prosody_pairs.choose(bodies, verdicts, samples=6, spread=0.05)
    assert (chosen.tolist(), rejected.tolist()) == ([1], [0])
    chosen, rejected = prosody_pairs.choose(bodies, verdicts, samples=6, spread=0.01)
    assert (chosen.tolist(), rejected.tolist()) == ([1, 9], [0, 6])
    chosen, _ = prosody_pairs.choose(bodies, [NOTHING] * 12, samples=6, spread=0.0)
    assert chosen.tolist() == []


def spacious(poem: poems.Poem) -> Verdict:
    """A rule that an untrained model meets by chance: the more 空, the better, up to four."""
    share = min(1.0, "".join(poem.lines).count("空") / 4)
    return Verdict(share, share, ()) if poem.lines else NOTHING


def test_the_policy_learns_a_rule_and_its_base_does_not():
    base = writer(ALPHABET)
    before = {key: value.clone() for key, value in base.network.state_dict().items()}
    plan = replace(PLAN, learning_rate=1e-2, prompts=8, longest=12)
    prompts = prosody_pairs.Prompts([POEMS[0]], base)
    taught = ProsodyRecipe(plan, base, prompts, rule=spacious)
    scores = [taught.update()["score"] for _ in range(12)]
    assert sum(scores[-3:]) / 3 > sum(scores[:3]) / 3 + 0.2
    after = base.network.state_dict()
    assert all(torch.equal(value, after[key]) for key, value in before.items())


def test_a_step_without_a_pair_changes_nothing(tmp_path):
    base = writer(ALPHABET)  # untrained: no poem of it is regular
    taught = ProsodyRecipe(PLAN, base, prosody_pairs.Prompts([POEMS[0]], base))
    before = [weight.clone() for weight in taught.networks.parameters()]
    (step,) = fit(taught, tmp_path / "run", steps=1)
    assert step.losses == {"loss": 0.0, "margin": 0.0, "score": 0.0, "obeyed": 0.0}
    assert all(map(torch.equal, before, taught.networks.parameters()))


def test_the_checkpoint_is_measured_beside_its_base(tmp_path, monkeypatch):
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    base = writer(ALPHABET)
    save_writer(base, tmp_path / "text-transformer-tiny")
    taught = ProsodyRecipe(PLAN, base, prosody_pairs.Prompts([POEMS[0]], base))
    taught.export(tmp_path / "llm-lora-tiny")
    assert json.loads((tmp_path / "llm-lora-tiny" / "config.json").read_text("utf-8")) == {
        "base": "text-transformer-tiny",
        "rank": 4,
        "alpha": 8.0,
        "task": "prosody",
    }
    real = [Poem("山水", "", "山雪风水月，水月雪山风。月水山风雪，风山月雪空。")] * 300
    monkeypatch.setattr(evaluate_prosody, "tang_poems", lambda split: real)
    monkeypatch.setattr(evaluate_prosody, "corpus", lambda *_: "山水\n风月，" * 40)
    monkeypatch.setattr(evaluate_prosody, "MAX_POEM", 8)
    found = evaluate_prosody.evaluate(aigc_demo.load("llm-lora-tiny"))
    figures = {figure["figure"]: figure["value"] for figure in found}
    assert figures["KL divergence from the base"] == pytest.approx(0, abs=0.1)
    assert figures["rhyme compliance"] == figures["rhyme compliance, base model"] == 0
    assert figures["rhyme compliance, Tang poets"] == 100
    assert figures["held-out loss"] == pytest.approx(figures["held-out loss, base model"], abs=1e-2)
    assert figures["parameters"] == checkpoints.parameters(taught.adapters)


def test_shares_count_what_is_alike():
    bodies = written(*2 * ["山雪风水月，水月雪山风。月水山风雪，风山月雪空。\n"], "月，\n", "山")
    found = evaluate_prosody.shares(bodies)
    assert found["rhyme compliance"] == 50
    assert found["format compliance"] == found["quatrains"] == 50
    assert found["distinct poems"] == 75
    assert found["distinct lines"] == 60
    assert found["lines in the most frequent rhyme group"] == 100


def test_one_rhyme_for_all_poems_is_seen():
    # 风 and 空 are of 上平一东, 山 is of 上平十五删
    assert evaluate_prosody.most_frequent_group([["月月", "月风", "月月", "月空"]]) == 1
    assert (
        evaluate_prosody.most_frequent_group([["月", "风", "月", "空"], ["月", "山", "雪"]])
        == 2 / 3
    )
    assert evaluate_prosody.most_frequent_group([["月"], []]) == 0


def test_a_task_is_one_that_there_is():
    with pytest.raises(DemoError, match="task"):
        LoraConfig("text-transformer-tang", 4, 8.0, task="chess")


def test_the_recipe_is_found_by_its_name(monkeypatch):
    monkeypatch.setattr("aigc_demo.llm.prosody_train.tang_poems", lambda split: POEMS[:1])
    found = recipe("llm-lora-prosody")
    assert found.config.base == "text-transformer-tang" and found.config.task == "prosody"
