"""Noise: how a diffusion adds it, how fast by which schedule, and a VAE's bound taken apart."""

from typing import Any

from aigc_demo.core import model_cache
from aigc_demo.maths.views._shared.stage import stage
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult

ORDER = 50  # among the tab's views


def noised(x_0: float, t: int, schedule: str) -> dict[str, Any]:
    """Return q(x_t | x_0) and its ratio of signal to noise."""
    from aigc_demo.maths import noise

    return vars(noise.noised(x_0, t, schedule))


def elbo(x: float, mean: float, width: float, slope: float, spread: float) -> dict[str, Any]:
    """Return the parts of a one-dimensional VAE's bound."""
    from aigc_demo.maths import noise

    return vars(noise.elbo(x, mean, width, slope, spread))


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return what the view needs of the server: nothing, all is computed in the browser."""
    return [{}]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    drawing = stage("noise")
    for name, answer in {"noise": noised, "elbo": elbo}.items():
        components.endpoint(answer, f"maths_{name}")
    return InitialResult(opening, [drawing])
