"""Who is served, who waits, and what they see of it."""

import threading

import pytest

from aigc_demo.core.errors import DemoError
from aigc_demo.serving.waiting_line import WaitingLine


def test_who_finds_room_is_served_at_once():
    line = WaitingLine(max_served=2)
    with line.joined() as first, line.joined() as second:
        assert [*first.until_served(), *second.until_served()] == []


def test_who_waits_sees_the_place_move_and_is_served_in_order():
    line = WaitingLine(max_served=1)
    with line.joined() as last_but_two:
        assert last_but_two.ahead == 0
        with line.joined() as second:
            waits = second.until_served()
            assert next(waits) == 1
            with line.joined() as third:
                seen = third.until_served()
                assert next(seen) == 2
                line.order.remove(last_but_two)  # the first is done
                assert next(waits, "served") == "served"
                assert next(seen) == 1
                line.order.insert(0, last_but_two)


def test_who_leaves_while_waiting_makes_room():
    line, served = WaitingLine(max_served=1), threading.Event()
    first = line.joined()
    first.__enter__()
    second = line.joined()
    second.__enter__()

    def wait():
        with line.joined() as place:
            for _ in place.until_served():
                pass
            served.set()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    second.__exit__(None, None, None)
    assert not served.is_set()
    first.__exit__(None, None, None)
    assert served.wait(20)
    thread.join(20)
    assert line.order == []


def test_a_line_that_is_too_long_turns_visitors_away():
    line = WaitingLine(max_served=1, max_waiting=1)
    with line.joined(), line.joined(), pytest.raises(DemoError, match="waiting"), line.joined():
        pass
    with line.joined() as place:
        assert place.ahead == 0
