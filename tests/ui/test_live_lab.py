"""The live laboratory's server side, with a model that only counts."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.core.session_store import SessionStore
from aigc_demo.ui.live_lab import LiveLab


@dataclass
class Counter:
    rules: Any
    points: Any = None
    steps: list[str] = field(default_factory=list)

    def can_continue(self, rules: Any, points: Any) -> bool:
        return rules.shape == self.rules.shape and points == self.points


OPENED = Counter(SimpleNamespace(shape="ring"), steps=["opened"])
LAB = LiveLab(
    check_config=lambda asked: SimpleNamespace(**asked),
    create=Counter,
    initial=lambda: OPENED,
    acts={
        "train": lambda model: model.steps.append("train"),
        "one": lambda model: model.steps.append("one"),
    },
    repeated="train",
    most=5,
    frame=lambda model, act: {"steps": [*model.steps], "act": act},
)


def asked(act: str, **changes: Any) -> dict[str, Any]:
    return {"token": "mine", "rules": {"shape": "ring"}, "act": act, "rounds": 3, **changes}


def test_one_act_is_taken_as_often_as_is_asked_another_once_and_a_look_moves_nothing():
    sessions: SessionStore[Counter] = SessionStore()
    first = LAB.play(asked("look"), sessions)
    assert first == {"steps": ["opened"], "act": "look", "fresh": True}
    assert LAB.play(asked("train"), sessions)["steps"] == ["opened", *["train"] * 3]
    assert LAB.play(asked("one"), sessions)["steps"][4:] == ["one"]
    assert not LAB.play(asked("look"), sessions)["fresh"]
    assert OPENED.steps == ["opened"]


def test_another_shape_and_who_wishes_begin_anew():
    sessions: SessionStore[Counter] = SessionStore()
    LAB.play(asked("train"), sessions)
    assert LAB.play(asked("look", rules={"shape": "grid"}), sessions)["steps"] == []
    LAB.play(asked("train", rules={"shape": "grid"}), sessions)
    assert LAB.play(asked("look", rules={"shape": "grid"}, anew=True), sessions)["steps"] == []


@pytest.mark.parametrize("changes", [{"act": "run"}, {"rounds": 6}, {"rounds": 0}, {"token": ""}])
def test_what_is_out_of_range_is_refused(changes):
    with pytest.raises(DemoError):
        LAB.play(asked("train") | changes, SessionStore())
