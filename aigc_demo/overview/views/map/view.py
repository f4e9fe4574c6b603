"""The map: the families, what goes into each and what comes out, made by the real models; their
history; and what is new about them.
"""

import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import images, model_cache, precompute
from aigc_demo.core.errors import DemoError
from aigc_demo.overview.thumbnails import MAKERS
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

ORDER = 10  # among the tab's views
REQUIRES = ("gan-digits",)  # of other families
FOLDER = Path(__file__).parent
HUNDRED = 100  # digits at one click
INPUTS = ("words", "picture", "noise")
ROWS = {  # family, which is its tab: what goes in, and its members
    "text": (("words",), "RNN · LSTM · Transformer"),
    "llm": (("words",), "GPT · BERT · XLNet"),
    "diffusion": (("words", "picture", "noise"), "DDPM · DDIM"),
    "vae": (("picture", "noise"), "VAE"),
    "gan": (("noise",), "GAN"),
}
# View of the mathematics tab: its formula, in which what follows an underscore stands low, and the
# families that rest on it.
MATHS = {
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


def thumbnail(make: Callable[[], dict[str, Any] | None]) -> dict[str, Any] | None:
    """Return what `make` does; where its model cannot be opened, what is wrong: the rest of the map
    stays.
    """
    try:
        return make()
    except DemoError as error:
        return {"problem": language.error_both(error)}


@cache
def maker(name: str) -> Callable[[], dict[str, Any] | None]:
    """Return what makes the thumbnail of family `name`, once: in this process, where `precompute`
    made none.
    """
    return model_cache.single_flight_cache(lambda: precompute.result(name) or MAKERS[name]())


def opening() -> Iterator[list[Any]]:
    """Yield what the families made so far, once, when the app started; the quick ones first."""
    made: dict[str, Any] = {}
    for name in MAKERS:
        made[name] = thumbnail(maker(name))
        if name == "diffusion" and "pictures" in made[name]:
            made[name] = {**made[name], "given": language.both("overview.map.prompt")}
        yield [dict(made)]


def hundred(event: gr.EventData) -> dict[str, Any]:
    """Return what is on the map, and a hundred digits that the GAN painted just now, of ten classes
    in turn, with the seconds it took.
    """
    model, seed = model_cache.model("gan-digits"), event._data["seed"]
    began = time.perf_counter()
    pictures = model.sample(HUNDRED, seed=seed)
    seconds = time.perf_counter() - began
    *_, (made,) = opening()
    return {
        **made,
        "hundred": {
            "sheet": images.data_uri(images.grid(pictures, columns=20)),
            "seconds": seconds,
            "seed": seed,
        },
    }


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    words = language.words("app.waking", *(f"overview.map.{word}" for word in WORDS))
    facts = {
        "sources": INPUTS,
        "families": ROWS,
        "maths": MATHS,
        "timeline": TIMELINE,
        "differences": DIFFERENCES,
    }
    drawing = components.Drawing(FOLDER / "view.js", words=words, **facts, elem_id="overview-map")
    drawing.submit(components.working(hundred), None, drawing, **PRIVATE_WORK)
    return InitialResult(opening, [drawing])
