"""Characters beside byte-pair encoding: a sentence grows together, merge by merge."""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.text.views._shared.models import SHAKESPEARE
from aigc_demo.ui import article, components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.player import WORDS as PLAYER_WORDS

ORDER = 100  # among the tab's views
FOLDER = Path(__file__).parent
CHARACTERS = SHAKESPEARE["Transformer"]  # whose numbers the characters are shown with
MERGES = 60
FORMULA = (
    r"$$(a, b) = \underset{(a, b)}{\mathrm{arg\,max}}\; \mathrm{count}(a, b),"
    r" \qquad a\,b \to ab$$"
)
WORDS = (
    *(
        "group",
        "start",
        "caption",
        "candidates",
        "candidates_hint",
        "nothing",
        "learned",
        "jump",
        "characters",
        "characters_hint",
    ),
    *("method", "tokens_count", "vocabulary", "per_token", "by_character", "by_pair"),
)


def merge(text: str, merges: int) -> list[Any]:
    """Return what view.js plays, and what just happened."""
    from aigc_demo.text.bpe import trace_merges

    trace = trace_merges(text, merges)
    known = alphabet()
    value = {
        "text": trace.text,
        "joined": trace.joined,
        "frames": [
            {
                **vars(frame),
                "pair": frame.pair,
                "candidates": [[*pair, count] for pair, count in frame.candidates],
            }
            for frame in trace.frames
        ],
        "ids": [known.get(character) for character in trace.text],
        "known": len(known),
        "exhausted": trace.exhausted,
    }
    first, last = trace.frames[0], trace.frames[-1]
    numbers = {
        "merges": len(trace.frames) - 1,
        "before": first.tokens,
        "after": last.tokens,
        "small": first.vocabulary,
        "large": last.vocabulary,
    }
    happened = [language.bilingual_html("text.tokens.happened", **numbers)]
    if trace.exhausted:
        happened.append(language.bilingual_html("text.tokens.exhausted"))
    return [value, "\n\n".join([*happened, FORMULA])]


def alphabet() -> dict[str, int]:
    """Return the number of each character that the Shakespeare models know; empty where there is no
    such model.
    """
    try:
        return model_cache.model(CHARACTERS).tokenizer.get_vocab()
    except DemoError:
        return {}


def sentence() -> str:
    """Return the sentence with which the view opens: one in each language."""
    return "\n".join(language.both("text.tokens.sentence").values())


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens: a real one, made when the app started."""
    return merge(sentence(), MERGES)


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            info = label("text.tokens.text.info")
            text = components.Textbox(
                sentence(),
                label=label("text.tokens.text"),
                info=info,
                lines=6,
                max_lines=12,
                elem_id="tokens-text",
            )
            run = gr.Button(label("text.tokens.run"), variant="primary")
            merges = components.Slider(
                1,
                300,
                MERGES,
                step=1,
                label=label("text.tokens.merges"),
                info=label("text.tokens.merges.info"),
            )
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words(
                "app.waking",
                *(f"player.{word}" for word in PLAYER_WORDS),
                *(f"text.tokens.{word}" for word in WORDS),
            )
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="text-tokens")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="tokens-happened",
                latex_delimiters=components.LATEX,
            )
            article.note("text.tokens")
    components.starts(
        [run.click, text.submit], merge, [text, merges], [drawing, result], api_name="text_merges"
    )
    return InitialResult(opening, [drawing, result])
