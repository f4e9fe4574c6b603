"""When a frame is due."""

import time

from aigc_demo.core import pace
from aigc_demo.core.pace import MAX_FRAMES, Pace, watched


def test_a_frame_is_due_at_once_or_after_a_while(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    at_once, later = Pace(0.5, at_once=True), Pace(0.5)
    assert at_once.due() and not at_once.due()
    assert not later.due()
    now[0] += 0.6
    assert at_once.due() and later.due()
    assert not at_once.due() and not later.due()


def test_frames_are_thinned_when_many_watch(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    one = Pace(1 / 12, at_once=True)
    assert one.due()
    contexts = [watched() for _ in range(2 * MAX_FRAMES)]
    for each in contexts:
        each.__enter__()
    now[0] += 1.9
    assert not one.due()
    now[0] += 0.2
    assert one.due()
    for each in contexts:
        each.__exit__(None, None, None)
    assert pace._watching == 0
    now[0] += 0.1
    assert one.due()
