"""The map: the families, what goes into each and what comes out, made by the real models; their history; and what is new about them."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo import images, library
from aigc_demo.errors import DemoError
from aigc_demo.settings import settings
from aigc_demo.ui import components, language
from aigc_demo.ui.components import Opening

FOLDER = Path(__file__).parent
SEED = 3
HUNDRED = 100  # digits at one click
PROMPT, WRITTEN = "ROMEO:\n", 90  # characters
OPENED, TOKENS = "To be, or not", 14
INPUTS = ("words", "picture", "noise")
ROWS = {  # family, which is its tab: what goes in, and its members
    "text": (("words",), "RNN · LSTM · Transformer"),
    "llm": (("words",), "GPT · BERT · XLNet"),
    "diffusion": (("words", "picture", "noise"), "DDPM · DDIM"),
    "vae": (("picture", "noise"), "VAE"),
    "gan": (("noise",), "GAN"),
}
MATHS = {  # view of the mathematics tab: its formula, what follows an underscore standing low, and the families that rest on it
    "entropy": ("−∑ y_i log ŷ_i", ("text", "llm")),
    "attention": ("softmax(QKᵀ / √d) V", ("text", "llm")),
    "noise": ("√ᾱ x_0 + √(1 − ᾱ) ε", ("diffusion",)),
    "divergence": ("KL(q(z|x) || p(z))", ("vae",)),
    "minimax": ("min_G max_D V(D, G)", ("gan",)),
}
TIMELINE = (  # year, name, whose paper, where it is shown
    (1986, "RNN", "Rumelhart, Hinton, Williams", "text/write"),
    (1997, "LSTM", "Hochreiter, Schmidhuber", "text/memory"),
    (2013, "VAE", "Kingma, Welling", "vae/digit"),
    (2014, "GAN", "Goodfellow et al.", "gan/lab"),
    (2015, "Diffusion", "Sohl-Dickstein et al.", "diffusion/procedure"),
    (2017, "Transformer", "Vaswani et al.", "text/attention"),
    (2018, "GPT", "Radford et al.", "llm/procedure"),
    (2018, "BERT", "Devlin et al.", "llm/objectives"),
    (2019, "XLNet", "Yang et al.", "llm/objectives"),
    (2020, "DDPM", "Ho, Jain, Abbeel", "diffusion/digits"),
    (2022, "Latent diffusion", "Rombach et al.", "diffusion/emoji"),
)
DIFFERENCES = {  # what is new, and the view that shows it
    "automatic": "gan/pictures",
    "several": "diffusion/emoji",
    "personal": "diffusion/picture",
    "feedback": "diffusion/variations",
}
WORDS = (
    *(f"input_{name}" for name in INPUTS),
    *(f"{part}_{name}" for name in ROWS for part in ("name", "does", "made")),
    *(f"maths_{name}" for name in MATHS),
    *(f"in_{year}_{name.split()[0].lower()}" for year, name, *_ in TIMELINE),
    *(f"{part}_{name}" for name in DIFFERENCES for part in ("title", "said", "go")),
    *("goes_in", "comes_out", "under", "history", "new", "map", "hundred", "hundred_said"),
)


@library.once
def text() -> dict[str, Any]:
    """Gives back a line that the Transformer writes."""
    steps = library.model("text-transformer-shakespeare").generate(PROMPT, max_new_tokens=WRITTEN, temperature=0.8, seed=SEED)
    return {"given": PROMPT, "text": "".join(step.text for step in steps)}


@library.once
def llm() -> dict[str, Any] | None:
    """Gives back how the small GPT goes on; None where it is not shipped."""
    name = "llm-gpt-shakespeare"
    if not (settings().checkpoint_folder / name / "model.safetensors").is_file():
        return None
    return {"given": OPENED, "text": "".join(library.model(name).generate(OPENED, max_new_tokens=TOKENS, seed=SEED))}


@library.once
def diffusion() -> dict[str, Any]:
    """Gives back an emoji from words and two digits, each out of noise."""
    prompt = language.both("overview.map.prompt")  # two words that never stood together in training
    *_, emoji = library.model("diffusion-emoji").denoise([prompt["en"]], seed=0)
    *_, digits = library.model("diffusion-digits").denoise([4, 7], seed=SEED)
    return {"given": prompt, "pictures": [*_uris(emoji.x_next), *_uris(digits.x_next)]}


@library.once
def vae() -> dict[str, Any]:
    """Gives back three digits, decoded from latents that were drawn."""
    import torch

    from aigc_demo import runtime

    model = library.model("vae-digits")
    return {"pictures": _uris(model.decode(torch.randn(3, model.config.latents, generator=runtime.generator(SEED))))}


@library.once
def gan() -> dict[str, Any]:
    """Gives back three digits in one stroke."""
    return {"pictures": [images.data_uri(picture) for picture in library.model("gan-digits").sample(3, seed=SEED)]}


def _uris(pictures: Any) -> list[str]:
    return [images.data_uri(picture) for picture in images.to_pixels(pictures)]


def thumbnail(make: Callable[[], dict[str, Any] | None]) -> dict[str, Any] | None:
    """Gives back what `make` does; where its model cannot be opened, what is wrong: the rest of the map stays."""
    try:
        return make()
    except DemoError as error:
        return {"problem": language.error_both(error)}


def opening() -> Iterator[list[Any]]:
    """Yield what the families made so far, each once, when the app started; the quick ones first."""
    made: dict[str, Any] = {}
    for make in (gan, vae, text, diffusion, llm):
        made[make.__name__] = thumbnail(make)
        yield [dict(made)]


def hundred(event: gr.EventData) -> dict[str, Any]:
    """Gives back what is on the map, and a hundred digits that the GAN painted just now, of ten classes in turn, with the seconds it took."""
    model, seed = library.model("gan-digits"), event._data["seed"]
    began = time.perf_counter()
    pictures = model.sample(HUNDRED, seed=seed)
    seconds = time.perf_counter() - began
    *_, (made,) = opening()
    return {**made, "hundred": {"sheet": images.data_uri(images.grid(pictures, columns=20)), "seconds": seconds, "seed": seed}}


def build() -> Opening:
    """Draws the view; gives back its opening result."""
    words = language.words("app.waking", *(f"overview.map.{word}" for word in WORDS))
    facts = {"sources": INPUTS, "families": ROWS, "maths": MATHS, "timeline": TIMELINE, "differences": DIFFERENCES}
    parts = [components.SHEETS[1], FOLDER / "places.js"]
    drawing = components.Drawing(FOLDER / "map.js", parts=parts, words=words, **facts, elem_id="overview-map")
    options = {"api_visibility": "private", "show_progress": "hidden", **components.MODEL_WORK}
    drawing.submit(components.explained(hundred), None, drawing, **options)
    return Opening(opening, [drawing])
