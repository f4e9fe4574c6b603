"""A view always leaves its waking state: with its result, or with a message that says why there is
none.
"""

import pytest

from aigc_demo.app import finish, show, stream
from aigc_demo.core.errors import DemoError
from aigc_demo.ui import theme
from aigc_demo.ui.components import Drawing, InitialResult

FAILURES = [
    DemoError("The drawing is empty: draw something first."),
    KeyError("x_train"),
    OSError("disk"),
    RuntimeError("shape"),
    RecursionError("deep"),
    MemoryError(),
]


def opening(make) -> InitialResult:
    return InitialResult(make, [Drawing(theme.STYLE.with_name("views.js"), words={})])


@pytest.mark.parametrize("error", FAILURES, ids=lambda error: type(error).__name__)
def test_whatever_is_raised_the_view_says_so_in_both_languages(error):
    def fails():
        raise error

    def stops_halfway():
        yield [{"part": 1}]
        raise error

    shown = show(opening(fails))["problem"]
    *before, last = stream(opening(stops_halfway))
    assert shown == last["problem"] and before == [{"part": 1}]
    assert shown.keys() == {"en", "zh"}
    if isinstance(error, DemoError):
        assert shown["en"] == "The drawing is empty: draw something first."
    else:
        assert type(error).__name__ in shown["en"] and "无法打开" in shown["zh"]


def test_a_result_that_comes_in_parts_is_made_to_its_end():
    made = []
    finish(opening(lambda: made.append("whole")))

    def parts():
        for part in (1, 2, 3):
            made.append(part)
            yield [part]

    finish(opening(parts))
    assert made == ["whole", 1, 2, 3]
