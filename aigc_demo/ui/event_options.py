"""Options of Gradio's events that several views set alike."""

from typing import Literal, NotRequired, TypedDict


class Concurrency(TypedDict):
    """How many handlers (that share an id) run at a time; None: as many as are asked for."""

    concurrency_id: NotRequired[str]
    concurrency_limit: int | None


class Visibility(TypedDict):
    """What callers of the API, and visitors who wait, see of an event."""

    api_visibility: Literal["public", "private", "undocumented"]
    show_progress: Literal["full", "minimal", "hidden"]


class PrivateWork(Visibility, Concurrency):
    """Both."""


# one visitor's model at a time, where no engine lets them take turns: two would slow each other
MODEL_WORK: Concurrency = {"concurrency_id": "model", "concurrency_limit": 1}
# no part of the API: the page alone calls it
PRIVATE: Visibility = {"api_visibility": "private", "show_progress": "hidden"}
PRIVATE_WORK: PrivateWork = {**PRIVATE, **MODEL_WORK}
