"""Forward passes that jobs share: where a job needs a network it yields a Call, and goes on with
the answer.

A job is a generator. What it yields that is no Call is a record for whoever reads it. Driven by
itself (`alone`) each of its calls is a batch of one; an engine (`aigc_demo.serving`) drives many
jobs and answers the calls of one network together. The models' methods return `run(job)`, so they
need not know which of the two happens.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import accumulate
from typing import Any, ParamSpec, Protocol, TypeVar

Answer = TypeVar("Answer")
Inputs = ParamSpec("Inputs")


@dataclass(frozen=True)
class Call:
    """A forward pass that a job asks for. Calls with an equal `batch` may be answered together."""

    batch: Callable[[list[Any]], Sequence[Any]]  # the inputs of several calls to their answers
    inputs: Any
    size: int = 1  # rows that it adds to the batch


Job = Generator[Any, Any, None]  # yields Calls, to each of which its answer is sent, and records


class Engine(Protocol):
    """What runs the jobs of many visitors."""

    def run(self, job: Job) -> Iterator[Any]:
        """Yield the records of `job`, which runs beside others. To stop it, close the iterator."""
        ...

    def drives_here(self) -> bool:
        """Whether this thread is the engine's own: what a job itself calls is a part of it."""
        ...


_engine: Engine | None = None


@contextmanager
def installed(engine: Engine) -> Iterator[None]:
    """Return the context in which all jobs of this process go through `engine`."""
    global _engine
    before, _engine = _engine, engine
    try:
        yield
    finally:
        _engine = before


def install(engine: Engine | None) -> None:
    """Let all jobs of this process go through `engine` from now on; None: each runs alone."""
    global _engine
    _engine = engine


def current() -> Engine | None:
    """Return the engine that is installed, if any."""
    return _engine


def run(job: Job) -> Iterator[Any]:
    """Return the records of `job`, run by the engine where one is installed, else alone."""
    if _engine is None or _engine.drives_here():
        return alone(job)
    return _engine.run(job)


def alone(job: Job) -> Iterator[Any]:
    """Yield the records of `job`, each of its calls answered by itself."""
    answer = None
    try:
        while True:
            said, answer = job.send(answer), None
            if isinstance(said, Call):
                [answer] = said.batch([said.inputs])
            else:
                yield said
    except StopIteration:
        return
    finally:
        job.close()


def ask(call: Call) -> Any:
    """Return the answer to a single call, which the engine may batch with others'."""
    [answer] = run(_single(call))
    return answer


def _single(call: Call) -> Job:
    answer = yield call
    yield answer


def exclusive(function: Callable[Inputs, Answer]) -> Callable[Inputs, Answer]:
    """Return `function` as a job that shares nothing: where an engine is installed it runs in turn
    with the others, so that two never slow each other.
    """

    @wraps(function)
    def call(*args: Inputs.args, **options: Inputs.kwargs) -> Answer:
        def once() -> Job:
            yield function(*args, **options)

        [answer] = run(once())
        return answer

    return call


def rows(method: Callable[Inputs, Answer]) -> Callable[Inputs, Answer]:
    """Return a model's `method` as a call that is batched with others' by concatenation: the rows
    of its tensors do not depend on each other, and what is no tensor is the same for all of them.

    It returns a tensor or a list of as many rows, or a tuple of such.
    """

    @wraps(method)
    def call(*args: Inputs.args, **options: Inputs.kwargs) -> Answer:
        if _engine is None or _engine.drives_here():
            return method(*args, **options)
        model, *inputs = *args, *options.values()
        tensors: list[Any] = [
            each for each in inputs if hasattr(each, "split") and hasattr(each, "ndim")
        ]
        form = tuple(... if any(each is t for t in tensors) else each for each in inputs)
        batch = _Rows(method, model, form, tuple(options))
        return ask(Call(batch, tensors, size=len(tensors[0])))

    return call


@dataclass(frozen=True)
class _Rows:
    """Calls a model's method once for the rows of several calls."""

    method: Callable[..., Any]
    model: Any
    form: tuple[Any, ...]  # the inputs, `...` in place of each tensor
    names: tuple[str, ...]  # of the last of them

    def __call__(self, inputs: list[list[Any]]) -> list[Any]:
        import torch  # the page does not wait for it

        sizes = [len(tensors[0]) for tensors in inputs]
        joined = map(torch.cat, zip(*inputs, strict=True))
        given = [next(joined) if each is ... else each for each in self.form]
        first = len(given) - len(self.names)
        options = dict(zip(self.names, given[first:], strict=True))
        return _split(self.method(self.model, *given[:first], **options), sizes)


def _split(answer: Any, sizes: list[int]) -> list[Any]:
    """Return what a batch brought, as each call's own."""
    if isinstance(answer, tuple):
        return [*zip(*(_split(part, sizes) for part in answer), strict=True)]
    ends = list(accumulate(sizes))
    return [answer[end - size : end] for size, end in zip(sizes, ends, strict=True)]
