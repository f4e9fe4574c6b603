"""How the denoiser of spoken digits and its judge are trained."""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from aigc_demo.audio.spoken_data import SpokenDigits, from_bytes
from aigc_demo.audio.spoken_judge import SpokenClassifier, SpokenJudgeConfig
from aigc_demo.audio.spoken_model import SpokenConfig, build_network
from aigc_demo.audio.spoken_network import DIGITS, NO_WORD, SpokenUNet
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.training import Recipe, optimizer_step
from aigc_demo.diffusion.schedule import Schedule

BATCH = 256
LEARNING_RATE = 1e-3
# shares whose condition, or pitch, is hidden: for classifier-free guidance, for any voice
WITHOUT_ALL, WITHOUT_PITCH = (0.1, 0.15)
SHIFT = 1  # frames that a word is moved, at most, while the denoiser learns
JUDGE_SHIFT = 5  # frames, while the judge learns
BAND_SHIFT = 2  # bands
LOUDER = 0.15  # of the range, 4.5 dB, at most
NOISE = 0.2  # standard deviation, at most


class SpokenRecipe(Recipe[SpokenConfig]):
    """DDPM's algorithm 1 with v as the target, as the digits' denoiser learns."""

    takes_snapshots = False

    def __init__(
        self, config: SpokenConfig, spoken: SpokenDigits, *, batch: int = BATCH, seed: int = 0
    ):
        with runtime.seeded(seed):
            network = runtime.channels_last(build_network(config), runtime.device())
        optimizer = torch.optim.AdamW(
            network.parameters(), LEARNING_RATE, betas=(0.9, 0.99), weight_decay=0.01
        )
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.9995,
        )
        self.network, self.batch = network, batch
        self.spectrograms, self.words = from_bytes(spoken.spectrograms), words_of(spoken)
        self.pitches = torch.from_numpy(spoken.pitches)
        self.schedule = Schedule(config.timesteps)

    def update(self) -> dict[str, float]:
        """One step on one batch; the loss is a mean square."""
        network, optimizer = self.network, self.optimizers["network"]
        rows = torch.randint(len(self.words), (self.batch,), generator=self.generator)
        batch = self.spectrograms[rows], self.words[rows], self.pitches[rows]
        x_t, v, t, word, pitch = (
            part.to(runtime.device()) for part in noised(*batch, self.schedule, self.generator)
        )
        with runtime.autocast():
            loss = velocity_loss(network, x_t, v, t, word, pitch)
        optimizer_step(loss, optimizer, max_norm=1.0)
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged denoiser."""
        checkpoints.save(folder, self.config, self.averaged["network"])


class SpokenJudgeRecipe(Recipe[SpokenJudgeConfig]):
    """Cross-entropy over twenty words, of spectrograms that are moved, made louder and noised at
    random.
    """

    takes_snapshots = False

    def __init__(
        self, config: SpokenJudgeConfig, spoken: SpokenDigits, *, batch: int = BATCH, seed: int = 0
    ):
        with runtime.seeded(seed):
            network = SpokenClassifier(config).to(runtime.device())
        optimizer = torch.optim.AdamW(
            network.parameters(), 2e-3, betas=(0.9, 0.99), weight_decay=0.05
        )
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.998,
        )
        self.batch = batch
        self.spectrograms, self.words = from_bytes(spoken.spectrograms), words_of(spoken)

    def update(self) -> dict[str, float]:
        """One step on one batch; the loss is in nats."""
        network, optimizer = self.networks["network"], self.optimizers["network"]
        rows = torch.randint(len(self.words), (self.batch,), generator=self.generator)
        x = disturbed(self.spectrograms[rows], self.generator).to(runtime.device())
        with runtime.autocast():
            scores = network(x)
        loss = F.cross_entropy(scores.float(), self.words[rows].to(runtime.device()))
        optimizer_step(loss, optimizer)
        return {"loss": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged network."""
        checkpoints.save(folder, self.config, self.averaged["network"])


def words_of(spoken: SpokenDigits) -> Tensor:
    """Return what is said in each spectrogram, (N,) int64: 10 * language + digit."""
    return torch.from_numpy(DIGITS * spoken.languages + spoken.digits)


def noised(
    x_0: Tensor, word: Tensor, pitch: Tensor, schedule: Schedule, generator: torch.Generator
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Return x_t (N, 1, 64, 64), the velocity v, t (N,), and the words (N,) and pitches (N,), some
    of which are hidden.

    x_0: spectrograms (N, 1, 64, 64) in [-1, 1]; all randomness is the generator's, on whose device
    all tensors lie.
    """
    N, where = len(x_0), {"generator": generator, "device": x_0.device}
    x_0 = moved(x_0, torch.randint(-SHIFT, SHIFT + 1, (N,), **where))
    chance = torch.rand(N, **where)
    word = word.where(chance >= WITHOUT_ALL, NO_WORD)
    pitch = pitch.where(chance >= WITHOUT_ALL + WITHOUT_PITCH, 0.0)
    t = torch.randint(schedule.steps, (N,), **where)
    noise = torch.randn(x_0.shape, **where)
    return schedule.add_noise(x_0, noise, t), schedule.add_noise(noise, -x_0, t), t, word, pitch


def velocity_loss(
    network: SpokenUNet, x_t: Tensor, v: Tensor, t: Tensor, word: Tensor, pitch: Tensor
) -> Tensor:
    """Return the mean squared error () of the velocity that the network predicts: Salimans and Ho
    (2022), section 4.
    """
    return F.mse_loss(network(x_t, t, network.condition(word, pitch)), v)


def disturbed(spectrograms: Tensor, generator: torch.Generator) -> Tensor:
    """Return spectrograms (N, 1, 64, 64) moved in time and in pitch, louder or softer, and noised,
    so that the judge learns words.
    """
    N, where = len(spectrograms), {"generator": generator, "device": spectrograms.device}
    x = moved(spectrograms, torch.randint(-1, JUDGE_SHIFT + 1, (N,), **where))
    x = moved(x.mT, torch.randint(-BAND_SHIFT, BAND_SHIFT + 1, (N,), **where)).mT
    louder = LOUDER * (2 * torch.rand(N, 1, 1, 1, **where) - 1)
    noise = NOISE * torch.rand(N, 1, 1, 1, **where) * torch.randn(x.shape, **where)
    return (x + louder * (x > -1) + noise).clamp(-1, 1)


def moved(spectrograms: Tensor, frames: Tensor) -> Tensor:
    """Return spectrograms (N, 1, H, W), each moved right by its own number of `frames` (N,) int64;
    what leaves comes in silent.
    """
    width = spectrograms.shape[-1]
    source = torch.arange(width, device=spectrograms.device) - frames[:, None]  # (N, W)
    index = source.clamp(0, width - 1)[:, None, None].expand_as(spectrograms)
    inside = ((source >= 0) & (source < width))[:, None, None]
    return torch.where(inside, spectrograms.gather(3, index), -1.0)
