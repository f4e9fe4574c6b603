"""The mathematics tab: the article's formulas, each with numbers that the visitor moves."""

from pathlib import Path

from aigc_demo.maths.pages import attention, divergence, entropy, minimax, noise
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views

VIEWS = {"entropy": entropy, "divergence": divergence, "attention": attention, "minimax": minimax, "noise": noise}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("maths", VIEWS)
    components.guide("maths", Path(__file__).parent)
    return openings
