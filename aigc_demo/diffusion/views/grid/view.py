"""A grid of pictures along two axes, made in one batch; a click opens the film of one of them."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import DemoError, check_choice
from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES
from aigc_demo.diffusion.views.grid.controls import KINDS, OPENING, controls, follow
from aigc_demo.diffusion.views.grid.inputs import MODELS, numbers_of, prompts_of, seeds_from
from aigc_demo.ui import components, language, player
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track

ORDER = 50  # among the tab's views
FOLDER = Path(__file__).parent
LIVE_EVERY = 0.25  # seconds between two pictures of a grid that is being made, at least, and ...
LIVE_SHARE = 0.25  # ... what they may take of its time: emoji must be decoded to be seen
CHOSEN = 16  # of the opening: Euler, 10 steps
AXES = ("prompt", "steps", "sampler", "guidance", "seed")
WORDS = ("sheet", "cell", "progress", "going", "hint", *AXES)


@components.batched
def grid(
    kind: str,
    model: str,
    prompts: str,
    steps: str,
    guidance: str,
    seed: int,
    count: int,
    sampler: str,
) -> Iterator[list[Any]]:
    """Yield the grid so far while the model works, at last the whole grid, and what just happened.

    prompts, steps and guidance hold one value, or several with commas between where they are an
    axis.
    """
    from aigc_demo.diffusion import grids

    axes = KINDS[check_choice("grid", kind, list(KINDS))]
    many = {
        "prompt": prompts_of(model, prompts),
        "steps": numbers_of(steps),
        "sampler": SAMPLER_NAMES if kind == "steps" else [sampler],
        "guidance": numbers_of(guidance),
        "seed": [seed] if kind == "steps" else seeds_from(seed, count),
    }
    layout = grids.lay_out(*axes, many)
    whole = tuple(cell.steps for cell in layout.cells)
    denoiser, began = model_cache.model(MODELS[model]), time.monotonic()
    pause, shown, progress = LIVE_EVERY, began, None
    for progress in grids.generate(denoiser, layout.cells):
        if time.monotonic() - shown > pause and progress.steps != whole:
            began_to_show = time.monotonic()
            yield [_drawn(kind, model, denoiser, layout, progress), gr.skip()]
            shown = time.monotonic()
            pause = max(LIVE_EVERY, (shown - began_to_show) / LIVE_SHARE)
    assert progress is not None  # there is a cell, and it has a step
    drawn = _drawn(kind, model, denoiser, layout, progress)
    alone = grids.calls_unbatched(layout.cells)
    yield [drawn, _run_summary(layout, progress.calls, alone, time.monotonic() - began)]


@components.batched
def film(
    model: str, prompt: str, steps: int, sampler: str, guidance: float, seed: int
) -> list[Any]:
    """Return the film of one picture, made anew and alone; its last frame is the picture. And what
    it is the film of.
    """
    from aigc_demo.diffusion import grids

    prompts = prompts_of(model, prompt)
    if len(prompts) > 1:
        raise DemoError(
            "{field}: there are {count} values, but in this grid it is no axis and takes one.",
            field="prompt",
            count=len(prompts),
        )
    denoiser = model_cache.model(MODELS[model])
    made, pictures = grids.film(denoiser, grids.Cell(prompts[0], steps, sampler, guidance, seed))
    tracks = [
        Track("x_t", language.both("diffusion.track.x_t"), "noise"),
        Track("x̂_0", language.both("diffusion.track.x0_hat"), "generated"),
    ]
    captions = [
        language.both("diffusion.caption", step=step.index + 1, total=step.total, t=step.t)
        for step in made
    ]
    captions.append(language.both("diffusion.caption.last"))
    title = language.bilingual_html(
        "diffusion.grid.film",
        prompt=prompts[0],
        steps=len(made),
        sampler=sampler,
        guidance=f"{guidance:g}",
        seed=int(seed),
    )
    speed, ink = min(8, max(3, len(made) // 2)), model == "digits"
    played = player.film(
        "diffusion-grid", tracks, pictures, captions, ink=ink, frames_per_second=speed
    )
    return [played, f"### {title}"]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens: a real one, made when the view is first
    asked for.
    """
    drawn, summary = list(grid(**OPENING))[-1]
    cell = {**drawn["cells"][CHOSEN], "prompt": OPENING["prompts"]}
    return [drawn, summary, *film(OPENING["model"], **cell)]


def _drawn(kind: str, model: str, denoiser: Any, layout: Any, progress: Any) -> dict[str, Any]:
    pixels = images.to_pixels(denoiser.pictures(progress.pictures))

    def axis(name: str) -> dict[str, Any]:
        return {"name": name, "labels": [_shown(value) for value in layout.labels(name)]}

    return {
        "kind": kind,
        "model": model,
        "down": axis(layout.down),
        "across": axis(layout.across),
        "cells": [{field: getattr(cell, field) for field in AXES} for cell in layout.cells],
        "steps": list(progress.steps),
        "calls": progress.calls,
        "sheet": images.data_uri(images.grid(pixels, columns=layout.columns)),
        "side": pixels.shape[1],
    }


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _run_summary(layout: Any, calls: int, alone: int, seconds: float) -> str:
    sentence = language.bilingual_html(
        "diffusion.grid.happened",
        rows=layout.rows,
        columns=layout.columns,
        count=len(layout.cells),
        calls=calls,
        alone=f"{alone:,}",
        seconds=f"{seconds:.1f}",
    )
    return f"{sentence}\n\n$${_formula(layout)}$$"


def _formula(layout: Any) -> str:
    """Return how the pictures of the grid differ."""

    def values(axis: str) -> str:
        along = axis in (layout.down, layout.across)
        return r",\,".join(map(_shown, layout.labels(axis))) if along else ""

    scale = values("guidance") or _shown(layout.cells[0].guidance)
    guided = rf"\hat v = v_\varnothing + w\,(v_y - v_\varnothing),\qquad w \in \{{{scale}\}}"
    noise = r"x_T = \varepsilon_s \sim \mathcal{N}(0, I),\qquad "
    begun = rf"{noise}s \in \{{{values('seed')}\}}"
    step = r"x_s = f(x_t,\, \hat x_0,\, t \to s),\qquad t - s \approx T / n,\quad "
    return {
        "sampler": rf"{step}n \in \{{{values('steps')}\}}",
        "guidance": rf"{guided},\qquad {begun}",
        "prompt": rf"{begun},\qquad {guided}",
    }[layout.down]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            inputs, run, stop = controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"diffusion.grid.{word}" for word in WORDS))
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="diffusion-grid")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-grid-happened",
                latex_delimiters=components.LATEX,
            )
            title = gr.Markdown(elem_classes="section", elem_id="diffusion-grid-title")
            cells_film = player.player(elem_id="diffusion-grid-film")
    components.starts(
        [run.click],
        grid,
        list(inputs.values()),
        [drawing, result],
        api_name="diffusion_grid",
        stop=stop,
    )
    # their values come from the cell instead
    names = ("model", "prompts", "steps", "sampler", "guidance", "seed")
    components.starts(
        [drawing.select],
        film,
        [inputs[name] for name in names],
        [cells_film, title],
        api_name="diffusion_grid_film",
        stop=stop,
        js="async () => (await aigc.drawn('#diffusion-grid')).cell",
        trigger_mode="always_last",
    )
    follow(inputs)
    return InitialResult(opening, [drawing, result, cells_film, title])
