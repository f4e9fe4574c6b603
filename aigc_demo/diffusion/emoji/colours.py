"""Emoji in another colour: how a model of 1,637 pictures learns that a colour is its own word."""

import numpy as np
from PIL import Image

# degrees
HUES = {"red": 0, "orange": 30, "yellow": 52, "green": 120, "blue": 215, "purple": 275, "pink": 330}
CHINESE = {
    "red": "红",
    "orange": "橙",
    "yellow": "黄",
    "green": "绿",
    "blue": "蓝",
    "purple": "紫",
    "pink": "粉",
}
NEAR = 35  # degrees that a picture's hues may stray from its colour
SHARE = 0.6  # of a picture's colour that must be of that one hue
LEAST = 0.08  # of a picture that must be coloured at all


def hue_of(pixels: np.ndarray) -> float | None:
    """Return the hue, in degrees, that rules a picture (H, W, 3) uint8; None where it is grey or of
    many colours.
    """
    hue, saturation, _ = _hsv(pixels)
    weight = np.where(saturation > 0.25, saturation, 0)
    if weight.mean() < LEAST:
        return None
    ruling = np.degrees(np.angle((weight * np.exp(1j * np.radians(hue))).sum())) % 360
    return (
        float(ruling)
        if weight[hue_distance(hue, ruling) < NEAR].sum() > SHARE * weight.sum()
        else None
    )


def name_of(hue: float) -> str:
    """Return the English name of the nearest of the seven colours."""
    return min(HUES, key=lambda name: hue_distance(np.array(HUES[name]), hue))


def rotate_hue(pixels: np.ndarray, degrees: float) -> np.ndarray:
    """Return the picture with every hue turned; light, dark and grey stay."""
    picture = np.asarray(Image.fromarray(pixels).convert("HSV")).copy()
    picture[..., 0] = (picture[..., 0].astype(int) + round(degrees / 360 * 256)) % 256
    return np.asarray(Image.fromarray(picture, "HSV").convert("RGB"))


def hue_distance(a: np.ndarray, b: float) -> np.ndarray:
    """Return the angle, in degrees, between hues."""
    return np.abs((a - b + 180) % 360 - 180)


def _hsv(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    hue, saturation, value = np.moveaxis(
        np.asarray(Image.fromarray(pixels).convert("HSV")).astype(float), -1, 0
    )
    return hue * 360 / 256, saturation / 255, value / 255
