import threading

from aigc_demo.core.session_store import Arena


def test_a_token_finds_its_own_seat_again():
    arena = Arena()
    mine, yours = arena.seat("mine"), arena.seat("yours")
    assert mine is not yours
    assert arena.seat("mine") is mine
    assert arena.seat("yours") is yours


def test_the_one_who_asked_longest_ago_makes_room():
    arena = Arena(most=3)
    first, second = arena.seat("first"), arena.seat("second")
    arena.seat("third")
    assert arena.seat("first") is first
    arena.seat("fourth")
    assert len(arena) == 3
    assert arena.seat("first") is first
    assert arena.seat("second") is not second


def test_who_rests_too_long_is_put_away(monkeypatch):
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    arena = Arena(longest_rest=60)
    mine = arena.seat("mine")
    now = 159.0
    assert arena.seat("mine") is mine
    now = 220.0
    arena.seat("another")
    assert len(arena) == 1
    assert arena.seat("mine") is not mine


def test_many_at_once_leave_it_bounded():
    arena = Arena(most=8)
    threads = [threading.Thread(target=lambda i=i: [arena.seat(f"{i} {j}") for j in range(50)]) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(arena) == 8
