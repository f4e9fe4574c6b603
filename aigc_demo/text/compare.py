"""Several models write from one prompt at once, a character each in turn."""

from collections.abc import Iterator
from dataclasses import dataclass

from aigc_demo.core.pace import Pace
from aigc_demo.core.steps import TokenStep
from aigc_demo.text.model import TextModel

FRAMES_PER_SECOND = 12


@dataclass(frozen=True)
class Generation:
    """What one model has written so far."""

    text: str
    bits: float  # in all: how much the model was surprised by its own choices
    seconds: float  # spent on this model alone
    finished: bool

    def add(self, step: TokenStep, length: int) -> "Generation":
        """Return the writing with one more character."""
        return Generation(
            self.text + step.text, self.bits + step.bits, step.seconds, step.index + 1 == length
        )


def generate_in_parallel(
    models: list[TextModel],
    prompt: str,
    *,
    length: int,
    temperature: float,
    top_k: int,
    top_p: float,
    min_p: float,
    seed: int,
) -> Iterator[list[Generation]]:
    """Write with all `models` and yields what each has so far, about twelve times a second and once
    at the end.

    Every model draws with the same random numbers. Raises DemoError as `TextModel.generate` does.
    """
    options = {
        "max_new_tokens": length,
        "temperature": temperature,
        "top_k": top_k,
        "top_p": top_p,
        "min_p": min_p,
        "seed": seed,
    }
    runs = [model.generate(prompt, **options) for model in models]
    generations = [Generation("", 0.0, 0.0, finished=False) for _ in models]
    pace = Pace(1 / FRAMES_PER_SECOND, at_once=True)
    for steps in zip(*runs, strict=True):
        generations = [
            writing.add(step, length) for writing, step in zip(generations, steps, strict=True)
        ]
        if not generations[0].finished and pace.due():
            yield generations
    yield generations
