"""The glossary: the field's words in both languages, each with a place in the app where it can be seen.

What a term is called and what it means stands in glossary.en.md and glossary.zh.md. The panel, and the links on the pages' words,
are drawn in the browser by glossary.js.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aigc_demo.ui import language

FOLDER = Path(__file__).parent
STYLE = FOLDER / "glossary.css"
WORDS = ("app.glossary", *(f"glossary.{word}" for word in ("search", "close", "found", "none", "see", "whole", "families")))

# A family's terms, and where each is to be seen: a tab's view.
PLACES = {
    "overview": {
        "aigc": "overview/map",
        "machine-learning": "overview/map",
        "neural-network": "gan/lab",
        "weights": "overview/contest",
        "distribution": "maths/divergence",
        "loss": "maths/entropy",
        "gradient": "text/procedure",
        "back-propagation": "llm/procedure",
        "learning-rate": "diffusion/procedure",
        "held-out": "text/write",
        "checkpoint": "text/training",
        "ema": "gan/pictures",
        "quantisation": "gan/replay",
        "seed": "gan/latents",
        "prompt": "diffusion/emoji",
        "fid": "overview/contest",
    },
    "text": {
        "autoregressive": "text/inspect",
        "token": "text/tokens",
        "bpe": "text/tokens",
        "vocabulary": "text/tokens",
        "embedding": "text/procedure",
        "position-encoding": "text/procedure",
        "rnn": "text/memory",
        "lstm": "text/memory",
        "hidden-state": "text/memory",
        "transformer": "text/attention",
        "attention": "maths/attention",
        "attention-head": "text/attention",
        "query-key-value": "maths/attention",
        "logit": "text/inspect",
        "softmax": "maths/entropy",
        "temperature": "text/inspect",
        "top-k": "text/inspect",
        "top-p": "text/inspect",
        "surprise": "text/surprise",
    },
    "gan": {
        "gan": "gan/pictures",
        "generator": "gan/pictures",
        "discriminator": "gan/critic",
        "minimax": "maths/minimax",
        "mode-collapse": "gan/lab",
        "truncation": "gan/pictures",
        "non-saturating": "gan/lab",
    },
    "vae": {
        "autoencoder": "vae/emoji",
        "vae": "vae/digit",
        "encoder": "vae/digit",
        "decoder": "vae/digit",
        "latent-space": "vae/map",
        "elbo": "maths/noise",
        "reparameterisation": "vae/digit",
        "posterior-collapse": "vae/digit",
        "prior": "vae/map",
        "posterior": "maths/noise",
        "likelihood": "gan/families",
    },
    "diffusion": {
        "diffusion": "diffusion/digits",
        "latent-diffusion": "diffusion/emoji",
        "noise-schedule": "maths/noise",
        "snr": "maths/noise",
        "x0-prediction": "diffusion/digits",
        "v-prediction": "diffusion/procedure",
        "u-net": "diffusion/emoji",
        "sampler": "diffusion/grid",
        "ddpm": "diffusion/plane",
        "ddim": "diffusion/digits",
        "solver": "diffusion/grid",
        "guidance": "diffusion/digits",
        "score": "diffusion/plane",
    },
    "llm": {
        "language-model": "llm/hub",
        "pretraining": "llm/procedure",
        "fine-tuning": "llm/finetune",
        "lora": "llm/finetune",
        "causal-mask": "llm/objectives",
        "attention-mask": "llm/objectives",
        "masked-lm": "llm/objectives",
        "permutation-lm": "llm/objectives",
        "gpt": "llm/procedure",
        "bert": "llm/objectives",
        "xlnet": "llm/objectives",
    },
    "maths": {
        "cross-entropy": "maths/entropy",
        "entropy": "maths/entropy",
        "perplexity": "maths/entropy",
        "bit": "text/surprise",
        "nat": "maths/entropy",
        "kl-divergence": "maths/divergence",
        "js-divergence": "gan/lab",
        "gaussian": "maths/divergence",
        "squared-error": "diffusion/procedure",
    },
}

# Tabs in which alone these words have the meaning of the glossary: elsewhere a generator is any model that generates.
ONLY_IN = {
    "generator": ("gan", "maths"),
    "encoder": ("vae", "maths"),
    "decoder": ("vae", "gan", "diffusion", "maths"),
    "truncation": ("gan",),
    "score": ("diffusion",),
    "attention-head": ("text", "maths"),
    "position-encoding": ("text",),
    "attention-mask": ("llm",),
    "masked-lm": ("llm",),
    "permutation-lm": ("llm",),
}


# Views, and guides, where the first of these words is another one: the weights of a mean; in Chinese, the verbs "to lose" and "to spread".
NOT_IN = {
    "weights": ("text/attention", "maths/attention", "gan/guide"),
    "loss": ("maths/divergence",),
    "distribution": ("gan/guide",),
}


@dataclass(frozen=True)
class Term:
    """What one language has of a term: its name, the forms under which pages hold it, and what it means."""

    name: str
    forms: tuple[str, ...]
    meaning: str


@cache
def terms(code: str) -> dict[str, Term]:
    """Return all terms by their keys, as the language `code`, "en" or "zh", has them."""
    blocks = (FOLDER / f"glossary.{code}.md").read_text(encoding="utf-8").split("\n## ")[1:]
    lines = [block.strip().split("\n") for block in blocks]
    return {key: Term(name, tuple(forms.split(", ")), meaning) for key, name, forms, meaning in lines}


def forms(code: str) -> dict[str, str]:
    """Return the key of every form, in small letters; the longest forms come first."""
    found = {form.lower(): key for key, term in terms(code).items() for form in term.forms}
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))


def pattern(code: str) -> str:
    """Return a regular expression, for Python's engine and the browser's, that finds every form as a whole word.

    Where several forms begin at one place, the longest is found: "cross-entropy", not "entropy" or "cross".
    """
    return rf"(?<![A-Za-z0-9_-])(?:{'|'.join(re.escape(form) for form in forms(code))})(?![A-Za-z0-9_-])"


def script() -> str:
    """Return the script of the glossary with all that it tells, for the page's head."""
    titles = {place: _title(place) for family in PLACES.values() for place in family.values()}
    told = {
        "words": language.words(*WORDS),
        "families": {family: language.both("glossary.basics" if family == "overview" else f"{family}.tab") for family in PLACES},
        "places": titles,
        "terms": [
            {"key": key, "family": family, "place": place, "only": ONLY_IN.get(key), "never": NOT_IN.get(key)}
            | {code: [terms(code)[key].name, terms(code)[key].meaning, terms(code)[key].forms] for code in language.LANGUAGES}
            for family, places in PLACES.items()
            for key, place in places.items()
        ],
        "patterns": {code: pattern(code) for code in language.LANGUAGES},
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("</", r"<\/")
    return f"({(FOLDER / 'glossary.js').read_text(encoding='utf-8').strip().removesuffix(';')})({data});\n"


def _title(place: str) -> dict[str, str]:
    tab, view = place.split("/")
    shown, seen = language.both(f"{tab}.tab"), language.both(f"{tab}.{view}.title")
    return {code: f"{shown[code]} · {seen[code]}" for code in language.LANGUAGES}
