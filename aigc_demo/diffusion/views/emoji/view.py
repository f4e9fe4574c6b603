"""Words in, an emoji out: latent diffusion step by step, each of its parts in sight, and what of
the result was memory.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed
from aigc_demo.core.pace import Pace
from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES, sampler_and_eta
from aigc_demo.diffusion.views.emoji.film import emoji_film
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import player
from aigc_demo.ui.weights import checkpoint_picker

ORDER = 10  # among the tab's views
REQUIRES = ("gan-emoji",)  # of other families
FOLDER = Path(__file__).parent
NAME = "diffusion-emoji"
NEIGHBOURS = "gan-emoji"  # which has an index of the training emoji
COUNTS = ["1", "4", "16"]
MAX_STEPS = 50
LIVE_EVERY = 0.5  # seconds between two pictures of a sampling that goes on
NEAREST, TAUGHT = 5, 4  # emoji beside a result, and beside a word
EXAMPLES = ("mushroom", "crown", "bird", "cat", "guitar", "frog")
OPENING = {
    "prompt": "pink mushroom",
    "negative": "",
    "count": "1",
    "seed": 0,
    "steps": 15,
    "guidance": 3.0,
    "sampler": "DPM-Solver++(2M)",
    "eta": 0.0,
}
WORDS = (
    *("words", "taught", "noise", "unet", "passes", "latent", "decoder", "picture"),
    *("results", "one", "away", "nearest", "together", "alone", "never", "memory"),
)
LATENT = r"z_0 \in \mathbb{R}^{4 \times 16 \times 16},\qquad x = \mathrm{decoder}(z_0)"


@components.batched
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
    model = model_cache.resolve_weights(NAME, weights)
    number = int(check_choice("pictures", str(count), COUNTS))
    check_number("steps", steps, 1, MAX_STEPS, whole=True)
    # the model takes lists of these two, and a visitor one
    seed, guidance = check_seed(seed), check_number("guidance", guidance, 0, 10)
    words, unwanted = (
        model.words.tokenize(text if isinstance(text, str) else "") for text in (prompt, negative)
    )
    _check_words(prompt, words)
    options = {"steps": steps, "guidance": guidance, "sampler": sampler, "eta": eta, "seed": seed}
    run = model.denoise([prompt] * number, negative=negative if unwanted else "", **options)
    named = {**options, "guidance": f"{guidance:g}"}
    settings = language.both("diffusion.label", digit=prompt, **named)
    began, done = time.monotonic(), []
    pace = Pace(LIVE_EVERY)
    for step in run:
        done.append(step.latent)
        if len(done) < step.total and pace.due():
            yield [emoji_film(model, done[-1:], None, settings), gr.skip(), gr.skip()]
    result = model.pictures(done[-1].x_next)
    film = emoji_film(model, done, done[-1].x_next, settings)
    summary = _run_summary(done, time.monotonic() - began, options, weights)
    yield [film, _story(model, done, result, words, unwanted, seed), summary]


def _check_words(prompt: object, words: list[str]) -> None:
    """Raise DemoError where `prompt` has no word."""
    if words:
        return
    if isinstance(prompt, str) and prompt.strip():
        raise DemoError(
            "There is no word in “{value}”: type some, for instance {example}.",
            value=prompt.strip()[:60],
            example="cat",
        )
    raise DemoError(
        "The prompt is empty: type at least one character, for instance {example}.", example="cat"
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens: a real one, made as the app started."""
    return list(draw(**OPENING))[-1]


def _story(
    model: Any, steps: list[Any], result: Any, words: list[str], unwanted: list[str], seed: int
) -> dict[str, Any]:
    """Return what view.js draws: the words and who taught them, noise and latents as maps, the
    pictures and their nearest neighbours.
    """
    ids = model.words.ids

    def maps(latents: Any) -> str:
        channels = images.to_pixels(latents.flatten(0, 1)[:, None] / 2.5)
        return images.data_uri(images.grid(channels, columns=4))

    taught = {word: model.training_index.emoji_with(ids[word], TAUGHT) for word in words}
    return {
        "sheet": images.data_uri(images.grid(images.to_pixels(result), columns=len(result))),
        "noise": maps(steps[0].x_t),
        "latents": maps(steps[-1].x_next),
        "words": [{"word": word, "taught": emoji} for word, emoji in taught.items()],
        "unwanted": unwanted,
        "together": model.training_index.emoji_with_all({ids[word] for word in words})[:8],
        "nearest": model_cache.model(NEIGHBOURS).nearest(result, NEAREST),
        "steps": len(steps),
        "seed": seed,
    }


def _run_summary(steps: list[Any], seconds: float, options: dict[str, Any], weights: str) -> str:
    found = "–" if weights else components.measured(NAME).get("recall@5", "–")
    sentence = language.bilingual_html(
        "diffusion.emoji.happened",
        count=len(steps[0].x_t),
        steps=len(steps),
        seconds=f"{seconds:.2f}",
        sampler=options["sampler"],
        found=found,
    )
    scale = f"{options['guidance']:g}"
    guided = rf"\hat v = v_\varnothing + {scale}\,(v_{{\text{{words}}}} - v_\varnothing)"
    return f"{sentence}\n\n$${guided},\\qquad {LATENT}$$"


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            prompt, controls, examples, run, stop = _controls()
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
    inputs, outputs = [prompt, *controls, other.here], [reverse, story, result]
    chosen = examples.input(None, examples, prompt, js=_texts(), api_visibility="private")
    drawn = chosen.then(
        components.working(draw),
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


def _texts() -> str:
    """Return the script that gives an example's text in the page's language."""
    texts = {name: language.both(f"diffusion.emoji.example.{name}") for name in EXAMPLES}
    return f"(name) => window.aigc.say(({json.dumps(texts, ensure_ascii=False)})[name])"


def _text(name: str, value: str, **options: Any) -> components.Textbox:
    label, info = (language.label(f"diffusion.emoji.{name}{part}") for part in ("", ".info"))
    return components.Textbox(value, label=label, info=info, max_lines=2, **options)


def _controls() -> tuple[components.Textbox, list[gr.Component], gr.Radio, gr.Button, gr.Button]:
    """Draw the prompt; the other controls, in the order in which `draw` takes them; the examples,
    run and stop.
    """
    label = language.label
    prompt = _text("prompt", OPENING["prompt"], elem_id="emoji-prompt")
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
        negative = _text("negative", "")
        steps = components.Slider(
            1,
            MAX_STEPS,
            OPENING["steps"],
            step=1,
            label=label("diffusion.steps"),
            info=label("diffusion.steps.info"),
        )
        sampler, eta = sampler_and_eta(SAMPLER_NAMES, OPENING["sampler"], OPENING["eta"])
    return (
        prompt,
        [negative, count, seed, steps, guidance, sampler, eta],
        examples,
        run,
        stop,
    )
