"""How long it takes from `python app.py` to the first picture on the stage, in Chromium: python -m
tests.helpers.first_picture.
"""

import shutil
import time

from playwright.sync_api import sync_playwright

from tests.helpers.browser import FLAGS
from tests.helpers.server import serve

PAINTED = """() => [...document.querySelectorAll("canvas.picture")].some((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, i) => i % 4 < 3 && value !== data[i % 4]);
})"""
WHOLE = """() => document.querySelectorAll('.row canvas.picture').length === 9
  && !document.querySelector('.map .waking')"""


def main(rounds: int = 3) -> None:
    """Print the seconds until the page answered, until a picture was painted, and until the map was
    whole.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for _ in range(rounds):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            began = time.monotonic()
            with serve() as server:
                page.goto(server.url, wait_until="commit")  # not until all its scripts have run
                page.wait_for_function(PAINTED, timeout=120_000)
                painted = time.monotonic() - began
                page.wait_for_function(WHOLE, timeout=120_000)
                print(
                    f"page {server.seconds:.1f} s, first picture {painted:.1f} s, whole map "
                    f"{time.monotonic() - began:.1f} s",
                    flush=True,
                )
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
