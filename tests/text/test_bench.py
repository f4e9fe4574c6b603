import re
import sys

import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.text import bench
from tests.helpers.tiny_text import model


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(bench, "PROMPT", "To be")
    return model()


def test_the_report_ends_with_the_ratio_of_the_two_speeds(tiny):
    first, ours, theirs, streams, last = bench.compare(tiny, characters=6, rounds=1)
    assert "2 layers, 2 heads, width 8" in first
    speeds = [
        float(re.search(r"([\d,]+) characters a second", line)[1].replace(",", ""))
        for line in (ours, theirs, streams)
    ]
    assert re.fullmatch(r"ratio \d+\.\d\d", last)
    assert float(last.split()[1]) == pytest.approx(speeds[0] / speeds[1], rel=0.02)


def test_the_other_network_has_the_same_shapes(tiny):
    other = bench.same_shapes(tiny.config)
    assert sum(weight.numel() for weight in other.parameters()) == sum(
        weight.numel() for weight in tiny.network.parameters()
    )


def test_each_stream_is_what_its_seed_writes_alone(tiny):
    streams = bench.write_streams(tiny, "To be", streams=4, characters=20, temperature=0.8, seed=5)
    alone = [
        "".join(
            step.text
            for step in tiny.generate("To be", max_new_tokens=20, temperature=0.8, seed=5 + i)
        )
        for i in range(4)
    ]
    assert streams == alone
    assert len(set(streams)) == 4


def test_without_the_library_the_command_that_installs_it_is_told(tiny, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(DemoError, match="requirements-dev.txt"):
        next(bench.compare(tiny))
