import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.settings import settings


def test_one_seed_gives_the_same_numbers_whatever_was_drawn_elsewhere():
    first = torch.randn(5, generator=runtime.generator(7))
    torch.randn(100)
    assert torch.equal(torch.randn(5, generator=runtime.generator(7)), first)
    assert not torch.equal(torch.randn(5, generator=runtime.generator(8)), first)


def test_drawing_leaves_the_global_randomness_alone():
    before = torch.get_rng_state()
    runtime.NoisePerPicture([1, 2]).draw(1, 28, 28)
    assert torch.equal(torch.get_rng_state(), before)


def test_noise_of_a_picture_does_not_depend_on_its_batch():
    batch, alone = runtime.NoisePerPicture([5, 6, 7]), runtime.NoisePerPicture([6])
    for shape in [(1, 28, 28), (64,), (3,), (1, 28, 28)]:
        noise = batch.draw(*shape)
        assert noise.shape == (3, *shape)
        assert torch.equal(noise[1:2], alone.draw(*shape))


def test_noise_is_standard_normal():
    noise = runtime.NoisePerPicture(range(20)).draw(1, 28, 28)
    assert abs(noise.mean()) < 0.03
    assert abs(noise.std() - 1) < 0.03


@pytest.fixture
def fresh_device(monkeypatch):
    """Threads and precision are settled once: here they are settled anew, and put back after."""
    threads = torch.get_num_threads()
    runtime.device.cache_clear(), runtime.has_fast_bfloat16.cache_clear()
    yield monkeypatch
    runtime.device.cache_clear(), runtime.has_fast_bfloat16.cache_clear()
    torch.set_num_threads(threads)


@pytest.mark.parametrize(("asked", "cores"), [("16", 2), ("2", 1), ("", 1), ("1", 2)])
def test_there_are_never_more_threads_than_cores(fresh_device, asked, cores):
    fresh_device.setenv("AIGC_DEMO_THREADS", asked)
    fresh_device.setattr(runtime, "available_cores", lambda: cores)
    runtime.device()
    assert torch.get_num_threads() == min(
        int(asked or 99), cores, torch.get_num_threads() if not asked else 99
    )
    assert torch.get_num_threads() <= cores


@pytest.mark.parametrize("cap", ["AVX2", "SSE41", "AVX512_CORE"])
def test_a_processor_that_is_told_to_keep_to_older_instructions_has_no_fast_bfloat16(
    fresh_device, cap
):
    fresh_device.setenv("ONEDNN_MAX_CPU_ISA", cap)
    assert not runtime.has_fast_bfloat16()


@pytest.mark.parametrize("name", ["float32", "bfloat16"])
def test_the_precision_is_the_one_that_is_set_and_else_the_faster(monkeypatch, name):
    assert (
        runtime.precision() == (torch.bfloat16 if runtime.has_fast_bfloat16() else torch.float32)
        or settings().precision
    )
    monkeypatch.setenv("AIGC_DEMO_PRECISION", name)
    settings.cache_clear()
    assert runtime.precision() == getattr(torch, name)


def test_autocast_computes_in_that_precision():
    with runtime.autocast():
        product = torch.ones(2, 2, device=runtime.device()) @ torch.ones(
            2, 2, device=runtime.device()
        )
    assert product.dtype == runtime.precision()
