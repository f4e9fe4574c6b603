"""The text tab: its views side by side, each on the real models."""

from pathlib import Path

from aigc_demo.text.pages import attention, inspect, mask, memory, poems, procedure, surprise, tokens, training, write
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views

VIEWS = {
    "write": write,
    "inspect": inspect,
    "surprise": surprise,
    "procedure": procedure,
    "mask": mask,
    "training": training,
    "poems": poems,
    "attention": attention,
    "memory": memory,
    "tokens": tokens,
}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("text", VIEWS)
    components.guide("text", Path(__file__).parent)
    return openings
