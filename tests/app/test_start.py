"""The page is there at once: torch and the models come after it."""

import time

import pytest

from aigc_demo import bench
from aigc_demo.core.errors import DemoError
from tests.helpers.server import serve

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


def test_torch_is_imported_after_the_page_is_served():
    with serve("-c", WATCHED) as server:
        deadline = time.monotonic() + 60
        while "torch is imported" not in (printed := server.log.read_text(encoding="utf-8")):
            assert time.monotonic() < deadline, printed
            time.sleep(0.05)
    assert "the page answers 200" in printed


def test_the_bench_times_clicks_and_says_what_fails(app):
    for event, inputs in bench.CLICKS.values():
        first, last = bench.call(app.url, event, inputs)
        assert 0 < first <= last
    with pytest.raises(DemoError, match="The event gan_sample failed"):
        bench.call(app.url, "gan_sample", ["3", -1, 0.8])


def test_the_bench_starts_an_app_and_says_when_it_does_not_start():
    with bench.started(bench.APPS["an empty Gradio app"]) as (url, seconds):
        assert url.startswith("http://127.0.0.1:") and seconds > 0
    with (
        pytest.raises(DemoError, match="did not start: exit status 3"),
        bench.started(("-c", "raise SystemExit(3)")),
    ):
        pass
