import threading

from aigc_demo.core.session_store import SessionStore


def test_a_token_finds_its_own_session_again():
    sessions = SessionStore()
    mine, yours = sessions.session("mine"), sessions.session("yours")
    assert mine is not yours
    assert sessions.session("mine") is mine
    assert sessions.session("yours") is yours


def test_the_least_recently_used_session_makes_room():
    sessions = SessionStore(max_sessions=3)
    first, second = sessions.session("first"), sessions.session("second")
    sessions.session("third")
    assert sessions.session("first") is first
    sessions.session("fourth")
    assert len(sessions) == 3
    assert sessions.session("first") is first
    assert sessions.session("second") is not second


def test_an_idle_session_expires(monkeypatch):
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    sessions = SessionStore(max_idle=60)
    mine = sessions.session("mine")
    now = 159.0
    assert sessions.session("mine") is mine
    now = 220.0
    sessions.session("another")
    assert len(sessions) == 1
    assert sessions.session("mine") is not mine


def test_the_store_stays_bounded_under_many_threads():
    sessions = SessionStore(max_sessions=8)
    threads = [
        threading.Thread(target=lambda i=i: [sessions.session(f"{i} {j}") for j in range(50)])
        for i in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sessions) == 8
