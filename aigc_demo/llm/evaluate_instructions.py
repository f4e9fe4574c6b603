"""How well a fine-tuned model follows instructions, compared with its base; and how much worse it
became at the base's task.
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
MAX_INSTRUCTIONS = 300  # that are answered
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
    examples = [
        instruction_data.Example(source.sample_instruction(generator), source.answer)
        for source in sources
    ]
    chosen = torch.randperm(len(examples), generator=generator)[:MAX_INSTRUCTIONS].tolist()
    instructions = [examples[i].instruction for i in chosen]
    figures = []
    for dial, whose in ((1, ""), (0, ", base model")):
        network = model.scaled(dial)
        figures += compliance(results(network, instructions), whose)
        figures += [
            loss(
                f"held-out loss on instructions{whose}",
                instruction_loss(network, examples),
                sum(len(example.answer) for example in examples),
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


def results(model: TextModel, instructions: list[Instruction]) -> list[InstructionResult]:
    """Return in what a model's answers follow the instructions, instruction i with seed i."""
    found = []
    for seed, instruction in enumerate(instructions):
        *_, answer = generate_answer(model, instruction, temperature=TEMPERATURE, seed=seed)
        found.append(instruction.check(answer))
    return found


@torch.inference_mode()
def instruction_loss(model: TextModel, examples: list[instruction_data.Example]) -> float:
    """Return the mean cross-entropy in nats per character of the true answers to instructions."""
    total = count = 0.0
    for begin in range(0, len(examples), BATCH):
        ids, weights = (
            tensor.to(runtime.device())
            for tensor in instruction_data.collate(examples[begin : begin + BATCH], model.encode)
        )
        logits, _ = model.network(ids[:, :-1])
        losses = F.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
        total += (losses * weights.flatten()).sum().item()
        count += weights.sum().item()
    return total / count
