"""Between a waveform and its log-mel spectrogram: the short-time Fourier transform there,
Griffin-Lim back.

A waveform is (N, SAMPLES) float32 in [-1, 1] at SAMPLE_RATE. A spectrogram is (N, 1, MELS, FRAMES)
float32 in [-1, 1]: the first row is the lowest band, -1 is FLOOR dB or less, 1 is TOP dB; a sine of
amplitude 1 is about 0 dB in its band.
"""

from functools import cache

import torch
from torch import Tensor
from torch.nn import functional as F

SAMPLE_RATE = 16_000  # Hz
WINDOW, HOP = 1024, 200  # samples: 64 ms, so that the harmonics of a low voice stand apart; 12.5 ms
MELS, FRAMES = 64, 64
SAMPLES = (FRAMES - 1) * HOP  # 12,600: 0.79 s
LOWEST, HIGHEST = 40.0, 7_600.0  # Hz
FLOOR, TOP = -72.0, -12.0  # dB
# of Griffin-Lim (Perraudin et al., "A fast Griffin-Lim algorithm", 2013)
ITERATIONS, MOMENTUM = (30, 0.99)
UPDATES = 40  # of the non-negative least squares


def log_mel(waveform: Tensor) -> Tensor:
    """Return the log-mel spectrogram (N, 1, MELS, FRAMES) in [-1, 1] of a waveform (N, SAMPLES)."""
    amplitude = _stft(waveform).abs() / (_window(waveform).sum() / 2)  # (N, bins, frames)
    decibels = 20 * (filters().to(waveform) @ amplitude).clamp(min=1e-7).log10()
    return (2 * (decibels - FLOOR) / (TOP - FLOOR) - 1).clamp(-1, 1)[:, None]


def amplitudes(spectrogram: Tensor) -> Tensor:
    """Return the amplitude (N, MELS, FRAMES) of each band; at FLOOR it is 0."""
    level = spectrogram[:, 0].clamp(-1, 1)
    loud = 10 ** (((level + 1) / 2 * (TOP - FLOOR) + FLOOR) / 20)
    return loud * (level > -1)


def linear(spectrogram: Tensor) -> Tensor:
    """Return the amplitudes (N, WINDOW / 2 + 1, FRAMES) >= 0 of the Fourier bins whose mel
    spectrogram is nearest to the given one.

    Non-negative least squares by multiplicative updates: Lee and Seung, "Algorithms for
    non-negative matrix factorization" (2001), eq. 4.
    """
    bands, mel = filters().to(spectrogram), amplitudes(spectrogram)
    # each bin begins as the mean of its bands
    x = bands.T @ mel / bands.sum(dim=0)[:, None].clamp(min=1e-6)
    target, gram = bands.T @ mel, bands.T @ bands
    for _ in range(UPDATES):
        x = x * target / (gram @ x).clamp(min=1e-9)
    return x


def griffin_lim(
    spectrogram: Tensor, generator: torch.Generator, *, iterations: int = ITERATIONS
) -> Tensor:
    """Return a waveform (N, SAMPLES) in [-1, 1] whose log-mel spectrogram is near to the given one
    (N, 1, MELS, FRAMES).

    The spectrogram knows no phases. They begin at random, drawn from `generator`, and become
    consistent with their neighbours by turns
    of inverse and forward transform: Griffin and Lim, "Signal estimation from modified short-time
    Fourier transform" (1984).
    """
    amplitude = linear(spectrogram) * (_window(spectrogram).sum() / 2)
    phases = torch.rand(amplitude.shape[1:], generator=generator).to(amplitude) * 2 * torch.pi
    angles, previous = (
        torch.polar(torch.ones_like(amplitude), phases.expand_as(amplitude)),
        torch.zeros(()),
    )
    for _ in range(iterations):
        consistent = _stft(_istft(amplitude * angles))
        ahead = consistent + MOMENTUM * (consistent - previous)
        angles, previous = ahead / ahead.abs().clamp(min=1e-8), consistent
    waveform = _istft(amplitude * angles)
    return waveform / waveform.abs().amax(dim=1, keepdim=True).clamp(min=1)  # no clipping


@cache
def filters() -> Tensor:
    """Return the mel filter bank (MELS, WINDOW / 2 + 1) float32: overlapping triangles on the mel
    scale, each of sum 1.

    m = 2595 log10(1 + f / 700): O'Shaughnessy, "Speech communication" (1987).
    """
    frequencies = torch.linspace(0, SAMPLE_RATE / 2, WINDOW // 2 + 1, dtype=torch.float64)
    low, high = (
        2595 * torch.log10(1 + torch.tensor([LOWEST, HIGHEST], dtype=torch.float64) / 700)
    ).tolist()
    corners = 700 * (10 ** (torch.linspace(low, high, MELS + 2, dtype=torch.float64) / 2595) - 1)
    rising = (frequencies - corners[:-2, None]) / (corners[1:-1] - corners[:-2])[:, None]
    falling = (corners[2:, None] - frequencies) / (corners[2:] - corners[1:-1])[:, None]
    triangles = torch.minimum(rising, falling).clamp(min=0)
    return F.normalize(triangles, p=1, dim=1).float()


def _stft(waveform: Tensor) -> Tensor:
    window = _window(waveform)
    return torch.stft(
        waveform, WINDOW, HOP, window=window, pad_mode="constant", return_complex=True
    )


def _istft(spectrum: Tensor) -> Tensor:
    return torch.istft(spectrum, WINDOW, HOP, window=_window(spectrum.real), length=SAMPLES)


def _window(like: Tensor) -> Tensor:
    return torch.hann_window(WINDOW, dtype=like.dtype, device=like.device)
