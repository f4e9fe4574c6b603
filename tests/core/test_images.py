import base64
import io

import numpy as np
import pytest
import torch
from PIL import Image

from aigc_demo.core import images


def every_grey() -> np.ndarray:
    return np.arange(256, dtype=np.uint8).reshape(1, 16, 16, 1)


def test_pixels_survive_the_round_trip_through_tensors():
    tensor = images.from_pixels(every_grey())
    assert tensor.shape == (1, 1, 16, 16)
    assert tensor.dtype == torch.float32
    assert (tensor.min(), tensor.max()) == (-1, 1)
    assert np.array_equal(images.to_pixels(tensor), every_grey())


def test_what_lies_outside_is_clipped():
    assert images.to_pixels(
        torch.tensor([-9.0, -1, 0, 1, 9]).view(1, 1, 1, 5)
    ).ravel().tolist() == [0, 0, 128, 255, 255]


def test_channels_move_to_the_end():
    # (1, 3, 2, 4)
    tensor = torch.stack([torch.full((2, 4), value) for value in (-1.0, 0.0, 1.0)])[None]
    pixels = images.to_pixels(tensor)
    assert pixels.shape == (1, 2, 4, 3)
    assert pixels[0, 1, 2].tolist() == [0, 128, 255]


def test_a_grid_is_filled_row_by_row_with_gaps_between():
    pixels = np.stack([np.full((2, 3, 1), i, np.uint8) for i in (10, 20, 30)])
    grid = images.grid(pixels, columns=2, gap=1, background=5)
    a, b, c, gap = [10] * 3, [20] * 3, [30] * 3, [5]
    top, between, bottom = a + gap + b, [5] * 7, c + [5] * 4
    assert grid[..., 0].tolist() == [top, top, between, bottom, bottom]
    assert grid.dtype == np.uint8


def test_a_grid_without_gap_in_colour():
    pixels = np.random.default_rng(0).integers(0, 256, (4, 2, 2, 3), dtype=np.uint8)
    grid = images.grid(pixels, columns=2)
    assert grid.shape == (4, 4, 3)
    assert np.array_equal(grid[2:, :2], pixels[2])


@pytest.mark.parametrize("channels", [1, 3])
def test_a_data_uri_decodes_to_the_same_pixels(channels):
    pixels = np.random.default_rng(0).integers(0, 256, (5, 7, channels), dtype=np.uint8)
    head, content = images.data_uri(pixels).split(",")
    assert head == "data:image/png;base64"
    decoded = np.asarray(Image.open(io.BytesIO(base64.b64decode(content))))
    assert np.array_equal(decoded.reshape(pixels.shape), pixels)


def a_stroke() -> np.ndarray:
    pixels = np.zeros((100, 100), np.uint8)
    pixels[5:45, 70:80] = 255
    return pixels


def test_a_digit_is_fitted_into_20_pixels_and_centred_by_its_mass():
    sheet = images.centred(a_stroke())
    assert sheet.shape == (28, 28)
    assert np.flatnonzero(sheet.any(axis=1)).tolist() == list(range(4, 24))
    assert np.flatnonzero(sheet.any(axis=0)).tolist() in (
        [11, 12, 13, 14, 15],
        [12, 13, 14, 15, 16],
    )
    leaning = a_stroke()
    leaning[35:45, 30:70] = 255  # a foot to the left: the mass, not the box, is in the middle
    weight = images.centred(leaning).astype(float)
    assert weight.sum(axis=0) @ (np.arange(28) + 0.5) / weight.sum() == pytest.approx(14, abs=0.6)
    columns = np.flatnonzero(weight.any(axis=0))
    assert abs((columns[0] + columns[-1] + 1) / 2 - 14) > 1


def test_where_it_lies_and_how_large_it_is_make_no_difference():
    moved = np.roll(a_stroke(), (30, -40), axis=(0, 1))
    assert np.array_equal(images.centred(moved), images.centred(a_stroke()))
    larger = a_stroke().repeat(3, axis=0).repeat(3, axis=1)
    assert abs(images.centred(larger).astype(int) - images.centred(a_stroke())).max() < 12


def test_without_ink_all_is_black():
    assert not images.centred(np.full((30, 30), 39, np.uint8)).any()
