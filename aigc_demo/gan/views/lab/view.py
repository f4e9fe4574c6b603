"""The laboratory: a GAN in the plane, trained while the visitor watches, with every rule in the
visitor's hands.
"""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_number
from aigc_demo.core.session_store import SessionStore
from aigc_demo.core.wire_format import encode_points, encode_shares, json_number
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult
from aigc_demo.ui.live_lab import LiveLab, RuleControl, RuleControls, configures

if TYPE_CHECKING:
    import torch

    from aigc_demo.gan.toy_gan import ToyGan

ORDER = 30  # among the tab's views
FOLDER = Path(__file__).parent
# Both as in toy_data.py and toy_gan.py, which import torch.
SHAPES = ["ring", "grid", "spiral", "lines", "drawn"]
LOSSES = ["non-saturating", "saturating", "least squares", "wasserstein"]
RATES = [0.001, 0.002, 0.005, 0.02, 0.05]
RULES = {
    **{"shape": "ring", "loss": "non-saturating", "layers": 2, "width_g": 32, "width_d": 32},
    **{"rate_g": 0.005, "rate_d": 0.005, "d_steps": 1, "seed": 8},
}
# By what rules training breaks; measured in TRIALS.md. The rules with which the view opens mend it.
BREAKS = {
    "collapse": {"rate_g": 0.02, "rate_d": 0.001},
    "strong": {"loss": "saturating", "d_steps": 10, "rate_d": 0.02, "rate_g": 0.002},
    "fast": {"rate_g": 0.05, "rate_d": 0.05},
    "small": {"width_g": 1},
}
MENDED_ALIVE = ["collapse"]  # the others' networks do not recover, or not soon: a new GAN begins
OPENED_AFTER = 400  # iterations
MAX_ROUNDS, MAX_PER_FRAME = 500, 20
FORMULA = (
    r"$$\min_G \max_D V(D, G) = \mathbb{E}_x \ln D(x) + \mathbb{E}_z \ln(1 - D(G(z)))$$"
    r"$$D^*(x) = \frac{p(x)}{p(x) + q(x)},\qquad V(D^*, G) = 2\, \mathrm{JS}(p, q) - \ln 4$$"
)
# the controls follow the drawing, in the browser
FOLLOW = (
    "async () => { const { rules } = await aigc.drawn('#gan-lab');"
    " return NAMES.map((name) => rules[name]); }"
)
STEPS = ("initialise", "real", "noise", "judge", "learn_d", "learn_g", "repeat")
WORDS = (
    *("run", "pause", "slow", "one", "both", "anew", "clear", "plane", "draw", "gone", "lost"),
    *("spoken", "training", "data", "generated", "surface", "net", "pulls", "layers_shown"),
    *("optimum", "apart", "no_optimum", "value", "losses", "divergences", "distance"),
    *("covered", "break", "mend"),
)


def frame(gan: "ToyGan") -> dict[str, Any]:
    """Return what view.js draws of `gan`, and its numbers.

    In base64: points in thousandths as int16, maps of 40 by 40 as uint16, where 65,535 is 1.
    """
    from aigc_demo.gan.observation import observe, probabilities

    seen = observe(gan)
    verdicts = [
        probabilities(gan, outputs, *gan.d_outputs) if gan.rules.loss != "wasserstein" else outputs
        for outputs in gan.d_outputs
    ]
    after = {"D": gan.loss_d(gan.judge(gan.real), gan.judge(gan.fake)), "G": gan.loss_g()}
    return {
        "rules": vars(gan.rules),
        "rounds": gan.iterations,
        "weights": {
            name: sum(weight.numel() for weight in weights) for name, weights in gan.weights.items()
        },
        "points": {
            "real": encode_points(seen.real),
            "generated": encode_points(seen.generated),
            "pulls": encode_points(seen.generator_gradients),
            "net": encode_points(seen.warped_grid),
        },
        "batch": {"real": encode_points(gan.real), "generated": encode_points(gan.fake)},
        "first": {
            "x": _rounded(gan.real[0]),
            "z": _rounded(gan.z[0]),
            "y": _rounded(gan.generate(gan.z[:1])[0]),
        },
        "verdicts": [json_number(each.mean()) for each in verdicts],
        "surface": encode_shares(seen.surface),
        "optimum": None if seen.optimum is None else encode_shares(seen.optimum),
        "loss": {
            name: [json_number(gan.last_losses[name]), json_number(after[name].detach())]
            for name in after
        },
        "apart": json_number(seen.distance_to_optimum),
        "value": json_number(seen.value),
        "best": json_number(seen.optimal_value),
        "distance": json_number(seen.wasserstein),
        "kl": json_number(seen.kl),
        "js": json_number(seen.js),
        "covered": seen.modes_covered,
        "islands": len(gan.shape.centres) if gan.shape.separable_modes else None,
    }


def _rounded(point: "torch.Tensor") -> list[float]:
    return [round(value, 2) for value in point.tolist()]


def train(
    shape: str,
    loss: str,
    layers: int,
    width_g: int,
    width_d: int,
    rate_g: float,
    rate_d: float,
    d_steps: int,
    seed: int,
    rounds: int,
    points: list | None = None,
) -> dict[str, Any]:
    """Return the frame of a new GAN after so many iterations."""
    from aigc_demo.gan.toy_gan import ToyGan, check_config

    values = (shape, loss, layers, width_g, width_d, rate_g, rate_d, d_steps, seed)
    gan = ToyGan(check_config(dict(zip(RULES, values, strict=True))), points)
    for _ in range(check_number("rounds", rounds, 0, MAX_ROUNDS, whole=True)):
        gan.step()
    return frame(gan)


@components.telling
def play(request: dict[str, Any]) -> dict[str, Any]:
    """Train the visitor's own GAN and return its frame, or {"problem": ...} in both languages.

    request: token, rules, points; anew: whether to begin again; act: "rounds" (so many as `rounds`
    says), "D", "G" or "look". `fresh` in the answer: whether there was no GAN under this token.
    """
    try:
        return laboratory().play(request, sessions())
    except (LookupError, TypeError, AttributeError):
        return {"problem": language.both("gan.lab.lost")}


@cache
def laboratory() -> "LiveLab[ToyGan]":
    """Return what trains GANs, one for each visitor."""
    from aigc_demo.gan.toy_gan import ToyGan, check_config

    return LiveLab(
        check_config=check_config,
        create=ToyGan,
        initial=trained,
        acts={"rounds": ToyGan.step, "D": ToyGan.step_d, "G": ToyGan.step_g},
        repeated="rounds",
        most=MAX_PER_FRAME,
        frame=lambda gan, _: frame(gan),
    )


@model_cache.single_flight_cache
def sessions() -> "SessionStore[ToyGan]":
    """Return the store of all visitors' GANs."""
    return SessionStore()


@model_cache.single_flight_cache
def trained() -> "ToyGan":
    """Return the GAN with which the view opens, trained when the app started; it is copied, never
    trained on.
    """
    from aigc_demo.core import runtime
    from aigc_demo.gan.toy_gan import GanConfig, ToyGan

    runtime.device()  # sets torch's threads
    gan = ToyGan(GanConfig())
    for _ in range(OPENED_AFTER):
        gan.step()
    return gan


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [frame(trained())]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            controls = _controls()
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            keys = [
                *WORDS,
                *STEPS,
                *(f"{name}{part}" for name in BREAKS for part in ("", "_broken", "_mended")),
            ]
            drawing = components.Drawing(
                FOLDER / "view.js",
                words=language.words("app.waking", *(f"gan.lab.{key}" for key in keys)),
                breaks=BREAKS,
                mended_alive=MENDED_ALIVE,
                start=RULES,
                most=MAX_PER_FRAME,
                server_functions=[play],
                elem_id="gan-lab",
            )
            gr.Markdown(FORMULA, elem_classes="happened", latex_delimiters=components.LATEX)
    configures("gan-lab", [*RULES], controls)
    follow = FOLLOW.replace("NAMES", json.dumps([*RULES]))
    drawing.select(None, None, controls, js=follow, api_visibility="private")
    components.endpoint(train, "gan_lab")
    return InitialResult(opening, [drawing])


def _controls() -> list[RuleControl]:
    """Draw a control for each rule, in the order of RULES."""
    draw = RuleControls("gan.lab", RULES)
    shape, loss = draw.named_choice("shape", SHAPES), draw.named_choice("loss", LOSSES)
    rate_d, rate_g = draw.rates("rate_d", RATES), draw.rates("rate_g", RATES)
    d_steps = draw.slider("d_steps", 1, 10)
    with gr.Accordion(language.label("shared.more"), open=False):
        layers = draw.slider("layers", 1, 4)
        width_g, width_d = draw.slider("width_g", 1, 64), draw.slider("width_d", 1, 64)
        seed = components.seed()
    return [shape, loss, layers, width_g, width_d, rate_g, rate_d, d_steps, seed]
