"""Options of Gradio's events that several views set alike."""

from typing import Literal, TypedDict


class Concurrency(TypedDict, total=False):
    """How many handlers that share an id run at a time."""

    concurrency_id: str
    concurrency_limit: int


class EventOptions(Concurrency, total=False):
    """What a view may say of an event beyond its handler, inputs and outputs."""

    api_visibility: Literal["public", "private", "undocumented"]
    show_progress: Literal["full", "minimal", "hidden"]
    trigger_mode: Literal["once", "multiple", "always_last"]


# one visitor's model at a time: two would slow each other
MODEL_WORK: Concurrency = {"concurrency_id": "model", "concurrency_limit": 1}
# no part of the API: the page alone calls it
PRIVATE: EventOptions = {"api_visibility": "private", "show_progress": "hidden"}
