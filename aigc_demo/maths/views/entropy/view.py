"""Cross-entropy: of two classes, of several, and of a real model's next character."""

from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_text
from aigc_demo.maths.views._shared.stage import MAX_TEXT, TRANSFORMER, stage
from aigc_demo.ui import components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

ORDER = 10  # among the tab's views
OPENING = "To be, or not to b"


def binary(y: int, y_hat: float) -> dict[str, Any]:
    """Return cross-entropy and squared error of one guess, and their slopes."""
    from aigc_demo.maths import checks, entropy

    return checks.to_json(vars(entropy.binary(y, y_hat)))


def classes(logits: list, truth: int) -> dict[str, Any]:
    """Return softmax, cross-entropy and its gradient by the logits."""
    from aigc_demo.maths import checks, entropy

    seen = entropy.classes(checks.check_list("logits", logits, 2, entropy.MAX_CLASSES), truth)
    return checks.to_json({**vars(seen), "bits": seen.bits, "perplexity": seen.perplexity})


def following(text: str) -> dict[str, Any]:
    """Return the Transformer's distribution of the character after `text`, and what each character
    of `text` cost, in nats.
    """
    from aigc_demo.maths import entropy

    seen = entropy.predict_next(model_cache.model(TRANSFORMER), check_text(text, MAX_TEXT))
    log_p, losses = (
        [round(each, 6) for each in numbers.tolist()]
        for numbers in (seen.log_probabilities, seen.losses)
    )
    return {
        "text": text,
        "alphabet": seen.alphabet,
        "log_p": log_p,
        "losses": losses,
        "perplexity": seen.perplexity,
    }


def read(event: gr.EventData) -> dict[str, Any]:
    """Return what `following` says of the text that was typed on the stage."""
    return following(event._data["text"])


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the reading with which the view opens."""
    return [following(OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    drawing = stage("entropy", start=OPENING)
    drawing.submit(
        components.working(read),
        None,
        drawing,
        trigger_mode="always_last",
        **PRIVATE_WORK,
    )
    for name, answer in {"binary": binary, "classes": classes, "following": following}.items():
        components.endpoint(answer, f"maths_{name}")
    return InitialResult(opening, [drawing])
