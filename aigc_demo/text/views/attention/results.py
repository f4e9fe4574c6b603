"""What the heads view shows of a Transformer on a prompt: each head's steps, what each layer
guesses, and the text without some heads.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_choice, check_number
from aigc_demo.core.wire_format import encode_bytes, encode_float32
from aigc_demo.text.views._shared.models import TRANSFORMERS, offered
from aigc_demo.ui import language

if TYPE_CHECKING:
    from torch import Tensor

MAX_SHOWN = 64  # characters: each has a row and a column
WRITTEN, TEMPERATURE = 120, 0.8  # how the text with and without heads is written


@dataclass(frozen=True)
class Selection:
    """A model, a text and the heads that are switched off."""

    model: Any
    text: str  # the last characters of the prompt
    off: Any  # the heads that are switched off

    @property
    def ablated(self) -> Any:
        """The model without the heads that are off."""
        from aigc_demo.text.ablation import without_heads

        return without_heads(self.model, self.off)


def select(model: str, prompt: str, heads_off: str) -> Selection:
    """Return what the controls select; raises DemoError when one of them is invalid."""
    from aigc_demo.text.ablation import read_heads
    from aigc_demo.text.model import check_prompt

    whole = model_cache.model(
        TRANSFORMERS[check_choice("model", model, list(offered(TRANSFORMERS)))]
    )
    off = read_heads(heads_off, layers=whole.config.layers, heads=whole.config.heads)
    return Selection(whole, check_prompt(prompt)[-MAX_SHOWN:], off)


def inspect_head(model: str, prompt: str, layer: int, head: int, heads_off: str) -> list[Any]:
    """Return the steps of one head beside every head's map, what each layer guesses, and what just
    happened.
    """
    from aigc_demo.text.ablation import name_heads
    from aigc_demo.text.attention import logit_lens, trace

    selection = select(model, prompt, heads_off)
    layer = check_number("layer", layer, 1, selection.model.config.layers, whole=True)
    head = check_number("head", head, 1, selection.model.config.heads, whole=True)
    read, ids = selection.ablated, selection.model.encode(selection.text)
    taken = trace(read.network, ids)
    chosen = {
        "layer": layer,
        "head": head,
        "off": name_heads(selection.off).split(),
        "left_out": max(0, len(prompt) - MAX_SHOWN),
    }
    return [
        {"text": list(selection.text), **chosen, **steps_of(taken.layers, layer - 1, head - 1)},
        happened(selection.text, taken.layers[layer - 1], layer, head),
        {
            "text": list(selection.text),
            **guesses(read, logit_lens(read.network, taken.streams), ids),
        },
    ]


def ablate(selection: Selection, seed: int) -> dict[str, Any]:
    """Return the text with all heads and without some, and the surprisal of the first for the
    ablated model.
    """
    from aigc_demo.text.ablation import compare

    result = compare(
        selection.model,
        selection.ablated,
        selection.text,
        length=WRITTEN,
        temperature=TEMPERATURE,
        seed=seed,
    )
    count = {
        "off": len(selection.off),
        "heads": selection.model.config.layers * selection.model.config.heads,
        "seed": seed,
    }
    return {"prompt": selection.text, **vars(result), **count}


def steps_of(layers: list[Any], layer: int, head: int) -> dict[str, Any]:
    """Return the maps of all heads, coarse, and the steps of one head, exact."""
    import torch

    weights = torch.stack([steps.weights for steps in layers])  # (layers, H, T, T)
    maps = {"shape": list(weights.shape), "uint8": encode_bytes((255 * weights).round().byte())}
    return {
        "maps": maps,
        **{
            name: encode_float32(getattr(layers[layer], name)[head])
            for name in ("scores", "weights", "values", "output")
        },
    }


def guesses(model: Any, lens: "Tensor", ids: list[int]) -> dict[str, Any]:
    """Return each layer's likeliest next character at each position, its probability, and that of
    the character that did follow.
    """
    likeliest = lens.max(dim=-1)
    right = lens[:, range(len(ids) - 1), ids[1:]]  # (layers + 1, T - 1)
    return {
        "guesses": [[model.decode([token]) for token in row] for row in likeliest.indices.tolist()],
        "probabilities": [[round(p, 4) for p in row] for row in likeliest.values.tolist()],
        "right": [[round(p, 4) for p in row] for row in right.tolist()],
    }


def happened(text: str, steps: Any, layer: int, head: int) -> str:
    """Return eq. 1 with the numbers of the last character's strongest look."""
    i, D = len(text), steps.values.shape[-1]
    row, scaled = steps.weights[head - 1, -1], steps.scaled[head - 1, -1].double()
    j = int(row.argmax()) + 1
    marks = {
        "asking": {" ": "␣", "\n": "↵"}.get(text[-1], text[-1]),
        "answering": {" ": "␣", "\n": "↵"}.get(text[j - 1], text[j - 1]),
    }
    sentence = language.bilingual_html(
        "text.attention.happened",
        layer=layer,
        head=head,
        i=i,
        j=j,
        share=f"{row[j - 1]:.0%}",
        **marks,
    )
    answer, answers = (
        rf"\exp(q_{{{i}}} \cdot k_{{{j}}} / \sqrt{{{D}}})",
        rf"\sum_{{m \le {i}}} \exp(q_{{{i}}} \cdot k_m / \sqrt{{{D}}})",
    )
    numbers = (
        rf"\frac{{e^{{{scaled[j - 1]:.2f}}}}}{{e^{{{scaled.logsumexp(0):.2f}}}}} = {row[j - 1]:.3f}"
    )
    return f"{sentence}\n\n$$\\alpha_{{{i},{j}}} = \\frac{{{answer}}}{{{answers}}} = {numbers}$$"


def most_focused(layers: list[Any]) -> tuple[int, int]:
    """Return layer and head, from 1, in which the last character gives most weight to one that is
    more than two back.
    """
    import torch

    # (layers, H)
    strongest = torch.stack([steps.weights[:, -1, :-3].amax(dim=-1) for steps in layers])
    layer, head = divmod(int(strongest.argmax()), strongest.shape[1])
    return layer + 1, head + 1
