"""Variations around one result, bred by choosing; and a walk from it to another prompt, another
noise, or both.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_choice, check_seed
from aigc_demo.core.pace import Pace
from aigc_demo.diffusion.views._shared import subject as subjects
from aigc_demo.diffusion.views.variations.film import walk_film
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import player

ORDER = 40  # among the tab's views
FOLDER = Path(__file__).parent
MAX_STEPS = 40
LIVE_EVERY = 0.4  # seconds between two pictures of a run that goes on
SAMPLER = "DPM-Solver++(2M)"  # free of chance: the first noise alone decides
FRAMES = {"digits": 25, "emoji": 16}  # of a walk
MOVES = ("prompt", "noise", "both")
START = {"model": "digits", "digit": "3", "words": "red apple", "seed": 5, "lineage": ""}
GOAL = {"goal_digit": "8", "goal_words": "yellow star", "goal_seed": 30, "moves": "prompt"}
OPTIONS = {"steps": 12, "guidance": 3.0}
SHARE = 0.6
WORDS = (
    *("centre", "from_seed", "generation", "neighbours"),
    *("neighbour", "hint", "lineage_of", "seed_of"),
)
# The neighbour or ancestor that was clicked, where one was, goes to the server in place of the
# lineage that stands in its field.
CHOSEN = """async (...inputs) => inputs.toSpliced(4, 1,
  (await aigc.drawn("#diffusion-variations")).chosen() ?? inputs[4])"""
NEIGHBOUR = (
    r"z' = \sqrt{1 - s^2}\,z + s\,\varepsilon = %.2f\,z + %.2f\,\varepsilon,"
    r"\qquad \varepsilon \sim \mathcal{N}(0, I)"
)


@components.batched
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
    prompt = subjects.prompt(subject, digit, words)
    choices = noise_interpolation.read_lineage(lineage)
    denoiser, began = subjects.model(subject), time.monotonic()
    noise = noise_interpolation.neighbours(denoiser, seed, choices, share)
    condition = denoiser.embed_prompt([prompt]).expand(len(noise), -1)
    value = {
        "side": subject.side,
        "seed": seed,
        "share": share,
        "lineage": " ".join(lineage.split()),
        "settings": [model, prompt, seed, steps, guidance],
    }
    pace, step = Pace(LIVE_EVERY), None
    for step in _sample(denoiser, condition, noise, steps, guidance):
        if step.index + 1 < step.total and pace.due():
            sheet = _sheet(denoiser.pictures(step.x0_hat))
            yield [{**value, "sheet": sheet, "live": True}, gr.skip(), gr.skip()]
    assert step is not None  # there is one step at least
    pictures = denoiser.pictures(step.x_next)
    value |= {"sheet": _sheet(pictures), "live": False}
    yield [value, value["lineage"], _run_summary(pictures, share, time.monotonic() - began)]


@components.batched
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
    choices, denoiser = noise_interpolation.read_lineage(lineage), subjects.model(subject)
    noises = (
        noise_interpolation.noise_of(denoiser, seed, choices),
        noise_interpolation.noise_of(denoiser, check_seed(goal_seed), []),
    )
    conditions, noise = noise_interpolation.interpolate(
        denoiser.embed_prompt(prompts), noises, FRAMES[model], moves
    )
    pace, step = Pace(LIVE_EVERY), None
    for step in _sample(denoiser, conditions, noise, steps, guidance):
        if step.index + 1 < step.total and pace.due():
            yield walk_film(subject, denoiser.pictures(step.x0_hat[:1]), live=True)
    assert step is not None  # there is one step at least
    yield walk_film(subject, denoiser.pictures(step.x_next))


def _sample(
    denoiser: Any, conditions: Any, noise: Any, steps: int, guidance: float
) -> Iterator[Any]:
    """Return a sampling from `noise`, without a prompt that guidance would lead away from."""
    count = len(noise)
    options = {"steps": steps, "sampler": SAMPLER, "guidance": guidance, "seeds": [0] * count}
    return denoiser.sample(conditions, denoiser.null_embedding(count), noise=noise, **options)


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished results with which the view opens."""
    return [
        *list(vary(**START, share=SHARE, **OPTIONS))[-1],
        list(walk(**START, **GOAL, **OPTIONS))[-1],
    ]


def _sheet(pictures: Any) -> str:
    return images.data_uri(images.grid(images.to_pixels(pictures), columns=len(pictures)))


def _run_summary(pictures: Any, share: float, seconds: float) -> str:
    apart = (pictures[1:] - pictures[:1]).abs().mean().item() / 2  # of the range from -1 to 1
    sentence = language.bilingual_html(
        "diffusion.variations.happened",
        count=len(pictures),
        seconds=f"{seconds:.2f}",
        apart=f"{100 * apart:.1f}",
    )
    return f"{sentence}\n\n$${NEIGHBOUR % ((1 - share**2) ** 0.5, share)}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            subject_inputs, share, goal, options, run, walk_run, stop = _controls()
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
            title = language.label("diffusion.variations.walk.title")
            gr.Markdown(title, elem_classes="section")
            walked = player(elem_id="diffusion-walk")
    _, digit, words, seed, lineage = subject_inputs
    triggers = [run.click, share.release, digit.input, stage.input]
    components.starts(
        [*triggers, *(field.submit for field in (seed, lineage, words))],
        vary,
        [*subject_inputs, share, *options],
        [stage, lineage, result],
        api_name="diffusion_variations",
        stop=stop,
        js=CHOSEN,
    )
    components.starts(
        [walk_run.click],
        walk,
        [*subject_inputs, *goal, *options],
        walked,
        api_name="diffusion_walk",
        stop=stop,
    )
    return InitialResult(opening, [stage, lineage, result, walked])


def _controls() -> tuple[Any, ...]:
    """Draw the controls: what the centre is of, the share of noise, the goal of a walk, steps and
    guidance; and the buttons.
    """
    label = language.label
    model = subjects.choice()
    digit, words = subjects.controls(START["digit"], START["words"])
    share = components.Slider(
        0,
        1,
        SHARE,
        step=0.05,
        label=label("diffusion.variations.share"),
        info=label("diffusion.variations.share.info"),
    )
    run, stop = components.run_and_stop("diffusion.variations.run")
    goals = subjects.controls(GOAL["goal_digit"], GOAL["goal_words"], suffix=".goal")
    moves = components.Radio(
        [(label(f"diffusion.variations.moves.{each}"), each) for each in MOVES],
        value=GOAL["moves"],
        label=label("diffusion.variations.moves"),
        info=label("diffusion.variations.moves.info"),
        elem_classes=["chips", "models"],
    )
    walk_run = gr.Button(label("diffusion.variations.walk"))
    with gr.Accordion(label("shared.more"), open=False):
        seed = components.seed(value=START["seed"])
        goal_seed = components.seed("diffusion.variations.goal_seed", value=GOAL["goal_seed"])
        lineage = components.Textbox(
            "",
            label=label("diffusion.variations.lineage"),
            info=label("diffusion.variations.lineage.info"),
        )
        options = subjects.steps_and_guidance(OPTIONS["steps"], MAX_STEPS, OPTIONS["guidance"])
    for prompts in ([digit, words], goals):
        model.input(None, model, [*prompts], js=subjects.SHOW, api_visibility="private")
    subject_inputs, goal = [model, digit, words, seed, lineage], [*goals, goal_seed, moves]
    return subject_inputs, share, goal, options, run, walk_run, stop
