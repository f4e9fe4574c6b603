"""The device, its threads and its precision; and how a seed becomes randomness."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import cache

import torch

from aigc_demo.settings import settings


@cache
def device() -> torch.device:
    """Gives back the GPU if there is one, else the CPU, with the configured number of threads."""
    if settings().threads:
        torch.set_num_threads(settings().threads)
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@cache
def has_fast_bfloat16() -> bool:
    """Whether bfloat16 is native here. A CPU without AVX-512 BF16 emulates it, a hundred times slower than float32."""
    return torch.cuda.is_bf16_supported() if device().type == "cuda" else torch.cpu._is_avx512_bf16_supported()


def autocast() -> AbstractContextManager:
    """Gives back the context in which training computes: bfloat16 where it is native, float32 elsewhere."""
    return torch.autocast(device().type, torch.bfloat16, enabled=has_fast_bfloat16())


def generator(seed: int) -> torch.Generator:
    """Gives back a CPU generator: the same numbers on every machine, whatever the device."""
    return torch.Generator().manual_seed(seed)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """The context in which networks are built: torch draws their first weights from its global generator, which is put back after."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        yield


class NoisePerPicture:
    """Gaussian noise in which each picture has a generator of its own, so that a batch changes nothing.

    Picture i of a batch made with seed s is the picture that seed s + i makes alone.
    """

    def __init__(self, seeds: Sequence[int]):
        self.generators = [generator(seed) for seed in seeds]

    def draw(self, *shape: int) -> torch.Tensor:
        """Gives back standard normal noise (N, *shape) float32, N being the number of seeds."""
        return torch.stack([torch.randn(shape, generator=g) for g in self.generators]).to(device())

    def uniform(self) -> torch.Tensor:
        """Gives back a number (N,) float32 from 0 to 1 for each seed."""
        return torch.stack([torch.rand((), generator=g) for g in self.generators]).to(device())

    def choose(self, count: int) -> torch.Tensor:
        """Gives back a whole number (N,) int64 from 0 to `count` - 1 for each seed."""
        return torch.stack([torch.randint(count, (), generator=g) for g in self.generators]).to(device())
