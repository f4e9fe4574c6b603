"""A grid of pictures along two axes, made in one batch; a click opens the film of one of them."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.core.spelling import plain
from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Track, player
from aigc_demo.ui.player import film as played

ORDER = 50  # among the tab's views
FOLDER = Path(__file__).parent
MODELS = {"digits": "diffusion-digits", "emoji": "diffusion-emoji"}
KINDS = {
    "steps": ("sampler", "steps"),
    "guidance": ("guidance", "seed"),
    "prompt": ("prompt", "seed"),
}  # what changes downwards, and across
BETWEEN = re.compile(r"[,、;\n]")
MAX_SEEDS = 64
LIVE_EVERY = 0.25  # seconds between two pictures of a grid that is being made, at least, and ...
LIVE_SHARE = 0.25  # ... what they may take of its time: emoji must be decoded to be seen
STEPS, GUIDANCE = "1, 2, 3, 5, 10, 20", "0, 1, 2, 4, 8"
PROMPTS = {
    "digits": ("3", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
    "emoji": ("red heart", "cat, panda, red apple, rocket, 红苹果"),
}  # one, and several
ALONE = {
    "digits": ("15", "2", 6),
    "emoji": ("15", "3", 6),
}  # steps, guidance and the number of seeds, where they are no axis
SAMPLER = "DPM-Solver++(2M)"
OPENING = {
    "kind": "steps",
    "model": "digits",
    "prompts": "3",
    "steps": STEPS,
    "guidance": "2",
    "seed": 5,
    "count": 6,
    "sampler": SAMPLER,
}
CHOSEN = 16  # of the opening: Euler, 10 steps
AXES = ("prompt", "steps", "sampler", "guidance", "seed")
WORDS = ("sheet", "cell", "progress", "going", "hint", *AXES)


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

    down_and_across = KINDS[check_choice("grid", kind, list(KINDS))]
    many = {
        "prompt": prompts_of(model, prompts),
        "steps": numbers_of(steps),
        "sampler": SAMPLER_NAMES if kind == "steps" else [sampler],
        "guidance": numbers_of(guidance),
        "seed": [seed] if kind == "steps" else seeds_from(seed, count),
    }
    asked = grids.lay_out(*down_and_across, many)
    denoiser, began, rest, shown = (
        model_cache.model(MODELS[model]),
        time.monotonic(),
        LIVE_EVERY,
        time.monotonic(),
    )
    for filling in grids.fill(denoiser, asked.cells):
        if time.monotonic() - shown > rest and filling.steps != tuple(
            cell.steps for cell in asked.cells
        ):
            began_to_show = time.monotonic()
            yield [_drawn(kind, model, denoiser, asked, filling), gr.skip()]
            shown = time.monotonic()
            rest = max(LIVE_EVERY, (shown - began_to_show) / LIVE_SHARE)
    drawn = _drawn(kind, model, denoiser, asked, filling)
    yield [
        drawn,
        _run_summary(
            asked, filling.calls, grids.calls_alone(asked.cells), time.monotonic() - began
        ),
    ]


def film(
    model: str, prompt: str, steps: int, sampler: str, guidance: float, seed: int
) -> list[Any]:
    """Return the film of one picture, made anew and alone; its last frame is the picture. And what
    it is the film of.
    """
    from aigc_demo.diffusion import grids

    asked = prompts_of(model, prompt)
    if len(asked) > 1:
        raise DemoError(
            "{field}: there are {count} values, but in this grid it is no axis and takes one.",
            field="prompt",
            count=len(asked),
        )
    denoiser = model_cache.model(MODELS[model])
    made, pictures = grids.film(denoiser, grids.Cell(asked[0], steps, sampler, guidance, seed))
    tracks = [
        Track("x_t", language.both("diffusion.track.x_t"), "noise"),
        Track("x̂_0", language.both("diffusion.track.x0_hat"), "generated"),
    ]
    levels = [(step, denoiser.schedule.alpha_bar[step.t].item()) for step in made]
    captions = [
        language.both(
            "diffusion.caption",
            step=step.index + 1,
            total=step.total,
            t=step.t,
            alpha_bar=f"{level:.3f}",
        )
        for step, level in levels
    ]
    captions.append(language.both("diffusion.caption.last"))
    values = {
        "prompt": asked[0],
        "steps": len(made),
        "sampler": sampler,
        "guidance": f"{guidance:g}",
        "seed": int(seed),
    }
    title = f"### {language.bilingual_html('diffusion.grid.film', **values)}"
    return [
        played(
            "diffusion-grid",
            tracks,
            pictures,
            captions,
            ink=model == "digits",
            frames_per_second=min(8, max(3, len(made) // 2)),
        ),
        title,
    ]


def prompts_of(model: str, text: object) -> list[Any]:
    """Return the prompts in `text`, which has commas or line ends between them: classes for digits,
    words for emoji. Or one class.
    """
    check_choice("model", model, list(MODELS))
    text = str(text) if isinstance(text, int) and not isinstance(text, bool) else text
    pieces = (
        [piece.strip() for piece in BETWEEN.split(plain(text))] if isinstance(text, str) else []
    )
    pieces = [piece for piece in pieces if any(character.isalnum() for character in piece)]
    if not pieces:
        raise DemoError("There is no prompt: type a digit or words; several with commas between.")
    return (
        [int(piece) if piece.isdecimal() and len(piece) < 9 else piece for piece in pieces]
        if model == "digits"
        else pieces
    )


def numbers_of(given: object) -> list[Any]:
    """Return the numbers in `given`, a number or a text with commas between; what is no number
    stays, for the check that will name it.
    """
    if not isinstance(given, str):
        return [given]
    return [_number(piece.strip()) for piece in BETWEEN.split(plain(given))]


def _number(piece: str) -> Any:
    try:
        return float(piece)
    except ValueError:
        return piece


def seeds_from(first: int, count: int) -> list[int]:
    """Return `count` seeds in a row."""
    count = check_number("seeds", count, 1, MAX_SEEDS, whole=True)
    return [check_seed(check_seed(first) + i) for i in range(count)]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens: a real one, made when the view is first
    asked for.
    """
    drawn, happened = list(grid(**OPENING))[-1]
    return [
        drawn,
        happened,
        *film(OPENING["model"], **{**drawn["cells"][CHOSEN], "prompt": OPENING["prompts"]}),
    ]


def _drawn(kind: str, model: str, denoiser: Any, asked: Any, filling: Any) -> dict[str, Any]:
    pixels = images.to_pixels(denoiser.pictures(filling.pictures))
    return {
        "kind": kind,
        "model": model,
        "down": {
            "name": asked.down,
            "labels": [_shown(value) for value in asked.labels(asked.down)],
        },
        "across": {
            "name": asked.across,
            "labels": [_shown(value) for value in asked.labels(asked.across)],
        },
        "cells": [{field: getattr(cell, field) for field in AXES} for cell in asked.cells],
        "steps": list(filling.steps),
        "calls": filling.calls,
        "sheet": images.data_uri(images.grid(pixels, columns=asked.columns)),
        "side": pixels.shape[1],
    }


def _shown(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _run_summary(asked: Any, calls: int, alone: int, seconds: float) -> str:
    numbers = {"rows": asked.rows, "columns": asked.columns, "count": len(asked.cells)}
    sentence = language.bilingual_html(
        "diffusion.grid.happened",
        **numbers,
        calls=calls,
        alone=f"{alone:,}",
        seconds=f"{seconds:.1f}",
    )
    along = {
        axis: r",\,".join(map(_shown, asked.labels(axis)))
        for axis in (asked.down, asked.across)
        if axis not in ("prompt", "sampler")
    }
    guided = rf"\hat v = v_\varnothing + w\,(v_y - v_\varnothing),\qquad w \in \{{{along.get('guidance', _shown(asked.cells[0].guidance))}\}}"
    begun = (
        rf"x_T = \varepsilon_s \sim \mathcal{{N}}(0, I),\qquad s \in \{{{along.get('seed', '')}\}}"
    )
    stepped = rf"x_s = f(x_t,\, \hat x_0,\, t \to s),\qquad t - s \approx T / n,\quad n \in \{{{along.get('steps', '')}\}}"
    formula = {
        "sampler": stepped,
        "guidance": rf"{guided},\qquad {begun}",
        "prompt": rf"{begun},\qquad {guided}",
    }[asked.down]
    return f"{sentence}\n\n$${formula}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"diffusion.grid.{word}" for word in WORDS))
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="diffusion-grid")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-grid-happened",
                latex_delimiters=components.LATEX,
            )
            title = gr.Markdown(elem_classes="section", elem_id="diffusion-grid-title")
            cells_film = player(elem_id="diffusion-grid-film")
    components.starts(
        [run.click],
        grid,
        list(controls.values()),
        [drawing, result],
        api_name="diffusion_grid",
        stop=stop,
    )
    asked = [
        controls[name] for name in ("model", "prompts", "steps", "sampler", "guidance", "seed")
    ]  # their values come from the cell instead
    cell = "() => document.querySelector('#diffusion-grid .drawing').cell"
    latest = {"js": cell, "trigger_mode": "always_last"}
    components.starts(
        [drawing.select],
        film,
        asked,
        [cells_film, title],
        api_name="diffusion_grid_film",
        stop=stop,
        **latest,
    )
    _follow(controls)
    return InitialResult(opening, [drawing, result, cells_film, title])


def _controls() -> tuple[dict[str, gr.Component], gr.Button, gr.Button]:
    """Draw the controls, in the order in which `grid` takes them."""

    def choice(name: str, choices: list[Any]) -> gr.Component:
        words = {
            key: language.label(f"diffusion.grid.{name}{part}")
            for key, part in (("label", ""), ("info", ".info"))
        }
        return components.Radio(
            choices, value=OPENING[name], elem_classes=["chips", "models"], **words
        )

    def text(name: str, **options: Any) -> gr.Component:
        return components.Textbox(
            OPENING[name],
            label=language.label(f"diffusion.grid.{name}"),
            info=language.label(f"diffusion.grid.{name}.info"),
            **options,
        )

    kind = choice("kind", [(language.label(f"diffusion.grid.kind.{name}"), name) for name in KINDS])
    model = choice(
        "model", [(language.label(f"diffusion.grid.model.{name}"), name) for name in MODELS]
    )
    run, stop = components.run_and_stop("diffusion.grid.run")
    prompts, steps, guidance = (
        text("prompts", lines=2, max_lines=6),
        text("steps", lines=1, max_lines=2),
        text("guidance", lines=1, max_lines=2),
    )
    with gr.Accordion(language.label("shared.more"), open=False):
        seed = components.seed(value=OPENING["seed"])
        count = components.Slider(
            1,
            16,
            OPENING["count"],
            step=1,
            label=language.label("diffusion.grid.count"),
            info=language.label("diffusion.grid.count.info"),
        )
        sampler = choice("sampler", SAMPLER_NAMES)
    names = ("kind", "model", "prompts", "steps", "guidance", "seed", "count", "sampler")
    return (
        dict(
            zip(names, (kind, model, prompts, steps, guidance, seed, count, sampler), strict=True)
        ),
        run,
        stop,
    )


def _follow(controls: dict[str, gr.Component]) -> None:
    """Let another grid or model bring its own prompts and numbers, in the browser."""
    brought = {}
    for model, (steps, guidance, count) in ALONE.items():
        one, many = PROMPTS[model]
        brought[model] = {
            "steps": [one, STEPS, guidance, count],
            "guidance": [one, steps, GUIDANCE, count],
            "prompt": [many, steps, guidance, count],
        }
    gr.on(
        [controls["kind"].input, controls["model"].input],
        None,
        [controls["kind"], controls["model"]],
        [controls[name] for name in ("prompts", "steps", "guidance", "count")],
        js=f"(kind, model) => ({json.dumps(brought)})[model][kind]",
        api_visibility="private",
    )
