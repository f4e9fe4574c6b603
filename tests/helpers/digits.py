"""Small pictures in the place of digits."""

import numpy as np

from aigc_demo.core.data import Digits


def bars() -> Digits:
    """Bars, upright or lying, in three places each."""
    pictures = np.zeros((60, 28, 28, 1), np.uint8)
    for i, picture in enumerate(pictures):
        at = 6 + 7 * (i // 2 % 3)
        (picture if i % 2 else picture.transpose(1, 0, 2))[at : at + 3, 4:24] = 255
    return Digits(pictures, np.arange(60) % 2)
