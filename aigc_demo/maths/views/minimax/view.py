"""The minimax game: the best discriminator and what it is worth, and the Dirac-GAN, which goes
round in circles.
"""

from typing import Any

from aigc_demo.core import model_cache
from aigc_demo.maths.views._shared.stage import stage
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult

ORDER = 40  # among the tab's views


def game(
    mean_data: float, width_data: float, mean_g: float, width_g: float, sharpness: float
) -> dict[str, Any]:
    """Return the value of the game for a discriminator of this sharpness and for the best one, and
    the divergence in it.
    """
    from aigc_demo.maths import checks, minimax
    from aigc_demo.maths.divergence import Gaussian

    return checks.to_json(
        vars(minimax.game(Gaussian(mean_data, width_data), Gaussian(mean_g, width_g), sharpness))
    )


def dirac(
    theta: float, psi: float, rule: str, rate: float, penalty: float, steps: int
) -> dict[str, Any]:
    """Return the course of the Dirac-GAN."""
    from aigc_demo.maths import checks, minimax

    return checks.to_json(vars(minimax.dirac(theta, psi, rule, rate, penalty, steps)))


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return what the view needs of the server: nothing, all is computed in the browser."""
    return [{}]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    drawing = stage("minimax")
    for name, answer in {"minimax": game, "dirac": dirac}.items():
        components.endpoint(answer, f"maths_{name}")
    return InitialResult(opening, [drawing])
