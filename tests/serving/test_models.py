"""One seed gives one result, alone or among many: real classes at tiny size, run by the engine."""

import threading

import pytest
import torch

from aigc_demo.core import batching
from aigc_demo.serving.local import LocalEngine
from aigc_demo.text.sampling import SamplingParams, next_token_distribution, sample_batch
from tests.helpers.tiny_diffusion import diffusion
from tests.helpers.tiny_text import VERSE, model

VISITORS = 12
PATIENCE = 120  # seconds: an alarm, not a measurement


def together(tasks):
    """Return what each of `tasks` returns, all run at once through one engine, and how many jobs
    it ever had at a time.
    """
    results, seen = [None] * len(tasks), [0]
    gate = threading.Barrier(len(tasks))

    def run(i):
        gate.wait(PATIENCE)
        results[i] = tasks[i]()

    class Counting(LocalEngine):
        def _next_batch(self):
            batch = super()._next_batch()
            seen[0] = max(seen[0], len(batch))
            return batch

    engine = Counting()
    threads = [threading.Thread(target=run, args=(i,), daemon=True) for i in range(len(tasks))]
    with batching.installed(engine):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    return results, seen[0]


@pytest.mark.parametrize("architecture", ["rnn", "lstm", "transformer"])
def test_a_text_is_the_same_alone_and_among_others(architecture):
    writer = model(architecture)
    cuts = [{}, {"top_k": 5}, {"top_p": 0.9}, {"min_p": 0.05, "temperature": 1.3}]
    prompts = ["To be", "or", VERSE * 2]  # the last is longer than what the network sees

    def write(i):
        steps = writer.generate(
            prompts[i % 3], max_new_tokens=40 + 5 * i, seed=i, **cuts[i % len(cuts)]
        )
        return [(step.token, step.bits) for step in steps]

    tasks = [lambda i=i: write(i) for i in range(VISITORS)]
    alone = [task() for task in tasks]
    among, most = together(tasks)
    for one, other in zip(alone, among, strict=True):
        assert [token for token, _ in other] == [token for token, _ in one]
        assert [bits for _, bits in other] == pytest.approx([bits for _, bits in one], abs=1e-4)
    assert most > VISITORS // 2  # they did share batches


def test_a_picture_is_the_same_alone_and_among_others():
    model = diffusion()
    samplers = ["DDIM", "Heun", "DPM-Solver++(2M)", "DDPM"]

    def paint(i):
        *_, last = model.denoise(
            [i % 10, 3],
            steps=4 + i % 3,
            sampler=samplers[i % len(samplers)],
            guidance=1.0 if i % 5 == 0 else 1.0 + i % 3,
            seed=i,
        )
        return last

    tasks = [lambda i=i: paint(i) for i in range(VISITORS)]
    alone = [task() for task in tasks]
    among, most = together(tasks)
    for one, other in zip(alone, among, strict=True):
        assert torch.allclose(one.x_next, other.x_next, atol=1 / 255)
        assert (one.unconditioned is None) == (other.unconditioned is None)
    assert most > VISITORS // 2


def test_tokens_drawn_at_once_are_those_drawn_one_by_one():
    generator = torch.Generator().manual_seed(0)
    logits = 3 * torch.randn(200, 30, generator=generator)
    numbers = torch.rand(200, generator=generator, dtype=torch.float64).tolist()
    kinds = [
        SamplingParams(),
        SamplingParams(0.1),
        SamplingParams(2.0, top_k=3),
        SamplingParams(1.0, top_p=0.7),
        SamplingParams(1.5, min_p=0.2),
        SamplingParams(0.9, top_k=9, top_p=0.5, min_p=0.1),
    ]
    samplings = [kinds[i % len(kinds)] for i in range(200)]
    expected = [
        next_token_distribution(row, sampling).sample(u)
        for row, sampling, u in zip(logits, samplings, numbers, strict=True)
    ]
    assert sample_batch(logits, samplings, numbers).tolist() == expected
