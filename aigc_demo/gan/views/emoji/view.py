"""Emoji: sixty-four painted at once, each beside the training emoji that are nearest, and walks
from some to others.
"""

from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_seed
from aigc_demo.gan.views._shared import subject
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, film, player

ORDER = 20  # among the tab's views
FOLDER = Path(__file__).parent
NAME = "gan-emoji"
COLUMNS, COUNT = 8, 64
NEAREST = 5
WALKS, WALK_FRAMES = 6, 17
OPENING = {"seed": 0, "truncation": 1.0, "goal": 100}
WORDS = ("sheet", "large", "one", "verdict", "nearest", "hint")


@components.batched
def sample(seed: int, truncation: float) -> tuple[dict[str, Any], str]:
    """Return a sheet of emoji, each with the discriminator's verdict and the nearest training
    emoji, and what just happened.
    """
    model, first = model_cache.model(NAME), check_seed(seed)
    z = model.latents([first + i for i in range(COUNT)], truncation=truncation)
    pictures, verdicts = model.generate(z), model.judge(z)
    value = {
        "sheet": images.data_uri(images.grid(images.to_pixels(pictures), columns=COLUMNS)),
        "columns": COLUMNS,
        "seed": first,
        "verdicts": verdicts.tolist(),
        "nearest": model.nearest(pictures, NEAREST),
    }
    copied = components.measured(NAME).get("memorisation rate", "–")
    sentence = language.bilingual_html(
        "gan.emoji.happened", count=COUNT, verdict=f"{verdicts.mean():.2f}", copied=copied
    )
    return value, sentence


@components.batched
def walk(seed: int, goal: int, truncation: float) -> dict[str, Any]:
    """Return the film of six walks at once, from the emoji of a seed and those after it to those of
    another.
    """
    model, first, last = model_cache.model(NAME), check_seed(seed), check_seed(goal)
    z = model.walk(
        [first + i for i in range(WALKS)],
        [last + i for i in range(WALKS)],
        frames=WALK_FRAMES,
        truncation=truncation,
    )
    pixels = images.to_pixels(model.generate(z.flatten(0, 1)))
    frames = np.stack(
        [
            images.grid(frame, columns=WALKS)
            for frame in pixels.reshape(WALK_FRAMES, WALKS, *pixels.shape[1:])
        ]
    )
    captions = [
        language.both(
            "gan.walk.caption", share=f"{i / (WALK_FRAMES - 1):.0%}", seed=first, goal=last
        )
        for i in range(WALK_FRAMES)
    ]
    track = Track("G(z)", language.both("gan.emoji.track"), "generated")
    return film(
        "gan-emoji-walk",
        [track],
        frames[None],
        captions,
        ink=False,
        frames_per_second=8,
        plays=False,
        start=0,
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [*sample(OPENING["seed"], OPENING["truncation"]), walk(**OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            run, stop = components.run_and_stop("gan.emoji.run")
            seed = components.seed(value=OPENING["seed"])
            truncation = subject.truncation(OPENING["truncation"], "gan.emoji.truncation.info")
            goal = components.seed("gan.goal", value=OPENING["goal"])
            walk_run = gr.Button(language.label("gan.walk.run"))
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"gan.emoji.{word}" for word in WORDS))
            sheet = components.Drawing(FOLDER / "view.js", words=words, elem_id="gan-emoji")
            result = gr.Markdown(elem_classes="happened")
            gr.Markdown(language.label("gan.walk.title"), elem_classes="section")
            walked = player(elem_id="gan-emoji-walk")
    triggers = [run.click, truncation.release, seed.submit]
    components.starts(
        triggers, sample, [seed, truncation], [sheet, result], api_name="gan_emoji", stop=stop
    )
    components.starts(
        [walk_run.click],
        walk,
        [seed, goal, truncation],
        walked,
        api_name="gan_emoji_walk",
        stop=stop,
    )
    return InitialResult(opening, [sheet, result, walked])
