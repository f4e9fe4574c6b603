"""The overview, the first tab: a map of the subject, and a contest of four generators."""

from pathlib import Path

from aigc_demo.overview.pages import contest, map
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views

VIEWS = {"map": map, "contest": contest}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("overview", VIEWS)
    components.guide("overview", Path(__file__).parent)
    return openings
