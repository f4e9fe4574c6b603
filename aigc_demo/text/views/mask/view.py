"""Two Transformers, equal but for the causal mask, are trained on one text while the visitor
watches.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.wire_format import encode_bytes, json_number
from aigc_demo.text.views._shared.models import SHAKESPEARE
from aigc_demo.ui import article, components, language
from aigc_demo.ui.components import InitialResult

if TYPE_CHECKING:
    from aigc_demo.text.mask import PairTraining

ORDER = 50  # among the tab's views
FOLDER = Path(__file__).parent
OPENING = {"steps": 200, "seed": 0}
PIECES, LENGTH = 96, 84  # the text with which the view opens: so many pieces of so many characters
SHOWN = 10  # characters whose attention is drawn
FORMULA = (
    r"$$\mathrm{softmax}\!\left(\frac{QK^\top}{\sqrt{d_k}} + M\right) V, \qquad"
    r" M_{ij} = \begin{cases} 0 & j \le i \\ -\infty & j > i \end{cases}$$"
)
WORDS = (
    *(
        "about",
        "unmasked",
        "masked",
        "grid",
        "answer",
        "hidden",
        "left",
        "right",
        "itself",
        "copied",
    ),
    *("loss", "training", "asked", "guess", "writes", "running", "better", "worse", "heart"),
)


def train(text: str, steps: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield what view.js draws of the two networks, about twelve times a second while they learn
    `text`, and at the end.
    """
    from aigc_demo.text.compare import FRAMES_PER_SECOND
    from aigc_demo.text.mask import PairTraining

    training, written, shown = PairTraining(text, steps=steps, seed=seed), {}, 0.0
    while training.done < training.steps:
        training.step()
        if training.evaluations and training.evaluations[-1].step == training.done:
            written = writings(training)
        if training.done == training.steps or time.monotonic() - shown > 1 / FRAMES_PER_SECOND:
            yield frame(training, written)
            shown = time.monotonic()


def writings(training: "PairTraining") -> dict[str, str]:
    """Return what each network writes on now."""
    return {name: training.write(name) for name in training.networks}


def frame(training: "PairTraining", written: dict[str, str]) -> dict[str, Any]:
    """Return where both networks stand: losses in nats per character, what they wrote last, and the
    weights of one head each.

    Weights are of SHOWN by SHOWN characters as uint8 in base64, 255 for 1.
    """
    from aigc_demo.text.mask import NETWORKS

    return {
        "done": training.done,
        "steps": training.steps,
        "context": training.config.context,
        "prompt": training.tokenizer.decode(training.prompt),
        "shown": [training.tokenizer.decode([token]) for token in training.prompt[-SHOWN:]],
        "unigram": json_number(training.unigram_loss()),
        "curve": {"steps": training.curve.steps, **training.curve.losses},
        "held_out": {
            "steps": [evaluation.step for evaluation in training.evaluations],
            **{
                name: [json_number(evaluation.losses[i]) for evaluation in training.evaluations]
                for i, name in enumerate(NETWORKS)
            },
        },
        "written": written,
        "focus": {name: head_focus(training, name) for name in NETWORKS},
    }


def head_focus(training: "PairTraining", name: str) -> dict[str, Any]:
    """Return the head of a network that attends most to one relative position."""
    focus = training.head_focus(name, SHOWN)
    return {
        **vars(focus),
        "share": json_number(focus.share),
        "weights": encode_bytes((255 * focus.weights).round().byte()),
    }


@model_cache.single_flight_cache
def text_to_learn() -> str:
    """Return the text with which the view opens, written when the app started."""
    from aigc_demo.text.mask import generated_text

    return generated_text(
        model_cache.model(SHAKESPEARE["Transformer"]),
        "\n",
        pieces=PIECES,
        length=LENGTH,
        seed=OPENING["seed"],
    )


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished training with which the view opens."""
    from aigc_demo.text.mask import PairTraining

    training = PairTraining(text_to_learn(), steps=OPENING["steps"], seed=OPENING["seed"])
    while training.done < training.steps:
        training.step()
    return [frame(training, writings(training)), text_to_learn()]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            info = label("text.mask.text.info")
            text = components.Textbox(
                "",
                label=label("text.mask.text"),
                info=info,
                lines=8,
                max_lines=12,
                elem_id="mask-text",
            )
            run, stop = components.run_and_stop("text.mask.run")
            steps = components.Slider(
                40,
                600,
                OPENING["steps"],
                step=20,
                label=label("text.mask.steps"),
                info=label("text.mask.steps.info"),
            )
            with gr.Accordion(label("shared.more"), open=False):
                seed = components.seed(value=OPENING["seed"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            drawing = components.Drawing(
                FOLDER / "view.js",
                words=language.words("app.waking", *(f"text.mask.{word}" for word in WORDS)),
                elem_id="text-mask",
            )
            gr.Markdown(FORMULA, elem_classes="happened", latex_delimiters=components.LATEX)
            article.note("text.mask")
    components.starts(
        [run.click], train, [text, steps, seed], drawing, api_name="text_mask", stop=stop
    )
    return InitialResult(opening, [drawing, text], slow=True)
