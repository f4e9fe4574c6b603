"""Base and fine-tuned model answer one instruction side by side; a slider scales the adapters
between the two.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_choice, check_number, check_seed
from aigc_demo.core.settings import settings
from aigc_demo.core.spelling import known_forms
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE, PRIVATE_WORK
from aigc_demo.ui.player import WORDS as PLAYER_WORDS

if TYPE_CHECKING:
    from aigc_demo.llm.instructions import Instruction
    from aigc_demo.llm.lora import LoraModel

ORDER = 30  # among the tab's views
FOLDER = Path(__file__).parent
CHECKPOINTS = {"Tang": "llm-lora-tang", "Shakespeare": "llm-lora-shakespeare"}
EXAMPLES = {"Tang": "五言四句 明月", "Shakespeare": "ROMEO, love"}
OPENING = {"model": "Tang", "instruction": EXAMPLES["Tang"], "dial": 1.0, "seed": 0}
TEMPERATURE = 0.8


@components.batched
def follow(model: str, instruction: str, dial: float, seed: int) -> list[Any]:
    """Return what view.js draws, the answers of the base and of the model at `dial`, and what just
    happened.
    """
    parsed, seed = _instruction(model, instruction), check_seed(seed)
    dial = float(check_number("dial", dial, 0, 1))
    tuned = model_cache.model(CHECKPOINTS[model])
    value = {
        "model": model,
        "line": parsed.line,
        "dial": dial,
        "base": _answer(tuned, 0, parsed, seed),
        "tuned": _answer(tuned, dial, parsed, seed),
        "figures": components.measured(CHECKPOINTS[model]),
    }
    weights = {"learned": tuned.adapters.parameters(), "base": tuned.base.network.parameters()}
    count = {
        name: f"{sum(weight.numel() for weight in group):,}" for name, group in weights.items()
    }
    scale = rf"\frac{{\alpha}}{{r}} = \frac{{{tuned.config.alpha:g}}}{{{tuned.config.rank}}}"
    said = language.bilingual_html(
        "llm.finetune.happened", seed=seed, rank=tuned.config.rank, **count
    )
    formula = (
        rf"h = W_0 x + \lambda \frac{{\alpha}}{{r}} B A x, \qquad \lambda = {dial:g},\; {scale}"
    )
    return [value, f"{said}\n\n$${formula}$$"]


@components.batched
def replay(model: str, instruction: str, seed: int) -> Iterator[dict[str, Any]]:
    """Yield what the model answered at each snapshot of its training so far."""
    from aigc_demo.llm.training_snapshots import snapshot_answers

    parsed, seed = _instruction(model, instruction), check_seed(seed)
    name = CHECKPOINTS[model]
    tuned, folder = model_cache.model(name), settings().checkpoint(name)
    answers = snapshot_answers(tuned, folder, parsed, temperature=TEMPERATURE, seed=seed)
    found = []
    for each in answers:
        found.append({"step": each.step, **_checked(parsed, each.answer)})
        yield {"snapshots": found}


def _instruction(model: object, line: object) -> "Instruction":
    from aigc_demo.llm.instructions import PoemInstruction, SpeechInstruction

    title = check_choice("model", model, list(CHECKPOINTS))
    kind = {"Tang": PoemInstruction, "Shakespeare": SpeechInstruction}[title]
    known = model_cache.model(CHECKPOINTS[title]).base.tokenizer.get_vocab()
    return kind.parse(known_forms(line, known) if isinstance(line, str) else "")


def _answer(
    tuned: "LoraModel", dial: float, instruction: "Instruction", seed: int
) -> dict[str, Any]:
    from aigc_demo.llm.instructions import generate_answer

    *_, answer = generate_answer(
        tuned.scaled(dial), instruction, temperature=TEMPERATURE, seed=seed
    )
    return _checked(instruction, answer)


def _checked(instruction: "Instruction", answer: str) -> dict[str, Any]:
    spans, result = instruction.keyword_spans(answer), instruction.check(answer)
    return {"answer": answer, "spans": spans, **asdict(result)}


def example(model: str) -> str:
    """Return an example instruction for the chosen model."""
    return EXAMPLES[check_choice("model", model, list(CHECKPOINTS))]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens: a real one, made when the app started."""
    return [
        *follow(**OPENING),
        list(replay(OPENING["model"], OPENING["instruction"], OPENING["seed"]))[-1],
    ]


@dataclass(frozen=True)
class Controls:
    """What a visitor sets."""

    model: components.Radio
    line: components.Textbox
    run: gr.Button
    dial: components.Slider
    seed: components.Number
    replay: gr.Button  # of the training, snapshot by snapshot
    stop: gr.Button


def controls() -> Controls:
    """Draw the controls."""
    label = language.label
    model = components.model(
        [(label("llm.finetune.tang"), "Tang"), ("Shakespeare", "Shakespeare")],
        OPENING["model"],
    )
    line = components.Textbox(
        OPENING["instruction"],
        label=label("llm.finetune.instruction"),
        info=label("llm.finetune.instruction.info"),
        elem_id="finetune-instruction",
    )
    run = gr.Button(label("llm.finetune.run"), variant="primary")
    dial = components.Slider(
        0,
        1,
        1.0,
        step=0.05,
        label=label("llm.finetune.dial"),
        info=label("llm.finetune.dial.info"),
    )
    seed = components.seed(value=OPENING["seed"])
    replay, stop = components.run_and_stop("llm.finetune.replay")
    return Controls(model, line, run, dial, seed, replay, stop)


def stage() -> list[gr.Component]:
    """Draw what the results come to: both answers, what just happened, and the replay."""
    keys = [key for key in language.TABLES["en"] if key.startswith("llm.finetune.stage.")]
    answers = components.Drawing(
        FOLDER / "view.js", words=language.words("app.waking", *keys), elem_id="llm-finetune"
    )
    result = gr.Markdown(
        elem_classes="happened", elem_id="finetune-happened", latex_delimiters=components.LATEX
    )
    words = language.words("app.waking", *(f"player.{word}" for word in PLAYER_WORDS), *keys)
    snapshots = components.Drawing(FOLDER / "snapshots.js", words=words, elem_id="llm-snapshots")
    return [answers, result, snapshots]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            own = controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            outputs = stage()
    *answered, snapshots = outputs
    inputs = [own.model, own.line, own.dial, own.seed]
    answer = components.working(follow)
    triggers = [own.run.click, own.line.submit, own.seed.submit]
    components.starts(triggers, follow, inputs, answered, api_name="llm_follow")
    own.dial.input(answer, inputs, answered, trigger_mode="always_last", **PRIVATE_WORK)
    changed = own.model.input(components.explained(example), own.model, own.line, **PRIVATE)
    changed.then(answer, inputs, answered, **PRIVATE_WORK)
    components.starts(
        [own.replay.click],
        replay,
        [own.model, own.line, own.seed],
        snapshots,
        api_name="llm_replay",
        stop=own.stop,
    )
    return InitialResult(opening, outputs)
