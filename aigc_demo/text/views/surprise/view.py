"""Any text, as each model reads it: how many bits each character has, and what was expected
instead.
"""

import math
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import DemoError, check_text
from aigc_demo.text.views._shared.models import SHAKESPEARE, TANG, offered
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

ORDER = 30  # among the tab's views
FOLDER = Path(__file__).parent
READERS = {**SHAKESPEARE, "Tang": TANG}
OPENING = """ROMEO:
Good morrow, sir. What news is come from Rome?
The king is dead, and all the land is silent.

A laptop guesses which letter will come next.
Easy words cost few bits; zebra xylophones cost many.
qqqq wvkzp jxh
"""
WORDS = (
    "waking",
    "cards",
    "per_character",
    "total",
    "best",
    "legend",
    "page",
    "hint",
    "bits",
    "expected",
    "curve",
    "position",
)


def report(text: str) -> list[Any]:
    """Return what view.js draws, and what just happened."""
    from aigc_demo.text.surprise import MAX_TEXT

    text = check_text(text, MAX_TEXT)
    names = offered(READERS)
    readers = [reader(title, text) for title in names]
    best = min(
        (reader for reader in readers if "reading" in reader),
        key=lambda reader: reader["bits_per_character"],
        default=None,
    )
    if best is None:
        # Raises the error that names the unknown characters.
        model_cache.model(next(iter(names.values()))).encode(text)
        raise AssertionError("a model that reads the text has read it")
    return [{"text": text, "readers": readers}, happened(len(text), best)]


def reader(title: str, text: str) -> dict[str, Any]:
    """Return one model's reading; where the text has characters that it never saw, names these."""
    from aigc_demo.text.surprise import read

    shown = language.both("text.surprise.tang") if title == "Tang" else title
    try:
        model = model_cache.model(READERS[title])
        reading = read(model, text)
    except DemoError as error:
        return {"name": shown, "problem": language.error_both(error)}
    blind = math.log2(model.config.vocabulary)
    return {
        "name": shown,
        "bits_per_character": reading.bits_per_character,
        "blind": blind,
        "reading": reading.compact(),
    }


def happened(length: int, best: dict[str, Any]) -> str:
    """Return the formula of the best reading with its numbers."""
    total = length * best["bits_per_character"]
    values = {
        "length": f"{length:,}",
        "blind": f"{best['blind']:.2f}",
        "total": f"{total:,.0f}",
        "bytes": f"{math.ceil(total / 8):,}",
    }
    sums = rf"\frac{{1}}{{{length}}} \cdot {total:.0f} = {best['bits_per_character']:.2f}"
    mean = r"-\frac{1}{N} \sum_{t=1}^{N} \log_2 p(x_t \mid x_{<t})"
    formula = rf"$${mean} = {sums}\;\text{{bits}}$$"
    return f"{language.bilingual_html('text.surprise.happened', **values)}\n\n{formula}"


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens: a real one, made when the app started."""
    return report(OPENING)


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            info = label("text.surprise.text.info")
            text = components.Textbox(
                OPENING,
                label=label("text.surprise.text"),
                info=info,
                lines=9,
                max_lines=16,
                elem_id="surprise-text",
            )
            run = gr.Button(label("text.surprise.run"), variant="primary")
            gr.Markdown(label("text.surprise.take"), elem_classes="note")
            with gr.Row():
                takes = {title: gr.Button(title, min_width=110) for title in SHAKESPEARE}
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"text.surprise.{word}" for word in WORDS[1:]))
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="text-surprise")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="surprise-happened",
                latex_delimiters=components.LATEX,
            )
    components.starts(
        [run.click, text.submit], report, text, [drawing, result], api_name="text_surprise"
    )
    for title, take in takes.items():
        written = (
            f"() => document.querySelector('#text-{title.lower()} .generated')?.textContent ?? ''"
        )
        taken = take.click(None, None, text, js=written, api_visibility="private")
        taken.then(
            components.explained(report),
            text,
            [drawing, result],
            **PRIVATE_WORK,
        )
    return InitialResult(opening, [drawing, result])
