"""What the models make at one seed, written to a file: `python -m tests.helpers.outcomes FILE`, so
that machines can be compared.

Run under other settings (AIGC_DEMO_PRECISION, AIGC_DEMO_THREADS, ATEN_CPU_CAPABILITY,
ONEDNN_MAX_CPU_ISA) it shows what they change.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor

from aigc_demo.core import model_cache

Outcome = str | Tensor  # a text, or pictures (N, C, H, W) in [-1, 1], points (N, 2), or numbers
WRITERS = ("text-rnn-shakespeare", "text-lstm-shakespeare", "text-transformer-shakespeare")


def texts() -> Iterator[tuple[str, Outcome]]:
    """Yield what each text model writes."""
    from aigc_demo.llm.instructions import PoemInstruction, SpeechInstruction, generate_answer

    for name in WRITERS:
        yield (
            name,
            "".join(
                step.text
                for step in model_cache.model(name).generate("ROMEO:\n", max_new_tokens=100, seed=7)
            ),
        )
    yield (
        "text-transformer-tang",
        "".join(
            step.text
            for step in model_cache.model("text-transformer-tang").generate(
                "春", max_new_tokens=80, seed=3
            )
        ),
    )
    yield (
        "llm-gpt-shakespeare",
        "".join(
            model_cache.model("llm-gpt-shakespeare").generate("My lord", max_new_tokens=40, seed=1)
        ),
    )
    poem, speech = PoemInstruction.parse("五言四句 明月"), SpeechInstruction.parse("ROMEO, love")
    for name, asked in (("llm-lora-tang", poem), ("llm-lora-shakespeare", speech)):
        yield name, [*generate_answer(model_cache.model(name).scaled(1.0), asked, seed=2)][-1]


def pictures() -> Iterator[tuple[str, Outcome]]:
    """Yield what each model of pictures paints."""
    digits = model_cache.model("gan-digits")
    drawn = digits.generate(digits.latents(range(10)), torch.arange(10))
    yield "gan-digits", drawn
    emoji = model_cache.model("gan-emoji")
    yield "gan-emoji", emoji.generate(emoji.latents(range(6)))
    for name in ("vae-digits", "vae-digits-2d"):
        model = model_cache.model(name)
        yield name, model.decode(model.encode(drawn)[0])
    for sampler in ("DDIM", "SDE-DPM-Solver++"):
        steps = model_cache.model("diffusion-digits").denoise(
            [2, 4, 7], steps=10, sampler=sampler, seed=5
        )
        yield f"diffusion-digits {sampler}", [*steps][-1].x_next
    steps = model_cache.model("diffusion-emoji").denoise(["pink mushroom", "蓝色的心"], seed=4)
    yield "diffusion-emoji", [*steps][-1].x_next


def trainings() -> Iterator[tuple[str, Outcome]]:
    """Yield where the live trainings stand after some hundred steps.

    Of the laboratory's ways to break a GAN one is left out: at a rate of 0.05 a difference of 1e-16
    grows to 1 within 400 rounds.
    """
    from aigc_demo.diffusion.plane.trainer import Trainer as PlaneTrainer
    from aigc_demo.diffusion.plane.trainer import TrainerConfig as PlaneRules
    from aigc_demo.gan.toy_gan import GanConfig, ToyGan
    from aigc_demo.gan.views.lab.view import BREAKS
    from aigc_demo.text.mask import PairTraining, generated_text

    for name, rules in {
        "opening": {},
        "collapse": BREAKS["collapse"],
        "wasserstein": {"loss": "wasserstein"},
    }.items():
        gan = ToyGan(GanConfig(**rules))
        for _ in range(300):
            gan.step()
        z = gan.noise(200)
        yield (
            f"gan lab {name}",
            torch.cat(
                [gan.generate(z), gan.judge(gan.real)[:, None].tanh().expand(-1, 2)]
            ).detach(),
        )
    plane = PlaneTrainer(PlaneRules())
    for _ in range(300):
        plane.step()
    yield "diffusion plane", plane.path(plane.cloud)[1][-1]
    text = generated_text(
        model_cache.model("text-transformer-shakespeare"), "\n", pieces=24, length=84, seed=0
    )
    yield "text to learn", text
    paired_models = PairTraining(text, steps=60, seed=0)
    for _ in range(60):
        paired_models.step()
    for name in paired_models.networks:
        yield f"text {name}", paired_models.write(name)
    yield "text losses", torch.tensor([each.losses for each in paired_models.evaluations])


def main(file: Path) -> None:
    """Write all outcomes to `file`, as JSON."""
    made = {
        name: outcome for outcomes in (texts, pictures, trainings) for name, outcome in outcomes()
    }
    plain = {
        name: outcome if isinstance(outcome, str) else outcome.double().tolist()
        for name, outcome in made.items()
    }
    file.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
