"""DPO: its loss and gradients beside a plain implementation, and what it leaves as it was."""

import math

import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.llm import preference
from aigc_demo.llm.lora import Adapters, LoraConfig, inject_adapters, merged
from aigc_demo.llm.preference import DpoConfig, Preference, Texts
from aigc_demo.llm.rollouts import sample
from tests.helpers.tiny_llm import writer

ALPHABET = "abcdefghijk\n"
CONFIG = LoraConfig("text-transformer-tiny", rank=3, alpha=6.0, task="prosody")
PAIRS = [
    Preference("\nab", "aaab\n", "kkk\n"),
    Preference("\ncde", "ab\n", "kkkkkk\n"),
    Preference("\nf", "aa", "gk\n"),
]


def adapters(*, taught: bool = False) -> Adapters:
    with runtime.seeded(1):
        found = Adapters(writer(ALPHABET).network, CONFIG)
        for block in found.blocks if taught else ():
            for adapter in block.values():
                torch.nn.init.normal_(adapter.B, std=0.1)
    return found


def plain_log_probability(network, prompt: list[int], answer: list[int]) -> torch.Tensor:
    """Sum the logarithms of one answer's probabilities, a character at a time."""
    total = torch.zeros(())
    for at, token in enumerate(answer):
        logits, _ = network(torch.tensor([prompt + answer[:at]]))
        total = total + torch.log(torch.softmax(logits[0, -1], dim=0)[token])
    return total


def test_the_loss_and_its_gradients_are_those_of_a_plain_implementation():
    base, beta = writer(ALPHABET), 0.3
    learned = adapters(taught=True)
    policy = inject_adapters(base.network, learned)
    prompts = [pair.prompt for pair in PAIRS]
    sides = tuple(
        preference.texts(prompts, [getattr(pair, side) for pair in PAIRS], base.encode)
        for side in ("chosen", "rejected")
    )
    fixed = tuple(preference.log_probabilities(base.network, side) for side in sides)
    loss, rewards = preference.dpo_step(policy, sides, fixed, beta=beta)
    found = torch.autograd.grad(loss, list(learned.parameters()))

    losses, margins = [], []
    for pair in PAIRS:
        prompt = base.encode(pair.prompt)
        ratios = []
        for answer in (pair.chosen, pair.rejected):
            ids = base.encode(answer)
            reference = plain_log_probability(base.network, prompt, ids).detach()
            ratios.append(plain_log_probability(policy, prompt, ids) - reference)
        margins.append(beta * (ratios[0] - ratios[1]))
        losses.append(torch.log(1 + torch.exp(-margins[-1])))
    expected = torch.stack(losses).mean()
    assert loss.item() == pytest.approx(expected.item(), rel=1e-5)
    torch.testing.assert_close(rewards[0] - rewards[1], torch.stack(margins).detach())
    for gradient, plain in zip(
        found, torch.autograd.grad(expected, list(learned.parameters())), strict=True
    ):
        torch.testing.assert_close(gradient, plain, rtol=1e-4, atol=1e-6)


def test_the_loss_is_ln_2_where_the_policy_is_the_reference_and_pushes_by_what_is_wrong():
    logs = [torch.tensor([-3.0, -5.0], requires_grad=True) for _ in range(2)]
    loss = preference.dpo_loss(*logs, *(each.detach() for each in logs), beta=0.5)
    assert loss.item() == pytest.approx(math.log(2))
    loss.backward()
    # eq. 7's gradient: -beta sigmoid(-margin) / N for the chosen ones
    torch.testing.assert_close(logs[0].grad, torch.full((2,), -0.5 * 0.5 / 2))
    torch.testing.assert_close(logs[1].grad, torch.full((2,), 0.5 * 0.5 / 2))


def test_training_prefers_what_was_chosen_and_leaves_the_reference_untouched():
    base, learned = writer(ALPHABET), adapters()
    before = {key: value.clone() for key, value in base.network.state_dict().items()}
    config = DpoConfig(beta=0.1, learning_rate=1e-2, steps=30, size=3)
    steps = list(preference.train(base, learned, PAIRS, config))
    assert [step.step for step in steps] == list(range(1, 31))
    assert steps[0].loss == pytest.approx(math.log(2), abs=1e-5)
    assert steps[0].margin == pytest.approx(0, abs=1e-5)
    assert steps[-1].loss < 0.2 and steps[-1].margin > 1 and steps[-1].accuracy == 1
    assert steps[-1].margin == pytest.approx(steps[-1].chosen - steps[-1].rejected, abs=1e-5)
    after = base.network.state_dict()
    assert all(torch.equal(value, after[key]) for key, value in before.items())
    assert all(weight.grad is None for weight in base.network.parameters())


def test_switched_off_it_is_the_base_bit_for_bit():
    base, learned = writer(ALPHABET), adapters()
    list(preference.train(base, learned, PAIRS, DpoConfig(learning_rate=1e-2, steps=5)))
    ids = torch.randint(len(ALPHABET), (2, 20), generator=runtime.generator(1))
    expected, _ = base.network(ids)
    assert torch.equal(merged(base.network, learned, 0.0)(ids)[0], expected)
    assert not torch.equal(merged(base.network, learned, 1.0)(ids)[0], expected)
    # and so is a policy that has learned nothing yet
    assert torch.equal(inject_adapters(base.network, adapters())(ids)[0], expected)


def test_one_seed_teaches_the_same_and_to_stop_is_to_close():
    taught = []
    for seed in (0, 0, 1):
        learned = adapters()
        run = preference.train(
            writer(ALPHABET), learned, PAIRS, DpoConfig(steps=9, size=1), seed=seed
        )
        for _ in range(4):
            next(run)
        run.close()
        taught.append(torch.cat([weight.detach().flatten() for weight in learned.parameters()]))
    assert torch.equal(taught[0], taught[1]) and not torch.equal(taught[0], taught[2])


def test_the_divergence_is_that_of_all_texts():
    """With one character to write, KL is a sum over the alphabet."""
    base = writer(ALPHABET)
    policy = merged(base.network, adapters(taught=True), 1.0)
    ids = torch.tensor([base.encode("\nabc" + "a")])
    counted = torch.tensor([[False, False, False, True]])
    p, q = (network(ids[:, :-1])[0][0, -1].softmax(dim=0) for network in (policy, base.network))
    expected = (p * torch.log2(p / q)).sum().item()
    found = preference.kl_bits(policy, base.network, Texts(ids, counted))
    assert found == pytest.approx(expected, rel=1e-4) and found > 0.01
    assert preference.kl_bits(base.network, base.network, Texts(ids, counted)) == 0


def test_the_divergence_is_the_mean_log_ratio_of_what_the_policy_writes():
    base = writer(ALPHABET)
    policy = merged(base.network, adapters(taught=True), 1.0)
    written = sample(
        policy,
        torch.tensor([base.encode("\nab")]).repeat(4_000, 1),
        end=base.encode("\n")[0],
        longest=6,
        generator=runtime.generator(0),
    )
    ratios = preference.log_probabilities(policy, written) - preference.log_probabilities(
        base.network, written
    )
    error = (ratios.std() / len(ratios) ** 0.5).item() / math.log(2)
    found = preference.kl_bits(policy, base.network, written)
    assert found == pytest.approx(ratios.mean().item() / math.log(2), abs=4 * error)
    assert error < found / 10


def test_samples_follow_the_network_and_end():
    base = writer(ALPHABET)
    end = base.encode("\n")[0]
    prompts = torch.tensor([base.encode("\nab")]).repeat(3_000, 1)
    written = sample(
        base.network, prompts, end=end, longest=5, temperature=0.7, generator=runtime.generator(3)
    )
    assert written.ids.shape == (3_000, 8) and written.counted.shape == (3_000, 7)
    assert torch.equal(written.ids[:, :3], prompts) and not written.counted[:, :2].any()
    logits, _ = base.network(prompts[:1])
    expected = (logits[0, -1] / 0.7).softmax(dim=0)
    shares = torch.bincount(written.ids[:, 3], minlength=len(expected)) / 3_000
    torch.testing.assert_close(shares, expected, atol=0.04, rtol=0)
    for ids, counted in zip(written.ids[:200, 3:].tolist(), written.counted[:200, 2:], strict=True):
        length = ids.index(end) + 1 if end in ids else 5
        assert counted.tolist() == [True] * length + [False] * (5 - length)
        assert set(ids[length:]) <= {end}


def test_a_mistake_is_explained():
    with pytest.raises(DemoError, match="nothing to learn from"):
        preference.train(writer(ALPHABET), adapters(), [])
    with pytest.raises(DemoError, match="never saw"):
        preference.train(writer(ALPHABET), adapters(), [Preference("\n", "Z", "a")])
    with pytest.raises(DemoError, match="beta"):
        DpoConfig(beta=0)
