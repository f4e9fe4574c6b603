"""Start from your own picture: noise it and denoise it anew, or erase a part and let it be filled
in.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache, uploads
from aigc_demo.core.pace import Pace
from aigc_demo.diffusion.views._shared import subject as subjects
from aigc_demo.diffusion.views._shared.film import curve
from aigc_demo.diffusion.views._shared.subject import Subject
from aigc_demo.ui import components, language, pad
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, film, player

ORDER = 30  # among the tab's views
FOLDER = Path(__file__).parent
MAX_STEPS = 60
LIVE_EVERY = 0.4  # seconds between two pictures of a run that goes on
OPENING = {"digit": "8", "words": "panda", "t": 700, "seed": 5, "steps": 20, "guidance": 3.0}
# what stands on the canvas at first: a digit of the model's own
DRAWN = {"digit": 3, "seed": 5, "steps": 25}
WORDS = (
    *("picture", "draw", "erase", "restore", "clear", "hint"),
    *("colour", "emoji", "put", "no_emoji", "take", "open"),
)
KIND = "async (model) => (await aigc.drawn('#diffusion-inpaint')).kind(model)"
TAKE = "async (film) => (await aigc.drawn('#diffusion-inpaint')).take(film)"
NOISED = (
    r"x_{%d} = \sqrt{\bar\alpha_{%d}}\,x_0 + \sqrt{1 - \bar\alpha_{%d}}\,\varepsilon"
    r" = %.2f\,x_0 + %.2f\,\varepsilon"
)
MASKED = (
    r"x_{t-1} = m \odot"
    r" \big(\sqrt{\bar\alpha_{t-1}}\,x_0 + \sqrt{1 - \bar\alpha_{t-1}}\,\varepsilon\big)"
    r" + (1 - m) \odot \hat x_{t-1}"
)


@components.batched
def rework(
    model: str, drawing: str, digit: str, words: str, t: int, seed: int, steps: int, guidance: float
) -> Iterator[list[Any]]:
    """Yield the film in which the picture, a PNG data URI, goes t steps into noise and back as a
    digit or as words; then what happened too.
    """
    from aigc_demo.diffusion import inpainting

    subject = subjects.subject(model)
    prompt, picture = subjects.prompt(subject, digit, words), subjects.picture(subject, drawing)
    began = time.monotonic()
    run = inpainting.image_to_image(
        subjects.model(subject), picture, prompt, t=t, steps=steps, guidance=guidance, seed=seed
    )
    frames = yield from _shown(subject, run)
    yield [
        _film(subject, frames, "diffusion.picture.result"),
        _reworked(subject, picture, frames, t, time.monotonic() - began),
    ]


@components.batched
def fill(
    model: str, drawing: str, digit: str, words: str, seed: int, steps: int, guidance: float
) -> Iterator[list[Any]]:
    """Yield the film in which the transparent part of the picture, a PNG data URI, is painted anew;
    then what happened too.
    """
    from aigc_demo.diffusion import inpainting

    subject = subjects.subject(model)
    prompt, erased = subjects.prompt(subject, digit, words), subjects.erased(subject, drawing)
    inpainting.check_erased(erased)
    picture, began = subjects.picture(subject, drawing), time.monotonic()
    run = inpainting.inpaint(
        subjects.model(subject), picture, erased, prompt, steps=steps, guidance=guidance, seed=seed
    )
    frames = yield from _shown(subject, run)
    yield [
        _film(subject, frames, "diffusion.picture.filled"),
        _filled(picture, erased, frames, time.monotonic() - began),
    ]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, and the picture from which it came."""
    digits = subjects.SUBJECTS["digits"]
    *_, drawn = subjects.model(digits).denoise(
        [DRAWN["digit"]], steps=DRAWN["steps"], seed=DRAWN["seed"]
    )
    drawing = images.data_uri(subjects.pixels(drawn.x_next))
    return [*list(rework("digits", drawing, **OPENING))[-1], drawing]


def _shown(subject: Subject, run: Iterator[Any]) -> Iterator[list[Any]]:
    """Yield the last frame now and then while the model works; return all frames."""
    frames, pace = [], Pace(LIVE_EVERY)
    for frame in run:
        frames.append(frame)
        if frame.kind == "denoising" and pace.due():
            yield [_film(subject, [frame], live=True), gr.skip()]
    return frames


def _film(
    subject: Subject, frames: list[Any], last: str = "", *, live: bool = False
) -> dict[str, Any]:
    tracks = [
        Track("x_t", language.both("diffusion.picture.x_t"), "noise"),
        Track("x̂_0", language.both("diffusion.picture.x0_hat"), "generated"),
    ]
    schedule = subjects.model(subject).schedule
    levels = schedule.alpha_bar.tolist()
    pictures = [
        np.stack([subjects.pixels(getattr(frame, name)) for frame in frames])
        for name in ("x_t", "x0_hat")
    ]
    return film(
        "diffusion-picture",
        tracks,
        np.stack(pictures),
        [_caption(frame, levels, last) for frame in frames],
        curve=curve(schedule, [max(frame.t - 1, 0) for frame in frames]),
        ink=subject.ink,
        live=live,
        frames_per_second=8,
    )


def _caption(frame: Any, levels: list[float], last: str) -> dict[str, str]:
    if frame.kind == "result":
        return language.both(last)
    alpha_bar = levels[frame.t - 1] if frame.t else 1.0
    if frame.kind == "noising":
        return language.both(
            "diffusion.picture.noising",
            t=frame.t,
            keep=f"{alpha_bar**0.5:.2f}",
            add=f"{(1 - alpha_bar) ** 0.5:.2f}",
        )
    return language.both(
        "diffusion.picture.denoising", step=frame.index + 1, total=frame.total, t=frame.t
    )


def _reworked(subject: Subject, picture: Any, frames: list[Any], t: int, seconds: float) -> str:
    alpha_bar = subjects.model(subject).schedule.alpha_bar[int(t) - 1].item() if t else 1.0
    changed = (frames[-1].x_t.cpu() - picture).abs().mean().item() / 2  # of the range from -1 to 1
    values = {
        "t": int(t),
        "steps": frames[-2].total if t else 0,
        "seconds": f"{seconds:.2f}",
        "changed": f"{100 * changed:.1f}",
    }
    sentence = language.bilingual_html(
        "diffusion.picture.happened" if t else "diffusion.picture.untouched", **values
    )
    return f"{sentence}\n\n$${NOISED % (t, t, t, alpha_bar**0.5, (1 - alpha_bar) ** 0.5)}$$"


def _filled(picture: Any, erased: Any, frames: list[Any], seconds: float) -> str:
    rest = ((frames[-1].x_t.cpu() - picture).abs() * (1 - erased)).max().item()
    values = {
        "erased": f"{100 * erased.mean().item():.0f}",
        "rest": f"{rest:g}",
        "steps": frames[-2].total,
        "seconds": f"{seconds:.2f}",
    }
    return f"{language.bilingual_html('diffusion.picture.happened_fill', **values)}\n\n$${MASKED}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            model = subjects.choice()
            digit, words = subjects.controls(OPENING["digit"], OPENING["words"])
            t = components.Slider(
                0,
                1000,
                OPENING["t"],
                step=10,
                label=label("diffusion.picture.t"),
                info=label("diffusion.picture.t.info"),
            )
            run, stop = components.run_and_stop("diffusion.picture.run")
            fill_run = gr.Button(label("diffusion.picture.fill"))
            with gr.Accordion(label("shared.more"), open=False):
                seed = components.seed(value=OPENING["seed"])
                steps, guidance = subjects.steps_and_guidance(
                    OPENING["steps"], MAX_STEPS, OPENING["guidance"]
                )
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            with gr.Row(elem_classes="inpaint-row"):
                canvas = _canvas()
                played = player(elem_id="diffusion-picture-film", min_width=300)
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-picture-happened",
                latex_delimiters=components.LATEX,
            )
    model.input(None, model, [digit, words], js=subjects.SHOW, api_visibility="private")
    model.input(None, model, None, js=KIND, api_visibility="private")
    canvas.select(None, played, None, js=TAKE, api_visibility="private")
    subject_inputs, options = [model, canvas, digit, words], [seed, steps, guidance]
    triggers, shown = [run.click, t.release, words.submit], [played, result]
    inputs = [*subject_inputs, t, *options]
    components.starts(triggers, rework, inputs, shown, api_name="diffusion_picture", stop=stop)
    inputs = [*subject_inputs, *options]
    components.starts([fill_run.click], fill, inputs, shown, api_name="diffusion_fill", stop=stop)
    return InitialResult(opening, [played, result, canvas])


def _canvas() -> components.Drawing:
    words = language.words(
        "pad.keys", "pad.too_long", "pad.lost", *(f"diffusion.picture.{word}" for word in WORDS)
    )
    return components.Drawing(
        FOLDER / "view.js",
        words=words,
        limit=uploads.MAX_FILE,
        sides={name: subject.side for name, subject in subjects.SUBJECTS.items()},
        server_functions=[pad.receive, pad.receive_colour],
        elem_id="diffusion-inpaint",
        min_width=300,
    )
