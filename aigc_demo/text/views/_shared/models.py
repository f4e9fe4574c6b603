"""The models that the text tab's views run, by the title under which a visitor chooses them."""

from typing import Any

import gradio as gr

from aigc_demo.core.errors import check_choice
from aigc_demo.core.settings import settings
from aigc_demo.ui import components, language

SHAKESPEARE = {
    "RNN": "text-rnn-shakespeare",
    "LSTM": "text-lstm-shakespeare",
    "Transformer": "text-transformer-shakespeare",
}
TANG = "text-transformer-tang"
TRANSFORMERS = {"shakespeare": SHAKESPEARE["Transformer"], "tang": TANG}
WRITERS = {**SHAKESPEARE, "Tang": TANG}
# what each writer goes on from, until a visitor types something else
EXAMPLES = {**dict.fromkeys(SHAKESPEARE, "ROMEO:\n"), "Tang": "春夜\n"}


def offered(names: dict[str, str]) -> dict[str, str]:
    """Return those of `names`, checkpoints by title, that are here; the first even where it is
    missing, so that its absence is explained.
    """
    weights = {name: settings().checkpoint(name) / "model.safetensors" for name in names.values()}
    here = {title: name for title, name in names.items() if weights[name].exists()}
    return here or dict([*names.items()][:1])


def writer_of(title: object) -> str:
    """Return the checkpoint of the writer called `title`; raises DemoError, with the titles there
    are, when it is not here.
    """
    return WRITERS[check_choice("model", title, list(offered(WRITERS)))]


def example(title: str, prompt: str) -> Any:
    """Return what the writer called `title` may be asked to go on from; a prompt of the visitor's
    own stays.
    """
    writer_of(title)
    return EXAMPLES[title] if prompt in EXAMPLES.values() else gr.skip()


def choose_writer(title: str) -> components.Radio:
    """Return the choice of a writer, at first the one called `title`."""
    shown = {"Tang": language.label("text.attention.tang")}
    return components.model([(shown.get(each, each), each) for each in offered(WRITERS)], title)
