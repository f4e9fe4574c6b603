"""Other weights for a view: a checkpoint of this project on the Hub stands in for one that is
shipped, for this visitor alone.
"""

from collections.abc import Sequence
from functools import partial

import gradio as gr

from aigc_demo import hub
from aigc_demo.core import model_cache
from aigc_demo.ui import language
from aigc_demo.ui.hub import Kind, Picker, picker


def checkpoint_picker(
    view: str, names: Sequence[str], here: gr.Textbox | gr.State | None = None
) -> Picker:
    """Draw the folded control; its `here` goes to `model_cache.resolve_weights` with every event,
    as a state, which callers of the API need not give.

    names: the checkpoints of which one may be replaced.
    """
    with gr.Accordion(language.label("hub.weights"), open=False, elem_id=f"{view}-weights"):
        gr.Markdown(language.label("hub.weights.info"), elem_classes="note")
        kind = Kind(
            f"{view}_weights",
            hub.CHECKPOINT,
            partial(model_cache.check_replacement, names),
            reads=("metrics.json",),
            public=False,
        )
        picked = picker(kind, here=gr.State("") if here is None else here)
        back = gr.Button(language.label("hub.weights.back"))
        back.click(
            lambda: ["", None],
            None,
            [picked.here, picked.card],
            api_visibility="private",
            show_progress="hidden",
            concurrency_limit=None,
        )
    return picked
