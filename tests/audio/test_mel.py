import math

import pytest
import torch

from aigc_demo.audio import mel
from aigc_demo.core import runtime


def tone(frequency: float, amplitude: float = 0.5) -> torch.Tensor:
    seconds = torch.arange(mel.SAMPLES) / mel.SAMPLE_RATE
    return amplitude * (2 * math.pi * frequency * seconds).sin()[None]


def test_each_band_is_a_mean_of_its_bins_and_none_is_empty():
    bands = mel.filters()
    assert bands.shape == (mel.MELS, mel.WINDOW // 2 + 1)
    torch.testing.assert_close(bands.sum(dim=1), torch.ones(mel.MELS))
    assert (bands.argmax(dim=1).diff() > 0).all()


def test_silence_is_the_floor_and_twice_the_amplitude_is_six_decibels():
    assert (mel.log_mel(torch.zeros(1, mel.SAMPLES)) == -1).all()
    soft, loud = (mel.log_mel(tone(1000, amplitude)).max().item() for amplitude in (0.05, 0.1))
    assert (loud - soft) * (mel.TOP - mel.FLOOR) / 2 == pytest.approx(20 * math.log10(2), abs=0.01)


@pytest.mark.parametrize("frequency", [120.0, 440.0, 3000.0])
def test_griffin_lim_gives_back_the_frequency_and_the_level(frequency):
    spectrogram = mel.log_mel(tone(frequency, 0.2))
    waveform = mel.griffin_lim(spectrogram, runtime.generator(0))
    assert waveform.shape == (1, mel.SAMPLES)
    assert waveform.abs().max() <= 1
    spectrum = torch.fft.rfft(waveform[0]).abs()
    heard = spectrum.argmax().item() * mel.SAMPLE_RATE / mel.SAMPLES
    band = mel.filters()[(spectrogram[0, 0].mean(dim=1)).argmax()].count_nonzero().item()  # bins
    assert heard == pytest.approx(frequency, abs=band / 2 * mel.SAMPLE_RATE / mel.WINDOW)
    level = 10 * math.log10(waveform.square().mean() / tone(frequency, 0.2).square().mean())
    assert abs(level) < 6  # dB: what a wide band knows of a pure tone


def test_what_is_at_the_floor_is_silent():
    spectrogram = -torch.ones(1, 1, mel.MELS, mel.FRAMES)
    assert (mel.amplitudes(spectrogram) == 0).all()
    assert mel.griffin_lim(spectrogram, runtime.generator(0)).abs().max() < 1e-6
