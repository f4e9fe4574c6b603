import numpy as np
import pytest
import torch

from aigc_demo.core import checkpoints, data, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.emoji import colours, evaluate
from aigc_demo.diffusion.emoji.model import EmojiDiffusion, EmojiDiffusionConfig, build_network
from aigc_demo.diffusion.emoji.train import (
    EmojiDiffusionRecipe,
    names_of,
    recolour,
    training_index_of,
)
from aigc_demo.diffusion.emoji.training_index import TrainingIndex, read_training_index
from aigc_demo.diffusion.emoji.words import Vocabulary, split
from aigc_demo.vae.model import VaeConfig, VaeModel
from aigc_demo.vae.model import build_network as build_autoencoder

WORDS = Vocabulary(("blue", "cat", "dragon", "face", "heart", "red", "猫", "蓝"))
INDEX = TrainingIndex(["🐱", "🐉", "❤️"], [[0, 1], [2], [3]], [[[4, 5]], [], []])


def painter(words: Vocabulary = WORDS) -> EmojiDiffusion:
    config = EmojiDiffusionConfig(
        words=len(words.words), fine=8, middle=16, coarse=16, timesteps=1000
    )
    with runtime.seeded(0):
        network = build_network(config)
        for weight in network.parameters():  # the first weights are partly zero, and hide the words
            if weight.ndim > 1:
                torch.nn.init.normal_(weight, std=0.1)
        autoencoder = VaeConfig("convolutional", latents=4, width=64, layers=1)
        decoder = build_autoencoder(autoencoder)
    vae = VaeModel(autoencoder, checkpoints.freeze_for_inference(decoder, runtime.device()))
    return EmojiDiffusion(
        config, checkpoints.freeze_for_inference(network, runtime.device()), words, INDEX, vae
    )


@pytest.fixture(scope="module")
def model() -> EmojiDiffusion:
    return painter()


def latent(model: EmojiDiffusion, prompts: list[str], **options) -> torch.Tensor:
    return list(model.denoise(prompts, steps=4, **options))[-1].latent.x_next


# --- words ---


def test_a_prompt_is_split_into_english_words_and_chinese_characters():
    assert split("Cat’s face, with 2 BLUE-eyes!") == ["cats", "face", "with", "2", "blue", "eyes"]
    assert split("蓝色的猫 cat") == ["蓝", "色", "的", "猫", "cat"]
    assert split("blue blue 🐉 _") == ["blue"]


def test_coloured_says_no_more_than_the_colour():
    assert (
        WORDS.tokenize("蓝色的猫")
        == WORDS.tokenize("蓝色猫")
        == WORDS.tokenize("蓝猫")
        == ["蓝", "猫"]
    )


def test_words_become_one_vector_of_length_one():
    vectors = WORDS.bag_of_words([["blue", "cat"], ["red"], []])
    assert vectors.shape == (3, len(WORDS.words))
    assert vectors[0, WORDS.ids["blue"]] == vectors[0, WORDS.ids["cat"]] == pytest.approx(0.5**0.5)
    torch.testing.assert_close(vectors.norm(dim=1), torch.tensor([1.0, 1.0, 0.0]))


def test_words_never_seen_are_named_with_the_nearest_known():
    with pytest.raises(DemoError, match="never saw these words: blu, dragn. .*blue.*dragon"):
        WORDS.tokenize("blu dragn cat")


def test_a_long_prompt_is_an_error():
    with pytest.raises(DemoError, match="2,500 characters; at most 200"):
        WORDS.tokenize("blue " * 500)


# --- drawing ---


def test_a_picture_is_the_same_alone_and_in_a_batch(model):
    both = latent(model, ["blue cat", "red dragon"], seed=3)
    for i, prompt in enumerate(["blue cat", "red dragon"]):
        torch.testing.assert_close(
            both[i : i + 1], latent(model, [prompt], seed=3 + i), atol=1e-3, rtol=0
        )


def test_the_order_of_words_does_not_matter_and_the_words_do(model):
    assert torch.equal(latent(model, ["blue cat"]), latent(model, ["cat, blue"]))
    assert (latent(model, ["blue cat"]) - latent(model, ["red cat"])).abs().max() > 0.01


def test_guidance_leads_away_from_the_negative_words(model):
    plain, away = latent(model, ["blue cat"]), latent(model, ["blue cat"], negative="heart")
    assert (plain - away).abs().max() > 0.01
    assert torch.equal(
        latent(model, ["blue cat"], guidance=1.0),
        latent(model, ["blue cat"], guidance=1.0, negative="heart"),
    )
    # away from itself: nothing is left to exaggerate
    same = latent(model, ["blue cat"], negative="blue cat", guidance=4.0)
    torch.testing.assert_close(same, latent(model, ["blue cat"], guidance=1.0), atol=1e-3, rtol=0)


def test_a_step_is_seen_as_pictures(model):
    *_, last = model.denoise(["cat"], steps=3)
    assert (last.index, last.total) == (2, 3)
    for picture in (last.x_t, last.x0_hat, last.noise_hat, last.x_next):
        assert picture.shape == (1, 3, 64, 64)
        assert picture.abs().max() <= 1
    assert torch.equal(last.x_next, last.x0_hat)
    assert torch.equal(last.x_next, model.pictures(last.latent.x_next))


def test_latents_are_standardised_and_come_back(model):
    with torch.no_grad():
        model.network.mean.fill_(0.5)
        model.network.deviation.fill_(2.0)
    pictures = torch.rand(2, 3, 64, 64, generator=runtime.generator(0)) * 2 - 1
    z, (mean, _) = model.latents(pictures), model.autoencoder.encode(pictures)
    torch.testing.assert_close(z * 2 + 0.5, mean)
    # bfloat16
    torch.testing.assert_close(
        model.pictures(z), model.autoencoder.decode(mean).clamp(-1, 1), atol=0.05, rtol=0
    )


# --- memory ---


def test_the_training_index_finds_emoji_by_one_word_and_by_all_of_several(tmp_path):
    assert INDEX.emoji_with(1, 3) == ["🐱"]
    assert INDEX.emoji_with_all({0, 1}) == ["🐱"]
    assert INDEX.emoji_with_all({0, 4}) == ["🐱"]  # in another colour
    assert INDEX.emoji_with_all({0, 2}) == []
    INDEX.save(tmp_path)
    assert read_training_index(tmp_path) == INDEX


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        '{"characters": ["a"], "words": [], "painted": [[]]}',
        '{"characters": 3, "words": [], "painted": []}',
    ],
)
def test_a_damaged_training_index_is_an_error(tmp_path, content):
    (tmp_path / "emoji.json").write_text(content)
    with pytest.raises(DemoError, match=r"emoji\.json of checkpoint .* is damaged"):
        read_training_index(tmp_path)


# --- colours ---


def disc(colour: tuple[int, int, int]) -> np.ndarray:
    picture, (y, x) = np.full((64, 64, 3), 255, np.uint8), np.mgrid[:64, :64]
    picture[(y - 32) ** 2 + (x - 32) ** 2 < 400] = colour
    return picture


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((230, 20, 20), "red"),
        ((20, 180, 30), "green"),
        ((30, 110, 240), "blue"),
        ((250, 210, 30), "yellow"),
    ],
)
def test_the_ruling_colour_has_a_name(colour, name):
    assert colours.name_of(colours.hue_of(disc(colour))) == name


def test_grey_and_motley_pictures_have_no_ruling_colour():
    motley = disc((230, 20, 20))
    motley[:, 32:] = disc((20, 180, 30))[:, 32:]
    assert colours.hue_of(disc((90, 90, 90))) is None
    assert colours.hue_of(motley) is None


def test_a_turned_picture_has_the_hue_it_was_turned_to_and_white_stays_white():
    red = disc((230, 20, 20))
    turned = colours.rotate_hue(red, colours.HUES["blue"] - colours.hue_of(red))
    assert colours.hue_distance(np.array(colours.hue_of(turned)), colours.HUES["blue"]) < 3
    assert (turned[0] == 255).all()


# --- training ---


def emoji() -> list[data.Emoji]:
    return [
        data.Emoji("🍎", "apple", "苹果", ["fruit"], disc((230, 20, 20))),
        data.Emoji("🟢", "green circle", "绿圆", [], disc((20, 180, 30))),
        data.Emoji("⚪", "ball", "球", [], disc((90, 90, 90))),
    ]


def test_only_what_is_of_one_colour_and_names_none_is_recoloured():
    painted = recolour(emoji())
    assert {each.emoji for each in painted} == {0}
    assert 3 <= len(painted) <= 4  # three colours, and its own
    assert painted[0].colour == "red"
    for each in painted:
        assert each.names == [[each.colour, "apple"]] * 2 + [
            [colours.CHINESE[each.colour], "苹", "果"],
            [each.colour, "fruit"],
        ]
        assert colours.name_of(colours.hue_of(each.pixels)) == each.colour


def recipe() -> EmojiDiffusionRecipe:
    known = emoji()
    painted = recolour(known)
    names = [*(names_of(each) for each in known), *(each.names for each in painted)]
    words = Vocabulary(tuple(sorted({word for each in names for name in each for word in name})))
    latents = torch.randn(len(names), 4, 16, 16, generator=runtime.generator(0)) * 3 + 1
    config = EmojiDiffusionConfig(
        words=len(words.words), fine=8, middle=16, coarse=16, timesteps=1000
    )
    return EmojiDiffusionRecipe(
        config,
        words,
        training_index_of(known, painted, words),
        latents,
        names,
        torch.arange(len(names)) >= len(known),
    )


def test_training_lowers_the_loss_and_the_latents_are_standardised():
    run = recipe()
    assert run.latents.mean().abs() < 1e-4
    assert run.latents.std() == pytest.approx(1, abs=0.01)
    losses = [run.update()["loss"] for _ in range(40)]
    assert np.mean(losses[-10:]) < 0.9 * np.mean(losses[:10])


def test_a_fifth_of_a_batch_comes_in_another_colour():
    run = recipe()
    assert (run._choose() >= 3).float().mean().item() == pytest.approx(12 / 64)


def test_what_is_exported_is_loaded_and_remembers(tmp_path, monkeypatch):
    from aigc_demo.diffusion import model

    run = recipe()
    run.export(tmp_path / "diffusion-emoji")
    monkeypatch.setattr(checkpoints, "load", lambda name: painter().autoencoder)  # vae-emoji, small
    loaded = model.from_checkpoint(tmp_path / "diffusion-emoji")
    assert isinstance(loaded, EmojiDiffusion)
    assert loaded.words == run.words
    assert loaded.training_index == run.training_index
    ids = {run.words.ids[word] for word in ("red", "apple")}
    assert loaded.training_index.emoji_with_all(ids) == ["🍎"]
    with pytest.raises(DemoError, match="never saw"):
        loaded.denoise(["dragon"])


# --- measuring ---


def test_the_rank_counts_who_is_nearer():
    known = torch.stack([torch.full((3, 16, 16), value) for value in (0.0, 0.5, 1.0)])
    drawn = torch.stack([torch.full((3, 16, 16), value) for value in (0.1, 0.1, 0.7)])
    assert evaluate.rank(drawn, known, torch.tensor([0, 1, 2])).tolist() == [0, 1, 1]
