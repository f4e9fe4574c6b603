"""What every live laboratory asks of the server: each visitor's own small model, trained frame by
frame as long as its page asks for the next.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import gradio as gr

from aigc_demo.core.errors import check_choice, check_number
from aigc_demo.core.session_store import SessionStore, Training, resume_or_start
from aigc_demo.ui import components, language

Model = TypeVar("Model", bound=Training)
RuleControl = components.Radio | components.Slider | components.Number

# From Gradio's controls to the drawing, in the browser.
CONFIGURE = (
    "async (...rules) => (await aigc.drawn('#PLACE'))"
    ".configure(Object.fromEntries(NAMES.map((name, i) => [name, rules[i]])))"
)


@dataclass(frozen=True)
class LiveLab(Generic[Model]):
    """A laboratory: how its models begin, move and are seen."""

    check_config: Callable[[dict[str, Any]], Any]
    create: Callable[[Any, Any], Model]  # a new model under rules, of points that were drawn
    initial: Callable[
        [], Model
    ]  # the one with which the view opens; it is copied, never trained on
    acts: dict[str, Callable[[Model], object]]  # one step of each; "look" takes none
    repeated: str  # the act that takes as many steps as `rounds` says
    most: int  # of these
    frame: Callable[[Model, str], dict[str, Any]]  # what is seen after an act

    def play(self, request: dict[str, Any], sessions: SessionStore[Model]) -> dict[str, Any]:
        """Train the visitor's own model and return its frame.

        request: token, rules, points; anew: whether to begin again; act: one of `acts`, or "look";
        rounds. `fresh` in the answer: whether there was no model under this token. Raises
        DemoError for what is out of its range, LookupError, TypeError or AttributeError for what
        no page asks.
        """
        rules = self.check_config(request["rules"])
        act = check_choice("act", request["act"], [*self.acts, "look"])
        rounds = check_number("rounds", request["rounds"], 1, self.most, whole=True)
        session = sessions.session(request["token"])
        with session.lock:
            fresh = session.value is None
            model = session.value = resume_or_start(
                session.value,
                rules,
                request.get("points"),
                restart=request.get("anew") is True,
                initial=self.initial,
                create=self.create,
            )
            if act != "look":
                for _ in range(rounds if act == self.repeated else 1):
                    self.acts[act](model)
            return {**self.frame(model, act), "fresh": fresh}


def configures(place: str, names: list[str], controls: list[RuleControl]) -> None:
    """Let the controls, one for each of the rules `names`, configure the drawing at `place`, past
    the server.
    """
    changes = [control.change for control in controls]
    script = CONFIGURE.replace("PLACE", place).replace("NAMES", json.dumps(names))
    gr.on(changes, None, controls, None, js=script, api_visibility="private")


@dataclass(frozen=True)
class RuleControls:
    """Draws controls for rules, with their labels under `prefix` in the language tables."""

    prefix: str
    rules: dict[str, Any]  # with which the view opens

    def choice(self, name: str, choices: list[Any], look: str) -> components.Radio:
        """Draw a choice of one; look: the class of its arrangement."""
        return components.Radio(
            choices, value=self.rules[name], elem_classes=["chips", look], **self._texts(name)
        )

    def named_choice(self, name: str, values: list[str]) -> components.Radio:
        """Draw a choice of one whose values have names in the tables."""
        keys = {value: value.replace(" ", "_") for value in values}
        named = [
            (language.label(f"{self.prefix}.{name}.{key}"), value) for value, key in keys.items()
        ]
        return self.choice(name, named, "models")

    def rates(self, name: str, values: list[float]) -> components.Radio:
        """Draw a choice of a learning rate."""
        return self.choice(name, [(f"{value:g}", value) for value in values], "five")

    def slider(self, name: str, low: float, high: float, step: float = 1) -> components.Slider:
        """Draw a slider."""
        return components.Slider(low, high, self.rules[name], step=step, **self._texts(name))

    def _texts(self, name: str) -> dict[str, Any]:
        return {
            "label": language.label(f"{self.prefix}.{name}"),
            "info": language.label(f"{self.prefix}.{name}.info"),
        }
