"""The engine on one machine: one worker thread, which at each tick answers the waiting calls of one
network in one batch.

Continuous batching, as in vLLM (Kwon et al., 2023): who comes joins at the next tick, who is done
leaves. Networks take turns: the job that has had the least of the worker's time goes first, and
with it all that wait for the same network (least attained service: Nuyens and Wierman, 2008). So
a newcomer's first step and a cheap call never wait for a long run's end.
"""

import threading
import time
import traceback
from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aigc_demo.core.batching import Call, Job

MAX_UNREAD = 64  # records of a job that nobody has fetched; at so many it pauses
TICK = 0.25  # seconds that a batch may take, where it holds more than one job
FLUSH = 0.03  # seconds between two times that a reader is woken


@dataclass(eq=False)
class _Task:
    """A job on its way."""

    job: Job
    records: deque = field(default_factory=deque)  # not yet fetched
    news: threading.Condition = field(default_factory=threading.Condition)
    call: Call | None = None  # for whose answer it waits
    calls: bool = False  # whether it ever made one: then a record costs next to nothing
    served: float = 0.0  # seconds of the worker's time
    told: float = 0.0  # when its reader was last woken
    untold: bool = False  # records came since
    error: BaseException | None = None
    done: bool = False
    dropped: bool = False  # its reader left

    @property
    def paused(self) -> bool:
        return len(self.records) >= MAX_UNREAD

    def tell(self, now: float) -> None:
        with self.news:
            self.told, self.untold = now, False
            self.news.notify_all()


class LocalEngine:
    """Runs jobs, by one thread that sleeps while there are none."""

    def __init__(self) -> None:
        self._active: list[_Task] = []
        self._changed = threading.Condition()  # guards the list
        self._seconds: dict[Hashable, float] = {}  # that a row of a network's batch takes
        self._thread = threading.Thread(target=self._work, name="engine", daemon=True)
        self._thread.start()

    def drives_here(self) -> bool:
        """Whether this thread is the worker."""
        return threading.current_thread() is self._thread

    def run(self, job: Job) -> Iterator[Any]:
        """Yield the records of `job`. Raises what it raises."""
        task = _Task(job)
        with self._changed:
            self._active.append(task)
            self._changed.notify()
        try:
            yield from self._fetched(task)
        finally:
            task.dropped = True
            with self._changed:
                self._changed.notify()

    @property
    def active(self) -> int:
        """How many jobs take turns."""
        return len(self._active)

    def _fetched(self, task: _Task) -> Iterator[Any]:
        while True:
            with task.news:
                task.news.wait_for(lambda: task.records or task.done)
            was_paused = task.paused
            while task.records:
                yield task.records.popleft()
            if was_paused:
                with self._changed:
                    self._changed.notify()
            if task.done and not task.records:
                if task.error is not None:
                    raise task.error
                return

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._can_go_on)
                batch = self._next_batch()
            began = time.perf_counter()
            try:
                self._tick(batch)
            except Exception:  # of the engine itself: the jobs' own are theirs
                traceback.print_exc()
            self._flush(time.perf_counter() - began)

    def _can_go_on(self) -> bool:
        """Let go of the jobs that are done or dropped; return whether any other can go on."""
        for task in self._active:
            if task.dropped and not task.done:
                _close(task)
        self._active = [task for task in self._active if not task.done]
        return any(not task.paused for task in self._active)

    def _next_batch(self) -> list[_Task]:
        """Return the jobs of the next tick: the one that had least, and who asks for the same
        network, as far as the tick's time goes.
        """
        ready = sorted((task for task in self._active if not task.paused), key=_served)
        first = ready[0]
        if first.call is None:
            return [first]
        network, rows = first.call.batch, first.call.size
        batch, most = [first], TICK / max(self._seconds.get(network, 0.0), 1e-9)
        for task in ready[1:]:
            if task.call is not None and task.call.batch == network:
                rows += task.call.size
                if rows > most:
                    break
                batch.append(task)
        return batch

    def _tick(self, batch: list[_Task]) -> None:
        began = time.perf_counter()
        answers, network = [None] * len(batch), batch[0].call and batch[0].call.batch
        rows = [task.call.size if task.call else 1 for task in batch]
        if network is not None:
            answers = _answers(batch)
            self._measure(network, (time.perf_counter() - began) / sum(rows))
        for task, answer in zip(batch, answers, strict=True):
            _advance(task, answer)
        seconds = time.perf_counter() - began
        for task, size in zip(batch, rows, strict=True):
            task.served += seconds * size / sum(rows)

    def _measure(self, network: Hashable, seconds: float) -> None:
        """Remember a running mean of what a row of this network's batch takes."""
        self._seconds[network] = 0.7 * self._seconds.get(network, seconds) + 0.3 * seconds
        while len(self._seconds) > 256:  # of one-time calls
            self._seconds.pop(next(iter(self._seconds)))

    def _flush(self, tick: float) -> None:
        now = time.perf_counter()
        for task in self._active:
            slow = tick > FLUSH / 3 or task.paused or now - task.told > FLUSH
            if task.done or (task.untold and slow):
                task.tell(now)


def _served(task: _Task) -> float:
    return task.served


def _answers(batch: list[_Task]) -> list[Any]:
    """Return the answers to the calls of `batch`. Where that fails each is answered by itself, so
    that it fails for whom it does.
    """
    calls = [task.call for task in batch if task.call is not None]
    try:
        return [*calls[0].batch([call.inputs for call in calls])]
    except Exception as error:
        if len(calls) == 1:
            return [_Failure(error)]
    return [_answer(call) for call in calls]


def _answer(call: Call) -> Any:
    try:
        return call.batch([call.inputs])[0]
    except Exception as error:
        return _Failure(error)


@dataclass(frozen=True)
class _Failure:
    """What a call raised, in place of its answer."""

    error: Exception


def _advance(task: _Task, answer: Any) -> None:
    """Let a job go on with `answer` until it makes its next call or, if it makes none, to its next
    record.
    """
    if task.dropped:
        _close(task)
        return
    failure, task.call = answer if isinstance(answer, _Failure) else None, None
    try:
        while True:
            said = task.job.throw(failure.error) if failure else task.job.send(answer)
            failure = answer = None
            if isinstance(said, Call):
                task.call, task.calls = said, True
                return
            task.records.append(said)
            task.untold = True
            if not task.calls or task.paused:
                return
    except StopIteration:
        task.done = True
    except BaseException as error:
        task.error, task.done = error, True


def _close(task: _Task) -> None:
    """End a job whose reader left."""
    task.done = True
    try:
        task.job.close()
    except Exception:
        traceback.print_exc()
