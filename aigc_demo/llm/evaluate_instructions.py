"""How well a fine-tuned model does what it is told, beside its base; what was gained, and what was
forgotten.
"""

import torch
from torch.nn import functional as F

from aigc_demo.core import checkpoints, runtime
from aigc_demo.llm import instruction_data
from aigc_demo.llm.instructions import Instruction, InstructionResult, generate_answer
from aigc_demo.llm.lora import LoraModel
from aigc_demo.text.corpus import corpus
from aigc_demo.text.evaluate import held_out_loss
from aigc_demo.text.model import TextModel

SEED = 0
ASKED = 300  # instructions
TEMPERATURE = 0.8
BATCH = 32  # rows


def evaluate(model: LoraModel) -> list[dict[str, object]]:
    """Return the measured figures of a fine-tuned model and, under the same instructions, of its
    base.
    """
    sources, text = (
        instruction_data.sources(model.config.base, "test"),
        corpus(model.config.base, "test"),
    )
    generator = runtime.generator(SEED)
    asked = [instruction_data.Lesson(source.drawn(generator), source.answer) for source in sources]
    some = [
        asked[i].instruction
        for i in torch.randperm(len(asked), generator=generator)[:ASKED].tolist()
    ]
    figures = []
    for dial, whose in ((1, ""), (0, ", base model")):
        network = model.scaled(dial)
        figures += compliance(answers(network, some), whose)
        figures += [
            loss(
                f"held-out loss on instructions{whose}",
                answered_loss(network, asked),
                sum(len(lesson.answer) for lesson in asked),
            ),
            loss(
                f"held-out loss on the base's text{whose}", held_out_loss(network, text), len(text)
            ),
        ]
    return [
        *figures,
        {
            "figure": "parameters",
            "value": checkpoints.parameters(model.adapters),
            "unit": "weights",
        },
    ]


def compliance(results: list[InstructionResult], whose: str) -> list[dict[str, object]]:
    """Return how many answers have the form, and how many the word, of their instructions."""
    how = {
        "split": "held-out",
        "samples": len(results),
        "temperature": TEMPERATURE,
        "seeds": f"0 to {len(results) - 1}",
    }
    shares = {
        "format": [result.form for result in results],
        "keyword": [result.keyword for result in results],
    }
    return [
        {
            "figure": f"{name} compliance{whose}",
            "value": round(100 * sum(held) / len(held), 1),
            "unit": "%",
            **how,
        }
        for name, held in shares.items()
    ]


def loss(name: str, value: float, samples: int) -> dict[str, object]:
    """Return a loss as a figure."""
    return {
        "figure": name,
        "value": round(value, 4),
        "unit": "nats per character",
        "split": "held-out",
        "samples": samples,
    }


def answers(model: TextModel, asked: list[Instruction]) -> list[InstructionResult]:
    """Return in what a model's answers obey, instruction i with seed i."""
    found = []
    for seed, instruction in enumerate(asked):
        *_, answer = generate_answer(model, instruction, temperature=TEMPERATURE, seed=seed)
        found.append(instruction.obeyed(answer))
    return found


@torch.inference_mode()
def answered_loss(model: TextModel, asked: list[instruction_data.Lesson]) -> float:
    """Return the mean cross-entropy in nats per character of the true answers to instructions."""
    total = count = 0.0
    for begin in range(0, len(asked), BATCH):
        ids, counts = (
            tensor.to(runtime.device())
            for tensor in instruction_data.rows(asked[begin : begin + BATCH], model.encode)
        )
        logits, _ = model.network(ids[:, :-1])
        losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        total += (losses * counts.flatten()).sum().item()
        count += counts.sum().item()
    return total / count
