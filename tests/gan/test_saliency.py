import torch

from aigc_demo.gan.saliency import saliency


def test_the_probabilities_are_the_discriminators(model):
    picture = torch.rand(1, 1, 28, 28) * 2 - 1
    said = saliency(model, picture)
    for y in range(10):
        torch.testing.assert_close(
            said.probabilities[y], model.judge(picture, torch.tensor([y]))[0]
        )


def test_a_gradient_says_how_the_logit_changes_with_a_pixel(model):
    picture = torch.rand(1, 1, 28, 28, generator=torch.Generator().manual_seed(1)) * 2 - 1
    said = saliency(model, picture)
    row, column = divmod(int(said.gradients[4].abs().argmax()), 28)
    step = 1e-2
    moved = [picture.clone(), picture.clone()]
    moved[0][0, 0, row, column] += step
    moved[1][0, 0, row, column] -= step
    more, less = (saliency(model, each).logits[4] for each in moved)
    torch.testing.assert_close(
        (more - less) / (2 * step), said.gradients[4, row, column], rtol=0.05, atol=1e-4
    )


def test_the_saliency_map_leaves_the_model_without_gradients(model):
    saliency(model, torch.zeros(1, 1, 28, 28))
    assert all(weight.grad is None for weight in model.networks.parameters())
