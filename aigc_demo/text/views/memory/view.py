"""Inside memory: what the units of a recurrent network hold, and how far back each of the three
networks looks.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_choice, check_number
from aigc_demo.core.wire_format import encode_bytes
from aigc_demo.text.views._shared.models import SHAKESPEARE
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.event_options import PRIVATE_WORK

ORDER = 90  # among the tab's views
FOLDER = Path(__file__).parent
RECURRENT = ["LSTM", "RNN"]
READ = 200  # characters that are read: a shorter prompt is written on by the Transformer
TEMPERATURE, SEED = 0.8, 0  # how it is written on
# characters that a model writes where its units were not yet measured on the held-out text
OWN_WRITING = 1_000
OPENING = {
    "model": "LSTM",
    "prompt": "FIRST GUARD:\nWho walks so late? The gate is shut till dawn.\n\n"
    "MESSENGER:\nOpen, good friend",
}
UNIT_WORDS = (
    "title",
    "hint",
    "state",
    "found",
    "held_out",
    "own",
    "unit",
    "positive",
    "negative",
    "holds",
    "r",
    "text",
)
REACH_WORDS = (
    "title",
    "hint",
    "within",
    "share",
    "distance",
    "tints",
    "choose",
    "predicted",
    "moved_by",
    "text",
)


@lru_cache(maxsize=16)
def continued(prompt: str) -> str:
    """Return the last characters of `prompt`, written on by the Transformer where it is shorter
    than READ.
    """
    writer = model_cache.model(SHAKESPEARE["Transformer"])
    length = READ - len(prompt)
    if length <= 0:
        return prompt[-READ:]
    return prompt + "".join(
        step.text
        for step in writer.generate(
            prompt, max_new_tokens=length, temperature=TEMPERATURE, seed=SEED
        )
    )


def text_to_read(prompt: object) -> dict[str, Any]:
    """Return the text that is read, and how many of its characters are the visitor's; raises
    DemoError when there is none.
    """
    from aigc_demo.text.model import check_prompt

    given = check_prompt(prompt)
    return {
        "text": list(continued(given)),
        "prompt_length": min(len(given), READ),
        "left_out": max(0, len(given) - READ),
    }


def units(model: str, prompt: str) -> dict[str, Any]:
    """Return what every unit of a recurrent model holds after every character, and which units
    stand for something.
    """
    import torch

    from aigc_demo.core import runtime
    from aigc_demo.text.neurons import activations

    name = SHAKESPEARE[check_choice("model", model, RECURRENT)]
    reader, read = model_cache.model(name), text_to_read(prompt)
    ids = torch.tensor([reader.encode("".join(read["text"]))], device=runtime.device())
    states = activations(reader.network, ids)[0]
    found = measured_units(name)
    coarse = (127 * states).round().to(torch.int8).cpu()  # steps of 0.008
    state = {"shape": list(states.shape), "int8": encode_bytes(coarse)}
    return {
        **read,
        "model": model,
        "state": state,
        "found": found or written_units(name),
        "held_out": bool(found),
    }


def measured_units(name: str) -> list[dict[str, Any]]:
    """Return the units that `evaluate` found on the held-out text, the clearest first; none where
    it did not.
    """
    found = [figure for figure in components.figures(name) if figure["unit"] == "correlation"]
    found.sort(key=lambda figure: -abs(figure["value"]))
    return [
        described(figure["figure"].removeprefix("neuron for "), figure["neuron"], figure["value"])
        for figure in found
    ]


@cache
def written_units(name: str) -> list[dict[str, Any]]:
    """Return the units that stand out in a text which the model itself writes."""
    from aigc_demo.text.neurons import find

    model = model_cache.model(name)
    text = "".join(
        step.text
        for step in model.generate(
            "\n", max_new_tokens=OWN_WRITING, temperature=TEMPERATURE, seed=SEED
        )
    )
    return [described(unit.feature, unit.neuron, unit.correlation) for unit in find(model, text)]


def described(feature: str, neuron: int, correlation: float) -> dict[str, Any]:
    """Return a found unit with its feature's name in both languages."""
    key = "".join(character if character.isalpha() else "_" for character in feature)
    return {
        "feature": language.both(f"text.memory.feature.{key}"),
        "neuron": neuron,
        "correlation": round(correlation, 3),
    }


def influence(prompt: str) -> list[Any]:
    """Return for each model how much each past character moves the prediction: by distance, and for
    one place; and what just happened.
    """
    from aigc_demo.text.attribution import by_distance, reach

    read = text_to_read(prompt)
    text = "".join(read["text"])
    end = len(text) - 2
    models = [
        {"name": title, "curve": by_distance(model_cache.model(name), text)}
        for title, name in SHAKESPEARE.items()
    ]
    value = {**read, "models": [{**model, "reach": reach(model["curve"])} for model in models]}
    return [
        with_shares(value, end),
        happened(
            [model["name"] for model in models],
            [reach(model["curve"]) for model in models],
            len(text),
        ),
    ]


def with_shares(value: dict[str, Any], end: int) -> dict[str, Any]:
    """Return `value` with the shares of the characters up to `end` in the prediction of the one
    after it.
    """
    from aigc_demo.text.attribution import attribute
    from aigc_demo.text.model import check_prompt

    text = check_prompt("".join(value["text"]))[:READ]
    end = check_number("position", end, 0, len(text) - 2, whole=True)
    shares = [
        [
            round(share, 5)
            for share in attribute(model_cache.model(SHAKESPEARE[model["name"]]), text, end)
        ]
        for model in value["models"]
    ]
    return {
        **value,
        "end": end,
        "models": [
            {**model, "shares": row} for model, row in zip(value["models"], shares, strict=True)
        ],
    }


def choose(value: dict[str, Any], event: gr.EventData) -> dict[str, Any]:
    """Return the drawing for the place that was chosen in it."""
    return with_shares(value, event._data["end"])


def happened(names: list[str], reaches: list[int], length: int) -> str:
    """Return the formula of the attribution and its result."""
    from aigc_demo.text.attribution import ENDS

    sentence = language.bilingual_html(
        "text.memory.happened", length=length, ends=min(ENDS, length // 2), share="90 %"
    )
    slope = r"\frac{\partial \log p(x_{t+1})}{\partial e_{t-d+1}}"
    influence = rf"\left|{slope} \cdot e_{{t-d+1}}\right|"
    share = rf"s_d = \frac{{{influence}}}{{\sum_{{d'}} \left|\,\cdots\right|}}"
    values = r",\quad ".join(
        rf"\text{{{name}}}\; {distance}" for name, distance in zip(names, reaches, strict=True)
    )
    return f"{sentence}\n\n$${share}$$\n\n$${values}$$"


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the result with which the view opens: a real one, made when the app started."""
    return [units(**OPENING), *influence(OPENING["prompt"])]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            prompt = components.Textbox(
                OPENING["prompt"],
                label=label("text.memory.prompt"),
                info=label("text.memory.prompt.info"),
                lines=5,
                max_lines=9,
                elem_id="memory-prompt",
            )
            run, stop = components.run_and_stop("text.memory.run")
            model = components.model(RECURRENT, OPENING["model"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            reach, state = _drawing("reach", REACH_WORDS), _drawing("units", UNIT_WORDS)
            result = gr.Markdown(
                elem_classes="happened",
                elem_id="memory-happened",
                latex_delimiters=components.LATEX,
            )
    wanted = [run.click, prompt.submit]
    components.starts(
        wanted, influence, [prompt], [reach, result], api_name="text_memory", stop=stop
    )
    components.starts(
        [*wanted, model.input], units, [model, prompt], [state], api_name="text_units", stop=stop
    )
    reach.select(
        components.working(choose), [reach], [reach], trigger_mode="multiple", **PRIVATE_WORK
    )
    return InitialResult(opening, [state, reach, result])


def _drawing(name: str, words: tuple[str, ...]) -> components.Drawing:
    keys = [f"text.memory.{name}.{word}" for word in words]
    return components.Drawing(
        FOLDER / f"{name}.js", words=language.words("app.waking", *keys), elem_id=f"memory-{name}"
    )
