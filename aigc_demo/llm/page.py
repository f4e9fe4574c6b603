"""The language models tab: its views side by side, each on the real models."""

from pathlib import Path

from aigc_demo.llm.pages import finetune, hub, objectives, procedure
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views

VIEWS = {"objectives": objectives, "procedure": procedure, "finetune": finetune, "hub": hub}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("llm", VIEWS)
    components.guide("llm", Path(__file__).parent)
    return openings
