"""Spoken digits to learn from: espeak-ng says them in many voices, pitches and speeds, in English
and in Mandarin.

espeak-ng (https://github.com/espeak-ng/espeak-ng, GPL-3.0) synthesises speech by rules; it is
needed to train, not to generate. The voices of the classifier are none of the generator's, so that
it judges digits and not voices.
"""

import io
import math
import subprocess
import wave
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch

from aigc_demo.audio import mel
from aigc_demo.core.errors import DemoError, check_choice
from aigc_demo.core.settings import settings

LANGUAGES = ("en", "zh")
WORDS = {
    "en": "zero one two three four five six seven eight nine",
    "zh": "零 一 二 三 四 五 六 七 八 九",
}
ACCENTS = {"en": ("en-us", "en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp"), "zh": ("cmn",)}
VOICES = {  # espeak-ng's variants: low voices, high voices
    "generator": (
        "m1 m2 m4 m6 m8 klatt klatt3 Andy benjamin david Denis ed edward gene Henrique Hugo Jacky "
        "john marcelo Marco max Michael mike pablo paul quincy robert sandro travis",
        "f1 f3 f4 Annie belinda linda steph shelby anika",
    ),
    "classifier": (
        "m3 m5 m7 klatt2 antonio caleb Diogo edward2 gene2 iven Lee Mario miguel Nguyen pedro rob "
        "victor norbert adam",
        "f2 f5 Alicia Andrea steph2 steph3 aunty",
    ),
}
# in the data folder, or else in that of runs
FILES = {"generator": "spoken.npz", "classifier": "spoken_judge.npz"}
SEEDS = {"generator": range(14), "classifier": range(1000, 1004)}
AT_ONCE = 1_000  # utterances of one seed
SPEEDS = (110, 180)  # words a minute
LEAD = 0.04  # seconds of silence before the word
LEVEL = 0.1  # root mean square of a word
SILENT = 10 ** (-45 / 20)  # of a word's largest sample
MIN_PITCH, MAX_PITCH = 60.0, 420.0  # Hz


@dataclass(frozen=True)
class Utterance:
    """What espeak-ng is asked to say, and how."""

    digit: int
    language: str  # "en" or "zh"
    voice: str  # such as "en-us+m3"
    pitch: int  # 0 to 99
    speed: int  # words a minute


@dataclass(frozen=True)
class SpokenDigits:
    """Spectrograms and what is said in them."""

    spectrograms: np.ndarray  # (N, 64, 64) uint8: `to_bytes` of log_mel
    digits: np.ndarray  # (N,) int64
    languages: np.ndarray  # (N,) int64, an index into LANGUAGES
    pitches: np.ndarray  # (N,) float32: the median fundamental frequency in Hz
    voices: np.ndarray  # (N,) str


def words(whose: str) -> SpokenDigits:
    """Return the spoken digits of "generator" or "classifier", about 13,500 and 3,900; where there
    is no file, espeak-ng makes one.

    Raises DemoError when espeak-ng is missing, or the file is damaged.
    """
    file = FILES[check_choice("voice", whose, list(FILES))]
    cached = settings().run_folder / file
    path = next(
        (
            folder / file
            for folder in (settings().data_folder, settings().run_folder)
            if folder and (folder / file).exists()
        ),
        cached,
    )
    if not path.exists():
        parts = [make(AT_ONCE, whose, seed=seed) for seed in SEEDS[whose]]
        cached.parent.mkdir(parents=True, exist_ok=True)
        save(
            cached,
            SpokenDigits(
                *(
                    np.concatenate([getattr(part, field.name) for part in parts])
                    for field in fields(SpokenDigits)
                )
            ),
        )
    try:
        return load(path)
    except (OSError, ValueError, TypeError, zipfile.BadZipFile) as error:
        raise DemoError(
            "The data file {file} cannot be read: {why}. Put a whole one there.",
            file=path,
            why=str(error)[:200],
        ) from error


def utterances(count: int, whose: str, *, seed: int) -> Iterator[Utterance]:
    """Yield `count` utterances in random voices of `whose` ("generator" or "classifier"), digits
    and languages in turn.
    """
    random = np.random.default_rng(seed)
    for i in range(count):
        language = LANGUAGES[i // 10 % 2]
        accent = random.choice(ACCENTS[language])
        voice = f"{accent}+{random.choice(VOICES[whose][random.integers(2)].split())}"
        yield Utterance(
            i % 10, language, voice, int(random.integers(10, 95)), int(random.integers(*SPEEDS))
        )


def make(count: int, whose: str, *, seed: int = 0) -> SpokenDigits:
    """Return about `count` spoken digits, without those that are too long for a spectrogram or have
    no pitch; needs espeak-ng.
    """
    rows = []
    for said in utterances(count, whose, seed=seed):
        waveform = speak(said)
        placed, pitch = place(waveform), pitch_of(waveform)
        if placed is not None and pitch is not None:
            spectrogram = to_bytes(mel.log_mel(torch.from_numpy(placed)[None]))[0]
            rows.append(
                (spectrogram, said.digit, LANGUAGES.index(said.language), pitch, said.voice)
            )
    spectrograms, digits, languages, pitches, voices = zip(*rows, strict=True)
    return SpokenDigits(
        np.stack(spectrograms),
        np.array(digits),
        np.array(languages),
        np.array(pitches, np.float32),
        np.array(voices),
    )


def speak(said: Utterance) -> np.ndarray:
    """Return the waveform (samples,) float32 in [-1, 1] at mel.SAMPLE_RATE that espeak-ng makes,
    without the silence around it.
    """
    word = WORDS[said.language].split()[said.digit]
    command = [
        "espeak-ng",
        "-v",
        said.voice,
        "-p",
        str(said.pitch),
        "-s",
        str(said.speed),
        "--stdout",
        word,
    ]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except FileNotFoundError:
        raise DemoError(
            "Spoken digits are made by espeak-ng, which is missing. To install it: {command}",
            command="apt-get install espeak-ng",
        ) from None
    with wave.open(io.BytesIO(done.stdout)) as file:
        rate = file.getframerate()
        # the header's length is not to be trusted
        samples = np.frombuffer(done.stdout[44:], np.int16).astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > SILENT * np.abs(samples).max())
    return resample(samples[loud[0] : loud[-1] + 1], rate)


def resample(samples: np.ndarray, rate: int) -> np.ndarray:
    """Return `samples` (n,) at `rate` Hz as float32 at mel.SAMPLE_RATE, by cutting their
    spectrum.
    """
    # a whole number of samples at both rates; its end is silence
    seconds = math.ceil(10 * (len(samples) / rate + 0.1)) / 10
    spectrum = np.fft.rfft(samples, round(seconds * rate))
    wanted = round(seconds * mel.SAMPLE_RATE)
    again = np.fft.irfft(spectrum[: wanted // 2 + 1], wanted) * (mel.SAMPLE_RATE / rate)
    return again[: round(len(samples) * mel.SAMPLE_RATE / rate)].astype(np.float32)


def place(waveform: np.ndarray) -> np.ndarray | None:
    """Return a word (n,) at the level LEVEL, LEAD seconds from the start of (mel.SAMPLES,) float32;
    None of one that is too long.
    """
    start = round(LEAD * mel.SAMPLE_RATE)
    if start + len(waveform) > mel.SAMPLES:
        return None
    placed = np.zeros(mel.SAMPLES, np.float32)
    placed[start : start + len(waveform)] = waveform * (LEVEL / np.sqrt(np.mean(waveform**2)))
    return placed


def pitch_of(waveform: np.ndarray) -> float | None:
    """Return the median fundamental frequency in Hz of a word's voiced frames, None where there are
    fewer than three.

    The first dip of the normalised difference function: de Cheveigné and Kawahara, "YIN" (2002),
    steps 2 to 4, at half the rate.
    """
    rate, frame, hop = mel.SAMPLE_RATE // 2, 200, 80  # 25 ms, each 10 ms
    shortest, longest = (round(rate / pitch) for pitch in (MAX_PITCH, MIN_PITCH))
    halved = np.convolve(waveform, [0.25, 0.5, 0.25], "same")[::2].astype(np.float64)
    found = []
    for start in range(0, len(halved) - frame - longest, hop):
        piece = halved[start : start + frame + longest]
        if np.mean(piece**2) < 0.1 * np.mean(halved**2):
            continue
        energy = np.concatenate([[0.0], np.cumsum(piece**2)])
        windowed = energy[frame:] - energy[:-frame]  # of the window at each lag
        difference = (windowed + windowed[0] - 2 * np.correlate(piece, piece[:frame]))[1:]
        normal = difference * np.arange(1, longest + 1) / np.cumsum(difference).clip(min=1e-9)
        dips = np.flatnonzero(normal[shortest:] < 0.3)
        if len(dips):
            lag = shortest + dips[0]
            while lag + 1 < longest and normal[lag + 1] < normal[lag]:
                lag += 1
            found.append(rate / (lag + 1))
    return float(np.median(found)) if len(found) >= 3 else None


def to_bytes(spectrograms: torch.Tensor) -> np.ndarray:
    """Return log-mel spectrograms (N, 1, 64, 64) in [-1, 1] as (N, 64, 64) uint8."""
    return ((spectrograms[:, 0] + 1) * 127.5).round().byte().numpy()


def from_bytes(spectrograms: np.ndarray) -> torch.Tensor:
    """Return spectrograms (N, 1, 64, 64) float32 in [-1, 1] of (N, 64, 64) uint8."""
    return torch.from_numpy(spectrograms)[:, None].float() / 127.5 - 1


def save(path: Path, spoken: SpokenDigits) -> None:
    """Write `spoken` to an .npz file."""
    np.savez_compressed(path, **vars(spoken))


def load(path: Path) -> SpokenDigits:
    """Return the spoken digits in an .npz file."""
    with np.load(path) as file:
        return SpokenDigits(**dict(file))
