"""The denoiser of emoji: a U-Net on 16 by 16, 8 by 8 and 4 by 4 latents that is conditioned on
the level of noise and the words.

Ronneberger et al., "U-Net" (2015); Rombach et al., "Latent diffusion" (2022). The words are a
bag of words: the sum of their embeddings is added to the embedding of the time, and projected to a
spatial conditioning map on the coarsest level.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.diffusion.network import Attention, ResnetBlock, sinusoidal_embedding

CHANNELS, SIDE = 4, 16  # of a latent
CONDITION = 512  # numbers that time and words are mapped to
PLAN = 64  # channels of the spatial conditioning map
WAVES = 128


class WordsUNet(nn.Module):
    """Noisy latents (N, 4, 16, 16), steps t (N,) and words (N, words) in; a prediction of the
    latents' shape out.

    Latents are standardised: `mean` and `deviation`, (1, 4, 1, 1), lead back to the autoencoder's.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, words: int, widths: tuple[int, int, int], steps: int):
        super().__init__()
        self.steps = steps
        self.register_buffer("mean", torch.zeros(1, CHANNELS, 1, 1))
        self.register_buffer("deviation", torch.ones(1, CHANNELS, 1, 1))
        fine, middle, coarse = widths
        self.words = nn.Linear(words, CONDITION, bias=False)
        nn.init.normal_(self.words.weight)
        self.meaning = nn.Sequential(
            nn.Linear(CONDITION, CONDITION), nn.SiLU(), nn.Linear(CONDITION, CONDITION)
        )
        self.time = nn.Sequential(
            nn.Linear(WAVES, CONDITION), nn.SiLU(), nn.Linear(CONDITION, CONDITION)
        )
        self.plan = nn.Sequential(
            nn.SiLU(),
            nn.Linear(CONDITION, PLAN * 16),
            nn.Unflatten(1, (PLAN, 4, 4)),
            nn.Conv2d(PLAN, coarse, 1),
        )

        def blocks(before: int, after: int, count: int) -> nn.ModuleList:
            return nn.ModuleList(
                ResnetBlock(before if i == 0 else after, after, CONDITION) for i in range(count)
            )

        self.enter = nn.Conv2d(CHANNELS, fine, 3, padding=1)  # 16 by 16
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
            nn.GroupNorm(8, fine), nn.SiLU(), nn.Conv2d(fine, CHANNELS, 3, padding=1)
        )

    def forward(self, x: Tensor, t: Tensor, words: Tensor) -> Tensor:
        """Return the prediction (N, 4, 16, 16) float32."""
        meaning = self.meaning(self.words(words.to(x.dtype)))
        condition = F.silu(
            meaning + self.time(sinusoidal_embedding(t / self.steps, WAVES).to(x.dtype))
        )
        fine = _through(self.fine_down, self.enter(x), condition)
        middle = _through(self.middle_down, self.to_middle(fine), condition)
        coarse = _through(self.coarse, self.to_coarse(middle) + self.plan(meaning), condition)
        middle = torch.cat(
            [self.attention(self.from_coarse(F.interpolate(coarse, scale_factor=2.0))), middle],
            dim=1,
        )
        middle = _through(self.middle_up, middle, condition)
        fine = torch.cat([self.from_middle(F.interpolate(middle, scale_factor=2.0)), fine], dim=1)
        return self.leave(_through(self.fine_up, fine, condition)).float()


def _through(blocks: nn.ModuleList, x: Tensor, condition: Tensor) -> Tensor:
    for block in blocks:
        x = block(x, condition)
    return x
