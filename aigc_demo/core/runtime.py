"""The device, its threads and its precision; and how a seed becomes randomness."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import TypeVar

import torch
from torch import nn

from aigc_demo.core.cores import available_cores
from aigc_demo.core.settings import settings

Network = TypeVar("Network", bound=nn.Module)


@cache
def device() -> torch.device:
    """Return the GPU if there is one, else the CPU, with as many threads as the settings and this
    process's share of the cores allow.
    """
    torch.set_num_threads(min(settings().threads or torch.get_num_threads(), available_cores()))
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@cache
def has_fast_bfloat16() -> bool:
    """Whether bfloat16 is native here. A CPU without AVX-512 BF16 emulates it, a hundred times
    slower than float32.

    So does oneDNN where it is told to keep to older instructions.
    """
    if device().type == "cuda":
        return torch.cuda.is_bf16_supported()
    allowed = os.environ.get(
        "ONEDNN_MAX_CPU_ISA", os.environ.get("DNNL_MAX_CPU_ISA", "ALL")
    ).upper()
    is_restricted = not any(
        name in allowed for name in ("ALL", "DEFAULT", "BF16", "FP16", "AMX", "AVX10")
    )
    return (
        torch.cpu._is_avx512_bf16_supported()
        and "AVX512" in torch.backends.cpu.get_cpu_capability()
        and not is_restricted
    )


def precision() -> torch.dtype:
    """Return the type in which large networks compute: the settings', else the faster one here.

    A picture made in bfloat16 differs from the same one in float32 by less than the eye sees (48 to
    58 dB).
    """
    chosen = settings().precision or ("bfloat16" if has_fast_bfloat16() else "float32")
    return torch.bfloat16 if chosen == "bfloat16" else torch.float32


def autocast() -> AbstractContextManager:
    """Return the context in which recipes train and emoji are decoded, in `precision()`. Live
    trainings use none: they are float32.
    """
    return torch.autocast(device().type, torch.bfloat16, enabled=precision() == torch.bfloat16)


def channels_last(network: Network, where: torch.device) -> Network:
    """Return `network` on the device `where`, its weights channels last in memory: convolutions are
    15 % faster.
    """
    # torch declares no overload of Module.to with a memory_format
    return network.to(where, memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]


def generator(seed: int) -> torch.Generator:
    """Return a CPU generator: the same numbers on every machine, whatever the device."""
    return torch.Generator().manual_seed(seed)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Return the context in which networks are built: torch draws their first weights from its
    global generator, which is put back after.
    """
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield


class NoisePerPicture:
    """Gaussian noise in which each picture has a generator of its own, so that a batch changes
    nothing.

    Picture i of a batch made with seed s is the picture that seed s + i makes alone.
    """

    def __init__(self, seeds: Sequence[int]):
        self.generators = [generator(seed) for seed in seeds]

    def draw(self, *shape: int) -> torch.Tensor:
        """Return standard normal noise (N, *shape) float32, N being the number of seeds."""
        return torch.stack([torch.randn(shape, generator=g) for g in self.generators]).to(device())

    def uniform(self) -> torch.Tensor:
        """Return a number (N,) float32 from 0 to 1 for each seed."""
        return torch.stack([torch.rand((), generator=g) for g in self.generators]).to(device())

    def choose(self, count: int) -> torch.Tensor:
        """Return a whole number (N,) int64 from 0 to `count` - 1 for each seed."""
        return torch.stack([torch.randint(count, (), generator=g) for g in self.generators]).to(
            device()
        )
