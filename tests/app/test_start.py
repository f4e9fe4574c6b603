"""The page is there at once: torch and the models come after it."""

import time

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
