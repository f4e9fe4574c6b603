"""The player: a film is computed once, sent as one picture, and played in the browser; it can be
kept, to run beside the next.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo.core import images
from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing

Both = dict[str, str]  # a text in both languages
WORDS = ("film", "play", "pause", "back", "forward", "scrub", "speed", "loop", "save")
FILM_WORDS = (*WORDS, "save_film", "save_all", "no_webp", "tracks", "keep", "let_go")


@dataclass(frozen=True)
class Track:
    """One of the pictures that run side by side."""

    symbol: str  # as in the formulas: x_t; what follows an underscore stands low
    title: Both
    color: str  # what it is: data, generated, noise, latent
    seen: bool = True  # from the start; what is not, the visitor can ask for


@dataclass(frozen=True)
class Numbers:
    """What is known of each frame by one name: a column of the table under the film."""

    symbol: str  # as a track's; |noise:σ_t| stands in the colour of what it is
    title: Both
    values: list[str]  # one a frame


@dataclass(frozen=True)
class Curve:
    """A curve under the film, both axes from 0 to 1, with a marker at the frame that is shown."""

    label: Both
    ends: tuple[str, str]  # what stands at the two ends of the horizontal axis
    points: list[tuple[float, float]]
    markers: list[int]  # for each frame the index of a point
    color: str


def film(
    name: str,
    tracks: list[Track],
    pictures: np.ndarray,
    captions: list[Both],
    *,
    curve: Curve | None = None,
    numbers: Sequence[Numbers] = (),
    ink: bool = True,
    **options: Any,
) -> dict[str, Any]:
    """Return what player.js plays: film_view.js's Film.

    pictures: (tracks, frames, H, W, C) uint8. captions: one a frame. ink: dark on white where the
    page is light.
    options: frames_per_second (8), plays (True: starts by itself), live (False; True: more is
    coming), progress (None; of a live film, from 0 to 1), start (the frame shown first), label
    (None; the settings in both languages: a film that has one can be kept beside the next).
    """
    count, frames, height, width, channels = pictures.shape
    sheet = images.grid(pictures.reshape(count * frames, height, width, channels), columns=frames)
    return {
        "name": name,
        "tracks": [asdict(track) for track in tracks],
        "frames": frames,
        "width": width,
        "height": height,
        "sheet": images.data_uri(sheet),
        "captions": captions,
        "curve": asdict(curve) if curve else None,
        "numbers": [asdict(each) for each in numbers],
        "ink": ink,
        **{
            "frames_per_second": 8,
            "plays": True,
            "live": False,
            "progress": None,
            "start": None,
            "label": None,
        },
        **options,
    }


def player(**options: Any) -> Drawing:
    """Return a player that shows nothing yet."""
    words = language.words("app.waking", *(f"player.{word}" for word in FILM_WORDS))
    return Drawing(Path(__file__).with_name("player.js"), words=words, **options)
