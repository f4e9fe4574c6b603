"""Takes the README's pictures of the real app: python -m tests.browser.pictures."""

import io
import shutil

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, PATIENCE, Visit
from tests.server import PROJECT, serve

FOLDER = PROJECT / "docs"
PLACES = ("text", "text/inspect", "text/attention", "gan", "gan/emoji", "gan/lab", "vae/digit", "vae/map", "diffusion")
LARGEST = 250_000  # bytes
FRAME = {"diffusion": 17}  # of the film, from 1: the digit can be seen, and so can the noise


def main() -> None:
    """Writes a picture of each of PLACES into docs: 1440 by 900 pixels, at most 250 KB each."""
    FOLDER.mkdir(exist_ok=True)
    with serve() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        app.settle()
        for place in PLACES:
            tab, _, view = place.partition("/")
            page.goto(f"{app.url}/?tab={tab}&view={view}&lang=en&__theme=light")
            panel = Visit(page, "en").finished(place)
            if place in FRAME:
                panel.locator(f"#{place}-film input[type=range]").fill(str(FRAME[place] - 1))
            page.evaluate("document.fonts.ready")
            size = write(page.screenshot(animations="disabled"), view or tab)
            print(f"docs/{view or tab}.png {size / 1000:.0f} KB")
        browser.close()


def write(screenshot: bytes, name: str) -> int:
    """Writes a picture in the fewest colours that still look alike; gives back its size in bytes."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    path = FOLDER / f"{name}.png"
    for colors in (256, 128, 64):
        picture.quantize(colors, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            break
    return path.stat().st_size


if __name__ == "__main__":
    main()
