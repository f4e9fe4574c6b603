"""Attention: every matrix of one head by hand, then the same of a real head."""

from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_number, check_text
from aigc_demo.core.wire_format import encode_float32
from aigc_demo.maths.views._shared.stage import TRANSFORMER, stage
from aigc_demo.ui import article, components
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

ORDER = 30  # among the tab's views
OPENING = "the king and the ki"
MAX_TEXT = 24  # characters: each has a row and a column


def by_hand(
    X: list, W_Q: list, W_K: list, W_V: list, scaled: bool, masked: bool, temperature: float
) -> dict[str, Any]:
    """Return every matrix of softmax(Q K^T / sqrt(d_k)) V."""
    from aigc_demo.maths import attention, checks

    x = checks.check_matrix("X", X)
    w_q, w_k, w_v = (
        checks.check_matrix(name, given, rows=x.shape[1])
        for name, given in (("W_Q", W_Q), ("W_K", W_K), ("W_V", W_V))
    )
    w_k = checks.check_matrix("W_K", W_K, rows=x.shape[1], columns=w_q.shape[1])
    seen = attention.attend(
        x, w_q, w_k, w_v, scaled=scaled is True, masked=masked is True, temperature=temperature
    )
    return checks.to_json(vars(seen))


def heads(text: str) -> dict[str, Any]:
    """Return what the drawing needs of every head that reads `text`: scores, the first components
    of the values, and d_k.
    """
    from aigc_demo.maths.heads import heads as look
    from aigc_demo.maths.heads import most_focused_head

    scores, values, d_k = look(model_cache.model(TRANSFORMER), check_text(text, MAX_TEXT))
    layer, head = most_focused_head(scores, d_k)
    return {
        "text": list(text.replace("\r\n", "\n")),
        "d_k": d_k,
        "scores": encode_float32(scores),
        "values": encode_float32(values),
        "layer": layer,
        "head": head,
    }


def head(
    text: str, layer: int, head: int, scaled: bool, masked: bool, temperature: float
) -> dict[str, Any]:
    """Return one real head's scores, what the softmax is taken of, and its weights."""
    import torch

    from aigc_demo.maths import attention, checks
    from aigc_demo.maths.heads import heads as look

    model = model_cache.model(TRANSFORMER)
    layer = check_number("layer", layer, 1, model.config.layers, whole=True)
    head = check_number("head", head, 1, model.config.heads, whole=True)
    scores, values, d_k = look(model, check_text(text, MAX_TEXT))
    steps = attention.weigh(
        scores[layer - 1, head - 1].double(),
        d_k,
        scaled=scaled is True,
        masked=masked is True,
        temperature=temperature,
    )
    output = steps[1] @ values[layer - 1, head - 1].to(torch.float64)
    return checks.to_json(
        {
            "d_k": d_k,
            "scores": scores[layer - 1, head - 1],
            "scaled": steps[0],
            "weights": steps[1],
            "output": output,
        }
    )


def read(event: gr.EventData) -> dict[str, Any]:
    """Return what `heads` says of the text that was typed on the stage."""
    return heads(event._data["text"])


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the reading with which the view opens."""
    return [heads(OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    drawing = stage("attention", start=OPENING, most=MAX_TEXT)
    article.note("maths.attention")
    drawing.submit(
        components.working(read),
        None,
        drawing,
        trigger_mode="always_last",
        **PRIVATE_WORK,
    )
    for name, answer in {"attention": by_hand, "head": head}.items():
        components.endpoint(answer, f"maths_{name}")
    return InitialResult(opening, [drawing])
