"""Digits out of noise, step by step; and the way into noise."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_choice, check_number, check_seed
from aigc_demo.core.pace import Pace
from aigc_demo.diffusion.views._shared.film import curve, sampling_film
from aigc_demo.diffusion.views._shared.subject import (
    SAMPLER_NAMES,
    sampler_and_eta,
    steps_and_guidance,
)
from aigc_demo.diffusion.views.digits.quality import quality
from aigc_demo.ui import components, language, pad
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, film, player
from aigc_demo.ui.weights import checkpoint_picker

ORDER = 20  # among the tab's views
NAME = "diffusion-digits"
DIGITS = ["all", *"0123456789"]
MAX_PICTURES = 16
MAX_FILM_STEPS = 100
LIVE_EVERY = 0.25  # seconds between two pictures of a sampling that goes on
FORWARD_FRAMES = 51
EQUATION = r"x_t = \sqrt{\bar\alpha_t}\,\hat x_0 + \sqrt{1 - \bar\alpha_t}\,\hat\varepsilon"
OPENING = {
    "digit": "3",
    "count": 1,
    "seed": 5,
    "steps": 25,
    "sampler": "DDIM",
    "guidance": 2.0,
    "eta": 0.0,
}


@dataclass(frozen=True)
class Controls:
    """The view's controls, in the order in which `denoise` takes them."""

    digit: gr.Radio
    count: gr.Slider
    seed: gr.Number
    steps: gr.Slider
    sampler: gr.Radio
    guidance: gr.Slider
    eta: gr.Slider


@components.batched
def denoise(
    digit: str,
    count: int,
    seed: int,
    steps: int,
    sampler: str,
    guidance: float,
    eta: float = 0.0,
    weights: str = "",
) -> Iterator[list[Any]]:
    """Yield the film so far while the model works, at last the whole film, the way back into noise,
    and what just happened.

    weights: see `model_cache.resolve_weights`.
    """
    from aigc_demo.diffusion.frames import frame, last_frame

    model = model_cache.resolve_weights(NAME, weights)
    count = check_number("pictures", count, 1, MAX_PICTURES, whole=True)
    check_number("steps", steps, 1, MAX_FILM_STEPS, whole=True)
    # the model takes lists of these two, and a visitor one
    seed, guidance = check_seed(seed), check_number("guidance", guidance, 0, 10)
    every = check_choice("digit", digit, DIGITS) == "all"
    labels = [i % 10 if every else int(digit) for i in range(count)]
    run = model.denoise(labels, steps=steps, sampler=sampler, guidance=guidance, seed=seed, eta=eta)
    settings = _settings(digit, sampler, eta, steps, guidance, seed)
    began, pace, frames, done = time.monotonic(), Pace(LIVE_EVERY), [], []
    for step in run:
        frames.append(frame(step, model.schedule))
        done.append(step)
        if len(done) < step.total and pace.due():
            last = (frames[-1:], done[-1:], settings)
            film = sampling_film("diffusion", model.schedule, *last, live=True)
            yield [film, gr.skip(), gr.skip()]
    frames.append(last_frame(done[-1]))
    seconds = time.monotonic() - began
    yield [
        sampling_film("diffusion", model.schedule, frames, done, settings),
        _forward(model, done[-1].x_next[:1].cpu(), seed),
        _run_summary(model, done, seconds, guidance, sampler, weights),
    ]


def _settings(
    digit: str, sampler: str, eta: float, steps: int, guidance: float, seed: int
) -> dict[str, str]:
    return language.both(
        "diffusion.label",
        digit="0 – 9" if digit == "all" else digit,
        sampler=f"DDIM η = {eta:g}" if sampler == "DDIM" and eta else sampler,
        steps=steps,
        guidance=f"{guidance:g}",
        seed=seed,
    )


def noise(drawing: str, seed: int) -> dict[str, Any]:
    """Return the film in which the visitor's drawing turns to noise."""
    return _forward(
        model_cache.model(NAME), images.from_pixels(pad.read(drawing, 28)), check_seed(seed)
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the tab opens: a real one, made as the app started."""
    return list(denoise(**OPENING))[-1]


def _forward(model: Any, x_0: Any, seed: int) -> dict[str, Any]:
    from aigc_demo.diffusion.frames import forward

    last = model.schedule.steps - 1
    timesteps = [round(i * last / (FORWARD_FRAMES - 1)) for i in range(FORWARD_FRAMES)]
    tracks = [
        Track("x_t", language.both("diffusion.track.noised"), "data"),
        Track("ε", language.both("diffusion.track.noise"), "noise"),
    ]
    levels = [model.schedule.alpha_bar[t].item() for t in timesteps]
    captions = [
        language.both(
            "diffusion.forward.caption",
            t=t,
            keep=f"{level**0.5:.2f}",
            add=f"{(1 - level) ** 0.5:.2f}",
        )
        for t, level in zip(timesteps, levels, strict=True)
    ]
    pictures = forward(x_0, model.schedule, timesteps, seed)
    return film(
        "noising",
        tracks,
        pictures,
        captions,
        curve=curve(model.schedule, timesteps),
        plays=False,
        start=FORWARD_FRAMES // 4,
        frames_per_second=12,
    )


def _run_summary(
    model: Any, steps: list[Any], seconds: float, guidance: float, sampler: str, weights: str
) -> str:
    read = "–" if weights else components.measured(NAME).get("conditional accuracy", "–")
    sentence = language.bilingual_html(
        "diffusion.happened",
        count=len(steps[0].x_t),
        steps=len(steps),
        seconds=f"{seconds:.2f}",
        sampler=sampler,
        read=read,
    )
    middle = model.schedule.level(steps[len(steps) // 2].t)
    keep, add = f"{middle.alpha:.2f}", f"{middle.sigma:.2f}"
    numbers = rf"x_{{{middle.t}}} = {keep}\,\hat x_0 + {add}\,\hat\varepsilon"
    guided = rf"\hat v = v_\varnothing + {guidance:g}\,(v_y - v_\varnothing)"
    return f"{sentence}\n\n$${EQUATION}:\\qquad {numbers},\\qquad {guided}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
            other = checkpoint_picker("diffusion_digits", [NAME])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            reverse = player(elem_id="diffusion-film")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-happened",
                latex_delimiters=components.LATEX,
            )
            quality(NAME, controls.steps, controls.sampler)
            gr.Markdown(language.label("diffusion.forward.title"), elem_classes="section")
            with gr.Row(elem_classes="forward"):
                drawing = pad.pad(elem_id="diffusion-pad", scale=0, min_width=300)
                forward = player(elem_id="diffusion-forward", scale=3, min_width=300)
    outputs = [reverse, forward, result]
    components.starts(
        [run.click],
        denoise,
        [*vars(controls).values(), other.here],
        outputs,
        api_name="diffusion_denoise",
        stop=stop,
    )
    components.starts(
        [drawing.input], noise, [drawing, controls.seed], forward, api_name="diffusion_noise"
    )
    return InitialResult(opening, outputs)


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label = language.label
    digit = components.digit(DIGITS, OPENING["digit"])
    run, stop = components.run_and_stop("diffusion.run")
    steps, guidance = steps_and_guidance(OPENING["steps"], MAX_FILM_STEPS, OPENING["guidance"])
    seed = components.seed(value=OPENING["seed"])
    with gr.Accordion(label("shared.more"), open=False):
        sampler, eta = sampler_and_eta(SAMPLER_NAMES, OPENING["sampler"], OPENING["eta"])
        count = components.Slider(
            1,
            MAX_PICTURES,
            OPENING["count"],
            step=1,
            label=label("diffusion.count"),
            info=label("diffusion.count.info"),
        )
    return Controls(digit, count, seed, steps, sampler, guidance, eta), run, stop
