"""Jobs and their calls, without an engine."""

import pytest
import torch

from aigc_demo.core import batching
from aigc_demo.core.batching import Call


def double(inputs):
    return [2 * each for each in inputs]


def doubled(numbers):
    for number in numbers:
        yield (yield Call(double, number))


def test_alone_a_job_gets_its_answers_and_yields_its_records():
    assert [*batching.alone(doubled([1, 2, 3]))] == [2, 4, 6]


def test_without_an_engine_a_job_runs_alone():
    assert [*batching.run(doubled([5]))] == [10]
    assert batching.ask(Call(double, 4)) == 8


def test_what_a_job_raises_is_raised():
    def failing():
        yield 1
        raise ValueError("no")

    records = batching.alone(failing())
    assert next(records) == 1
    with pytest.raises(ValueError, match="no"):
        next(records)


def test_to_close_the_records_is_to_close_the_job():
    closed = []

    def endless():
        try:
            while True:
                yield 0
        finally:
            closed.append(True)

    records = batching.alone(endless())
    next(records)
    records.close()
    assert closed == [True]


def test_an_exclusive_function_is_itself():
    @batching.exclusive
    def area(width, *, height):
        """Return the area."""
        return width * height

    assert area(3, height=4) == 12
    assert area.__doc__ == "Return the area."


class Recording:
    """An engine that notes what it is handed."""

    def __init__(self):
        self.jobs = []

    def drives_here(self):
        return False

    def run(self, job):
        self.jobs.append(job)
        return batching.alone(job)


def test_where_an_engine_is_installed_it_gets_the_jobs():
    engine = Recording()
    with batching.installed(engine):
        assert [*batching.run(doubled([1]))] == [2]
        assert batching.ask(Call(double, 1)) == 2
    assert len(engine.jobs) == 2
    assert [*batching.run(doubled([1]))] == [2]
    assert len(engine.jobs) == 2


class Model:
    """Multiplies rows, and counts how often it was called."""

    def __init__(self):
        self.calls = 0

    @batching.rows
    def scaled(self, a, b, by, *, add=0):
        """Return two tensors and a list, a row each."""
        self.calls += 1
        return by * a + b + add, [row.sum().item() for row in a]


class Together:
    """An engine that answers all calls that it gets in one batch."""

    def __init__(self, jobs):
        self.jobs, self.calls = jobs, []

    def drives_here(self):
        return False

    def run(self, job):
        self.calls.append(next(job))
        return iter([(None, None)])


def test_rows_of_several_calls_are_computed_at_once_and_handed_back_to_each():
    model, engine = Model(), Together([])
    given = [(torch.ones(n, 2) * n, torch.zeros(n, 2)) for n in (1, 3, 2)]
    alone = [model.scaled(a, b, 5, add=1) for a, b in given]
    assert model.calls == 3
    with batching.installed(engine):
        for a, b in given:
            model.scaled(a, b, 5, add=1)
        model.scaled(*given[0], 6, add=1)
    calls = engine.calls[:3]
    assert calls[0].batch == calls[1].batch != engine.calls[3].batch
    assert [call.size for call in calls] == [1, 3, 2]
    answers = calls[0].batch([call.inputs for call in calls])
    assert model.calls == 4
    for (tensor, sums), (expected, expected_sums) in zip(answers, alone, strict=True):
        assert torch.equal(tensor, expected) and sums == expected_sums
