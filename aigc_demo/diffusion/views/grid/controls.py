"""The controls of a grid, and what another kind of grid or another model brings along."""

import json
from typing import Any

import gradio as gr

from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES
from aigc_demo.diffusion.views.grid.inputs import MODELS
from aigc_demo.ui import components, language

# what changes downwards, and across
KINDS = {
    "steps": ("sampler", "steps"),
    "guidance": ("guidance", "seed"),
    "prompt": ("prompt", "seed"),
}
STEPS, GUIDANCE = "1, 2, 3, 5, 10, 20", "0, 1, 2, 4, 8"
# one prompt, and several
PROMPTS = {
    "digits": ("3", "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
    "emoji": ("red heart", "cat, panda, red apple, rocket, 红苹果"),
}
# steps, guidance and the number of seeds, where they are no axis
ALONE = {"digits": ("15", "2", 6), "emoji": ("15", "3", 6)}
SAMPLER = "DPM-Solver++(2M)"
OPENING = {
    "kind": "steps",
    "model": "digits",
    "prompts": "3",
    "steps": STEPS,
    "guidance": "2",
    "seed": 5,
    "count": 6,
    "sampler": SAMPLER,
}


Control = components.Radio | components.Textbox | components.Number | components.Slider


def controls() -> tuple[dict[str, Control], gr.Button, gr.Button]:
    """Draw the controls, in the order in which `grid` takes them."""

    def choice(name: str, choices: list[Any]) -> components.Radio:
        return components.Radio(
            choices,
            value=OPENING[name],
            label=language.label(f"diffusion.grid.{name}"),
            info=language.label(f"diffusion.grid.{name}.info"),
            elem_classes=["chips", "models"],
        )

    def text(name: str, **options: Any) -> components.Textbox:
        return components.Textbox(
            OPENING[name],
            label=language.label(f"diffusion.grid.{name}"),
            info=language.label(f"diffusion.grid.{name}.info"),
            **options,
        )

    kind = choice("kind", [(language.label(f"diffusion.grid.kind.{name}"), name) for name in KINDS])
    model = choice(
        "model", [(language.label(f"diffusion.grid.model.{name}"), name) for name in MODELS]
    )
    run, stop = components.run_and_stop("diffusion.grid.run")
    prompts = text("prompts", lines=2, max_lines=6)
    steps = text("steps", lines=1, max_lines=2)
    guidance = text("guidance", lines=1, max_lines=2)
    with gr.Accordion(language.label("shared.more"), open=False):
        seed = components.seed(value=OPENING["seed"])
        count = components.Slider(
            1,
            16,
            OPENING["count"],
            step=1,
            label=language.label("diffusion.grid.count"),
            info=language.label("diffusion.grid.count.info"),
        )
        sampler = choice("sampler", SAMPLER_NAMES)
    named: dict[str, Control] = {"kind": kind, "model": model, "prompts": prompts, "steps": steps}
    named |= {"guidance": guidance, "seed": seed, "count": count, "sampler": sampler}
    return named, run, stop


def follow(controls: dict[str, Control]) -> None:
    """Let another grid or model bring its own prompts and numbers, in the browser."""
    brought = {}
    for model, (steps, guidance, count) in ALONE.items():
        one, many = PROMPTS[model]
        brought[model] = {
            "steps": [one, STEPS, guidance, count],
            "guidance": [one, steps, GUIDANCE, count],
            "prompt": [many, steps, guidance, count],
        }
    gr.on(
        [controls["kind"].input, controls["model"].input],
        None,
        [controls["kind"], controls["model"]],
        [controls[name] for name in ("prompts", "steps", "guidance", "count")],
        js=f"(kind, model) => ({json.dumps(brought)})[model][kind]",
        api_visibility="private",
    )
