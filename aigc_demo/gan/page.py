"""The GAN tab: its views side by side, each on the real networks."""

from pathlib import Path

from aigc_demo.gan.pages import critic, emoji, families, lab, latents, mix, pictures, replay
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.views import views

VIEWS = {
    **{"pictures": pictures, "emoji": emoji, "lab": lab, "latents": latents, "mix": mix},
    **{"critic": critic, "replay": replay, "families": families},
}


def build() -> list[InitialResult]:
    """Draw the tab; return each view's opening result."""
    openings = views("gan", VIEWS)
    components.guide("gan", Path(__file__).parent)
    return openings
