"""What is put on the pad: a drawing, or a picture file of any kind."""

import numpy as np
import pytest
from PIL import Image

from aigc_demo.core import images, uploads
from aigc_demo.core.errors import DemoError
from aigc_demo.ui import pad
from tests.helpers.calls import a_seven, bomb, data_uri, png
from tests.helpers.files import file, stroke


def refused(upload: object) -> str:
    with pytest.raises(DemoError) as caught:
        uploads.ink(upload)
    return str(caught.value)


def test_a_small_drawing_is_taken_for_a_digit_as_it_is():
    sheet = np.zeros((28, 28), np.uint8)
    sheet[2:9, 3] = 200
    assert np.array_equal(pad.read_digit(png(sheet))[0, :, :, 0], sheet)


def test_a_large_drawing_is_fitted_and_centred():
    digit = pad.read_digit(a_seven())[0, :, :, 0]
    rows, columns = (np.flatnonzero((digit > 40).any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    weight = digit / digit.sum()
    assert (
        weight.sum(axis=1) @ np.arange(28),
        weight.sum(axis=0) @ np.arange(28),
    ) == pytest.approx((13.5, 13.5), abs=0.6)


@pytest.mark.parametrize("size", [28, 280])
def test_an_empty_drawing_is_said_to_be_empty(size):
    with pytest.raises(DemoError, match="The drawing is empty"):
        pad.read_digit(png(np.zeros((size, size), np.uint8)))
    with pytest.raises(DemoError, match="The drawing is empty"):
        pad.read_digit(None)


@pytest.mark.parametrize("kind", uploads.FORMATS)
@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255), (210, 60)])
def test_a_stroke_becomes_white_on_black_whatever_the_paper_and_the_format(kind, paper, ink):
    sheet = uploads.ink(file(stroke((180, 180), paper, ink), kind))
    assert sheet.shape == (280, 280, 1)
    assert sheet.dtype == np.uint8
    assert sheet[140, 140, 0] > 230
    assert sheet[20:260, 20:60].max() < 30
    assert pad.read_digit(images.data_uri(sheet)).shape == (1, 28, 28, 1)


def test_a_wide_picture_keeps_its_shape():
    sheet = uploads.ink(file(stroke((360, 180), 255, 0)))[:, :, 0]
    rows, columns = (np.flatnonzero((sheet > 100).any(axis=axis)) for axis in (1, 0))
    assert len(rows) == pytest.approx(280 / 4, abs=3)
    assert len(columns) == pytest.approx(280 / 9, abs=3)


def test_what_is_transparent_is_paper():
    picture = Image.new("RGBA", (90, 90), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (40, 20, 50, 70))
    sheet = uploads.ink(file(picture))
    assert sheet[140, 140, 0] > 230
    assert sheet[10, 10, 0] == 0


def test_a_photograph_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    sheet = uploads.ink(file(stroke((180, 180), 255, 0), "JPEG", exif=exif))[:, :, 0] > 100
    assert np.ptp(np.flatnonzero(sheet.any(axis=0))) > 2 * np.ptp(np.flatnonzero(sheet.any(axis=1)))


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_of_one_shade_is_told(shade):
    assert "all of one shade" in refused(file(Image.new("L", (50, 50), shade)))


def test_a_faint_shadow_is_no_ink():
    assert "all of one shade" in refused(file(stroke((90, 90), 200, 188)))


@pytest.mark.parametrize(
    "upload",
    [
        None,
        5,
        "",
        "hello",
        "https://example.com/a.png",
        "data:,hello",
        "data:text/plain;base64,aGVsbG8=",
        "data:image/png;base64,####",
        bomb(0),
    ]
    + [
        data_uri(b""),
        data_uri(b"%PDF-1.4"),
        data_uri(b"GIF89a" + bytes(30)),
        a_seven()[:200],
        file(Image.new("L", (9, 9)), "TIFF"),
    ],
    ids=lambda upload: str(upload)[:32],
)
def test_what_is_no_picture_is_told_which_can_be_read(upload):
    message = refused(upload)
    assert message.startswith("The file is no picture that can be read here")
    assert "PNG, JPEG" in message


def test_a_picture_of_10_000_by_10_000_is_told_its_size_unopened():
    assert (
        refused(bomb(10_000))
        == "The picture has 10,000 by 10,000 pixels; at most 4,096 a side are read."
    )
    # here Pillow itself gives up
    assert (
        refused(bomb(60_000)) == "The picture has too many pixels; at most 4,096 a side are read."
    )
    real = file(Image.new("1", (10_000, 10_000)))
    assert "10,000 by 10,000" in refused(real)


def test_a_large_picture_within_the_limit_is_read():
    assert uploads.ink(file(stroke((4096, 3000), 255, 0)))[140, 140, 0] > 230


def test_a_huge_file_is_told_its_size():
    assert (
        refused(data_uri(bytes(2_000_001)))
        == "The file has 2,000,001 bytes; at most 2,000,000 are read."
    )
    assert "no picture" in refused(data_uri(bytes(2_000_000)))


def test_the_browser_gets_a_drawing_or_the_problem_in_both_languages():
    answer = pad.receive(file(stroke((90, 90), 255, 0)))
    assert pad.read_digit(answer["drawing"]).max() > 230
    problem = pad.receive("hello")["problem"]
    assert problem["en"].startswith("The file is no picture")
    assert problem["zh"].startswith("该文件不是")


def coloured(alpha: int) -> str:
    """Return a red picture, its left half as transparent as `alpha` tells."""
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[..., 0], pixels[..., 3], pixels[:, :32, 3] = 255, 255, alpha
    return file(Image.fromarray(pixels))


def test_what_is_transparent_is_erased_and_paper_under_colour():
    erased = pad.read_erased(coloured(0), 64)
    assert erased.shape == (1, 64, 64, 1)
    assert erased[0, :, :32].all()
    assert not erased[0, :, 32:].any()
    assert not pad.read_erased(coloured(255), 28).any()
    seen = pad.read_colour(coloured(0), 64)[0]
    assert (seen[:, :32] == 255).all()
    assert (seen[:, 32:] == [255, 0, 0]).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_file_in_colour_is_put_whole_on_a_white_square(kind):
    pixels = uploads.colour(file(Image.new("RGB", (100, 50), (20, 180, 40)), kind))
    assert pixels.shape == (280, 280, 3)
    assert (pixels[:60] == 255).all()
    assert np.abs(pixels[80:200].astype(int) - [20, 180, 40]).max() < 6
    assert pad.receive_colour(data_uri(b"no picture"))["problem"]["zh"].startswith("该文件不是")
