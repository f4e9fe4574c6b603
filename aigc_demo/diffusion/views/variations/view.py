"""Variations around one result, bred by choosing; and a walk from it to another prompt, another
noise, or both.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_choice, check_seed
from aigc_demo.diffusion.views._shared import subject as subjects
from aigc_demo.diffusion.views._shared.subject import Subject
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, film, player

ORDER = 40  # among the tab's views
FOLDER = Path(__file__).parent
MAX_STEPS = 40
LIVE_EVERY = 0.4  # seconds between two pictures of a run that goes on
SAMPLER = "DPM-Solver++(2M)"  # free of chance: the first noise alone decides
FRAMES = {"digits": 25, "emoji": 16}  # of a walk
CONTACT = {
    28: (5, 28),
    64: (4, 32),
}  # columns of the sheet that shows a whole walk, and pixels a side of each picture on it
PALE = 0.3
MOVES = ("prompt", "noise", "both")
SCRIPT_PARAMETERS = {
    "model": "digits",
    "digit": "3",
    "words": "red apple",
    "seed": 5,
    "lineage": "",
}
GOAL = {"goal_digit": "8", "goal_words": "yellow star", "goal_seed": 30, "moves": "prompt"}
DIALS = {"steps": 12, "guidance": 3.0}
SHARE = 0.6
WORDS = (
    "centre",
    "from_seed",
    "generation",
    "neighbours",
    "neighbour",
    "hint",
    "lineage_of",
    "seed_of",
)
# The neighbour or ancestor that was clicked, where one was, goes to the server in place of the
# lineage that stands in its field.
CHOSEN = "(...inputs) => inputs.toSpliced(4, 1, document.querySelector('#diffusion-variations .drawing').chosen() ?? inputs[4])"
NEIGHBOUR = r"z' = \sqrt{1 - s^2}\,z + s\,\varepsilon = %.2f\,z + %.2f\,\varepsilon,\qquad \varepsilon \sim \mathcal{N}(0, I)"


def vary(
    model: str,
    digit: str,
    words: str,
    seed: int,
    lineage: str,
    share: float,
    steps: int,
    guidance: float,
) -> Iterator[list[Any]]:
    """Yield the picture to which `lineage` leads from the seed's, and nine neighbours of it; then
    the lineage and what happened too.
    """
    from aigc_demo.diffusion import noise_interpolation

    subject = subjects.subject(model)
    told, choices = (
        subjects.prompt(subject, digit, words),
        noise_interpolation.read_lineage(lineage),
    )
    painter, began = subjects.model(subject), time.monotonic()
    noise = noise_interpolation.neighbours(painter, seed, choices, share)
    condition = painter.embed_prompt([told]).expand(len(noise), -1)
    run = painter.sample(
        condition,
        painter.null_embedding(len(noise)),
        steps=steps,
        sampler=SAMPLER,
        guidance=guidance,
        seeds=[0] * len(noise),
        noise=noise,
    )
    value = {
        "side": subject.side,
        "seed": seed,
        "share": share,
        "lineage": " ".join(lineage.split()),
        "settings": [model, told, seed, steps, guidance],
    }
    shown = began
    for step in run:
        if time.monotonic() - shown > LIVE_EVERY and step.index + 1 < step.total:
            yield [
                {**value, "sheet": _sheet(painter, step.x0_hat), "live": True},
                gr.skip(),
                gr.skip(),
            ]
            shown = time.monotonic()
    pictures = painter.pictures(step.x_next)
    value |= {
        "sheet": images.data_uri(images.grid(images.to_pixels(pictures), columns=len(noise))),
        "live": False,
    }
    yield [value, value["lineage"], _run_summary(pictures, share, time.monotonic() - began)]


def walk(
    model: str,
    digit: str,
    words: str,
    seed: int,
    lineage: str,
    goal_digit: str,
    goal_words: str,
    goal_seed: int,
    moves: str,
    steps: int,
    guidance: float,
) -> Iterator[dict[str, Any]]:
    """Yield the film of a walk from the picture to which `lineage` leads to another prompt, another
    noise, or both.
    """
    from aigc_demo.diffusion import noise_interpolation

    subject = subjects.subject(model)
    prompts = [
        subjects.prompt(subject, digit, words),
        subjects.prompt(subject, goal_digit, goal_words),
    ]
    check_choice("moves", moves, [*MOVES])
    painter, frames, choices = (
        subjects.model(subject),
        FRAMES[model],
        noise_interpolation.read_lineage(lineage),
    )
    noises = (
        noise_interpolation.noise_of(painter, seed, choices),
        noise_interpolation.noise_of(painter, check_seed(goal_seed), []),
    )
    conditions, noise = noise_interpolation.way(
        painter.embed_prompt(prompts), noises, frames, moves
    )
    without = painter.null_embedding(frames)
    shown = time.monotonic()
    for step in painter.sample(
        conditions,
        without,
        steps=steps,
        sampler=SAMPLER,
        guidance=guidance,
        seeds=[0] * frames,
        noise=noise,
    ):
        if time.monotonic() - shown > LIVE_EVERY and step.index + 1 < step.total:
            yield _film(subject, painter.pictures(step.x0_hat[:1]), live=True)
            shown = time.monotonic()
    yield _film(subject, painter.pictures(step.x_next))


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished results with which the view opens."""
    return [
        *list(vary(**SCRIPT_PARAMETERS, share=SHARE, **DIALS))[-1],
        list(walk(**SCRIPT_PARAMETERS, **GOAL, **DIALS))[-1],
    ]


def _sheet(painter: Any, x: Any) -> str:
    return images.data_uri(images.grid(images.to_pixels(painter.pictures(x)), columns=len(x)))


def _run_summary(pictures: Any, share: float, seconds: float) -> str:
    apart = (pictures[1:] - pictures[:1]).abs().mean().item() / 2  # of the range from -1 to 1
    sentence = language.bilingual_html(
        "diffusion.variations.happened",
        count=len(pictures),
        seconds=f"{seconds:.2f}",
        apart=f"{100 * apart:.1f}",
    )
    return f"{sentence}\n\n$${NEIGHBOUR % ((1 - share**2) ** 0.5, share)}$$"


def _film(subject: Subject, pictures: Any, *, live: bool = False) -> dict[str, Any]:
    tracks = [
        Track("x_0", language.both("diffusion.variations.track"), "generated"),
        Track("", language.both("diffusion.variations.way"), "latent"),
    ]
    pixels = images.to_pixels(pictures)
    frames = [
        np.stack([_enlarged(subject, picture), _contact(subject, pixels, i)])
        for i, picture in enumerate(pixels)
    ]
    captions = [
        language.both("diffusion.variations.caption", share=f"{i / max(len(pixels) - 1, 1):.0%}")
        for i in range(len(pixels))
    ]
    return film(
        "diffusion-walk",
        tracks,
        np.stack(frames, axis=1),
        captions,
        ink=subject.ink,
        live=live,
        start=len(pixels) // 2,
    )


def _enlarged(subject: Subject, picture: np.ndarray) -> np.ndarray:
    """Return a picture (H, W, C) as large as the contact sheet."""
    factor = CONTACT[subject.side][0] * CONTACT[subject.side][1] // subject.side
    return picture.repeat(factor, axis=0).repeat(factor, axis=1)


def _contact(subject: Subject, pixels: np.ndarray, at: int) -> np.ndarray:
    """Return the whole way (N, H, W, C) on one sheet, on which what comes after frame `at` is pale."""
    columns, side = CONTACT[subject.side]
    by, paper = subject.side // side, 0 if subject.ink else 255
    tiles = pixels.reshape(len(pixels), side, by, side, by, -1).mean(axis=(2, 4))
    tiles[at + 1 :] = paper + PALE * (tiles[at + 1 :] - paper)
    sheet = np.full((columns**2, side, side, pixels.shape[-1]), paper, np.uint8)
    sheet[: len(tiles)] = tiles.round()
    return images.grid(sheet, columns=columns)


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            model = subjects.choice()
            digit, words = subjects.controls(SCRIPT_PARAMETERS["digit"], SCRIPT_PARAMETERS["words"])
            share = components.Slider(
                0,
                1,
                SHARE,
                step=0.05,
                label=label("diffusion.variations.share"),
                info=label("diffusion.variations.share.info"),
            )
            run, stop = components.run_and_stop("diffusion.variations.run")
            goal_digit, goal_words = subjects.controls(
                GOAL["goal_digit"], GOAL["goal_words"], suffix=".goal"
            )
            moves = components.Radio(
                [(label(f"diffusion.variations.moves.{each}"), each) for each in MOVES],
                value=GOAL["moves"],
                label=label("diffusion.variations.moves"),
                info=label("diffusion.variations.moves.info"),
                elem_classes=["chips", "models"],
            )
            walk_run = gr.Button(label("diffusion.variations.walk"))
            with gr.Accordion(label("shared.more"), open=False):
                seed = components.seed(value=SCRIPT_PARAMETERS["seed"])
                goal_seed = components.seed(
                    "diffusion.variations.goal_seed", value=GOAL["goal_seed"]
                )
                lineage = components.Textbox(
                    "",
                    label=label("diffusion.variations.lineage"),
                    info=label("diffusion.variations.lineage.info"),
                )
                steps, guidance = subjects.dials(DIALS["steps"], MAX_STEPS, DIALS["guidance"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            texts = language.words(
                "app.waking", *(f"diffusion.variations.{word}" for word in WORDS)
            )
            stage = components.Drawing(
                FOLDER / "view.js", words=texts, elem_id="diffusion-variations"
            )
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-variations-happened",
                latex_delimiters=components.LATEX,
            )
            gr.Markdown(label("diffusion.variations.walk.title"), elem_classes="section")
            walked = player(elem_id="diffusion-walk")
    model.input(None, model, [digit, words], js=subjects.SHOW, api_visibility="private")
    model.input(None, model, [goal_digit, goal_words], js=subjects.SHOW, api_visibility="private")
    told, dials = [model, digit, words, seed, lineage], [steps, guidance]
    triggers = [
        run.click,
        share.release,
        seed.submit,
        lineage.submit,
        words.submit,
        digit.input,
        stage.input,
    ]
    outputs = [stage, lineage, result]
    components.starts(
        triggers,
        vary,
        [*told, share, *dials],
        outputs,
        api_name="diffusion_variations",
        stop=stop,
        js=CHOSEN,
    )
    goal = [goal_digit, goal_words, goal_seed, moves]
    components.starts(
        [walk_run.click], walk, [*told, *goal, *dials], walked, api_name="diffusion_walk", stop=stop
    )
    return InitialResult(opening, [*outputs, walked])
