"""How good a text model is: held-out loss; of a model of poems, also its format compliance."""

import random

import torch
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, runtime
from aigc_demo.text.corpus import lines, poems, tang_poems
from aigc_demo.text.model import TextModel
from aigc_demo.text.neurons import find
from aigc_demo.text.poems import compose
from aigc_demo.text.recurrent import Recurrent


@torch.inference_mode()
def held_out_loss(model: TextModel, text: str, *, batch: int = 32) -> float:
    """Return the mean cross-entropy in nats per character of `text`.

    The text is cut into windows of the model's context that do not overlap; each is read from a
    fresh state, so the first characters of a window are predicted with little to go by (nanoGPT's
    protocol, on all of the text).
    """
    ids, T = torch.tensor(model.encode(text)), model.config.context
    count = (len(ids) - 1) // T
    inputs, targets = ids[: count * T].view(count, T), ids[1 : count * T + 1].view(count, T)
    total = 0.0
    for x, y in zip(inputs.split(batch), targets.split(batch), strict=True):
        logits, _ = model.network(x.to(runtime.device()))
        total += F.cross_entropy(
            logits.flatten(0, 1), y.flatten().to(runtime.device()), reduction="sum"
        ).item()
    return total / (count * T)


def format_compliance(model: TextModel, *, count: int = 500, temperature: float = 0.8) -> float:
    """Return the share, in percent, of `count` generated poems that are well-formed: half begun
    from a held-out title, half from a first line.
    """
    given = random.Random(0).sample(tang_poems("test"), count)
    compliant = 0
    for seed, poem in enumerate(given):
        title, first_line = (poem.title, "") if seed % 2 else ("", lines(poem.body)[0])
        *_, written = compose(model, title, first_line, temperature=temperature, seed=seed)
        compliant += written.finished and written.is_well_formed
    return 100 * compliant / count


def evaluate(model: TextModel) -> list[dict[str, object]]:
    """Return the measured figures of a model of Shakespeare or, where it knows Chinese, of Tang
    poems.
    """
    of_poems = "诗" in model.tokenizer.get_vocab()
    text = poems("test") if of_poems else data.shakespeare("test")
    split = "every twentieth poem" if of_poems else "last 10 %"
    figures = [
        {
            "figure": "held-out loss",
            "value": round(held_out_loss(model, text), 4),
            "unit": "nats per character",
            "split": split,
            "samples": len(text),
        },
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
    ]
    if of_poems:
        figures.append(
            {
                "figure": "format compliance",
                "value": format_compliance(model),
                "unit": "%",
                "samples": 500,
                "temperature": 0.8,
                "seeds": "0 to 499",
            }
        )
    if isinstance(model.network, Recurrent):
        figures += unit_figures(model, text, split)
    return figures


def unit_figures(model: TextModel, text: str, split: str) -> list[dict[str, object]]:
    """Return, as figures, which units of a recurrent model stand for which features of `text`."""
    return [
        {
            "figure": f"neuron for {unit.feature}",
            "value": round(unit.correlation, 3),
            "unit": "correlation",
            "neuron": unit.neuron,
            "split": split,
            "samples": len(text),
        }
        for unit in find(model, text)
    ]
