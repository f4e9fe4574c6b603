import numpy as np
import pytest
import torch

from aigc_demo import runtime
from aigc_demo.audio import mel, spoken_data
from aigc_demo.audio.spoken_judge import SpokenJudge, SpokenJudgeConfig
from aigc_demo.audio.spoken_network import UNTOLD, position_of
from aigc_demo.audio.spoken_sample import SpokenConfig, SpokenDiffusion, Word, build_network, sound
from aigc_demo.audio.spoken_train import SpokenJudgeRecipe, SpokenRecipe, moved, noised
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.errors import DemoError
from aigc_demo.training import fit

CONFIG = SpokenConfig(fine=16, middle=16, coarse=16, timesteps=50)


def bars(count: int = 40) -> spoken_data.SpokenDigits:
    """Each word is a bar in a band of its own."""
    digits, languages = np.arange(count) % 10, np.arange(count) // 10 % 2
    spectrograms = np.zeros((count, 64, 64), np.uint8)
    for picture, digit, language in zip(spectrograms, digits, languages, strict=True):
        picture[4 + 5 * digit : 8 + 5 * digit, 8 + 24 * language : 28 + 24 * language] = 255
    pitches = np.linspace(80, 300, count, dtype=np.float32)
    return spoken_data.SpokenDigits(spectrograms, digits, languages, pitches, np.array(["m1"] * count))


def test_the_voices_of_the_judge_are_none_of_the_generators():
    generator, judge = (set(" ".join(spoken_data.VOICES[whose]).split()) for whose in ("generator", "classifier"))
    assert not generator & judge


def test_utterances_take_digits_and_languages_in_turn_and_one_seed_gives_one_list():
    said = list(spoken_data.utterances(40, "generator", seed=3))
    assert said == list(spoken_data.utterances(40, "generator", seed=3))
    assert [each.digit for each in said[:10]] == list(range(10))
    assert [each.language for each in said[::10]] == ["en", "zh", "en", "zh"]


@pytest.mark.parametrize("pitch", [90.0, 150.0, 310.0])
def test_the_pitch_of_a_sum_of_harmonics_is_its_fundamental(pitch):
    seconds = np.arange(8000) / mel.SAMPLE_RATE
    wave = sum(np.sin(2 * np.pi * pitch * k * seconds) / k for k in range(1, 8))
    assert spoken_data.pitch_of(wave.astype(np.float32)) == pytest.approx(pitch, rel=0.02)


def test_noise_has_no_pitch():
    assert spoken_data.pitch_of(np.random.default_rng(0).normal(size=8000).astype(np.float32)) is None


def test_resampling_keeps_a_tone():
    at = np.arange(11_025) / 22_050
    again = spoken_data.resample(np.sin(2 * np.pi * 500 * at).astype(np.float32), 22_050)
    expected = np.sin(2 * np.pi * 500 * np.arange(8000) / 16_000)
    assert again.shape == expected.shape
    assert np.abs(again - expected)[200:-200].max() < 0.02


def test_a_word_too_long_has_no_place_and_bytes_come_back():
    assert spoken_data.place(np.ones(mel.SAMPLES, np.float32)) is None
    placed = spoken_data.place(np.ones(1000, np.float32))
    assert np.sqrt(np.mean(placed[placed != 0] ** 2)) == pytest.approx(spoken_data.LEVEL)
    spectrograms = torch.rand(2, 1, 64, 64) * 2 - 1
    assert (spoken_data.from_bytes(spoken_data.to_bytes(spectrograms)) - spectrograms).abs().max() < 1 / 250


def test_what_moves_out_comes_in_silent():
    x = torch.arange(4.0).view(1, 1, 1, 4).repeat(3, 1, 1, 1)
    expected = [[-1, -1, 0, 1], [0, 1, 2, 3], [1, 2, 3, -1]]
    assert moved(x, torch.tensor([2, 0, -1]))[:, 0, 0].tolist() == expected


def test_a_share_of_words_and_pitches_is_hidden_and_a_hidden_word_has_no_pitch():
    x, word, pitch = torch.zeros(4000, 1, 4, 4), torch.zeros(4000, dtype=torch.int64), torch.ones(4000)
    *_, word, pitch = noised(x, word, pitch, Schedule(10), runtime.generator(0))
    assert (word == UNTOLD).float().mean().item() == pytest.approx(0.1, abs=0.02)
    assert (pitch == 0).float().mean().item() == pytest.approx(0.25, abs=0.03)
    assert (pitch[word == UNTOLD] == 0).all()


def test_an_octave_is_the_same_step_everywhere():
    low, middle, high = position_of(torch.tensor([60.0, 120.0, 240.0])).tolist()
    assert low == 0
    assert high - middle == pytest.approx(middle - low)


def test_words_are_learned_and_one_seed_gives_one_spectrogram_in_any_batch(tmp_path):
    recipe = SpokenRecipe(CONFIG, bars())
    events = list(fit(recipe, tmp_path / "run", steps=40, warmup=2))
    assert events[-1].losses["loss"] < events[0].losses["loss"]
    recipe.export(tmp_path / "audio-bars")
    model = SpokenDiffusion(CONFIG, recipe.averaged["network"])
    words = [Word(3), Word(7, "zh", 200.0)]
    *_, last = model.denoise(words, steps=4, seed=5)
    assert last.x_next.shape == (2, 1, 64, 64)
    *_, alone = model.denoise(words[1:], steps=4, seed=6)
    torch.testing.assert_close(alone.x_next, last.x_next[1:], atol=1e-4, rtol=1e-4)
    assert sound(last.x_next, iterations=2).shape == (2, mel.SAMPLES)


@pytest.mark.parametrize("word", [Word(10), Word(3, "fr"), Word(3, "en", 1000.0)])
def test_a_word_that_cannot_be_said_is_told_why(word):
    with pytest.raises(DemoError, match="digit|language|pitch"):
        SpokenDiffusion(CONFIG, build_network(CONFIG)).denoise([word])


def test_the_judge_learns_to_tell_words_apart(tmp_path):
    recipe = SpokenJudgeRecipe(SpokenJudgeConfig(width=8, features=32), bars())
    list(fit(recipe, tmp_path / "run", steps=60, warmup=2))
    judge = SpokenJudge(recipe.config, recipe.averaged["network"])
    spectrograms = spoken_data.from_bytes(bars().spectrograms)
    assert judge.probabilities(spectrograms).sum(dim=(1, 2)) == pytest.approx(1, abs=1e-4)
    assert (judge.read(spectrograms).numpy() == bars().digits).mean() > 0.5
    assert judge.describe(spectrograms).shape == (40, 32)
