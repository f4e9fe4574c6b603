"""The sampling loop (the reverse process) as a generator: where it needs the network it yields a
ModelCall, and goes on with the prediction.

Ho et al., "Denoising diffusion probabilistic models" (DDPM, 2020), algorithm 2, with any sampler in
place of its last line; `samplers.sample` is the same loop, plainly. Because this one yields its
calls instead of making them, several loops can go on in lockstep and share each call of the
network, whatever their samplers and steps.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.core.batching import Call, Job
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.samplers import (
    CLEAN,
    SECOND_ORDER_PREDICTOR,
    NoiseLevel,
    Prediction,
    Sampler,
    SamplerState,
)


@dataclass(frozen=True)
class InitImage:
    """Where a sampling begins that does not begin with pure noise (Meng et al., "SDEdit", 2022).

    `keep` fixes parts of the picture: at every level they are the known picture with that
    level's noise (Lugmayr et al., "RePaint", 2022, eq. 8).
    """

    x_0: Tensor  # (N, C, H, W), what the model works in
    # steps of the schedule by which it is noised: 0 (not at all) to T (to nothing but noise)
    t: int
    keep: Tensor | None = None  # (N, 1, H, W) in [0, 1]: 1 where the picture stays


@dataclass(frozen=True)
class ModelCall:
    """A call of the network, to be made for the loop: its inputs."""

    x_t: Tensor  # (N, C, H, W)
    level: NoiseLevel


SamplingLoop = Generator[ModelCall | DenoiseStep, Prediction | None, None]


def sampling_loop(
    step: Sampler,
    levels: list[NoiseLevel],
    noises: runtime.NoisePerPicture,
    x_t: Tensor,
    *,
    eta: float = 0.0,
    start: InitImage | None = None,
) -> SamplingLoop:
    """Yield a ModelCall wherever a prediction is needed, to be sent in, and a DenoiseStep whenever
    a step is made.

    x_t: (N, C, H, W) drawn from N(0, I).
    """
    if start is not None and not levels:
        yield DenoiseStep(0, 1, 0, start.x_0, start.x_0, torch.zeros_like(start.x_0), start.x_0)
    elif start is not None:
        x_t = levels[0].alpha * start.x_0 + levels[0].sigma * x_t
    before, total = None, len(levels)
    for index, (now, following) in enumerate(pairwise([*levels, CLEAN])):
        prediction = yield ModelCall(x_t, now)
        assert prediction is not None  # the Prediction is sent in
        x0_hat, noise_hat = prediction.x0_hat, prediction.noise_hat
        noise = noises.draw(*x_t.shape[1:])
        state = SamplerState(x_t, now, following, x0_hat, noise_hat, noise, eta, None, before)
        if step in SECOND_ORDER_PREDICTOR and following != CLEAN:
            # called here, so that the sampler finds its prediction ready
            ahead = yield ModelCall(SECOND_ORDER_PREDICTOR[step](state), following)
            state = replace(state, predict=lambda *_, ahead=ahead: ahead)
        x_next = step(state)
        if start is not None and start.keep is not None:
            known = following.alpha * start.x_0 + following.sigma * noises.draw(*x_t.shape[1:])
            x_next = start.keep * known + (1 - start.keep) * x_next
        guided = prediction.conditioned, prediction.unconditioned
        yield DenoiseStep(index, total, now.t, x_t, x0_hat, noise_hat, x_next, *guided)
        x_t, before = x_next, (now, x0_hat)


def run_lockstep(
    loops: Sequence[SamplingLoop], call: Callable[[dict[int, ModelCall]], Call]
) -> Job:
    """Let `loops` go on together: a job, of which one `call` a turn serves all that wait for a
    prediction.

    Yields the steps that were made at each turn, by the place of their loop; the first turn, in
    which all only call for a prediction, makes none.
    """
    predictions: dict[int, Prediction | None] = dict.fromkeys(range(len(loops)))
    while predictions:
        calls, made = {}, {}
        for i, prediction in predictions.items():
            yielded = loops[i].send(prediction)
            if isinstance(yielded, DenoiseStep):
                made[i], yielded = yielded, next(loops[i], None)
            if yielded is not None:
                calls[i] = yielded
        yield made
        predictions = dict(zip(calls, (yield call(calls)), strict=True)) if calls else {}
