"""The page is there at once: torch and the models come after it."""

import statistics
import time

import pytest

from tests.helpers.server import serve

pytestmark = pytest.mark.alone

EMPTY = """
import gradio
with gradio.Blocks() as demo:
    pass
demo.launch(quiet=True)
"""
ROUNDS = 3
QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}  # so that the empty app, too, waits for no network

# Says at the moment in which torch is first imported whether the page is already served.
WATCHED = """
import os, runpy, sys, urllib.request
def watch(event, details):
    if event == "import" and details[0] == "torch" and not seen:
        seen.append(True)
        try:
            status = urllib.request.urlopen(f"http://127.0.0.1:{os.environ['GRADIO_SERVER_PORT']}/").status
        except OSError as error:
            status = error
        print("torch is imported, the page answers", status, flush=True)
seen = []
sys.addaudithook(watch)
runpy.run_path("app.py", run_name="__main__")
"""


def test_the_page_answers_within_three_seconds_of_an_empty_one():
    empty, full = [], []
    for _ in range(ROUNDS):  # in turn, so that both see the same weather
        with serve("-c", EMPTY, **QUIET) as server:
            empty.append(server.seconds)
        with serve(**QUIET) as server:
            full.append(server.seconds)
    times = f"the app {', '.join(f'{s:.2f}' for s in full)} s, an empty one {', '.join(f'{s:.2f}' for s in empty)} s"
    print(times)
    assert statistics.median(full) <= statistics.median(empty) + 3, times


def test_torch_is_imported_after_the_page_is_served():
    with serve("-c", WATCHED) as server:
        deadline = time.monotonic() + 60
        while "torch is imported" not in (printed := server.log.read_text(encoding="utf-8")):
            assert time.monotonic() < deadline, printed
            time.sleep(0.05)
    assert "the page answers 200" in printed
