"""What the tasks of the view `hub` share: the model that a visitor picked, and how it draws."""

from typing import TYPE_CHECKING, Any

from aigc_demo.core.errors import DemoError
from aigc_demo.ui import components, language

if TYPE_CHECKING:
    from aigc_demo.llm.hub import HubModel

UPDATES_PER_SECOND = 12


def picked(repo: str) -> "HubModel":
    """Return the Hub's model `repo`, which must be on this machine; raises DemoError when none was
    picked.
    """
    from aigc_demo.llm import hub

    if not repo:
        raise DemoError(
            "No model is picked yet: pick one at the left. "
            "What is on this machine opens without a network."
        )
    return hub.model(repo)


def temperature(value: float) -> components.Slider:
    """Draw the dial for the temperature."""
    label = language.label
    return components.Slider(
        0.1,
        2,
        value,
        step=0.05,
        label=label("text.temperature"),
        info=label("llm.hub.temperature.info"),
    )


def length(most: int, value: int) -> components.Slider:
    """Draw the dial for how many tokens are written."""
    label = language.label
    return components.Slider(
        1, most, value, step=1, label=label("llm.hub.length"), info=label("llm.hub.length.info")
    )


def stage_words(task: str) -> dict[str, Any]:
    """Return the words of a task's drawing."""
    return language.words(
        "llm.hub.waking",
        *(key for key in language.TABLES["en"] if key.startswith(f"llm.hub.{task}.stage.")),
    )
