"""Takes the documents' pictures of the real app: python -m tests.browser.pictures."""

import io
import shutil

from PIL import Image
from playwright.sync_api import sync_playwright

import aigc_demo
from aigc_demo.core import images
from tests.helpers.browser import FLAGS, PATIENCE, Visit
from tests.helpers.server import PROJECT, serve

FOLDER = PROJECT / "docs" / "images"
PLACES = (
    "overview/map",
    "overview/contest",
    "text",
    "text/inspect",
    "text/attention",
    "text/mask",
    "gan",
    "gan/emoji",
    "gan/lab",
    "vae/digit",
    "vae/map",
    "diffusion",
    "diffusion/emoji",
    "diffusion/plane",
    "llm/objectives",
    "llm/finetune",
    "llm/hub",
    "maths/divergence",
    "maths/attention",
)
# where the view's own is taken
NAMES = {
    "overview/map": "overview",
    "diffusion/emoji": "words",
    "llm/hub": "models",
    "maths/attention": "by_hand",
}
COMBINATIONS = (  # words that never stood together in training
    *("pink mushroom", "green cat face", "purple crown", "blue cherries"),
    *("green rocket", "purple bird", "pink guitar", "green owl"),
)
LARGEST = 250_000  # bytes
FRAME = {"diffusion": 17}  # of the film, from 1: the digit can be seen, and so can the noise


def main() -> None:
    """Write a picture of each of PLACES into docs/images: 1440 by 900, at most 250 KB each."""
    FOLDER.mkdir(parents=True, exist_ok=True)
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
            name = NAMES.get(place, view or tab)
            size = write(page.screenshot(animations="disabled"), name)
            print(f"docs/images/{name}.png {size / 1000:.0f} KB")
        browser.close()
    combinations()


def combinations() -> None:
    """Write what the text-to-emoji model makes of COMBINATIONS at seed 0 and default settings, four
    in a row, three times enlarged.
    """
    model = aigc_demo.load("diffusion-emoji")
    for prompt in COMBINATIONS:
        assert (
            model.training_index.emoji_with_all(
                {model.words.ids[word] for word in model.words.tokenize(prompt)}
            )
            == []
        ), prompt
    *_, last = model.denoise(COMBINATIONS, seed=[0] * len(COMBINATIONS))
    sheet = images.grid(
        images.to_pixels(last.x_next).repeat(3, axis=1).repeat(3, axis=2),
        columns=4,
        gap=12,
        background=255,
    )
    Image.fromarray(sheet).save(FOLDER / "combinations.png", optimize=True)


def write(screenshot: bytes, name: str) -> int:
    """Write a picture in the fewest colours that still look alike; return its size in bytes."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    path = FOLDER / f"{name}.png"
    for colors in (256, 128, 64):
        picture.quantize(colors, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            break
    return path.stat().st_size


if __name__ == "__main__":
    main()
