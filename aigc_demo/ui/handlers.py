"""What surrounds the functions that the page calls: their texts are checked, and what they raise is
explained to the visitor.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any

import gradio as gr

from aigc_demo.core.errors import DemoError, check_texts
from aigc_demo.ui import language, messages


def explained(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Return `handler` with every text that it is handed checked, and whatever it raises told to
    the visitor, in the visitor's language.
    """

    @wraps(handler)
    def call(*inputs: Any) -> Any:
        try:
            _check_inputs(inputs)
            return handler(*inputs)
        except messages.Failure:
            raise
        except Exception as error:
            raise messages.failure(error) from error

    @wraps(handler)
    def stream(*inputs: Any) -> Iterator[Any]:
        try:
            _check_inputs(inputs)
            yield from handler(*inputs)
        except messages.Failure:
            raise
        except Exception as error:
            raise messages.failure(error) from error

    return stream if isgeneratorfunction(handler) else call


def _check_inputs(inputs: Sequence[Any]) -> None:
    check_texts([each._data if isinstance(each, gr.EventData) else each for each in inputs])


def telling(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a drawing's server function, its texts checked, that answers a DemoError with
    {"problem": both languages}.

    Server functions are called past the queue, and so past `explained`.
    """

    @wraps(answer)
    def call(asked: Any) -> Any:
        try:
            check_texts(asked)
            return answer(asked)
        except DemoError as error:
            return {"problem": language.error_both(error)}

    return call


def silent(answer: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a drawing's server function as `telling`, but one that answers None: asked in the
    queue, the same then explains itself.
    """

    @wraps(answer)
    def call(asked: Any) -> Any:
        try:
            check_texts(asked)
            return answer(asked)
        except (DemoError, LookupError, TypeError, AttributeError):
            return None

    return call
