"""Gradio's Blocks, built in half the time: what was slow is asked once instead of for each of 900
components.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, Literal, Self

import gradio as gr
from gradio.blocks import Block
from gradio.exceptions import InvalidPathError

from aigc_demo.core.errors import DemoError
from aigc_demo.ui import messages
from aigc_demo.ui.components import InitialResult

MAX_WAITING = 100  # events in Gradio's queue


class DemoBlocks(gr.Blocks):
    """A `gr.Blocks` that describes its components once, for the app that is launched.

    Gradio does so three times, for two apps that nobody ever asks: one it makes at the end of
    `with`, one in `queue`.
    """

    # set when the page is built
    header: str  # the HTML of the page's header
    openings: list[InitialResult]  # of all views, in the order in which they are made
    first_values: Callable[[], Iterator[Any]]  # of the drawing that is seen first

    def __init__(self, **options: Any):
        remember_signatures()
        super().__init__(**options)

    def queue(
        self,
        status_update_rate: float | Literal["auto"] = "auto",
        api_open: bool | None = None,
        max_size: int | None = MAX_WAITING,
        *,
        default_concurrency_limit: int | Literal["not_set"] | None = "not_set",
    ) -> Self:
        """Return the page with a queue, which Gradio sets up when a page is begun."""
        return super().queue(
            status_update_rate,
            api_open,
            max_size,
            default_concurrency_limit=default_concurrency_limit,
        )

    async def preprocess_data(self, *arguments: Any, **options: Any) -> Any:
        """Return what a handler is called with. Raises gr.Error, which explains, for what Gradio
        cannot hand to it.
        """
        try:
            return await super().preprocess_data(*arguments, **options)
        except InvalidPathError as error:
            raise _unreadable("a file that was not uploaded") from error
        except messages.Failure:
            raise
        except Exception as error:  # too few inputs, or of a form that a component cannot take
            raise _unreadable(
                f"{type(error).__name__}: {error}".partition("\n")[0][:200]
            ) from error

    def get_config_file(self) -> Any:
        """Return the description of all components, an empty one as long as the page is being
        built.
        """
        return super().get_config_file() if getattr(self, "exited", False) else {}


def _unreadable(why: str) -> messages.Failure:
    return messages.failure(DemoError("What was sent to this event cannot be read: {why}", why=why))


def remember_signatures() -> None:
    """Keep the signature of each component's constructor where `inspect` looks first.

    Gradio asks for it anew whenever a component is made and whenever it is described, 6,000 times
    in all.
    """
    for kind in set(_all_subclasses(Block)):
        constructor = vars(kind).get("__init__")
        if inspect.isfunction(constructor) and not hasattr(constructor, "__signature__"):
            constructor.__signature__ = inspect.signature(constructor)  # pyright: ignore[reportFunctionMemberAccess]


def _all_subclasses(kind: type) -> Iterator[type]:
    yield kind
    for each in kind.__subclasses__():
        yield from _all_subclasses(each)
