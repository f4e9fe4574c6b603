"""Three objectives, one sentence: what each token attends to, and what each family predicts of the
hidden words.
"""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.llm.views._shared.models import FAMILIES, of_family
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK
from aigc_demo.ui.player import WORDS as PLAYER_WORDS
from aigc_demo.ui.weights import checkpoint_picker

if TYPE_CHECKING:
    from aigc_demo.llm.masked_prediction import Answer, Sentence

ORDER = 10  # among the tab's views
FOLDER = Path(__file__).parent
OPENING = {
    "sentence": "My lord, the [king] is not [here], and I will [speak] to the queen.",
    "seed": 3,
}
FORMULAS = {
    "GPT": r"\textbf{GPT:}\; \prod_{t} p(x_t \mid x_{<t})",
    "BERT": r"\textbf{BERT:}\; \prod_{t \in M} p(x_t \mid x_{\setminus M})",
    "XLNet": r"\textbf{XLNet:}\; \prod_{i} p(x_{z_i} \mid x_{z_{<i}})",
}


def guess(sentence: str, seed: int, weights: str = "") -> list[Any]:
    """Return what view.js plays, and what just happened. weights: see
    `model_cache.resolve_weights`.
    """
    from aigc_demo.core.errors import check_seed
    from aigc_demo.llm.masked_prediction import parse

    read = parse(of_family("GPT"), sentence)
    return _shown(read, check_seed(seed), weights)


def hide(seed: int, weights: str, event: gr.EventData) -> list[Any]:
    """Return the sentence in which the clicked words are hidden, and what `guess` makes of it."""
    return [event._data["sentence"], *guess(event._data["sentence"], seed, weights)]


def _shown(read: "Sentence", seed: int, weights: str) -> list[Any]:
    from aigc_demo.llm.masked_prediction import predict

    answers = {name: predict(of_family(name, weights), read, seed=seed) for name in FAMILIES}
    value = {
        "pieces": [[piece.text, piece.word] for piece in read.pieces],
        # the same of tokens that share a character
        "begins": [piece.begin for piece in read.pieces],
        "hidden": read.hidden,
        "models": [_model(name, each, read, weights) for name, each in answers.items()],
    }
    return [value, _run_summary(answers, read, seed)]


def _model(name: str, answer: "Answer", read: "Sentence", weights: str) -> dict[str, Any]:
    from aigc_demo.llm.masked_prediction import likeliest, target_rank

    guesses = [
        {
            "place": guess.place,
            "order": guess.order,
            "likeliest": [
                [text, round(p, 4)] for text, p in likeliest(of_family(name, weights), guess)
            ],
            "target_rank": target_rank(guess, read.ids[guess.place]),
            "right": round(guess.probabilities[read.ids[guess.place]].item(), 4),
        }
        for guess in answer.guesses
    ]
    return {"name": name, "sees": answer.sees, "rank": answer.rank, "guesses": guesses}


def _run_summary(answers: "dict[str, Answer]", read: "Sentence", seed: int) -> str:
    formulas = "$$" + r",\qquad ".join(FORMULAS.values()) + "$$"
    if not read.hidden:
        return language.bilingual_html("llm.objectives.nothing_hidden") + "\n\n" + formulas
    nats = {
        name: -sum(
            math.log(guess.probabilities[read.ids[guess.place]].item()) for guess in answer.guesses
        )
        / len(answer.guesses)
        for name, answer in answers.items()
    }
    said = language.bilingual_html(
        "llm.objectives.happened",
        count=len(read.hidden),
        seed=seed,
        **{name.lower(): f"{nats[name]:.2f}" for name in nats},
    )
    return f"{said}\n\n{formulas}"


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens: a real one, made when the app started."""
    return guess(**OPENING)


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            info = label("llm.objectives.sentence.info")
            sentence = components.Textbox(
                OPENING["sentence"],
                label=label("llm.objectives.sentence"),
                info=info,
                lines=4,
                max_lines=8,
                elem_id="objectives-sentence",
            )
            run = gr.Button(label("llm.objectives.run"), variant="primary")
            seed = components.seed("llm.objectives.seed", value=OPENING["seed"])
            here = checkpoint_picker("llm_objectives", [*FAMILIES.values()]).here
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            keys = [key for key in language.TABLES["en"] if key.startswith("llm.objectives.stage.")]
            words = language.words(
                "app.waking", *(f"player.{word}" for word in PLAYER_WORDS), *keys
            )
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="llm-objectives")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="objectives-happened",
                latex_delimiters=components.LATEX,
            )
    components.starts(
        [run.click, sentence.submit, seed.submit],
        guess,
        [sentence, seed, here],
        [drawing, result],
        api_name="llm_guess",
    )
    drawing.select(
        components.working(hide),
        [seed, here],
        [sentence, drawing, result],
        trigger_mode="multiple",
        **PRIVATE_WORK,
    )
    return InitialResult(opening, [drawing, result])
