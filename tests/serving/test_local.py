"""The engine of one machine: who shares a batch, who goes first, who is let go."""

import threading
import time

import pytest

from aigc_demo.core import batching
from aigc_demo.core.batching import Call
from aigc_demo.core.errors import DemoError
from aigc_demo.serving.local import MAX_UNREAD, LocalEngine

PATIENCE = 20  # seconds: an alarm, not a measurement


@pytest.fixture
def engine():
    return LocalEngine()


class Network:
    """Doubles numbers, notes its batches, and can be held up."""

    def __init__(self, takes=0.0):
        self.takes = takes  # seconds a batch
        self.batches = []
        self.go = threading.Event()
        self.go.set()

    def double(self, inputs):
        self.go.wait(PATIENCE)
        time.sleep(self.takes)
        self.batches.append([*inputs])
        if "bad" in inputs:
            raise DemoError("This is bad.")
        return [2 * each for each in inputs]

    def job(self, numbers):
        for number in numbers:
            yield (yield Call(self.double, number))


def until(condition):
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, "it never came to be"
        time.sleep(0.002)


def gathered(engine, jobs):
    """Run `jobs` each in a thread; return the threads and what each has read."""
    read = [[] for _ in jobs]

    def follow(job, into):
        try:
            into.extend(engine.run(job))
        except Exception as error:
            into.append(error)

    threads = [
        threading.Thread(target=follow, args=pair, daemon=True)
        for pair in zip(jobs, read, strict=True)
    ]
    for thread in threads:
        thread.start()
    return threads, read


def test_a_job_runs_as_it_does_alone(engine):
    network = Network()
    assert [*engine.run(network.job(range(300)))] == [2 * n for n in range(300)]


def test_jobs_on_one_network_share_its_batches_and_each_gets_its_own(engine):
    network = Network()
    network.go.clear()
    threads, read = gathered(engine, [network.job([i] * 5) for i in range(6)])
    until(lambda: engine.active == 6)
    network.go.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert read == [[2 * i] * 5 for i in range(6)]
    assert max(map(len, network.batches)) >= 5  # the first may have gone alone
    assert len(network.batches) < 6 * 5


def test_who_comes_later_joins_at_the_next_step(engine):
    network = Network(takes=0.002)
    _, [first] = gathered(engine, [network.job(range(1_000))])
    until(lambda: first)
    assert [*engine.run(network.job([-1, -2]))] == [-2, -4]
    assert len(first) < 1_000
    assert any(len(batch) == 2 and -1 in batch for batch in network.batches)


def test_another_network_does_not_wait_for_a_long_run(engine):
    long, short = Network(), Network()
    running = engine.run(long.job(range(1_000_000)))
    next(running)
    assert [*engine.run(short.job([1]))] == [2]
    running.close()


def test_a_call_that_fails_fails_for_whom_it_does(engine):
    network = Network()
    network.go.clear()
    threads, read = gathered(engine, [network.job([1]), network.job(["bad"]), network.job([3])])
    until(lambda: engine.active == 3)
    network.go.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert read[0] == [2] and read[2] == [6]
    assert isinstance(read[1][0], DemoError)
    assert [*engine.run(network.job([4]))] == [8]


def test_a_job_may_go_on_after_a_call_that_failed(engine):
    network = Network()

    def careful():
        try:
            yield Call(network.double, "bad")
        except DemoError:
            yield (yield Call(network.double, 1))

    assert [*engine.run(careful())] == [2]


def test_who_leaves_is_let_go_within_a_step(engine):
    network, closed = Network(), threading.Event()

    def endless():
        try:
            while True:
                yield (yield Call(network.double, 1))
        finally:
            closed.set()

    records = engine.run(endless())
    next(records)
    records.close()
    assert closed.wait(PATIENCE)
    until(lambda: engine.active == 0)
    count = len(network.batches)
    time.sleep(0.05)
    assert len(network.batches) == count


def test_who_never_reads_delays_nobody(engine):
    network, made = Network(), []

    def chatty():
        while True:
            made.append((yield Call(network.double, 1)))
            yield made[-1]

    records = engine.run(chatty())
    next(records)
    until(lambda: len(made) >= MAX_UNREAD)
    time.sleep(0.05)
    assert len(made) <= 2 * MAX_UNREAD  # it pauses
    assert [*engine.run(network.job([1, 2, 3]))] == [2, 4, 6]
    before = len(made)
    for _ in range(2 * MAX_UNREAD):  # and goes on when somebody reads again
        next(records)
    assert len(made) > before
    records.close()


def test_a_training_goes_on_in_slices_beside_others(engine):
    network, steps = Network(), []

    def training():
        while True:
            time.sleep(0.001)
            steps.append(len(steps))
            yield steps[-1]

    records = engine.run(training())
    next(records)
    for _ in range(20):
        assert [*engine.run(network.job([1]))] == [2]
        next(records)
    records.close()


def test_what_a_job_calls_itself_is_a_part_of_it(engine):
    network = Network()

    def outer():
        yield [*batching.run(network.job([1, 2]))]

    with batching.installed(engine):
        assert [*batching.run(outer())] == [[2, 4]]
        assert batching.ask(Call(network.double, 7)) == 14


def test_what_a_job_raises_reaches_its_reader_after_its_records(engine):
    def failing():
        yield 1
        raise LookupError("gone")

    records = engine.run(failing())
    assert next(records) == 1
    with pytest.raises(LookupError, match="gone"):
        next(records)
