"""A DDPM pipeline of the Hub, its network under this app's own samplers: the film of a sampling."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo import hub
from aigc_demo.core import model_cache
from aigc_demo.core.errors import DemoError, check_number
from aigc_demo.diffusion.presets import FORMAT, PRESETS
from aigc_demo.diffusion.views._shared.film import sampling_film
from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES, sampler_and_eta
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.hub import Kind, picker
from aigc_demo.ui.player import Both, player

ORDER = 80  # among the tab's views
OWN = "diffusion-digits"  # what the view opens with, until a pipeline is picked
MAX_STEPS, MAX_PICTURES = 100, 4
LIVE_EVERY = 0.4  # seconds between two pictures of a run that goes on
CLEAN = r"\hat x_0 = \frac{x_t - \sqrt{1 - \bar\alpha_t}\,\hat\varepsilon}{\sqrt{\bar\alpha_t}}"


def check(repo: str, folder: Path) -> None:
    """Raise DemoError where the pipeline in `folder` is of a kind that does not open here."""
    from aigc_demo.diffusion.hub import check_pipeline

    check_pipeline(repo, folder)


KIND = Kind("diffusion_hub", FORMAT, check, reads=("model_index.json",))


def paint(
    repo: str, count: int, seed: int, steps: int, sampler: str, eta: float
) -> Iterator[list[Any]]:
    """Yield the film so far while the pipeline `repo` works, at last the whole film, and what just
    happened.
    """
    from aigc_demo.diffusion import hub as pipelines

    if not repo:
        raise DemoError(
            "No model is picked yet: pick one at the left. What is on this machine opens without a "
            "network."
        )
    count = check_number("pictures", count, 1, MAX_PICTURES, whole=True)
    check_number("steps", steps, 1, MAX_STEPS, whole=True)
    model = pipelines.model(repo)
    run = model.generate(count, steps=steps, sampler=sampler, seed=seed, eta=eta)
    yield from _films(model, repo, run, sampler, seed)


def _films(
    model: Any, name: str, run: Iterator[Any], sampler: str, seed: int, *, key: str = "happened"
) -> Iterator[list[Any]]:
    """Yield the film of `run` so far, at last the whole film and what just happened: the text
    `key`.
    """
    from aigc_demo.diffusion.frames import frame, last_frame

    began, shown, frames, done = time.monotonic(), 0.0, [], []
    short = f"{name.split('/')[-1]}, {sampler}, {seed}"
    settings: Both = {code: short for code in language.LANGUAGES}
    ink = model.shape[0] == 1
    for step in run:
        frames.append(frame(step, model.schedule))
        done.append(step)
        if time.monotonic() - max(shown, began) > LIVE_EVERY and len(done) < step.total:
            last = (frames[-1:], done[-1:], settings)
            film = sampling_film("diffusion-hub", model.schedule, *last, live=True, ink=ink)
            yield [film, gr.skip()]
            shown = time.monotonic()
    frames.append(last_frame(done[-1]))
    summary = _run_summary(key, model, name, sampler, done[-1], time.monotonic() - began)
    film = sampling_film("diffusion-hub", model.schedule, frames, done, settings, ink=ink)
    yield [film, summary]


def _run_summary(key: str, model: Any, name: str, sampler: str, step: Any, seconds: float) -> str:
    from aigc_demo.core.checkpoints import parameters

    sentence = language.bilingual_html(
        f"diffusion.hub.{key}",
        name=name,
        parameters=f"{parameters(model.network) / 1e6:.1f}",
        side=model.shape[-1],
        channels=model.shape[0],
        noise=model.schedule.steps,
        count=len(step.x_next),
        steps=step.total,
        sampler=sampler,
        seconds=f"{seconds:.1f}",
    )
    last = rf"\bar\alpha_{{{step.t}}} = {model.schedule.alpha_bar[step.t].item():.4f}"
    return f"{sentence}\n\n$${CLEAN}, \\qquad {last}$$"


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return what the view opens with: what the pipelines are, and a film of this project's own
    small model, to compare them with.
    """
    model = model_cache.model(OWN)
    run = model.denoise([8], steps=20, sampler="DDIM", guidance=2.0, seed=3)
    return [*list(_films(model, OWN, run, "DDIM", 3, key="own"))[-1], facts()]


def facts() -> str:
    """Return a table of the presets, with what is published of each and whether it is here, as
    Markdown in both languages.
    """
    heads = ("pipeline", "pictures", "size", "parameters", "state")
    rows = [
        " | ".join(language.bilingual_html(f"diffusion.hub.head.{head}") for head in heads),
        " | ".join("---" for _ in heads),
    ]
    for preset in PRESETS:
        state = language.bilingual_html(
            "diffusion.hub.here" if hub.cached(preset.repo, FORMAT) else "diffusion.hub.absent"
        )
        cells = [
            f'<b translate="no">{preset.repo}</b>',
            preset.pictures,
            f"{preset.side} × {preset.side}",
            f"{preset.parameters:g}",
            state,
        ]
        rows.append(" | ".join(cells))
    return "\n".join(f"| {row} |" for row in rows)


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            picked = picker(KIND, [(preset.title, preset.repo) for preset in PRESETS])
            run, stop = components.run_and_stop("diffusion.run")
            steps = _slider("steps", MAX_STEPS, 20)
            seed = components.seed(value=0)
            with gr.Accordion(label("shared.more"), open=False):
                sampler, eta = sampler_and_eta(SAMPLER_NAMES, "DDIM", 0.0)
                count = _slider("count", MAX_PICTURES, 1)
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            gr.Markdown(label("diffusion.hub.lead"), elem_classes="happened")
            film = player(elem_id="diffusion-hub-film")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-hub-happened",
                latex_delimiters=components.LATEX,
            )
            table = gr.Markdown(elem_classes=["happened", "facts"], elem_id="diffusion-hub-facts")
    inputs = [picked.here, count, seed, steps, sampler, eta]
    components.starts(
        [run.click, seed.submit],
        paint,
        inputs,
        [film, result],
        api_name="diffusion_hub_paint",
        stop=stop,
    )
    painted = picked.here.change(
        components.working(_paint_once),
        inputs,
        [film, result],
        api_visibility="private",
        show_progress="hidden",
        **components.MODEL_WORK,
    )
    painted.then(facts, None, table, api_visibility="private", show_progress="hidden")
    stop.click(None, cancels=[painted], api_visibility="private")
    return InitialResult(opening, [film, result, table])


def _slider(name: str, most: int, value: int) -> components.Slider:
    key = f"diffusion.{name}"
    label, info = language.label(key), language.label(f"{key}.info")
    return components.Slider(1, most, value, step=1, label=label, info=info)


def _paint_once(repo: str, *options: Any) -> Iterator[list[Any]]:
    """Paint when a pipeline was picked, so that its first film is there at once."""
    if repo:
        yield from paint(repo, *options)
