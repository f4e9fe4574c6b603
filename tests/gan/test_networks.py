import torch

from aigc_demo.gan.networks import Discriminator, Generator


def test_shapes_and_ranges():
    generator, discriminator = Generator(latent=6, width=8), Discriminator(width=8)
    label = torch.arange(3)
    pictures = generator(torch.randn(3, 6), label)
    assert pictures.shape == (3, 1, 28, 28)
    assert pictures.abs().max() <= 1
    assert discriminator(pictures, label).shape == (3,)


def test_the_class_enters_the_discriminator_by_projection():
    discriminator, pictures = Discriminator(width=8), torch.randn(2, 1, 28, 28)
    logits = torch.stack([discriminator(pictures, torch.full((2,), y)) for y in range(10)])
    seen = discriminator.look(pictures)
    torch.testing.assert_close(
        logits,
        (discriminator.label.weight @ seen.T) + discriminator.realness(seen).T,
        atol=1e-5,
        rtol=1e-5,
    )
