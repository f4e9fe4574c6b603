"""Inside the Transformer: what each head looks back at, how it computes that, and what becomes of
the text without it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_choice, check_number
from aigc_demo.core.wire_format import encoded, packed
from aigc_demo.text.views._shared.models import TRANSFORMERS, offered
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

if TYPE_CHECKING:
    from torch import Tensor

ORDER = 80  # among the tab's views
FOLDER = Path(__file__).parent
EXAMPLES = {"shakespeare": "the king and the ki", "tang": "江上春夜\n"}
MAX_SHOWN = 64  # characters: each has a row and a column
WRITTEN, TEMPERATURE = 120, 0.8  # how the text with and without heads is written
OPENING = {"model": "shakespeare", "prompt": EXAMPLES["shakespeare"], "heads_off": "", "seed": 7}


@dataclass(frozen=True)
class Controls:
    """The view's controls, in the order in which `attention` takes them."""

    model: gr.Radio
    prompt: gr.Textbox
    layer: gr.Number
    head: gr.Number
    heads_off: gr.Textbox
    seed: gr.Number


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to look into."""

    model: Any
    text: str  # the last characters of the prompt
    off: Any  # the heads that are switched off

    @property
    def damaged(self) -> Any:
        """The model without the heads that are off."""
        from aigc_demo.text.ablation import without_heads

        return without_heads(self.model, self.off)


def asked(model: str, prompt: str, heads_off: str) -> Asked:
    """Return what these controls ask for; raises DemoError when one of them cannot be."""
    from aigc_demo.text.ablation import read_heads
    from aigc_demo.text.model import check_prompt

    whole = model_cache.model(
        TRANSFORMERS[check_choice("model", model, list(offered(TRANSFORMERS)))]
    )
    off = read_heads(heads_off, layers=whole.config.layers, heads=whole.config.heads)
    return Asked(whole, check_prompt(prompt)[-MAX_SHOWN:], off)


def attention(
    model: str, prompt: str, layer: int, head: int, heads_off: str, seed: int
) -> Iterator[list[Any]]:
    """Yield at once what `look` returns, and then also the text with and without the heads that are
    off.
    """
    seen = look(model, prompt, layer, head, heads_off)
    yield [*seen, gr.skip()]
    yield [*seen, ablate(asked(model, prompt, heads_off), seed)]


def look(model: str, prompt: str, layer: int, head: int, heads_off: str) -> list[Any]:
    """Return the steps of one head beside every head's map, what each layer guesses, and what just
    happened.
    """
    from aigc_demo.text.ablation import name_heads
    from aigc_demo.text.attention import logit_lens, trace

    wish = asked(model, prompt, heads_off)
    layer = check_number("layer", layer, 1, wish.model.config.layers, whole=True)
    head = check_number("head", head, 1, wish.model.config.heads, whole=True)
    read, ids = wish.damaged, wish.model.encode(wish.text)
    taken = trace(read.network, ids)
    chosen = {
        "layer": layer,
        "head": head,
        "off": name_heads(wish.off).split(),
        "left_out": max(0, len(prompt) - MAX_SHOWN),
    }
    return [
        {"text": list(wish.text), **chosen, **steps_of(taken.layers, layer - 1, head - 1)},
        happened(wish.text, taken.layers[layer - 1], layer, head),
        {"text": list(wish.text), **guesses(read, logit_lens(read.network, taken.streams), ids)},
    ]


def ablate(wish: Asked, seed: int) -> dict[str, Any]:
    """Return the text with all heads and without some, and how foreign the first is to the damaged
    model.
    """
    from aigc_demo.text.ablation import decay

    result = decay(
        wish.model, wish.damaged, wish.text, length=WRITTEN, temperature=TEMPERATURE, seed=seed
    )
    count = {
        "off": len(wish.off),
        "heads": wish.model.config.layers * wish.model.config.heads,
        "seed": seed,
    }
    return {"prompt": wish.text, **vars(result), **count}


def steps_of(layers: list[Any], layer: int, head: int) -> dict[str, Any]:
    """Return the maps of all heads, coarse, and the steps of one head, exact."""
    import torch

    weights = torch.stack([steps.weights for steps in layers])  # (layers, H, T, T)
    maps = {"shape": list(weights.shape), "uint8": encoded((255 * weights).round().byte())}
    return {
        "maps": maps,
        **{
            name: packed(getattr(layers[layer], name)[head])
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


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens, a real one, and its layer and head: the one that
    looks back most pointedly.
    """
    from aigc_demo.text.attention import trace

    whole = model_cache.model(TRANSFORMERS[OPENING["model"]])
    layer, head = most_pointed(trace(whole.network, whole.encode(OPENING["prompt"])).layers)
    return [*list(attention(**{**OPENING, "layer": layer, "head": head}))[-1], layer, head]


def most_pointed(layers: list[Any]) -> tuple[int, int]:
    """Return layer and head, from 1, in which the last character gives most weight to one that is
    more than two back.
    """
    import torch

    strongest = torch.stack(
        [steps.weights[:, -1, :-3].amax(dim=-1) for steps in layers]
    )  # (layers, H)
    layer, head = divmod(int(strongest.argmax()), strongest.shape[1])
    return layer + 1, head + 1


def choose(model: str, prompt: str, heads_off: str, event: gr.EventData) -> list[Any]:
    """Return the layer and the head whose map was chosen, and what `look` says of it."""
    layer, head = event._data["layer"], event._data["head"]
    return [layer, head, *look(model, prompt, layer, head, heads_off)]


def switch(
    model: str, prompt: str, layer: int, head: int, seed: int, event: gr.EventData
) -> Iterator[list[Any]]:
    """Yield which heads are off now, and what `attention` says of it."""
    heads_off = event._data["off"]
    for outputs in attention(model, prompt, layer, head, heads_off, seed):
        yield [heads_off, *outputs]


def begin_anew(model: str) -> list[Any]:
    """Return the controls for a model that was chosen: its own example, and its first head."""
    return [EXAMPLES[check_choice("model", model, list(offered(TRANSFORMERS)))], 1, 1, ""]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls, run, stop = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            steps = _drawing("attention", "view")
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="attention-happened",
                latex_delimiters=components.LATEX,
            )
            decay, lens = _drawing("ablation"), _drawing("lens")
        outputs = [steps, result, lens, decay]
    _listen(controls, run, stop, outputs)
    return InitialResult(opening, [*outputs, controls.layer, controls.head])


def _drawing(name: str, script: str | None = None) -> components.Drawing:
    script = script or name
    prefix = f"text.attention.{name}."
    keys = [key for key in language.TABLES["en"] if key.startswith(prefix)]
    return components.Drawing(
        FOLDER / f"{script}.js",
        words=language.words("app.waking", *keys),
        elem_id=f"attention-{name}",
    )


def _listen(
    controls: Controls, run: gr.Button, stop: gr.Button, outputs: list[gr.Component]
) -> None:
    steps, seen, inputs = outputs[0], outputs[:3], list(vars(controls).values())
    private = {"api_visibility": "private", "show_progress": "hidden", **components.MODEL_WORK}
    whole, fast = components.explained(attention), components.explained(look)
    submitted = [run.click, controls.prompt.submit, controls.heads_off.submit, controls.seed.submit]
    components.starts(submitted, attention, inputs, outputs, api_name="text_attention", stop=stop)
    gr.on(
        [controls.layer.input, controls.head.input],
        fast,
        inputs[:5],
        seen,
        trigger_mode="always_last",
        **private,
    )
    chosen = [controls.layer, controls.head]
    steps.select(
        components.explained(choose),
        [controls.model, controls.prompt, controls.heads_off],
        [*chosen, *seen],
        trigger_mode="multiple",
        **private,
    )
    switched = [controls.model, controls.prompt, *chosen, controls.seed]
    steps.switch(
        components.explained(switch),
        switched,
        [controls.heads_off, *outputs],
        trigger_mode="multiple",
        **private,
    )
    fresh = [controls.prompt, *chosen, controls.heads_off]
    changed = controls.model.input(
        components.explained(begin_anew),
        controls.model,
        fresh,
        api_visibility="private",
        show_progress="hidden",
    )
    changed.then(whole, inputs, outputs, **private)


def _controls() -> tuple[Controls, gr.Button, gr.Button]:
    label, names = language.label, list(offered(TRANSFORMERS))
    choices = [(label(f"text.attention.{name}"), name) for name in names]
    model = components.model(choices, names[0])
    prompt = components.Textbox(
        OPENING["prompt"],
        label=label("text.attention.prompt"),
        info=label("text.attention.prompt.info"),
        lines=2,
        max_lines=6,
        elem_id="attention-prompt",
    )
    run, stop = components.run_and_stop("text.attention.run")
    with gr.Row():
        layer, head = (
            components.Number(
                1, label=label(f"text.attention.{which}"), precision=0, minimum=1, min_width=90
            )
            for which in ("layer", "head")
        )
    with gr.Accordion(label("shared.more"), open=False):
        heads_off = components.Textbox(
            "",
            label=label("text.attention.heads_off"),
            info=label("text.attention.heads_off.info"),
            max_lines=2,
        )
        seed = components.seed(value=OPENING["seed"])
    return Controls(model, prompt, layer, head, heads_off, seed), run, stop
