"""Bach's four-part chorales at sixteenth notes, as tokens: data, windows, transpositions.

The data set and its split are Boulanger-Lewandowski's ("Modeling temporal dependencies in
high-dimensional sequences", 2012), at sixteenth notes as Huang et al. ("Counterpoint by
convolution", 2017) use it. A cell is one voice at one sixteenth; a held and a repeated note are not
told apart.
"""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from aigc_demo.core.errors import DemoError, check_choice
from aigc_demo.core.settings import settings

FILE = "jsb_chorales_16th.json.gz"  # {split: pieces of [soprano, alto, tenor, bass] pitches}
SOURCE = "https://github.com/czhuang/JSB-Chorales-dataset"
SPLITS = ["train", "valid", "test"]
VOICES = 4  # soprano, alto, tenor, bass
BAR = 16  # sixteenths
BEAT = 4  # sixteenths
LOWEST, HIGHEST = 36, 81  # MIDI pitches
SILENT = -1  # as a pitch
PITCHES = HIGHEST - LOWEST + 1
SILENCE = PITCHES  # as a token
NOTES = PITCHES + 1  # tokens that a cell may hold: the pitches and silence
MASK = NOTES  # the token of a cell that is not known
MAX_STEPS = 128  # sixteenths: eight bars
KEYS = (-6, 5)  # semitones of transposition: twelve keys


@dataclass(frozen=True)
class Corpus:
    """The pieces of one split, one after the other."""

    tokens: Tensor  # (steps, 4) int64
    phases: Tensor  # (steps,) int64, 0 to 15: sixteenths since the piece's beginning, modulo a bar
    lengths: tuple[int, ...]  # steps of each piece

    def to(self, device: torch.device | str) -> "Corpus":
        """Return the corpus with its tensors on `device`."""
        return Corpus(self.tokens.to(device), self.phases.to(device), self.lengths)


def to_tokens(pitches: Tensor) -> Tensor:
    """Return the tokens, int64, of MIDI pitches from 36 to 81, or -1 for silence, of any shape."""
    return torch.where(pitches == SILENT, SILENCE, pitches - LOWEST)


def to_pitches(tokens: Tensor) -> Tensor:
    """Return the MIDI pitches, or -1 for silence, of tokens of any shape."""
    return torch.where(tokens == SILENCE, SILENT, tokens + LOWEST)


def corpus(pieces: list[list[list[int]]]) -> Corpus:
    """Return the corpus of pieces given as lists of [soprano, alto, tenor, bass] MIDI pitches."""
    lengths = tuple(len(piece) for piece in pieces)
    tokens = to_tokens(torch.tensor([step for piece in pieces for step in piece]))
    phases = torch.cat([torch.arange(length) % BAR for length in lengths])
    return Corpus(tokens, phases, lengths)


def read(path: Path) -> dict[str, Corpus]:
    """Return the corpora "train", "valid" and "test" in the file jsb_chorales_16th.json.gz."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {split: corpus(pieces) for split, pieces in json.load(file).items()}


def load(split: str) -> Corpus:
    """Return the pieces of `split` in the data folder: 229 of "train", 76 of "valid", 77 of "test".

    Raises DemoError when there is no such split, or the file is not there or damaged.
    """
    check_choice("split", split, SPLITS)
    folder = settings().data_folder
    if folder is None or not (folder / FILE).is_file():
        raise DemoError(
            "The data set {name} is not here. "
            "Set AIGC_DEMO_DATA to the folder that holds {file}, made of {source}.",
            name="chorales",
            file=FILE,
            source=SOURCE,
        )
    try:
        return read(folder / FILE)[split]
    except (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise DemoError(
            "The data file {file} cannot be read: {why}. Put a whole one there.",
            file=folder / FILE,
            why=str(error)[:200],
        ) from error


def starts(pieces: Corpus, steps: int, *, every: int = BEAT) -> Tensor:
    """Return where in the corpus windows of `steps` begin, int64: each `every` steps of a piece.

    No window crosses a piece's end, and a piece shorter than `steps` has none.
    """
    first, found = 0, []
    for length in pieces.lengths:
        found.append(first + torch.arange(0, max(0, length - steps + 1), every))
        first += length
    return torch.cat(found).to(pieces.tokens.device)


def windows(pieces: Corpus, begin: Tensor, steps: int) -> tuple[Tensor, Tensor]:
    """Return the tokens (N, steps, 4) and the phases (N, steps) of windows that begin at (N,)."""
    at = begin[:, None] + torch.arange(steps, device=begin.device)
    return pieces.tokens[at], pieces.phases[at]


def transpose(tokens: Tensor, generator: torch.Generator) -> Tensor:
    """Return windows (N, T, 4), each moved to one of twelve keys, as far as its range allows."""
    sounding = tokens < SILENCE
    lowest = torch.where(sounding, tokens, PITCHES - 1).amin(dim=(1, 2))
    highest = torch.where(sounding, tokens, 0).amax(dim=(1, 2))
    low = (-lowest).clamp(min=KEYS[0])  # (N,): how far down each may go, and how far up
    high = (PITCHES - 1 - highest).clamp(max=KEYS[1])
    u = torch.rand(len(tokens), generator=generator, device=tokens.device)
    semitones = (low + (u * (high - low + 1)).floor().long()).clamp(max=high)
    return torch.where(sounding, tokens + semitones[:, None, None], tokens)


def equal_windows(pieces: Corpus) -> list[tuple[Tensor, Tensor]]:
    """Return each piece cut into as few windows of at most 128 steps as can be, about equally long.

    They begin on a beat. Windows of one length come together: tokens (N, T, 4), phases (N, T).
    """
    first, by_length = 0, {}
    for length in pieces.lengths:
        count = -(-length // MAX_STEPS)
        size = -(-length // (count * BEAT)) * BEAT
        for at in range(0, length, size):
            by_length.setdefault(min(size, length - at), []).append(first + at)
        first += length
    device = pieces.tokens.device
    groups = ((steps, torch.tensor(begin).to(device)) for steps, begin in sorted(by_length.items()))
    return [windows(pieces, begin, steps) for steps, begin in groups]
