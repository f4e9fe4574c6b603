"""GPT's pretraining in its five steps, on one batch: the visitor's text, or one that the model
wrote.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.llm.views._shared.models import of_family
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

if TYPE_CHECKING:
    from aigc_demo.llm.model import LanguageModel
    from aigc_demo.llm.training_step import PretrainingStep

ORDER = 20  # among the tab's views
FOLDER = Path(__file__).parent
LEARNING_RATES = [0.001, 0.01, 0.1, 1, 3, 10]
OPENING = {"learning_rate": 0.1, "seed": 1}
BEGINNING, TOKENS = "KING:\n", 44  # how the model's own text begins, and how long it goes on


def train(text: str, learning_rate: float) -> dict[str, Any]:
    """Return what view.js draws: all five steps of pretraining on `text`."""
    from aigc_demo.llm.training_step import check_text, pretrain_once

    model = of_family("GPT")
    text = check_text(text)
    step, spans = pretrain_once(model, text, learning_rate), iter(model.spans(text))
    spans = [[next(spans) for _ in range(count)] for count in step.valid.sum(dim=1).tolist()]
    return {
        "text": text,
        # a character of several tokens stands at each of them
        "sequences": [[text[begin:end] for begin, end in row] for row in spans],
        "spans": spans,
        "ids": [row[mask].tolist() for row, mask in zip(step.ids[:, 1:], step.valid, strict=True)],
        "vocabulary": model.config.vocabulary,
        "learning_rate": learning_rate,
        **_forward(model, step),
        **_learned(step),
    }


def _forward(model: "LanguageModel", step: "PretrainingStep") -> dict[str, Any]:
    """Return steps 2 to 4: vectors' norms after each layer, the likeliest next tokens, and the
    target's probability.

    `target_rank`: the target's index among the likeliest, -1 where it is none of them.
    """
    from aigc_demo.llm.masked_prediction import index_of

    return {
        # (B, T, layers + 1)
        "lengths": [
            [[round(x, 2) for x in row] for row in layer]
            for layer in step.lengths.permute(1, 2, 0).tolist()
        ],
        "likeliest": [
            [[[model.name(token), round(p, 4)] for token, p in place] for place in row]
            for row in step.likeliest
        ],
        "target_rank": [
            [
                index_of([token for token, _ in place], token)
                for place, token in zip(row, ids, strict=True)
            ]
            for row, ids in zip(step.likeliest, step.ids[:, 1:].tolist(), strict=True)
        ],
        "right": [[round(p, 5) for p in row] for row in step.right.tolist()],
        "losses": [[round(loss, 3) for loss in row] for row in step.before.losses.tolist()],
        "losses_after": [[round(loss, 3) for loss in row] for row in step.after.losses.tolist()],
    }


def _learned(step: "PretrainingStep") -> dict[str, Any]:
    """Return step 5: loss and gradient before and after the update."""
    return {
        "loss": [step.before.loss, step.after.loss],
        "gradient": step.before.norm,
        "norms": step.before.norms,
        "clip": step.clip,
    }


def write(seed: int) -> list[Any]:
    """Return a text that the model wrote, and the seed of the next one."""
    text = BEGINNING + "".join(
        of_family("GPT").generate(BEGINNING, max_new_tokens=TOKENS, seed=seed)
    )
    return [text, seed + 1]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the step with which the view opens: one on a text that the model wrote when the app
    started.
    """
    text, seed = write(OPENING["seed"])
    return [train(text, OPENING["learning_rate"]), text, seed]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            info = label("llm.procedure.text.info")
            text = components.Textbox(
                "",
                label=label("llm.procedure.text"),
                info=info,
                lines=5,
                max_lines=8,
                elem_id="llm-procedure-text",
            )
            run = gr.Button(label("llm.procedure.run"), variant="primary")
            fresh = gr.Button(label("llm.procedure.write"))
            rate = components.Radio(
                [(f"{rate:g}", rate) for rate in LEARNING_RATES],
                value=OPENING["learning_rate"],
                label=label("llm.procedure.rate"),
                info=label("llm.procedure.rate.info"),
                elem_classes=["chips", "models"],
            )
            with gr.Accordion(label("shared.more"), open=False):
                seed = components.seed("llm.procedure.seed", value=OPENING["seed"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            keys = [key for key in language.TABLES["en"] if key.startswith("llm.procedure.stage.")]
            words = language.words("app.waking", *components.STEPPER_WORDS, *keys)
            stage = components.Drawing(FOLDER / "view.js", words=words, elem_id="llm-procedure")
    taken = components.working(train)
    components.starts(
        [run.click, text.submit], train, [text, rate], stage, api_name="llm_procedure"
    )
    rate.input(taken, [text, rate], stage, **PRIVATE_WORK)
    written = fresh.click(components.working(write), seed, [text, seed], **PRIVATE_WORK)
    written.success(taken, [text, rate], stage, **PRIVATE_WORK)
    return InitialResult(opening, [stage, text, seed])
