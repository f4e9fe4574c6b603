"""How good a text model is: held-out loss."""

import torch
from torch.nn import functional as F

from aigc_demo import checkpoints, data, runtime
from aigc_demo.text.sample import TextModel


@torch.inference_mode()
def held_out_loss(model: TextModel, text: str, *, batch: int = 32) -> float:
    """Gives back the mean cross-entropy in nats per character of `text`.

    The text is cut into windows of the model's context that do not overlap; each is read from a fresh state, so the first
    characters of a window are predicted with little to go by (nanoGPT's protocol, on all of the text).
    """
    ids, T = torch.tensor(model.encode(text)), model.config.context
    count = (len(ids) - 1) // T
    inputs, targets = ids[: count * T].view(count, T), ids[1 : count * T + 1].view(count, T)
    total = 0.0
    for x, y in zip(inputs.split(batch), targets.split(batch), strict=True):
        logits, _ = model.network(x.to(runtime.device()))
        total += F.cross_entropy(logits.flatten(0, 1), y.flatten().to(runtime.device()), reduction="sum").item()
    return total / (count * T)


def evaluate(model: TextModel) -> list[dict[str, object]]:
    """Gives back the measured figures of a Shakespeare model."""
    text = data.shakespeare("test")
    return [
        {
            "figure": "held-out loss",
            "value": round(held_out_loss(model, text), 4),
            "unit": "nats per character",
            "split": "last 10 %",
            "samples": len(text),
        },
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
    ]
