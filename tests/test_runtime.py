import torch

from aigc_demo import runtime


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


def test_autocast_computes_in_a_type_that_is_fast_here():
    with runtime.autocast():
        product = torch.ones(2, 2, device=runtime.device()) @ torch.ones(2, 2, device=runtime.device())
    assert product.dtype == (torch.bfloat16 if runtime.has_fast_bfloat16() else torch.float32)
