"""Learning from preferences: of two texts one was chosen, and the model moves towards it.

Rafailov et al., "Direct preference optimization: your language model is secretly a reward model"
(2023). Symbols as there: the policy pi that learns, the reference that stays (the base), beta,
which holds the one to the other, and the reward beta log(pi / reference) that a policy implies.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_number, check_seed
from aigc_demo.core.training import optimizer_step
from aigc_demo.llm.lora import Adapters, inject_adapters
from aigc_demo.text.model import TextModel


@dataclass(frozen=True)
class Preference:
    """Two texts that go on from one prompt, of which somebody chose one."""

    prompt: str
    chosen: str
    rejected: str


@dataclass(frozen=True)
class Texts:
    """Texts as rows, filled up at their ends."""

    ids: Tensor  # (N, T) int64
    counted: Tensor  # (N, T - 1) bool: whether the character after this one is the model's own

    def take(self, index: Tensor) -> "Texts":
        """Return the texts at `index` (K,)."""
        return Texts(self.ids[index], self.counted[index])


@dataclass(frozen=True)
class DpoConfig:
    """How a policy learns from pairs."""

    beta: float = 0.1  # the higher, the nearer to the reference the policy stays
    learning_rate: float = 5e-4
    steps: int = 50
    size: int = 16  # pairs a step

    def __post_init__(self) -> None:
        """Raise DemoError when a value is out of its range."""
        check_number("beta", self.beta, 1e-3, 10)
        check_number("learning rate", self.learning_rate, 0, 1)
        check_number("steps", self.steps, 1, 100_000, whole=True)
        check_number("pairs", self.size, 1, 10_000, whole=True)


@dataclass(frozen=True)
class PreferenceStep:
    """One update of the policy; figures are of its batch before it."""

    step: int  # from 1
    loss: float  # nats
    margin: float  # mean reward of the chosen texts less that of the rejected ones
    accuracy: float  # share of pairs whose chosen text has the higher reward
    chosen: float  # mean reward of the chosen texts
    rejected: float  # and of the others


def dpo_loss(
    policy_chosen: Tensor,
    policy_rejected: Tensor,
    reference_chosen: Tensor,
    reference_rejected: Tensor,
    beta: float,
) -> Tensor:
    """Return the mean loss () of pairs, of which each has four log-probabilities (N,): eq. 7."""
    rewards = (
        beta * (policy_chosen - reference_chosen),
        beta * (policy_rejected - reference_rejected),
    )
    return -F.logsigmoid(rewards[0] - rewards[1]).mean()


def log_probabilities(network: nn.Module, texts: Texts) -> Tensor:
    """Return the log-probability (N,) in nats, under `network`, of what is counted of each text."""
    logits, _ = network(texts.ids[:, :-1])
    nats = F.cross_entropy(logits.flatten(0, 1), texts.ids[:, 1:].flatten(), reduction="none")
    return -(nats.view(texts.counted.shape) * texts.counted).sum(dim=1)


@torch.no_grad()
def kl_bits(policy: nn.Module, reference: nn.Module, texts: Texts) -> float:
    """Return how far a policy is from its reference: KL(policy || reference) in bits a text.

    texts: as the policy wrote them, undisturbed (temperature 1). At every counted character the
    divergence of the two distributions is taken whole: the estimate has the same mean as the
    log-ratio of the texts, and varies less.
    """
    policy_logs, reference_logs = (
        network(texts.ids[:, :-1])[0].log_softmax(dim=-1) for network in (policy, reference)
    )
    nats = (policy_logs.exp() * (policy_logs - reference_logs)).sum(dim=-1)  # (N, T - 1)
    return (nats * texts.counted).sum(dim=1).mean().item() / math.log(2)


def texts(
    prompts: Sequence[str], answers: Sequence[str], encode: Callable[[str], list[int]]
) -> Texts:
    """Return texts as rows: `prompts`, each with its answer, of which the answers count."""
    begun, rows = (
        [encode(prompt) for prompt in prompts],
        [encode(prompt + answer) for prompt, answer in zip(prompts, answers, strict=True)],
    )
    length = max(map(len, rows))
    ids = torch.tensor([row + [0] * (length - len(row)) for row in rows])
    at = torch.arange(1, length)
    first, end = (torch.tensor([*map(len, lists)])[:, None] for lists in (begun, rows))
    return Texts(ids.to(runtime.device()), ((at >= first) & (at < end)).to(runtime.device()))


def dpo_step(
    policy: nn.Module,
    pairs: tuple[Texts, Texts],
    reference: tuple[Tensor, Tensor],
    *,
    beta: float,
) -> tuple[Tensor, Tensor]:
    """Return the loss () of pairs, chosen and rejected, and the rewards (2, N) that the policy
    implies.

    reference: their log-probabilities (N,) under it.
    """
    chosen, rejected = (log_probabilities(policy, side) for side in pairs)
    loss = dpo_loss(chosen, rejected, *reference, beta)
    return loss, beta * (torch.stack([chosen, rejected]) - torch.stack(reference)).detach()


def train(
    base: TextModel,
    adapters: Adapters,
    preferences: Sequence[Preference],
    config: DpoConfig = DpoConfig(),
    *,
    seed: int = 0,
) -> Iterator[PreferenceStep]:
    """Teach `adapters` beside `base` what was preferred, in place; yield after each update.

    To stop is to close the generator. Raises DemoError when there are no pairs, or the model never
    saw one of their characters.
    """
    if not preferences:
        raise DemoError("There is nothing to learn from: choose between two texts first.")
    prompts = [pair.prompt for pair in preferences]
    chosen = texts(prompts, [pair.chosen for pair in preferences], base.encode)
    rejected = texts(prompts, [pair.rejected for pair in preferences], base.encode)
    return _train(base, adapters, (chosen, rejected), config, runtime.generator(check_seed(seed)))


def _train(
    base: TextModel,
    adapters: Adapters,
    pairs: tuple[Texts, Texts],
    config: DpoConfig,
    generator: torch.Generator,
) -> Iterator[PreferenceStep]:
    # 1. The reference never changes: its log-probabilities are computed once.
    with torch.no_grad():
        fixed = [log_probabilities(base.network, side) for side in pairs]
    policy = inject_adapters(base.network, adapters)
    optimizer = torch.optim.AdamW(
        adapters.parameters(), config.learning_rate, betas=(0.9, 0.99), weight_decay=0.0
    )
    for step in range(1, config.steps + 1):
        # 2. Draw pairs, each at most once.
        drawn = torch.randperm(len(fixed[0]), generator=generator)[: config.size]
        drawn = drawn.to(runtime.device())
        # 3. Go one step down the gradient of the loss.
        loss, rewards = dpo_step(
            policy,
            (pairs[0].take(drawn), pairs[1].take(drawn)),
            (fixed[0][drawn], fixed[1][drawn]),
            beta=config.beta,
        )
        optimizer_step(loss, optimizer, max_norm=1.0)
        yield preference_step(step, loss, rewards)


def preference_step(step: int, loss: Tensor, rewards: Tensor) -> PreferenceStep:
    """Return the record of an update from its loss () and rewards (2, N)."""
    chosen, rejected = rewards
    return PreferenceStep(
        step,
        loss.item(),
        margin=(chosen - rejected).mean().item(),
        accuracy=(chosen > rejected).float().mean().item(),
        chosen=chosen.mean().item(),
        rejected=rejected.mean().item(),
    )
