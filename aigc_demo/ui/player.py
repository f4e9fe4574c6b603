"""The player: a film is computed once, sent as one picture, and played in the browser."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aigc_demo import images
from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing

Both = dict[str, str]  # a text in both languages
TRANSPORT = Path(__file__).with_name("transport.js")  # the bar under a film, for other drawings that move too
WORDS = ("film", "play", "pause", "back", "forward", "scrub", "speed", "loop", "save")


@dataclass(frozen=True)
class Track:
    """One of the pictures that run side by side."""

    symbol: str  # as in the formulas: x_t
    title: Both
    color: str  # what it is: data, generated, noise, latent


@dataclass(frozen=True)
class Curve:
    """A curve under the film, both axes from 0 to 1, with a marker at the frame that is shown."""

    label: Both
    ends: tuple[str, str]  # what stands at the two ends of the horizontal axis
    points: list[tuple[float, float]]
    markers: list[int]  # for each frame the index of a point
    color: str


def film(
    name: str, tracks: list[Track], pictures: np.ndarray, captions: list[Both], *, curve: Curve | None = None, ink: bool = True, **options: Any
) -> dict[str, Any]:
    """Gives back what player.js plays.

    pictures: (tracks, frames, H, W, C) uint8. captions: one a frame. ink: dark on white where the page is light.
    options: frames_per_second (8), plays (True: starts by itself), live (False; True: more is coming), start (the frame shown first).
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
        "ink": ink,
        **{"frames_per_second": 8, "plays": True, "live": False, "start": None},
        **options,
    }


def player(**options: Any) -> Drawing:
    """Gives back a player that shows nothing yet."""
    words = language.words("app.waking", *(f"player.{word}" for word in WORDS))
    return Drawing(Path(__file__).with_name("player.js"), parts=[TRANSPORT], words=words, **options)
