"""Words in, an emoji out: latent diffusion step by step, each of its parts in sight, and what of
the result was memory.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import numpy as np

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.diffusion.views._shared import reel
from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES, sampler_and_eta
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import Both, Track, film, player
from aigc_demo.ui.weights import checkpoint_picker

ORDER = 10  # among the tab's views
FOLDER = Path(__file__).parent
NAME, NEIGHBOURS = "diffusion-emoji", "gan-emoji"  # the second keeps an album of the training emoji
SIDE = 64  # pixels of an emoji
COUNTS = ["1", "4", "16"]
MAX_STEPS = 50
LIVE_EVERY = 0.5  # seconds between two pictures of a sampling that goes on
TRACKS = ("z_t", "x_t", "x0_hat", "conditioned", "unconditioned", "difference")
NEAREST, TAUGHT = 5, 4  # emoji beside a result, and beside a word
EXAMPLES = ("mushroom", "crown", "bird", "cat", "guitar", "frog")
OPENING = {
    **{
        "prompt": "pink mushroom",
        "negative": "",
        "count": "1",
        "seed": 0,
        "steps": 15,
        "guidance": 3.0,
    },
    **{"sampler": "DPM-Solver++(2M)", "eta": 0.0},
}
WORDS = (
    *(
        "words",
        "taught",
        "noise",
        "unet",
        "passes",
        "latent",
        "decoder",
        "picture",
        "results",
        "one",
        "away",
    ),
    *("nearest", "together", "alone", "never", "memory"),
)


def draw(
    prompt: str,
    negative: str,
    count: str,
    seed: int,
    steps: int,
    guidance: float,
    sampler: str,
    eta: float = 0.0,
    weights: str = "",
) -> Iterator[list[Any]]:
    """Yield the film so far while the model works, at last the whole film, the way from words to
    picture, and what just happened.

    weights: see `model_cache.resolve_weights`.
    """
    model, number = (
        model_cache.resolve_weights(NAME, weights),
        int(check_choice("pictures", str(count), COUNTS)),
    )
    check_number("steps", steps, 1, MAX_STEPS, whole=True)
    seed, guidance = (
        check_seed(seed),
        check_number("guidance", guidance, 0, 10),
    )  # the model takes lists of them, too
    words, unwanted = (
        model.words.read(text if isinstance(text, str) else "") for text in (prompt, negative)
    )
    if not words and isinstance(prompt, str) and prompt.strip():
        raise DemoError(
            "There is no word in “{value}”: type some, for instance {example}.",
            value=prompt.strip()[:60],
            example="cat",
        )
    if not words:
        raise DemoError(
            "The prompt is empty: type at least one character, for instance {example}.",
            example="cat",
        )
    options = {"steps": steps, "guidance": guidance, "sampler": sampler, "eta": eta, "seed": seed}
    run = model.denoise([prompt] * number, negative=negative if unwanted else "", **options)
    asked = {
        "digit": prompt,
        "sampler": sampler,
        "steps": steps,
        "guidance": f"{guidance:g}",
        "seed": seed,
    }
    settings = language.both("diffusion.label", **asked)
    began, done = time.monotonic(), []
    shown = began
    for step in run:
        done.append(step.latent)
        if time.monotonic() - shown > LIVE_EVERY and len(done) < step.total:
            yield [_film(model, done[-1:], None, settings), gr.skip(), gr.skip()]
            shown = time.monotonic()
    result = model.pictures(done[-1].x_next)
    whole = _film(model, done, done[-1].x_next, settings)
    seconds = time.monotonic() - began
    yield [
        whole,
        _story(model, done, result, words, unwanted, seed),
        _run_summary(done, seconds, options, weights),
    ]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens: a real one, made when the app started."""
    return list(draw(**OPENING))[-1]


def _film(model: Any, steps: list[Any], last: Any, label: Both) -> dict[str, Any]:
    """Return the film of `steps` and of the finished latents `last`; without them, what is shown
    meanwhile.
    """
    from aigc_demo.diffusion.frames import columns_for

    live, count = last is None, len(steps[0].x_t)
    seen = _seen(model, steps, [] if live else [last])
    frames = [images.to_pixels(track).reshape(-1, count, SIDE, SIDE, 3) for track in seen.values()]
    pictures = np.stack(
        [
            np.stack([images.grid(frame, columns=columns_for(count)) for frame in track])
            for track in frames
        ]
    )
    captions = [
        language.both("diffusion.caption", step=step.index + 1, total=step.total, t=step.t)
        for step in steps
    ]
    captions += [] if live else [language.both("diffusion.caption.last")]
    shown = {"numbers": reel.numbers(model.schedule, steps, live=live), "label": label}
    progress = (steps[-1].index + 1) / steps[-1].total if live else None
    return film(
        "diffusion-emoji",
        _tracks(seen),
        pictures,
        captions,
        ink=False,
        live=live,
        progress=progress,
        **shown,
    )


def _seen(model: Any, steps: list[Any], end: list[Any]) -> dict[str, Any]:
    """Return what the film shows of `steps`, and of the latents at its `end`: each track (frames N,
    3, 64, 64).

    Of several pictures only the maps and the predictions are decoded: decoding takes as long as
    denoising.
    """
    import torch

    from aigc_demo.diffusion.frames import AMPLIFIED, spread

    noisy = torch.cat([step.x_t / spread(model.schedule, step.t) for step in steps] + end)
    latents = {"x0_hat": torch.cat([step.x0_hat for step in steps] + end)}
    if len(steps[0].x_t) == 1:
        latents["x_t"] = noisy
        if steps[0].unconditioned is not None:
            held = [*steps, *steps[-1:] * len(end)]  # at the end it stays as it was last
            latents |= {
                name: torch.cat([getattr(step, name) for step in held])
                for name in ("conditioned", "unconditioned")
            }
    decoded = dict(
        zip(
            latents, model.pictures(torch.cat([*latents.values()])).chunk(len(latents)), strict=True
        )
    )
    if "conditioned" in decoded:
        decoded["difference"] = AMPLIFIED * (decoded["conditioned"] - decoded["unconditioned"])
    maps = (
        (noisy[:, :3] / 2).repeat_interleave(4, dim=2).repeat_interleave(4, dim=3)
    )  # three of the four, as red, green and blue
    return {"z_t": maps, **{name: decoded[name] for name in TRACKS if name in decoded}}


def _tracks(names: Iterable[str]) -> list[Track]:
    noisy, clean, _, *guided = reel.tracks(6)
    own = (
        Track("z_t", language.both("diffusion.emoji.track.z_t"), "latent"),
        replace(noisy, title=language.both("diffusion.emoji.track.x_t")),
    )
    every = dict(zip(TRACKS, [*own, clean, *guided], strict=True))
    return [every[name] for name in names]


def _story(
    model: Any, steps: list[Any], result: Any, words: list[str], unwanted: list[str], seed: int
) -> dict[str, Any]:
    """Return what emoji.js draws: the words and who taught them, noise and latents as maps, the
    pictures and their nearest neighbours.
    """
    places = model.words.places

    def maps(latents: Any) -> str:
        return images.data_uri(
            images.grid(images.to_pixels(latents.flatten(0, 1)[:, None] / 2.5), columns=4)
        )

    return {
        "sheet": images.data_uri(images.grid(images.to_pixels(result), columns=len(result))),
        "noise": maps(steps[0].x_t),
        "latents": maps(steps[-1].x_next),
        "words": [
            {"word": word, "taught": model.memory.taught(places[word], TAUGHT)} for word in words
        ],
        "unwanted": unwanted,
        "together": model.memory.together({places[word] for word in words})[:8],
        "nearest": model_cache.model(NEIGHBOURS).nearest(result, NEAREST),
        "steps": len(steps),
        "seed": seed,
    }


def _run_summary(steps: list[Any], seconds: float, options: dict[str, Any], weights: str) -> str:
    found = "–" if weights else components.measured(NAME).get("right one in the first five", "–")
    sentence = language.bilingual_html(
        "diffusion.emoji.happened",
        count=len(steps[0].x_t),
        steps=len(steps),
        seconds=f"{seconds:.2f}",
        sampler=options["sampler"],
        found=found,
    )
    guided = (
        rf"\hat v = v_\varnothing + {options['guidance']:g}\,(v_{{\text{{words}}}} - v_\varnothing)"
    )
    return (
        rf"{sentence}"
        + "\n\n"
        + rf"$${guided},\qquad z_0 \in \mathbb{{R}}^{{4 \times 16 \times 16}},\qquad x = \mathrm{{decoder}}(z_0)$$"
    )


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            prompt = components.Textbox(
                OPENING["prompt"],
                label=label("diffusion.emoji.prompt"),
                info=label("diffusion.emoji.prompt.info"),
                max_lines=2,
                elem_id="emoji-prompt",
            )
            examples = components.Radio(
                [(label(f"diffusion.emoji.example.{name}"), name) for name in EXAMPLES],
                label=label("diffusion.emoji.examples"),
                elem_classes=["chips", "models", "wrapping"],
            )
            run, stop = components.run_and_stop("diffusion.run")
            count = components.Radio(
                COUNTS,
                value=OPENING["count"],
                label=label("diffusion.count"),
                info=label("diffusion.count.info"),
                elem_classes="chips",
            )
            guidance = components.Slider(
                0,
                10,
                OPENING["guidance"],
                step=0.5,
                label=label("diffusion.guidance"),
                info=label("diffusion.emoji.guidance.info"),
            )
            seed = components.seed(value=OPENING["seed"])
            with gr.Accordion(label("shared.more"), open=False):
                negative = components.Textbox(
                    "",
                    label=label("diffusion.emoji.negative"),
                    info=label("diffusion.emoji.negative.info"),
                    max_lines=2,
                )
                steps = components.Slider(
                    1,
                    MAX_STEPS,
                    OPENING["steps"],
                    step=1,
                    label=label("diffusion.steps"),
                    info=label("diffusion.steps.info"),
                )
                sampler, eta = sampler_and_eta(SAMPLER_NAMES, OPENING["sampler"], OPENING["eta"])
            other = checkpoint_picker("diffusion_emoji", [NAME])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            reverse = player(elem_id="diffusion-emoji-film")
            words = language.words("app.waking", *(f"diffusion.emoji.{word}" for word in WORDS))
            story = components.Drawing(
                FOLDER / "view.js", words=words, elem_id="diffusion-emoji-story"
            )
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="diffusion-emoji-happened",
                latex_delimiters=components.LATEX,
            )
    inputs, outputs = (
        [prompt, negative, count, seed, steps, guidance, sampler, eta, other.here],
        [reverse, story, result],
    )
    prompts = json.dumps(
        {name: language.both(f"diffusion.emoji.example.{name}") for name in EXAMPLES},
        ensure_ascii=False,
    )
    chosen = examples.input(
        None,
        examples,
        prompt,
        js=f"(name) => window.aigc.say(({prompts})[name])",
        api_visibility="private",
    )
    drawn = chosen.then(
        components.explained(draw),
        inputs,
        outputs,
        api_visibility="private",
        show_progress="hidden",
        **components.MODEL_WORK,
    )
    stop.click(None, cancels=[drawn], api_visibility="private")
    components.starts(
        [run.click, prompt.submit], draw, inputs, outputs, api_name="diffusion_emoji", stop=stop
    )
    return InitialResult(opening, outputs)
