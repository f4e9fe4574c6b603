"""How good a small language model is on held-out text: loss and accuracy of the tokens that its
objective predicts.
"""

import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import checkpoints, data, runtime
from aigc_demo.llm import evaluate_instructions, evaluate_prosody, objectives
from aigc_demo.llm.lora import LoraModel
from aigc_demo.llm.model import LanguageModel

SEED = 0
BATCH = 32  # windows
TOKENIZER = "byte-pair tokens of Shakespeare"


def evaluate(model: LanguageModel | LoraModel) -> list[dict[str, object]]:
    """Return the measured figures of a language model of Shakespeare, or of a fine-tuned model."""
    if isinstance(model, LoraModel):
        of_task = {"instructions": evaluate_instructions, "prosody": evaluate_prosody}
        return of_task[model.config.task].evaluate(model)
    text = data.shakespeare("test")
    ids = torch.tensor(model.encode_all(text))
    windows = windows_of(ids, model.config.context, model.start)
    loss, accuracy, count = held_out(model, windows)
    how = {
        "split": "last 10 %",
        "samples": count,
        "tokenizer": f"{model.config.vocabulary:,} {TOKENIZER}",
        "seed": SEED,
    }
    characters = len(text) / len(ids)
    return [
        {
            "figure": "held-out loss",
            "value": round(loss, 4),
            "unit": f"nats per token of {model.config.vocabulary:,}",
            **how,
        },
        {"figure": "target-token accuracy", "value": round(100 * accuracy, 1), "unit": "%", **how},
        {
            "figure": "single-mask accuracy",
            "value": round(100 * one_hidden_accuracy(model, windows), 1),
            "unit": "%",
            **how,
            "samples": len(windows),
        },
        {
            "figure": "characters per token",
            "value": round(characters, 2),
            "unit": "",
            **how,
            "samples": len(ids),
        },
        {"figure": "parameters", "value": checkpoints.parameters(model.network), "unit": "weights"},
    ]


def windows_of(ids: Tensor, context: int, start: int) -> Tensor:
    """Return `ids` (N,) as windows (B, T = context) that do not overlap, each behind the start
    token; what is left over is left out.
    """
    length = context - 1
    return F.pad(ids[: len(ids) // length * length].view(-1, length), (1, 0), value=start)


@torch.inference_mode()
def held_out(model: LanguageModel, windows: Tensor) -> tuple[float, float, int]:
    """Return the loss in nats per predicted token, the accuracy, and the number of tokens."""
    generator, loss, right, count = runtime.generator(SEED), 0.0, 0, 0
    for part in windows.split(BATCH):
        task = objectives.task(
            model.config.objective,
            part,
            mask=model.mask,
            vocabulary=model.config.vocabulary,
            generator=generator,
        )
        logits, targets = objectives.predict(model.network, task)
        loss += F.cross_entropy(logits, targets, reduction="sum").item()
        right += int((logits.argmax(dim=1) == targets).sum())
        count += len(targets)
    return loss / count, right / count, count


def one_hidden_accuracy(model: LanguageModel, windows: Tensor) -> float:
    """Return the accuracy on one hidden token, in the middle of each window: the same task for each
    family.

    GPT attends to what is left of it, BERT and XLNet to all else.
    """
    middle = windows.shape[1] // 2
    right = [
        int(model.guesses(row, [middle])[0].probabilities.argmax()) == row[middle]
        for row in windows[:, 1:].tolist()
    ]
    return sum(right) / len(right)
