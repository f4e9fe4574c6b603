"""KL divergence: of bars, as a picture of its proof, of Gaussians, as what a fit makes small, and
between two real models.
"""

from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_text
from aigc_demo.maths.views._shared.stage import MAX_TEXT, RNN, TRANSFORMER, stage
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

ORDER = 20  # among the tab's views
OPENING = "Good morrow, my l"


def bars(p: list, q: list) -> dict[str, Any]:
    """Return both divergences of two distributions, and each outcome's part of them."""
    from aigc_demo.maths import checks, divergence

    P, Q = checks.check_distribution("P", p), checks.check_distribution("Q", q)
    checks.check_same_size(P, Q)
    return checks.to_json(vars(divergence.divergence(P, Q)))


def gaussians(mean_p: float, width_p: float, mean_q: float, width_q: float) -> dict[str, float]:
    """Return both divergences of two Gaussians, in closed form."""
    from aigc_demo.maths.divergence import Gaussian, kl_gaussians

    P, Q = Gaussian(mean_p, width_p), Gaussian(mean_q, width_q)
    return {"forward": kl_gaussians(P, Q), "reverse": kl_gaussians(Q, P)}


def fit(
    distance: float, share: float, width: float, direction: str, start: float
) -> dict[str, Any]:
    """Return the Gaussian nearest to a mixture of two, in one direction of the divergence."""
    from aigc_demo.maths.divergence import Mixture
    from aigc_demo.maths.divergence import fit as search

    return vars(search(Mixture(distance, share, width), direction, start))


def readers(text: str) -> dict[str, Any]:
    """Return what the Transformer, P, and the RNN, Q, expect after `text`, and how far these are
    from each other.
    """
    from aigc_demo.maths import checks, divergence, entropy

    text = check_text(text, MAX_TEXT)
    p, q = (entropy.predict_next(model_cache.model(name), text) for name in (TRANSFORMER, RNN))
    apart = divergence.divergence(p.log_probabilities.exp(), q.log_probabilities.exp())
    log_p, log_q = ([round(each, 6) for each in seen.log_probabilities.tolist()] for seen in (p, q))
    return checks.to_json(
        {
            "text": text,
            "alphabet": p.alphabet,
            "log_p": log_p,
            "log_q": log_q,
            "forward": apart.forward,
            "reverse": apart.reverse,
        }
    )


def read(event: gr.EventData) -> dict[str, Any]:
    """Return what `readers` says of the text that was typed on the stage."""
    return readers(event._data["text"])


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the two readings with which the view opens."""
    return [readers(OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    drawing = stage("divergence", start=OPENING)
    drawing.submit(
        components.working(read),
        None,
        drawing,
        trigger_mode="always_last",
        **PRIVATE_WORK,
    )
    for name, answer in {
        "divergence": bars,
        "gaussians": gaussians,
        "fit": fit,
        "readers": readers,
    }.items():
        components.endpoint(answer, f"maths_{name}")
    return InitialResult(opening, [drawing])
