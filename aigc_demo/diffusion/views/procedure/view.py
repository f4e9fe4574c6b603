"""The denoiser's training step in six steps, on one batch: the visitor's drawing and digits that
the model painted itself.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from aigc_demo.core import images, model_cache
from aigc_demo.core.errors import check_seed
from aigc_demo.ui import components, language, pad
from aigc_demo.ui.components import InitialResult

if TYPE_CHECKING:
    import torch

    from aigc_demo.diffusion.model import DiffusionModel
    from aigc_demo.diffusion.training_step import TrainingStep

ORDER = 70  # among the tab's views
FOLDER = Path(__file__).parent
NAME = "diffusion-digits"
LEARNING_RATES = [0.001, 0.01, 0.03, 0.1, 0.3, 1]
OPENING = {"learning_rate": 0.03, "seed": 0}


def train(drawing: object, learning_rate: float, seed: int) -> dict[str, Any]:
    """Return what view.js draws: all six steps on one batch. Without a drawing all its
    pictures are painted by the model.
    """
    from aigc_demo.diffusion.model import CLASSES
    from aigc_demo.diffusion.training_step import train_once

    model = model_cache.model(NAME)
    x_0, label = (tensor.clone() for tensor in _painted(check_seed(seed)))
    if drawing is not None:
        x_0[0] = images.from_pixels(pad.read_digit(drawing))[0]
        label[0] = CLASSES  # nobody says what is drawn
    training = train_once(model, x_0, label, learning_rate, seed=seed)
    return {
        "drawn": drawing is not None,
        "learning_rate": learning_rate,
        "seed": int(seed),
        "weights": sum(weight.numel() for weight in model.network.parameters()),
        **_batch(model, training),
        **_losses(training),
        "sheet": images.data_uri(_sheet(model, training)),
        "side": 28,
    }


@lru_cache(maxsize=32)
def _painted(seed: int) -> "tuple[torch.Tensor, torch.Tensor]":
    """Return the batch of a seed: the learning rate is tried again and again on the same."""
    from aigc_demo.diffusion.training_step import generated

    return generated(model_cache.model(NAME), seed)


def _batch(model: "DiffusionModel", training: "TrainingStep") -> dict[str, Any]:
    """Return steps 1 to 3: each picture's class (10: hidden), its level of noise, and the embedding
    of that level.
    """
    from aigc_demo.diffusion.network import sinusoidal_embedding

    batch = training.batch
    return {
        "labels": batch.label.tolist(),
        "t": batch.t.tolist(),
        "alpha_bar": _rounded(model.schedule.alpha_bar[batch.t], 6),
        "waves": [
            _rounded(each, 2)
            for each in sinusoidal_embedding(batch.t / model.schedule.steps, model.config.width)
        ],
    }


def _losses(training: "TrainingStep") -> dict[str, Any]:
    """Return steps 5 and 6: errors before and after the update, and the gradient."""
    both = (training.before, training.after)
    return {
        "losses": [_rounded(prediction.losses, 5) for prediction in both],
        "loss": [prediction.loss for prediction in both],
        "gradients": training.gradients,
        "gradient": training.gradient,
        "clip": training.clip,
    }


def _sheet(model: "DiffusionModel", training: "TrainingStep") -> Any:
    """Return one picture of eight rows, a column for each of the batch: x_0, noise, x_t, v,
    predicted v and x_0, squared error before and after.

    Noise and v are dimmed as in frames.py; the errors are 0 to 1, where 1 is reached by the largest
    hundredth.
    """
    import torch

    from aigc_demo.diffusion.frames import MAX_NOISE, display_scale

    batch, before, after = training.batch, training.before, training.after
    scales = [display_scale(model.schedule, t) for t in batch.t.tolist()]
    dim = torch.tensor(scales)[:, None, None, None]
    largest = before.squared_errors.quantile(0.99)
    errors = [
        (2 * prediction.squared_errors / largest - 1).clamp(-1, 1) for prediction in (before, after)
    ]
    rows = [
        batch.x_0,
        batch.noise / MAX_NOISE,
        batch.x_t / dim,
        batch.v / MAX_NOISE,
        before.v / MAX_NOISE,
        before.x0_hat,
        *errors,
    ]
    return images.grid(images.to_pixels(torch.cat(rows)), columns=len(batch.t))


def _rounded(numbers: "torch.Tensor", digits: int) -> list[float]:
    return [round(number, digits) for number in numbers.tolist()]


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the step with which the view opens."""
    return [train(None, **OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            gr.Markdown(label("diffusion.procedure.lead"), elem_classes="lead")
            drawn = pad.pad(elem_id="diffusion-procedure-pad")
            fresh = gr.Button(label("diffusion.procedure.run"), variant="primary")
            rate = components.Radio(
                [(f"{rate:g}", rate) for rate in LEARNING_RATES],
                value=OPENING["learning_rate"],
                label=label("diffusion.procedure.rate"),
                info=label("diffusion.procedure.rate.info"),
                elem_classes=["chips", "models"],
            )
            seed = components.seed("diffusion.procedure.seed", value=OPENING["seed"])
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            keys = [
                key for key in language.TABLES["en"] if key.startswith("diffusion.procedure.stage.")
            ]
            words = language.words("app.waking", *components.STEPPER_WORDS, *keys)
            stage = components.Drawing(
                FOLDER / "view.js", words=words, elem_id="diffusion-procedure"
            )
    inputs = [drawn, rate, seed]
    components.starts(
        [drawn.input, rate.input, seed.submit],
        train,
        inputs,
        stage,
        api_name="diffusion_procedure",
        trigger_mode="always_last",
    )
    raised = fresh.click(None, seed, seed, js="(seed) => seed + 1", api_visibility="private")
    raised.then(
        components.working(train),
        inputs,
        stage,
        api_visibility="private",
        show_progress="hidden",
        **components.MODEL_WORK,
    )
    return InitialResult(opening, [stage])
