"""Many texts at once: a network writes on from prompts of one length, for its trainers to judge."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.llm.preference import Texts


@torch.no_grad()  # and not inference_mode: what is written is learned from
def sample(
    network: nn.Module,
    prompts: Tensor,
    *,
    end: int,
    longest: int,
    temperature: float = 1.0,
    generator: torch.Generator,
) -> Texts:
    """Return what `network` writes on from `prompts` (N, P) int64, each with its prompt: until
    `end`, which counts, and at most `longest` tokens.

    What follows the end is filled with it. generator: on the CPU, so that a seed draws the same
    numbers everywhere.
    """
    state, unread, written = None, prompts, []
    over = torch.zeros(len(prompts), dtype=torch.bool, device=prompts.device)
    counted = []
    while len(written) < longest and not bool(over.all()):
        logits, state = network(unread, state)
        sums = (logits[:, -1] / temperature).softmax(dim=-1).cumsum(dim=-1)
        numbers = torch.rand(len(prompts), 1, generator=generator).to(prompts.device)
        drawn = torch.searchsorted(sums, numbers).clamp(max=sums.shape[1] - 1)  # (N, 1)
        unread = torch.where(over[:, None], end, drawn)
        written.append(unread)
        counted.append(~over[:, None])
        over = over | (unread[:, 0] == end)
    before = prompts.shape[1] - 1
    return Texts(
        torch.cat([prompts, *written], dim=1), F.pad(torch.cat(counted, dim=1), (before, 0))
    )
