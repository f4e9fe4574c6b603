"""Pretrained, then fine-tuned: base and fine-tuned model answer one instruction side by side, with
a dial between the two.
"""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_choice, check_number, check_seed
from aigc_demo.core.settings import settings
from aigc_demo.core.spelling import known_forms
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import WORDS as PLAYER_WORDS

if TYPE_CHECKING:
    from aigc_demo.llm.instructions import Instruction
    from aigc_demo.llm.lora import LoraModel

ORDER = 30  # among the tab's views
FOLDER = Path(__file__).parent
PUPILS = {"Tang": "llm-lora-tang", "Shakespeare": "llm-lora-shakespeare"}
EXAMPLES = {"Tang": "五言四句 明月", "Shakespeare": "ROMEO, love"}
OPENING = {"model": "Tang", "instruction": EXAMPLES["Tang"], "dial": 1.0, "seed": 0}
TEMPERATURE = 0.8


def follow(model: str, instruction: str, dial: float, seed: int) -> list[Any]:
    """Return what finetune.js draws, the answers of the base and of the model at `dial`, and what
    just happened.
    """
    asked, seed, dial = (
        _instruction(model, instruction),
        check_seed(seed),
        float(check_number("dial", dial, 0, 1)),
    )
    pupil = model_cache.model(PUPILS[model])
    value = {
        "model": model,
        "line": asked.line,
        "dial": dial,
        "base": _answer(pupil, 0, asked, seed),
        "tuned": _answer(pupil, dial, asked, seed),
        "figures": components.measured(PUPILS[model]),
    }
    weights = {"learned": pupil.adapters.parameters(), "base": pupil.base.network.parameters()}
    count = {
        name: f"{sum(weight.numel() for weight in group):,}" for name, group in weights.items()
    }
    scale = rf"\frac{{\alpha}}{{r}} = \frac{{{pupil.config.alpha:g}}}{{{pupil.config.rank}}}"
    said = language.bilingual_html(
        "llm.finetune.happened", seed=seed, rank=pupil.config.rank, **count
    )
    formula = (
        rf"h = W_0 x + \lambda \frac{{\alpha}}{{r}} B A x, \qquad \lambda = {dial:g},\; {scale}"
    )
    return [value, f"{said}\n\n$${formula}$$"]


def replay(model: str, instruction: str, seed: int) -> Iterator[dict[str, Any]]:
    """Yield what the model answered at each moment of its training so far."""
    from aigc_demo.llm.training_snapshots import moments

    asked, folder = _instruction(model, instruction), settings().checkpoint(PUPILS[model])
    found = []
    for moment in moments(
        model_cache.model(PUPILS[model]),
        folder,
        asked,
        temperature=TEMPERATURE,
        seed=check_seed(seed),
    ):
        found.append(
            {
                "step": moment.step,
                "answer": moment.answer,
                "stands": asked.stands(moment.answer),
                **asdict(moment.obeyed),
            }
        )
        yield {"moments": found}


def _instruction(model: object, line: object) -> "Instruction":
    from aigc_demo.llm.instructions import PoemInstruction, SpeechInstruction

    kind = {"Tang": PoemInstruction, "Shakespeare": SpeechInstruction}[
        check_choice("model", model, list(PUPILS))
    ]
    known = model_cache.model(PUPILS[model]).base.tokenizer.get_vocab()
    return kind.read(known_forms(line, known) if isinstance(line, str) else "")


def _answer(pupil: "LoraModel", dial: float, asked: "Instruction", seed: int) -> dict[str, Any]:
    from aigc_demo.llm.instructions import follow

    *_, answer = follow(pupil.at(dial), asked, temperature=TEMPERATURE, seed=seed)
    return {"answer": answer, "stands": asked.stands(answer), **asdict(asked.obeyed(answer))}


def example(model: str) -> str:
    """Return what a model that was chosen may be asked."""
    return EXAMPLES[check_choice("model", model, list(PUPILS))]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens: a real one, made when the app started."""
    return [
        *follow(**OPENING),
        list(replay(OPENING["model"], OPENING["instruction"], OPENING["seed"]))[-1],
    ]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            model = components.model(
                [(label("llm.finetune.tang"), "Tang"), ("Shakespeare", "Shakespeare")],
                OPENING["model"],
            )
            info = label("llm.finetune.instruction.info")
            line = components.Textbox(
                OPENING["instruction"],
                label=label("llm.finetune.instruction"),
                info=info,
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
            through, stop = components.run_and_stop("llm.finetune.replay")
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            keys = [key for key in language.TABLES["en"] if key.startswith("llm.finetune.stage.")]
            stage = components.Drawing(
                FOLDER / "view.js",
                words=language.words("app.waking", *keys),
                elem_id="llm-finetune",
            )
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="finetune-happened",
                latex_delimiters=components.LATEX,
            )
            words = language.words(
                "app.waking", *(f"player.{word}" for word in PLAYER_WORDS), *keys
            )
            machine = components.Drawing(
                FOLDER / "snapshots.js", words=words, elem_id="llm-moments"
            )
    inputs, asked = [model, line, dial, seed], components.explained(follow)
    private = {"api_visibility": "private", "show_progress": "hidden", **components.MODEL_WORK}
    components.starts(
        [run.click, line.submit, seed.submit],
        follow,
        inputs,
        [stage, result],
        api_name="llm_follow",
    )
    dial.input(asked, inputs, [stage, result], trigger_mode="always_last", **private)
    changed = model.input(
        components.explained(example), model, line, api_visibility="private", show_progress="hidden"
    )
    changed.then(asked, inputs, [stage, result], **private)
    components.starts(
        [through.click], replay, [model, line, seed], machine, api_name="llm_replay", stop=stop
    )
    return InitialResult(opening, [stage, result, machine])
