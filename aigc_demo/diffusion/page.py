"""The diffusion tab: a digit out of noise, step by step; an emoji out of words."""

from pathlib import Path

from aigc_demo.diffusion.pages import digits, plane
from aigc_demo.ui import components
from aigc_demo.ui.components import Opening
from aigc_demo.ui.views import views

VIEWS = {"digits": digits, "plane": plane}


def build() -> list[Opening]:
    """Draws the tab; gives back each view's opening result."""
    openings = views("diffusion", VIEWS)
    components.guide("diffusion", Path(__file__).parent)
    return openings
