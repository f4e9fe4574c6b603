"""What the tab's drawings have in common: their stage, and the words of their numbered parts."""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.ui import components, katex, language

REQUIRES = ("text-rnn-shakespeare", "text-transformer-shakespeare")  # of other families
FOLDER = Path(__file__).parent
MAX_TEXT = 60  # characters that are typed on a stage
TRANSFORMER, RNN = "text-transformer-shakespeare", "text-rnn-shakespeare"


def drawing(view: str, **options: Any) -> components.Drawing:
    """Return the drawing of a view, by its script view.js and its words `maths.<view>.*`."""
    keys = [
        key
        for key in language.TABLES["en"]
        if key.startswith(f"maths.{view}.") and key != f"maths.{view}.title"
    ]
    shared = ("app.waking", "shared.back", "shared.next", "maths.parts", "maths.text")
    words = language.words(*shared, *keys)
    words["stepper"] = words["parts"]
    return components.Drawing(
        FOLDER.parent / view / "view.js",
        words=words,
        katex=katex.address(),
        longest=MAX_TEXT,
        elem_id=f"maths-{view}",
        **options,
    )


def stage(view: str, **options: Any) -> components.Drawing:
    """Draw a view that is all stage: its handles are its controls. Return its drawing."""
    with gr.Column(elem_classes="stage"):
        return drawing(view, **options)
