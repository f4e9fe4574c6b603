"""The denoiser of spoken digits: a U-Net on log-mel spectrograms that is conditioned on digit,
language and pitch.

Ronneberger et al., "U-Net" (2015); Ho et al., "Denoising diffusion probabilistic models" (2020). 4
by 4 cells of the 64 by 64 spectrogram are folded into 16 channels first, so that no convolution
works on more than 16 by 16.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.audio.spoken_data import MAX_PITCH, MIN_PITCH
from aigc_demo.diffusion.network import Attention, ResnetBlock, sinusoidal_embedding

DIGITS, LANGUAGES = 10, 2
NO_WORD = DIGITS * LANGUAGES  # the word that means "no word in particular"
FOLD = 4  # cells of the spectrogram, each way, in one place of the network
WAVES = 128
PITCH_WAVES = (0.5, 1.0, 2.0, 4.0)  # half turns over the range of pitches


class SpokenUNet(nn.Module):
    """Noisy spectrograms (N, 1, 64, 64), steps t (N,) and conditions (N, D) in; a prediction of the
    spectrograms' shape out.
    """

    def __init__(self, widths: tuple[int, int, int], steps: int):
        super().__init__()
        self.steps = steps
        fine, middle, coarse = widths
        D = 4 * fine
        self.time = nn.Sequential(nn.Linear(WAVES, D), nn.SiLU(), nn.Linear(D, D))
        self.word = nn.Embedding(DIGITS * LANGUAGES + 1, D)
        self.pitch = nn.Sequential(
            nn.Linear(2 * len(PITCH_WAVES) + 1, D), nn.SiLU(), nn.Linear(D, D)
        )

        def blocks(before: int, after: int, count: int) -> nn.ModuleList:
            return nn.ModuleList(
                ResnetBlock(before if i == 0 else after, after, D) for i in range(count)
            )

        self.enter = nn.Conv2d(FOLD**2, fine, 3, padding=1)  # 16 by 16
        # a positional embedding: which band, which frame
        self.place = nn.Parameter(torch.zeros(1, fine, 16, 16))
        self.fine_down = blocks(fine, fine, 1)
        self.to_middle = nn.Conv2d(fine, middle, 3, stride=2, padding=1)  # 8 by 8
        self.middle_down = blocks(middle, middle, 2)
        self.to_coarse = nn.Conv2d(middle, coarse, 3, stride=2, padding=1)  # 4 by 4
        self.coarse = blocks(coarse, coarse, 2)
        self.from_coarse = nn.Conv2d(coarse, middle, 3, padding=1)  # 8 by 8
        self.attention = Attention(middle)
        self.middle_up = blocks(2 * middle, middle, 2)
        self.from_middle = nn.Conv2d(middle, fine, 3, padding=1)  # 16 by 16
        self.fine_up = blocks(2 * fine, fine, 2)
        self.leave = nn.Sequential(
            nn.GroupNorm(8, fine), nn.SiLU(), nn.Conv2d(fine, FOLD**2, 3, padding=1)
        )

    def condition(self, word: Tensor, pitch: Tensor) -> Tensor:
        """Return the condition (N, D) of words (N,) int64, 10 * language + digit or NO_WORD, and
        pitches (N,) in Hz, 0 if none is given.
        """
        has_pitch = (pitch > 0).float()
        turns = position_of(pitch.clamp(min=MIN_PITCH))[:, None] * torch.tensor(
            PITCH_WAVES, device=pitch.device
        )
        angles = torch.pi * turns
        features = (
            torch.cat([angles.sin(), angles.cos(), torch.ones_like(pitch)[:, None]], dim=1)
            * has_pitch[:, None]
        )
        return self.word(word) + self.pitch(features)

    def forward(self, x: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return the prediction (N, 1, 64, 64) float32 for `condition` (N, D), of one word or of
        an interpolation of two.
        """
        condition = F.silu(condition + self.time(sinusoidal_embedding(t / self.steps, WAVES)))
        fine = _through(
            self.fine_down, self.enter(F.pixel_unshuffle(x, FOLD)) + self.place, condition
        )
        middle = _through(self.middle_down, self.to_middle(fine), condition)
        coarse = _through(self.coarse, self.to_coarse(middle), condition)
        middle = torch.cat(
            [self.attention(self.from_coarse(F.interpolate(coarse, scale_factor=2.0))), middle],
            dim=1,
        )
        middle = _through(self.middle_up, middle, condition)
        fine = torch.cat([self.from_middle(F.interpolate(middle, scale_factor=2.0)), fine], dim=1)
        return F.pixel_shuffle(self.leave(_through(self.fine_up, fine, condition)), FOLD).float()


def position_of(pitch: Tensor) -> Tensor:
    """Return where a pitch in Hz stands between MIN_PITCH, 0, and MAX_PITCH, 1, by its
    logarithm: equal for equal intervals.
    """
    octaves = torch.tensor(MAX_PITCH / MIN_PITCH).log2().item()
    return (pitch / MIN_PITCH).log2() / octaves


def _through(blocks: nn.ModuleList, x: Tensor, condition: Tensor) -> Tensor:
    for block in blocks:
        x = block(x, condition)
    return x
