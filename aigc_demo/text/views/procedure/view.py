"""A Transformer's training step in six stages, on the visitor's own text."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.wire_format import encode_bytes, encode_float32
from aigc_demo.text.views._shared.models import TRANSFORMERS, offered
from aigc_demo.ui import article, components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

if TYPE_CHECKING:
    from aigc_demo.text.attention import Trace
    from aigc_demo.text.model import TextModel
    from aigc_demo.text.training_step import TrainingStep

ORDER = 40  # among the tab's views
FOLDER = Path(__file__).parent
# what each model begins its own text with
PROMPTS = {"shakespeare": "ROMEO:\n", "tang": "春夜\n"}
LEARNING_RATES = [0.001, 0.01, 0.1, 1, 3, 10]
OPENING = {"learning_rate": 0.1, "seed": 7, "length": 90}
COMPONENTS = 32  # of a vector, that are shown
MAX_MAPPED = 64  # characters whose attention is sent
GUESSES = 8  # of the likeliest next characters


def train(text: str, learning_rate: float) -> dict[str, Any]:
    """Return what view.js draws: all six stages of one training step on `text`."""
    from aigc_demo.text.training_step import TEMPERATURE, check_text, train_once

    text = check_text(text)
    model = model_cache.model(TRANSFORMERS[model_for(text)])
    training = train_once(model, text, learning_rate, seed=OPENING["seed"])
    return {
        "text": [model.decode([token]) for token in training.ids],
        "ids": training.ids,
        "vocabulary": model.config.vocabulary,
        "learning_rate": learning_rate,
        "temperature": TEMPERATURE,
        "seed": OPENING["seed"],
        **vectors(model, training.forward),
        **attention(training.forward),
        **guesses(model, training),
        **learned(training),
        "continuations": [vars(writing) for writing in training.continuations],
    }


def model_for(text: str) -> str:
    """Return the title of the first Transformer that knows every character of `text`; where none
    does, of the first, which says so.
    """
    from aigc_demo.text.tokenizer import unknown_characters

    titles = offered(TRANSFORMERS)
    knowing = (
        title
        for title, name in titles.items()
        if not unknown_characters(model_cache.model(name).tokenizer, text)
    )
    return next(knowing, next(iter(titles)))


def vectors(model: "TextModel", forward: "Trace") -> dict[str, Any]:
    """Return stages 1 and 2: what each character is embedded as, by which angles positions
    rotate it, how long it is after each layer.
    """
    import torch

    D = model.config.width // model.config.heads
    # (T, layers + 1)
    lengths = torch.stack([stream.norm(dim=-1) for stream in forward.streams], dim=1)
    return {
        "width": model.config.width,
        "vectors": encode_float32(forward.streams[0][:, :COMPONENTS]),  # (T, 32)
        # radians a character, of each pair of coordinates
        "frequencies": [10_000 ** (-2 * j / D) for j in range(D // 2)],
        "lengths": encode_float32(lengths),
    }


def attention(forward: "Trace") -> dict[str, Any]:
    """Return stage 2: every head's map over the first characters, as bytes; and the head that looks
    back furthest.
    """
    import torch

    # (layers, H, T, T)
    weights = torch.stack([steps.weights[:, :MAX_MAPPED, :MAX_MAPPED] for steps in forward.layers])
    at = torch.arange(weights.shape[-1])
    # (layers, H): characters back on average
    reach = (weights * (at[:, None] - at)).sum(-1).mean(-1)
    layer, head = divmod(int(reach.argmax()), weights.shape[1])
    maps = {"shape": list(weights.shape), "uint8": encode_bytes((255 * weights).round().byte())}
    return {"maps": maps, "shown": [layer, head]}


def guesses(model: "TextModel", training: "TrainingStep") -> dict[str, Any]:
    """Return stages 3 and 4: at each position the likeliest next characters, and how likely the one
    was that came.
    """
    z = training.forward.logits.double()
    p, top = z.softmax(dim=-1), z.topk(min(GUESSES, z.shape[1]), dim=-1)
    came = (range(len(z)), training.ids[1:])
    return {
        "guesses": [[model.decode([token]) for token in tokens] for tokens in top.indices.tolist()],
        # (T, 8) each
        "guessed": {
            "scores": encode_float32(top.values.float()),
            "probabilities": encode_float32(p.gather(1, top.indices).float()),
        },
        "scores": rounded(z[came].tolist(), 2),
        "totals": rounded(z.logsumexp(dim=-1).tolist(), 2),
        "probabilities": rounded(p[came].tolist(), 5),
        "losses": rounded(training.before.losses.tolist(), 3),
    }


def learned(training: "TrainingStep") -> dict[str, Any]:
    """Return stage 5: loss and gradient before and after the update, and the weight that was
    highlighted.
    """
    before, after, moved = training.before, training.after, training.weight_update
    return {
        "loss": [before.loss, after.loss],
        "gradient": [before.norm, after.norm],
        "groups": [
            {"part": part, "layer": layer, "norms": [norm, after.norms[part, layer]]}
            for (part, layer), norm in before.norms.items()
        ],
        "clip": training.clip,
        "weight_update": {
            **vars(moved),
            "group": {"part": moved.group[0], "layer": moved.group[1]},
        },
    }


def rounded(numbers: list[float], digits: int) -> list[float]:
    """Return `numbers`, rounded: they travel to the browser as text."""
    return [round(number, digits) for number in numbers]


def write(text: object, seed: int) -> list[Any]:
    """Return a text written by the model that knows `text`, and the seed of the next one."""
    title = model_for(text if isinstance(text, str) else "")
    begun = PROMPTS[title]
    steps = model_cache.model(TRANSFORMERS[title]).generate(
        begun, max_new_tokens=OPENING["length"], seed=seed
    )
    return [begun + "".join(step.text for step in steps), seed + 1]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the step with which the view opens: one on a text that the model wrote when the app
    started.
    """
    text, seed = write("", OPENING["seed"])
    return [train(text, OPENING["learning_rate"]), text, seed]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            text = components.Textbox(
                "",
                label=label("text.procedure.text"),
                info=label("text.procedure.text.info"),
                lines=5,
                max_lines=8,
                elem_id="procedure-text",
            )
            run = gr.Button(label("text.procedure.run"), variant="primary")
            fresh = gr.Button(label("text.procedure.write"))
            rate = components.Radio(
                [(f"{rate:g}", rate) for rate in LEARNING_RATES],
                value=OPENING["learning_rate"],
                label=label("text.procedure.rate"),
                info=label("text.procedure.rate.info"),
                elem_classes=["chips", "models"],
            )
            with gr.Accordion(label("shared.more"), open=False):
                seed = components.seed("text.procedure.seed", value=OPENING["seed"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            keys = [key for key in language.TABLES["en"] if key.startswith("text.procedure.stage.")]
            drawing = components.Drawing(
                FOLDER / "view.js",
                words=language.words("app.waking", *components.STEPPER_WORDS, *keys),
                elem_id="procedure-stage",
            )
            article.note("text.procedure")
    taken = components.working(train)
    components.starts(
        [run.click, text.submit], train, [text, rate], drawing, api_name="text_procedure"
    )
    rate.input(taken, [text, rate], drawing, **PRIVATE_WORK)
    written = fresh.click(components.working(write), [text, seed], [text, seed], **PRIVATE_WORK)
    written.success(taken, [text, rate], drawing, **PRIVATE_WORK)
    return InitialResult(opening, [drawing, text, seed])
