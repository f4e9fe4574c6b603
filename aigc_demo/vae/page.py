"""The VAE tab: a digit's way through the network, the map of two latent numbers, a walk between two digits, emoji."""

from pathlib import Path

from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views
from aigc_demo.vae.pages import digit, emoji, map, walk

VIEWS = {"digit": digit, "map": map, "walk": walk, "emoji": emoji}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("vae", VIEWS)
    components.guide("vae", Path(__file__).parent)
    return openings
