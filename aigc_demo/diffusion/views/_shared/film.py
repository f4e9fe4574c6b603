"""A sampling as a film for the player: what each step saw and predicted, and its numbers. For every
view that samples.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from aigc_demo.ui import language, player
from aigc_demo.ui.player import Both, Curve, Numbers, Track

# 999 = 9 * 111: every ninth level is as good a curve, and the last one is among them
STRIDE = 9


def sampling_film(
    name: str,
    schedule: Any,
    frames: list[list[np.ndarray]],
    steps: Sequence[Any],
    label: Both,
    *,
    live: bool = False,
    ink: bool = True,
) -> dict[str, Any]:
    """Return what the player plays of a sampling.

    frames: a list of frames.frame's pictures for each of `steps` (DenoiseStep, as the network saw
    them), and of frames.last_frame's at the end unless more is coming (live). label: the settings,
    by which a film that was kept is known from the next. ink: as in player.film.
    """
    captions = [
        language.both("diffusion.caption", step=step.index + 1, total=step.total, t=step.t)
        for step in steps
    ]
    timesteps = [step.t for step in steps]
    if not live:
        captions.append(language.both("diffusion.caption.last"))
        timesteps.append(0)
    # (tracks, frames, H, W, C)
    pictures = np.stack([np.stack(track) for track in zip(*frames, strict=True)])
    return player.film(
        name,
        tracks(len(pictures)),
        pictures,
        captions,
        curve=curve(schedule, timesteps),
        numbers=numbers(schedule, steps, live=live),
        ink=ink,
        live=live,
        label=label,
        progress=(steps[-1].index + 1) / steps[-1].total if live else None,
    )


def tracks(count: int) -> list[Track]:
    """Return the names of frames.frame's pictures, three or with guidance six, of which three are
    seen from the start.
    """
    from aigc_demo.diffusion.frames import AMPLIFIED

    words = language.both
    every = [
        Track("x_t", words("diffusion.track.x_t"), "noise"),
        Track("x̂_0", words("diffusion.track.x0_hat"), "generated"),
        Track("ε̂", words("diffusion.track.noise_hat"), "noise"),
        Track("x̂_y", words("diffusion.track.conditioned"), "generated", seen=False),
        Track("x̂_∅", words("diffusion.track.unconditioned"), "generated", seen=False),
        Track(
            "x̂_y − x̂_∅",
            words("diffusion.track.difference", factor=AMPLIFIED),
            "generated",
            seen=False,
        ),
    ]
    return every[:count]


def numbers(schedule: Any, steps: Sequence[Any], *, live: bool = False) -> list[Numbers]:
    """Return for each step, and for the result unless more is coming: t, sigma, the signal-to-noise
    ratio in decibels, and the change.

    The change is the root mean square of x_next - x_t, over all pictures.
    """
    levels = [schedule.level(step.t) for step in steps]
    end = [] if live else ["–"]
    ratios = [
        f"{20 * math.log10(level.alpha / level.sigma):+.1f} dB".replace("-", "−")
        for level in levels
    ]
    changes = [f"{(step.x_next - step.x_t).square().mean().sqrt().item():.3f}" for step in steps]
    return [
        Numbers("t", language.both("diffusion.number.t"), [f"{level.t}" for level in levels] + end),
        Numbers(
            "|noise:σ_t|",
            language.both("diffusion.number.sigma"),
            [f"{level.sigma:.3f}" for level in levels] + ["0"][: len(end)],
        ),
        Numbers(
            "|data:α_t²| / |noise:σ_t²|",
            language.both("diffusion.number.ratio"),
            ratios + ["∞"][: len(end)],
        ),
        Numbers("x_s − x_t", language.both("diffusion.number.change"), changes + end),
    ]


def curve(schedule: Any, timesteps: list[int]) -> Curve:
    """Return alpha-bar over t, with the film's steps as markers."""
    levels, last = schedule.alpha_bar.tolist(), schedule.steps - 1
    points = [(t / last, levels[t]) for t in range(0, last + 1, STRIDE)]
    markers = [round(t / STRIDE) for t in timesteps]
    ends = ("t = 0", f"t = {last}")
    return Curve(language.both("diffusion.curve"), ends, points, markers, "data")
