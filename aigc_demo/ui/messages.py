"""What the app tells a visitor over the page: the one place that uses Gradio's messages, which take
their text for markup.
"""

import traceback
from html import escape

import gradio as gr

from aigc_demo.core.errors import DemoError
from aigc_demo.ui import language

Failure = gr.Error  # what `failure` returns, for who catches it
MAX_REPEATED = 40  # characters of what a visitor typed that a message repeats


def warn(key: str, **values: object) -> None:
    """Show the text under `key`, filled with `values`, in the visitor's language; the page goes
    on.
    """
    shown = {
        name: str(value)[:MAX_REPEATED] if name == "value" else value
        for name, value in values.items()
    }
    text = language.both(key, **shown)[language.visitor_language()]
    gr.Warning(_literal(text))


def failure(error: Exception) -> Failure:
    """Return what a handler raises in place of `error`, in the visitor's language.

    What nobody foresaw is told by its kind alone; what it says stands in the log.
    """
    if not isinstance(error, DemoError):
        traceback.print_exception(error)
        kind = type(error).__name__
        error = DemoError(
            "Something went wrong that was not foreseen ({kind}). "
            "Other inputs, or the same again, may work.",
            kind=kind,
        )
    title = language.both("app.error")[language.visitor_language()]
    text = language.error_text(error)
    return Failure(_literal(text), title=_literal(title), print_exception=False)


def _literal(text: str) -> str:
    """Return `text` as markup that shows it as it was typed."""
    return escape(text, quote=False)
