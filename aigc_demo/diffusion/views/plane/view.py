"""Two dimensions: a diffusion model of points, trained while the visitor watches, beside the exact
answer.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_number
from aigc_demo.core.session_store import SessionStore
from aigc_demo.core.wire_format import encode_bytes, encode_points, json_number
from aigc_demo.diffusion.views._shared.subject import SAMPLER_NAMES
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.live_lab import LiveLab, RuleControl, RuleControls, configures

if TYPE_CHECKING:
    import torch

    from aigc_demo.diffusion.plane.trainer import Trainer

ORDER = 60  # among the tab's views
FOLDER = Path(__file__).parent
SHAPES = ["ring", "grid", "spiral", "lines", "drawn"]  # as in toy_data.py, which imports torch
RATES = [0.0005, 0.002, 0.006, 0.02, 0.05]
RULES = {
    "shape": "ring",
    "sampler": "DDIM",
    "steps": 25,
    "seed": 0,
    "eta": 0.0,
    "width": 64,
    "rate": 0.006,
}
OPENED_AFTER = 800  # steps of training
MAX_ROUNDS, MAX_PER_FRAME = 2_000, 200
SOFT = 3.0  # an arrow for a score as long as this is half as long as the longest
FORMULA = (
    r"$$x_t = \alpha_t x_0 + \sigma_t \varepsilon,\qquad"
    r" p_t(x) = \frac{1}{K} \sum_{k=1}^{K}"
    r" \mathcal{N}\!\left(x;\; \alpha_t c_k,\; \alpha_t^2 s^2 + \sigma_t^2\right),\qquad"
    r" s_\theta(x, t) = -\frac{\hat\varepsilon}{\sigma_t}$$"
    r"$$\mathbb{E}\,\|\hat v - v\|^2 = \mathbb{E}\,\|v^* - v\|^2"
    r" + \mathbb{E}\left["
    r"\tfrac{\sigma_t^2}{\alpha_t^2}\,\|s_\theta - \nabla \ln p_t\|^2\right],\qquad"
    r" v^* = \mathbb{E}[v \mid x_t]$$"
)
STEPS = ("sample", "noise", "show", "predict", "compare", "update")
WORDS = (
    *("train", "left", "pause", "anew", "clear", "play", "still", "slider", "clean", "noisy"),
    *("plane", "draw", "gone", "lost", "spoken", "layers_shown", "data", "generated", "tails"),
    *("learned", "exact", "density", "training", "loss", "least", "apart", "here", "truth"),
    *("level", "forward", "backward", "sum", "landed", "covered", "untrained"),
)


def frame(trainer: "Trainer") -> dict[str, Any]:
    """Return what view.js draws of `trainer`, and its numbers.

    In base64: points in thousandths as int16; arrows as int8, 127 for the longest.
    """
    from aigc_demo.diffusion.plane.observation import observe

    seen, truth = observe(trainer), trainer.exact
    batch = vars(trainer.batch) if trainer.batch else {}
    return {
        "rules": vars(trainer.rules),
        "done": trainer.done,
        "weights": sum(weight.numel() for weight in trainer.network.parameters()),
        "arrows": _arrows(seen.arrows),
        "times": seen.times,
        "places": encode_points(seen.path),
        "apart": [json_number(each) for each in seen.apart],
        "curve": trainer.curve.losses.get("loss", []),
        "first": {name: _rounded(tensor[0]) for name, tensor in batch.items()},
        **{name: json_number(getattr(seen, name)) for name in ("loss", "gap", "landed")},
        "least": json_number(truth.probes.min_loss),
        "covered": seen.modes_covered,
        "islands": len(trainer.shape.centres) if trainer.shape.separable_modes else None,
    }


def truth(trainer: "Trainer") -> dict[str, Any]:
    """Return what is known exactly and no training changes: density and score at each level, the
    data, their noise, the best way back.

    As in `frame`, and densities of 40 by 40 as uint8, 255 for each level's largest.
    """
    from aigc_demo.diffusion.plane.observation import landed

    known, schedule = trainer.exact, trainer.schedule
    path = trainer.path(known.cloud)[1]
    return {
        "levels": [level.t for level in known.levels],
        "alphas": [
            1.0,
            *(json_number(schedule.level(t - 1).alpha) for t in range(10, schedule.steps + 1, 10)),
        ],
        "arrows": _arrows(known.arrows),
        "density": encode_bytes((255 * known.density).round().byte()),
        "data": encode_points(known.data),
        "noise": encode_points(known.noise),
        "places": encode_points(path),
        "landed": json_number(landed(trainer.shape, path[-1])),
    }


def _arrows(scores: "torch.Tensor") -> str:
    length = scores.norm(dim=-1, keepdim=True)
    return encode_bytes((127 * scores / (length + SOFT)).round().char())


def _rounded(value: "torch.Tensor") -> Any:
    return [round(each, 2) for each in value.tolist()] if value.dim() else round(value.item(), 2)


def train(
    shape: str,
    sampler: str,
    steps: int,
    seed: int,
    eta: float,
    width: int,
    rate: float,
    rounds: int,
    points: list | None = None,
) -> dict[str, Any]:
    """Return the frame of a new training after so many steps, with the exact answer as `truth`."""
    from aigc_demo.diffusion.plane.trainer import Trainer, check_config

    values = dict(zip(RULES, (shape, sampler, steps, seed, eta, width, rate), strict=True))
    trainer = Trainer(check_config(values), points)
    for _ in range(check_number("rounds", rounds, 0, MAX_ROUNDS, whole=True)):
        trainer.step()
    return {**frame(trainer), "truth": truth(trainer)}


@components.telling
def play(request: dict[str, Any]) -> dict[str, Any]:
    """Move the visitor's own training and return its frame, or {"problem": ...} in both languages.

    request: token, rules, points; anew: whether to begin again; act: "train" (so many steps as
    `rounds` says) or "look", whose answer holds the exact answer as `truth`. `fresh` in the answer:
    whether there was no training under this token.
    """
    try:
        return laboratory().play(request, sessions())
    except (LookupError, TypeError, AttributeError):
        return {"problem": language.both("diffusion.plane.lost")}


@cache
def laboratory() -> "LiveLab[Trainer]":
    """Return what trains diffusion models, one for each visitor."""
    from aigc_demo.diffusion.plane.trainer import Trainer, check_config

    return LiveLab(
        check_config=check_config,
        create=Trainer,
        initial=trained,
        acts={"train": Trainer.step},
        repeated="train",
        most=MAX_PER_FRAME,
        frame=lambda trainer, act: {
            **frame(trainer),
            **({"truth": truth(trainer)} if act == "look" else {}),
        },
    )


@model_cache.single_flight_cache
def sessions() -> "SessionStore[Trainer]":
    """Return the place where all visitors' trainings are kept."""
    return SessionStore()


@model_cache.single_flight_cache
def trained() -> "Trainer":
    """Return the training with which the view opens, done when the app started; it is copied, never
    moved.
    """
    from aigc_demo.core import runtime
    from aigc_demo.diffusion.plane.trainer import Trainer, TrainerConfig

    runtime.device()  # sets torch's threads
    trainer = Trainer(TrainerConfig())
    for _ in range(OPENED_AFTER):
        trainer.step()
    return trainer


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [{**frame(trained()), "truth": truth(trained())}]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            drawing = components.Drawing(
                FOLDER / "view.js",
                words=language.words(
                    "app.waking", *(f"diffusion.plane.{key}" for key in (*WORDS, *STEPS))
                ),
                start=RULES,
                most=MAX_PER_FRAME,
                server_functions=[play],
                elem_id="diffusion-plane",
            )
            gr.Markdown(FORMULA, elem_classes="happened", latex_delimiters=components.LATEX)
    configures("diffusion-plane", [*RULES], controls)
    components.endpoint(train, "diffusion_plane")
    return InitialResult(opening, [drawing])


def _controls() -> list[RuleControl]:
    """Draw a control for each rule, in the order of RULES."""
    draw = RuleControls("diffusion.plane", RULES)
    shape = draw.named_choice("shape", SHAPES)
    sampler = draw.choice("sampler", SAMPLER_NAMES, "models")
    steps, seed = draw.slider("steps", 1, 50), components.seed()
    with gr.Accordion(language.label("shared.more"), open=False):
        eta, width = draw.slider("eta", 0, 1, 0.1), draw.slider("width", 1, 128)
        rate = draw.rates("rate", RATES)
    return [shape, sampler, steps, seed, eta, width, rate]
