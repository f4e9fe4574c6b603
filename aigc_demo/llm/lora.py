"""Fine-tuning with low-rank adapters: the base's weights are frozen, and two thin matrices beside
each of them are trained.

Hu et al., "LoRA: low-rank adaptation of large language models" (2021), section 4.1. Symbols as
there: a frozen weight W (out, in), A (r, in), B (out, r), the rank r.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import DemoError, check_choice, check_number
from aigc_demo.text.model import TextModel
from aigc_demo.text.transformer import Transformer

# of each block
ADAPTED = (
    "attention.query_key_value",
    "attention.out",
    "feed_forward.gate_and_value",
    "feed_forward.out",
)
BASES = "text-transformer-"  # how the name of a base begins
TASKS = ["instructions", "prosody"]


@dataclass(frozen=True)
class LoraConfig:
    """The base of a fine-tuned model, and the rank of its adapters."""

    base: str  # the checkpoint whose weights are frozen, for instance text-transformer-tang
    rank: int  # r: columns of B and rows of A
    # their output is scaled by alpha / r, so that another rank needs no other learning rate
    alpha: float
    task: str = "instructions"  # what was taught: to follow instructions, or the rules of verse

    def __post_init__(self) -> None:
        """Raise DemoError when the rank is not from 1 to 256, alpha not from 0 to 1,024, or there
        is no such task.
        """
        check_number("rank", self.rank, 1, 256, whole=True)
        check_number("alpha", self.alpha, 0, 1024)
        check_choice("task", self.task, TASKS)


class Adapter(nn.Module):
    """The low-rank update of one linear layer: (alpha / r) B A x, which is 0 until B is trained
    (eq. 3).
    """

    def __init__(self, layer: nn.Linear, rank: int, alpha: float):
        super().__init__()
        self.scale = alpha / rank
        self.A = nn.Parameter(torch.randn(rank, layer.in_features) * layer.in_features**-0.5)
        self.B = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """Return (..., out), to be added to the layer's own output for `x` (..., in)."""
        return self.scale * F.linear(F.linear(x, self.A), self.B)

    def delta_weight(self) -> Tensor:
        """Return the same as one matrix (out, in), to be added to the layer's weight: inference is
        then as fast as the base's.
        """
        return self.scale * self.B @ self.A


class Adapters(nn.Module):
    """An adapter for each linear layer of a Transformer's blocks."""

    def __init__(self, network: Transformer, config: LoraConfig):
        super().__init__()
        self.blocks = nn.ModuleList(
            nn.ModuleDict(
                {
                    _key(name): Adapter(_linear(block, name), config.rank, config.alpha)
                    for name in ADAPTED
                }
            )
            for block in network.blocks
        )

    def of(self, network: Transformer) -> Iterator[tuple[nn.Linear, Adapter]]:
        """Yield each layer of `network` that is adapted, and its adapter."""
        for block, adapters in zip(network.blocks, self.blocks, strict=True):
            assert isinstance(adapters, nn.ModuleDict)  # of Adapters: see __init__
            for name in ADAPTED:
                adapter = adapters[_key(name)]
                assert isinstance(adapter, Adapter)
                yield _linear(block, name), adapter


def _linear(block: nn.Module, name: str) -> nn.Linear:
    layer = block.get_submodule(name)
    assert isinstance(layer, nn.Linear)  # as all that ADAPTED names
    return layer


def _key(name: str) -> str:
    return name.replace(".", "_")


def inject_adapters(network: Transformer, adapters: Adapters) -> Transformer:
    """Return a copy of `network`, its weights frozen, with the adapters' output added to its
    layers': training changes the adapters alone.
    """
    adapted = copy.deepcopy(network).requires_grad_(False)
    for layer, adapter in adapters.of(adapted):
        layer.register_forward_hook(
            lambda _, inputs, output, adapter=adapter: output + adapter(inputs[0])
        )
    return adapted


@torch.no_grad()
def merged(network: Transformer, adapters: Adapters, scale: float) -> Transformer:
    """Return a copy of `network` with weights W + scale (alpha / r) B A: at 0 the network's own, at
    1 the fine-tuned ones.
    """
    changed = copy.deepcopy(network)
    for layer, adapter in adapters.of(changed):
        layer.weight += scale * adapter.delta_weight()
    return changed


class LoraModel:
    """A base and its adapters, whose scale goes from 0 (the base) to 1 (as fine-tuned)."""

    def __init__(self, config: LoraConfig, base: TextModel[Transformer], adapters: Adapters):
        self.config = config
        self.base = base
        self.adapters = adapters

    def scaled(self, dial: float) -> TextModel[Transformer]:
        """Return the base with the adapters merged in, scaled by `dial`, in milliseconds; raises
        DemoError where that is not from 0 to 1.
        """
        network = merged(self.base.network, self.adapters, check_number("dial", dial, 0, 1))
        return TextModel(self.base.config, network, self.base.tokenizer)


def from_checkpoint(folder: Path) -> LoraModel:
    """Return the fine-tuned model stored in `folder`; raises DemoError when its files or its base's
    are missing or damaged.
    """
    config = checkpoints.read_config(folder, LoraConfig)
    if not config.base.startswith(BASES):
        raise DemoError(
            "config.json of checkpoint {name} does not fit {kind}: look at {keys}.",
            name=folder.name,
            kind="LoraConfig",
            keys="base",
        )
    base = checkpoints.load(config.base)
    adapters = Adapters(base.network, config)
    checkpoints.read_weights(folder, adapters)
    return LoraModel(config, base, checkpoints.freeze_for_inference(adapters, runtime.device()))
