import threading

from aigc_demo.core.session_store import SessionStore


def test_a_token_finds_its_own_seat_again():
    sessions = SessionStore()
    mine, yours = sessions.seat("mine"), sessions.seat("yours")
    assert mine is not yours
    assert sessions.seat("mine") is mine
    assert sessions.seat("yours") is yours


def test_the_one_who_asked_longest_ago_makes_room():
    sessions = SessionStore(most=3)
    first, second = sessions.seat("first"), sessions.seat("second")
    sessions.seat("third")
    assert sessions.seat("first") is first
    sessions.seat("fourth")
    assert len(sessions) == 3
    assert sessions.seat("first") is first
    assert sessions.seat("second") is not second


def test_who_rests_too_long_is_put_away(monkeypatch):
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    sessions = SessionStore(longest_rest=60)
    mine = sessions.seat("mine")
    now = 159.0
    assert sessions.seat("mine") is mine
    now = 220.0
    sessions.seat("another")
    assert len(sessions) == 1
    assert sessions.seat("mine") is not mine


def test_many_at_once_leave_it_bounded():
    sessions = SessionStore(most=8)
    threads = [
        threading.Thread(target=lambda i=i: [sessions.seat(f"{i} {j}") for j in range(50)])
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sessions) == 8
