"""The diffusion tab: words to emoji, digits step by step, a picture of one's own, grids, two dimensions, one training step."""

from pathlib import Path

from aigc_demo.diffusion.pages import digits, emoji, grid, hub, picture, plane, procedure, variations
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views

VIEWS = {
    "emoji": emoji,
    "digits": digits,
    "picture": picture,
    "variations": variations,
    "grid": grid,
    "plane": plane,
    "procedure": procedure,
    "hub": hub,
}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("diffusion", VIEWS)
    components.guide("diffusion", Path(__file__).parent)
    return openings
