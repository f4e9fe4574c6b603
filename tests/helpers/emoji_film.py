"""The README's film, emoji out of noise: `python -m tests.helpers.emoji_film --seed 0` writes it.

In each column one prompt: above three of the four latents that `diffusion-emoji` denoises, as red,
green and blue; below the same latents decoded.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor

import aigc_demo
from aigc_demo.core import images
from aigc_demo.core.settings import PROJECT
from aigc_demo.diffusion.frames import display_scale

NAME = "diffusion-emoji"
PATH = PROJECT / "docs" / "images" / "film.webp"
PROMPTS = ("pink mushroom", "green cat face", "purple crown", "blue cherries", "purple bird")
SAMPLER, STEPS = "DDIM", 24
ROWS = ("latents", "the same\ndecoded")
SIDE, SCALE = 64, 2  # pixels of an emoji; of the film, for each of them
GAP, LEFT, TOP, FOOT = 12, 108, 8, 56  # pixels between, beside, above and below the emoji
INK, GREY, VIOLET, CORAL, RULE = "#1f2937", "#6b7280", "#6d28d9", "#c2410c", "#e5e7eb"
FRAME, LAST = 120, 2_500  # milliseconds that a step and the result are seen
MAX_BYTES = 400_000


@dataclass(frozen=True)
class Shown:
    """What one frame shows."""

    latents: Tensor  # (N, 4, 16, 16)
    caption: str
    progress: float  # 0 to 1


def sampling(model: Any, seed: int) -> Iterator[Shown]:
    """Yield what the film shows of each step, and of the result."""
    seeds = [seed] * len(PROMPTS)
    for step in model.denoise(PROMPTS, sampler=SAMPLER, steps=STEPS, seed=seeds):
        noisy = step.latent.x_t / display_scale(model.schedule, step.t)
        yield Shown(noisy, f"step {step.index + 1} of {STEPS}", step.index / STEPS)
    yield Shown(step.latent.x_next, f"{STEPS} steps", 1.0)


def frame(model: Any, shown: Shown) -> Image.Image:
    """Return the picture: the latents, decoded ones below, the prompts, and how far it is."""
    latents = shown.latents
    maps = (latents[:, :3] / 2).repeat_interleave(4, dim=2).repeat_interleave(4, dim=3)
    pictures = images.to_pixels(torch.cat([maps, model.pictures(latents)]))
    enlarged = pictures.repeat(SCALE, axis=1).repeat(SCALE, axis=2)
    sheet = Image.fromarray(images.grid(enlarged, columns=len(PROMPTS), gap=GAP, background=255))
    film = Image.new("RGB", (LEFT + sheet.width + GAP, TOP + sheet.height + FOOT), "white")
    film.paste(sheet, (LEFT, TOP))
    draw, font = ImageDraw.Draw(film), ImageFont.load_default(15)
    pitch, bottom = SIDE * SCALE + GAP, TOP + sheet.height
    for row, (text, colour) in enumerate(zip(ROWS, (VIOLET, CORAL), strict=True)):
        draw.text((GAP, TOP + pitch * row + pitch // 2), text, colour, font, anchor="lm")
    for column, prompt in enumerate(PROMPTS):
        place = (LEFT + pitch * column + SIDE * SCALE // 2, bottom + 16)
        draw.text(place, prompt, INK, font, anchor="mm")
    draw.text((GAP, bottom + 40), shown.caption, GREY, font, anchor="lm")
    for colour, width in ((RULE, sheet.width), (CORAL, round(sheet.width * shown.progress))):
        draw.rectangle((LEFT, bottom + 38, LEFT + width, bottom + 41), colour)
    return film


def write(path: Path, seed: int) -> None:
    """Write the film as an animated WebP that repeats for ever."""
    model = aigc_demo.load(NAME)
    first, *others = (frame(model, shown) for shown in sampling(model, seed))
    durations = [FRAME] * len(others) + [LAST]
    options = {"duration": durations, "loop": 0, "quality": 80, "method": 6}
    first.save(path, save_all=True, append_images=others, **options)


def main() -> None:
    """Write the film to where the README shows it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    write(PATH, parser.parse_args().seed)
    print(f"{PATH.relative_to(PROJECT)}: {PATH.stat().st_size / 1e3:.0f} KB")


if __name__ == "__main__":
    main()
