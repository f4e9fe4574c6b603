"""The GAN of emoji: codes of an album, noise, adversarial training in latents."""

from itertools import pairwise

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.gan.emoji import evaluate
from aigc_demo.gan.emoji.model import (
    EmojiGan,
    EmojiGanConfig,
    build_networks,
    from_checkpoint,
    stride,
)
from aigc_demo.gan.emoji.train import EmojiGanRecipe, fit_index, similarity_order

CONFIG = EmojiGanConfig(latent=6, code=8, width=8, anchors=30)


class Enlarge:
    """An autoencoder that learned nothing: latents are the picture, small."""

    def decode(self, z: Tensor) -> Tensor:
        return F.interpolate(z[:, :3], scale_factor=4.0)


def pictures() -> Tensor:
    """Thirty pictures (30, 3, 64, 64): a bright square each, somewhere, in some colour."""
    noise, made = runtime.generator(1), torch.full((30, 3, 64, 64), -1.0)
    for picture in made:
        top, left = torch.randint(0, 32, (2,), generator=noise).tolist()
        picture[:, top : top + 32, left : left + 32] = torch.rand(3, 1, 1, generator=noise) * 2 - 1
    return made


def latents() -> Tensor:
    return torch.cat(
        [F.avg_pool2d(pictures(), 4), torch.zeros(30, 1, 16, 16)], dim=1
    ) + 0.1 * torch.randn(30, 4, 16, 16, generator=runtime.generator(2))


def recipe() -> EmojiGanRecipe:
    return EmojiGanRecipe(CONFIG, pictures(), latents(), [chr(97 + i) for i in range(30)])


@pytest.fixture(scope="module")
def model() -> EmojiGan:
    trained = recipe()
    for weight in trained.networks[
        "generator"
    ].parameters():  # large enough that code and noise both show
        weight.data += 0.1 * torch.randn(weight.shape, generator=runtime.generator(3))
    return EmojiGan(
        CONFIG,
        checkpoints.freeze_for_inference(trained.networks, runtime.device()),
        Enlarge(),
        trained.characters,
    )


def test_a_code_holds_the_picture_at_sixteen_by_sixteen():
    # Thirty points lie in 29 dimensions.
    album = build_networks(EmojiGanConfig(latent=6, code=29, width=8, anchors=30))["album"]
    fit_index(album, pictures(), latents())
    small = F.adaptive_avg_pool2d(pictures(), 16).flatten(1)
    torch.testing.assert_close(
        album.anchors * album.spread @ album.basis.T + album.centre, small, atol=1e-3, rtol=0
    )
    assert album.anchors.std(dim=0) == pytest.approx(1, abs=1e-3)


def test_the_nearest_emoji_are_those_whose_colours_are_nearest(model):
    shown = pictures()[[4, 17]]
    found = model.nearest(shown, 3)
    assert [row[0] for row in found] == ["e", "r"]
    codes = model.networks["album"].codes_of(pictures())
    apart = ((codes - codes[4]) * model.networks["album"].spread).norm(dim=1)
    assert found[0] == [model.characters[i] for i in apart.argsort()[:3].tolist()]


def test_without_truncation_noise_a_seed_asks_for_an_emoji_itself(model):
    z = model.latents(list(range(20)), truncation=0)
    anchors = model.networks["album"].anchors
    assert torch.cdist(z[:, :8], anchors).min(dim=1).values.max() < 1e-2  # cdist rounds
    assert not z[:, 8:].any()
    assert len(torch.cdist(z[:, :8], anchors).argmin(dim=1).unique()) > 8


def test_a_code_leaves_its_emoji_for_a_neighbour_by_at_most_half_of_the_way(model):
    album = model.networks["album"]
    z = model.latents(list(range(50)))[:, :8]
    which = album.nearest(model.latents(list(range(50)), truncation=0)[:, :8], 1)[:, 0]
    neighbours = album.nearest(album.anchors, 11)[:, 1:]
    for code, i in zip(z, which, strict=True):
        away = album.anchors[neighbours[i]] - album.anchors[i]  # (10, code)
        share = (code - album.anchors[i]) @ away.T / away.square().sum(dim=1)
        off = (code - album.anchors[i] - share[:, None] * away).norm(dim=1)
        assert 0 <= share[off.argmin()] <= 0.5
        assert off.min() < 1e-4


def test_seeds_in_a_row_choose_emoji_that_stand_far_apart():
    for count in (30, 100, 3274):
        visited = [i * stride(count) % count for i in range(count)]
        assert sorted(visited) == list(range(count))
        row = sorted(visited[: count // 10])
        assert min(b - a for a, b in pairwise([*row, row[0] + count])) >= 4


def test_a_tour_leaves_no_twin_behind():
    noise = runtime.generator(0)
    first = torch.rand(20, 3, 64, 64, generator=noise).round()
    both = torch.cat([first, first + 0.001])[torch.randperm(40, generator=noise)]
    order = similarity_order(both)
    assert sorted(order.tolist()) == list(range(40))
    steps = (both[order][1:] - both[order][:-1]).abs().mean(dim=(1, 2, 3))
    assert (steps < 0.01).sum() == 20


def test_a_seeds_emoji_is_the_same_alone_and_in_a_batch(model):
    batch = model.generate(model.latents([5, 6, 7]))
    assert batch.shape == (3, 3, 64, 64)
    assert batch.abs().max() <= 1
    torch.testing.assert_close(batch[1:2], model.generate(model.latents([6])), atol=1e-4, rtol=0)
    assert (batch[0] - batch[1]).abs().max() > 0.1
    torch.testing.assert_close(
        model.judge(model.latents([5, 6, 7]))[1:2],
        model.judge(model.latents([6])),
        atol=1e-5,
        rtol=0,
    )


def test_a_walk_begins_and_ends_at_its_seeds(model):
    z = model.walk([1, 2], [8, 9], frames=5, truncation=0.7)
    assert z.shape == (5, 2, 14)
    torch.testing.assert_close(z[0], model.latents([1, 2], truncation=0.7))
    torch.testing.assert_close(z[-1], model.latents([8, 9], truncation=0.7), atol=1e-5, rtol=1e-4)


def test_truncation_is_checked(model):
    with pytest.raises(DemoError):
        model.latents([0], truncation=1.6)


def test_training_moves_both_networks_and_leaves_the_album(tmp_path):
    trained = recipe()
    before = {key: value.clone() for key, value in trained.networks.state_dict().items()}
    for _ in range(3):
        losses = trained.update()
        trained.step += 1
    assert set(losses) == {"D", "G", "apart", "D(x)", "D(G(z))"}
    changed = {
        key.split(".")[0]
        for key, value in trained.networks.state_dict().items()
        if not torch.equal(value, before[key])
    }
    assert changed == {"generator", "discriminator"}


def test_the_generator_learns_what_codes_mean():
    trained = recipe()
    first = trained.update()["apart"]
    for _ in range(40):
        last = trained.update()["apart"]
        trained.step += 1
    assert last < 0.8 * first


def test_augmented_latents_are_shifted_and_holed():
    trained = recipe()
    x = torch.arange(256.0).view(1, 1, 16, 16).expand(64, 4, 16, 16) + 1
    seen = trained._augment(x)
    assert seen.shape == x.shape
    holes = (seen == 0).sum(dim=(1, 2, 3)) // 4
    assert holes.max() == 25
    assert holes.min() >= 9  # a hole at the corner
    kept = seen[:, 0][seen[:, 0] != 0]
    assert set(kept.tolist()) <= set(range(1, 257))
    shifts = {float(picture[picture != 0][0]) for picture in seen[:, 0]}
    assert len(shifts) > 5


def test_a_checkpoint_comes_back_over_the_shipped_autoencoder(tmp_path):
    trained = recipe()
    trained.export(tmp_path / "gan-emoji")
    model = from_checkpoint(tmp_path / "gan-emoji")
    assert model.characters == trained.characters
    assert model.generate(model.latents([0])).shape == (1, 3, 64, 64)


def test_distances_of_pictures_are_shares_of_full_colour():
    black, white = torch.full((1, 3, 8, 8), -1.0), torch.full((1, 3, 8, 8), 1.0)
    assert evaluate.distances(black, torch.cat([black, 0 * white, white])).tolist() == [
        pytest.approx([0, 0.5, 1])
    ]


def test_a_copy_is_three_times_nearer_to_one_emoji_than_to_any_other_and_twins_count_once():
    among = torch.tensor([[0, 0.01, 0.4], [0.01, 0, 0.4], [0.4, 0.4, 0]])
    nearest, second = evaluate.two_nearest(
        torch.tensor([[0.03, 0.031, 0.4], [0.3, 0.3, 0.2]]), among
    )
    assert nearest.tolist() == pytest.approx([0.03, 0.2])
    assert second.tolist() == pytest.approx([0.4, 0.3])
    assert evaluate.copies(nearest, second) == 0.5
