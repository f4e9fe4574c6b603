"""What surrounds the functions that the page calls: their texts are checked, and what they raise is
explained to the visitor.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextvars import Context, copy_context
from functools import wraps
from inspect import isgeneratorfunction
from typing import Any

import gradio as gr

from aigc_demo.core import batching
from aigc_demo.core.errors import DemoError, check_texts
from aigc_demo.core.pace import watched
from aigc_demo.serving.waiting_line import WaitingLine
from aigc_demo.ui import language, messages

LINE = WaitingLine()  # of all visitors


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


def working(
    handler: Callable[..., Any], outputs: Sequence[gr.Component] = ()
) -> Callable[..., Any]:
    """Return `handler`, a model's work, explained and run by the engine, in turn with what other
    visitors asked for; a generator step by step, once this visitor is served. Whoever waits for
    that sees in the first drawing of the `outputs` how many are ahead.

    One that is `batched` stays in the thread that Gradio gave it.
    """
    alone = not getattr(handler, "batched", False)

    @wraps(handler)
    def call(*inputs: Any) -> Any:
        # Gradio keeps there whose request it is
        return batching.exclusive(copy_context().run)(handler, *inputs)

    @wraps(handler)
    def stream(*inputs: Any) -> Iterator[Any]:
        with LINE.joined() as place:
            for ahead in place.until_served():
                if outputs:
                    yield _waiting(ahead, outputs)
            records = handler(*inputs)
            with watched():
                yield from batching.run(_within(copy_context(), records)) if alone else records

    if isgeneratorfunction(handler):
        return explained(stream)
    return explained(call if alone else handler)


def _waiting(ahead: int, outputs: Sequence[gr.Component]) -> Any:
    """Return what a visitor sees who must wait: no output changes but the first drawing, which
    keeps its result and says how many are ahead.
    """
    said = {"problem": language.both("shared.waiting", count=ahead), "waiting": ahead}
    first = next((i for i, each in enumerate(outputs) if getattr(each, "draws", False)), None)
    values = [said if i == first else gr.skip() for i in range(len(outputs))]
    return values if len(values) > 1 else values[0]


def batched(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a handler whose models batch their calls with other visitors', and which does little
    besides.
    """
    setattr(handler, "batched", True)  # noqa: B010
    return handler


def _within(context: Context, records: Generator[Any, None, None]) -> batching.Job:
    """Yield `records`, each made in `context`."""
    nothing = object()
    try:
        while (record := context.run(next, records, nothing)) is not nothing:
            yield record
    finally:
        records.close()


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
            return batching.exclusive(answer)(asked)
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
            return batching.exclusive(answer)(asked)
        except (DemoError, LookupError, TypeError, AttributeError):
            return None

    return call
