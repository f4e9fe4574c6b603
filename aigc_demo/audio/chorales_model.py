"""Chorales: the masked cells of a score filled in any order, or a score written left to right.

A score is (T, 4) int64, at most 128 sixteenths of soprano, alto, tenor, bass: tokens as
`chorales.to_tokens` makes them of pitches, MASK where a note is to be found.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from aigc_demo.audio.chorales import BAR, MASK, MAX_STEPS, NOTES, VOICES
from aigc_demo.audio.network import ChoralesConfig, ChoralesNetwork
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import check_choice, check_number, check_seed, check_tensor

RANDOM, CERTAIN, LEFT_TO_RIGHT = ORDERS = ("random", "most certain first", "left to right")
TEMPERATURES = (0.1, 2.0)


@dataclass(frozen=True)
class ChoraleStep:
    """Some cells of a score, filled at once."""

    index: int  # 0 is the first step
    total: int
    score: Tensor  # (T, 4) int64: what is known after this step
    filled: Tensor  # (T, 4) bool: the cells that this step filled
    logits: Tensor  # (T, 4, 47) float32: what the network said of every cell before
    bits: float  # -log2 of the probability that the model (temperature 1) gave the drawn notes
    seconds: float  # since the first step began


def from_checkpoint(folder: Path) -> "ChoralesModel | CausalChoralesModel":
    """Return the model stored in `folder`; raises DemoError when a file is missing or damaged."""
    config = checkpoints.read_config(folder, ChoralesConfig)
    network = ChoralesNetwork(config)
    checkpoints.read_weights(folder, network)
    kind = CausalChoralesModel if config.causal else ChoralesModel
    return kind(config, checkpoints.freeze_for_inference(network, runtime.device()))


@dataclass(frozen=True)
class ChoralesModel:
    """A masked diffusion model of scores: of any cells that are known it predicts the others."""

    config: ChoralesConfig
    network: ChoralesNetwork

    def generate(
        self,
        score: Tensor,
        *,
        order: str = RANDOM,
        steps: int | None = None,
        temperature: float = 1.0,
        phase: int = 0,
        seed: int = 0,
    ) -> Iterator[ChoraleStep]:
        """Fill the masked cells of `score` in `steps` parallel steps, one ChoraleStep each.

        steps: from 1 to the number of masked cells; None fills one by one, which follows the chain
        rule; fewer are quicker, and cells filled at once know nothing of each other. temperature:
        0.1 to 2. phase: 0 to 15, where in its bar the score begins, in sixteenths. Raises DemoError
        when a value is out of its range. Austin et al., "Structured denoising diffusion models"
        (2021), absorbing states; most certain first: Chang et al., "MaskGIT" (2022).
        """
        score = check_score(score)
        check_choice("order", order, list(ORDERS))
        masked = int((score == MASK).sum())
        high = max(masked, 1)
        steps = high if steps is None else check_number("steps", steps, 1, high, whole=True)
        temperature = check_number("temperature", temperature, *TEMPERATURES)
        phases = phases_from(phase, len(score))
        generator = runtime.generator(check_seed(seed))
        numbers = torch.rand(score.shape, generator=generator)  # each cell's own, in any order
        priority = torch.rand(score.shape, generator=generator)
        if order == LEFT_TO_RIGHT:
            priority = -torch.arange(score.numel()).view(score.shape).float()
        if order == CERTAIN:
            priority = None
        counts = [(i + 1) * masked // steps - i * masked // steps for i in range(steps)]
        return self._fill(score, phases, counts, priority, numbers, temperature)

    def _fill(
        self,
        score: Tensor,
        phases: Tensor,
        counts: list[int],
        priority: Tensor | None,
        numbers: Tensor,
        temperature: float,
    ) -> Iterator[ChoraleStep]:
        began = time.perf_counter()
        for i, count in enumerate(counts):
            if not count:
                return
            logits = self.logits(score, phases)
            rank = logits.log_softmax(dim=2).amax(dim=2) if priority is None else priority
            rank = rank.masked_fill(score != MASK, -math.inf).flatten()
            chosen = torch.zeros(score.shape, dtype=torch.bool)
            chosen.view(-1)[rank.argsort(descending=True, stable=True)[:count]] = True
            score, bits = drawn(score, chosen, logits, numbers, temperature)
            seconds = time.perf_counter() - began
            yield ChoraleStep(i, len(counts), score, chosen, logits, bits, seconds)

    @torch.inference_mode()
    def logits(self, score: Tensor, phases: Tensor) -> Tensor:
        """Return the logits (T, 4, 47) float32 of all cells of a score (T, 4), phases (T,)."""
        where = runtime.device()
        return self.network(score[None].to(where), phases[None].to(where))[0].cpu()


@dataclass(frozen=True)
class CausalChoralesModel:
    """A model of scores from left to right: of each note it knows the ones before."""

    config: ChoralesConfig
    network: ChoralesNetwork

    @torch.inference_mode()
    def log_likelihood(self, score: Tensor, *, phase: int = 0) -> Tensor:
        """Return log p (T, 4) float32 in nats of each note of a whole score, given all before it.

        Their sum is log p(score). Raises DemoError when the score has masked cells or too many.
        """
        score = check_score(score, whole=True)
        logits = self.logits(score, phases_from(phase, len(score)))
        return logits.log_softmax(dim=2).gather(2, score[:, :, None]).squeeze(2)

    def generate_naive(
        self,
        score: Tensor,
        *,
        temperature: float = 1.0,
        phase: int = 0,
        seed: int = 0,
    ) -> Iterator[ChoraleStep]:
        """Write the masked cells of `score` (T, 4) from left to right, one ChoraleStep a note.

        Known cells are kept, but a note knows nothing of those that come after it. The network
        reads the whole beginning anew for each note. Raises DemoError as `ChoralesModel.generate`.
        """
        score, phases = check_score(score), phases_from(phase, len(score))
        temperature = check_number("temperature", temperature, *TEMPERATURES)
        numbers = torch.rand(score.shape, generator=runtime.generator(check_seed(seed)))
        return self._write(score, phases, numbers, temperature)

    def _write(
        self,
        score: Tensor,
        phases: Tensor,
        numbers: Tensor,
        temperature: float,
    ) -> Iterator[ChoraleStep]:
        began = time.perf_counter()
        cells = (score == MASK).nonzero().tolist()  # in the order of reading
        for i, (t, voice) in enumerate(cells):
            logits = torch.zeros(*score.shape, NOTES)
            logits[: t + 1] = self.logits(score[: t + 1], phases[: t + 1])
            chosen = torch.zeros(score.shape, dtype=torch.bool)
            chosen[t, voice] = True
            score, bits = drawn(score, chosen, logits, numbers, temperature)
            seconds = time.perf_counter() - began
            yield ChoraleStep(i, len(cells), score, chosen, logits, bits, seconds)

    logits = ChoralesModel.logits


def empty(steps: int) -> Tensor:
    """Return a score (steps, 4) of which nothing is known; raises DemoError when it is too long."""
    return torch.full((check_number("length", steps, 1, MAX_STEPS, whole=True), VOICES), MASK)


def drawn(
    score: Tensor,
    chosen: Tensor,
    logits: Tensor,
    numbers: Tensor,
    temperature: float,
) -> tuple[Tensor, float]:
    """Return `score` with the chosen cells drawn, and -log2 of their probability.

    chosen: (T, 4) bool; numbers: (T, 4) from 0 to 1, one for each cell's draw: the note at which
    the cumulative probability passes it.
    """
    said = logits[chosen]  # (n, 47)
    cumulative = (said.double() / temperature).softmax(dim=1).cumsum(dim=1)
    notes = (cumulative < numbers[chosen][:, None]).sum(dim=1).clamp(max=NOTES - 1)
    nats = -said.log_softmax(dim=1).gather(1, notes[:, None]).sum().item()
    return score.masked_scatter(chosen, notes), nats / math.log(2)


def check_score(score: Tensor, *, whole: bool = False) -> Tensor:
    """Return a score (T, 4) as int64 on the CPU; raises DemoError when it is none.

    whole: no cell may be masked.
    """
    check_tensor("score", score, None, VOICES, below=MASK if whole else MASK + 1)
    check_number("length", len(score), 1, MAX_STEPS)
    return score.long().cpu()


def phases_from(phase: int, steps: int) -> Tensor:
    """Return the phases (steps,) int64 of a score whose first sixteenth is `phase` into its bar."""
    return (check_number("phase", phase, 0, BAR - 1, whole=True) + torch.arange(steps)) % BAR
