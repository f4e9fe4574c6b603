"""What is opened: any file becomes a picture, or is explained."""

import base64
import io
import os
import random
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageDraw, PngImagePlugin

from aigc_demo.core.images import data_uri as uri
from aigc_demo.ui import pad
from tests.helpers.calls import data_uri, png
from tests.helpers.files import file, stroke, with_chunks, with_segments

STROKE = stroke((180, 180), 255, 0)


def sheet(upload: str) -> np.ndarray:
    """Return the drawing (280, 280) uint8 that a file becomes."""
    answer = pad.receive(upload)
    assert "problem" not in answer, answer["problem"]["en"]
    return shown(answer)[:, :, 0]


def shown(answer: dict) -> np.ndarray:
    pixels = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(answer["drawing"].partition(",")[2])))
    )
    return pixels if pixels.ndim == 3 else pixels[:, :, None]


def problem(answer: dict) -> str:
    """Return what is said to be wrong; a picture or an explanation, nothing else, is ever an
    answer.
    """
    return answer["problem"]["en"] if "problem" in answer else ""


# 16: any shape


@pytest.mark.parametrize("size", [(600, 1), (1, 600), (4096, 1), (1, 4096), (2, 3), (4096, 7)])
@pytest.mark.parametrize("kind", ["PNG", "BMP"])
def test_a_picture_however_narrow_is_opened(size, kind):
    pixels = np.full(size[::-1], 255, np.uint8)
    pixels[: -(-size[1] // 3), : -(-size[0] // 3)] = 0
    upload = file(Image.fromarray(pixels), kind)
    assert problem(pad.receive(upload)) == ""
    assert sheet(upload).max() > 200
    assert shown(pad.receive_colour(upload)).shape == (280, 280, 3)


def test_a_picture_of_one_pixel_is_of_one_shade():
    assert "all of one shade" in problem(pad.receive(file(Image.new("L", (1, 1), 90))))
    assert shown(pad.receive_colour(file(Image.new("RGB", (1, 1), "red")))).shape == (280, 280, 3)


@pytest.mark.parametrize("size", [(600, 1), (1, 600), (1, 1)])
def test_a_drawing_however_narrow_is_read(size):
    drawing = png(np.full(size[::-1], 255, np.uint8))
    assert pad.read(drawing, 28).shape == (1, 28, 28, 1)
    assert pad.read_digit(drawing).shape == (1, 28, 28, 1)
    assert pad.read_colour(drawing, 64).shape == (1, 64, 64, 3)
    assert pad.read_erased(drawing, 64).shape == (1, 64, 64, 1)


# 17, 20: metadata keep no picture from being opened


def metadata() -> dict[str, str]:
    """Return files whose pixels are whole and whose metadata are damaged, or huge."""
    noise, zeros = os.urandom(1_500_000), zlib.compress(bytes(40_000_000))
    return {
        "damaged EXIF, PNG": with_chunks(STROKE, (b"eXIf", b"II*\0")),
        "damaged EXIF, JPEG": with_segments(STROKE, (0xE1, b"Exif\0\0II*\0")),
        "EXIF of noise": with_segments(STROKE, (0xE1, b"Exif\0\0" + noise[:5000])),
        "EXIF that points nowhere": with_segments(STROKE, (0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff")),
        "EXIF without a content": file(STROKE, "WEBP", lossless=True, exif=b"II*\0"),
        "profile of 2.5 MB": with_chunks(
            STROKE, (b"iCCP", b"profile\0\0" + zlib.compress(bytes(2_500_000)))
        ),
        "profile of 40 MB": with_chunks(STROKE, (b"iCCP", b"profile\0\0" + zeros)),
        "profile of noise": with_chunks(STROKE, (b"iCCP", noise[:300])),
        "text of 1.5 MB": with_chunks(STROKE, (b"tEXt", b"Comment\0" + noise)),
        "packed text of 40 MB": with_chunks(STROKE, (b"zTXt", b"Comment\0\0" + zeros)),
        "packed text of 40 MB, twice": with_chunks(
            STROKE, *[(b"iTXt", b"Comment\0\1\0\0\0" + zeros)] * 2
        ),
        "resolution of no length": with_chunks(STROKE, (b"pHYs", b"")),
        "colours' places of no length": with_chunks(STROKE, (b"cHRM", b"")),
        "animation of no length": with_chunks(STROKE, (b"acTL", b"")),
        "short Adobe segment": with_segments(STROKE, (0xEE, b"Adobe")),
        "short JFIF segment": with_segments(STROKE, (0xE0, b"JFIF")),
        "more pictures than there are": with_segments(
            STROKE, (0xE2, b"MPF\0II*\0\x08\0\0\0\x05\0")
        ),
        "profiles without numbers": with_segments(STROKE, *[(0xE2, b"ICC_PROFILE\0")] * 3),
        "Photoshop's of noise": with_segments(
            STROKE, (0xED, b"Photoshop 3.0\x008BIM" + noise[:99])
        ),
        "comment of noise": with_segments(STROKE, (0xFE, noise[:60_000])),
    }


METADATA = metadata()


@pytest.mark.parametrize("what", METADATA)
def test_metadata_keep_no_picture_from_being_opened(what):
    plain = sheet(file(STROKE))
    assert np.abs(sheet(METADATA[what]).astype(int) - plain).max() < 40
    assert problem(pad.receive_colour(METADATA[what])) == ""


def test_a_real_profile_is_no_hindrance():
    noise = os.urandom(1_400_000)
    assert (sheet(file(STROKE, icc_profile=noise)) == sheet(file(STROKE))).all()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 270), (8, 90)])
def test_a_photograph_is_set_upright_whatever_its_format(kind, orientation, turn):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = Image.new("L", (180, 120), 255)
    picture.paste(0, (20, 20, 60, 40))
    turned = sheet(file(picture, kind, exif=exif)).astype(int)
    assert np.abs(turned - sheet(file(picture.rotate(turn, expand=True), kind))).mean() < 4


def test_a_text_that_belongs_to_a_picture_is_no_hindrance():
    info = PngImagePlugin.PngInfo()
    for i in range(80):
        info.add_text(f"note {i}", "月" * 900_000, zip=True)
    assert (sheet(file(STROKE, pnginfo=info)) == sheet(file(STROKE))).all()


# whatever the bytes: a picture, or an explanation


def spoiled(content: bytes, dice: random.Random) -> bytes:
    """Return a file of which some bytes are others, or some are missing."""
    bad = bytearray(content)
    for _ in range(dice.choice([1, 3, 20])):
        bad[dice.randrange(len(bad))] = dice.randrange(256)
    return bytes(bad[: dice.choice([len(bad), len(bad), dice.randrange(len(bad))])])


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
@pytest.mark.parametrize("mode", ["L", "P", "RGBA"])
def test_any_bytes_are_a_picture_or_are_explained(kind, mode):
    picture = stroke((40, 30), 255, 0).convert("RGB" if (kind, mode) == ("JPEG", "RGBA") else mode)
    exif = Image.Exif()
    exif[0x0112] = 6
    extra = {"exif": exif, "icc_profile": bytes(300)} if kind in ("JPEG", "PNG", "WEBP") else {}
    content = base64.b64decode(
        file(picture if kind != "JPEG" else picture.convert("RGB"), kind, **extra).partition(",")[2]
    )
    dice = random.Random(7)
    for _ in range(150):
        bad = data_uri(spoiled(content, dice))
        for answer in (pad.receive(bad), pad.receive_colour(bad)):
            assert set(answer) in ({"drawing"}, {"problem"})


def test_a_damaged_drawing_is_explained():
    content, dice = (
        base64.b64decode(png(np.eye(40, dtype=np.uint8) * 255).partition(",")[2]),
        random.Random(5),
    )
    for _ in range(300):
        try:
            pad.read(data_uri(spoiled(content, dice)), 28)
        except pad.DemoError as error:
            assert "drawing" in str(error)


# 18: the same ink in every mode


def line(side: int, width: int) -> Image.Image:
    """Return a scan of a seven in thin lines, black on white."""
    picture = Image.new("L", (side, side), 255)
    corners = [(side * 0.25, side * 0.2), (side * 0.7, side * 0.2), (side * 0.45, side * 0.85)]
    ImageDraw.Draw(picture).line(corners, fill=0, width=width)
    return picture


def sixteen(picture: Image.Image) -> str:
    return file(Image.fromarray(np.asarray(picture).astype(np.uint16) * 257))


MODES = {
    "1": lambda picture: file(picture.convert("1")),
    "P": lambda picture: file(picture.convert("P")),
    "two colours": lambda picture: file(picture.convert("RGB").quantize(2)),
    "LA": lambda picture: file(picture.convert("LA")),
    "RGB": lambda picture: file(picture.convert("RGB")),
    "RGBA": lambda picture: file(picture.convert("RGBA")),
    "I;16": sixteen,
    "CMYK": lambda picture: file(picture.convert("CMYK"), "JPEG", quality=95),
    "GIF": lambda picture: file(picture, "GIF"),
    "BMP of one bit": lambda picture: file(picture.convert("1"), "BMP"),
    "WEBP": lambda picture: file(picture.convert("RGB"), "WEBP", lossless=True),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("side", "width"), [(1200, 1), (90, 8)])
def test_the_ink_is_the_same_in_every_mode(mode, side, width):
    picture = line(side, width)
    assert np.abs(sheet(MODES[mode](picture)).astype(int) - sheet(file(picture))).max() < 40


@pytest.mark.parametrize("mode", ["1", "P", "I;16"])
@pytest.mark.parametrize("width", [3, 1])
def test_a_thin_line_on_a_large_scan_is_still_a_seven_of_28_pixels(mode, width):
    drawing = uri(sheet(MODES[mode](line(4000, width)))[:, :, None])
    for digit in (pad.read_digit(drawing), pad.read(drawing, 28)):
        assert digit.max() > 150
        assert 30 < (digit > 60).sum() < 200


def test_noise_of_paper_is_no_ink():
    noise = np.random.default_rng(0).normal(200, 4, (2400, 1800))
    assert "one shade" in problem(
        pad.receive(file(Image.fromarray(noise.astype(np.uint8)), "JPEG"))
    )


# 19: strokes on transparency


def drawn(colour: tuple[int, int, int], *, soft: bool) -> Image.Image:
    """Return a stroke on transparency; `soft`: its rim fades out."""
    picture = Image.new("RGBA", (180, 180), (*colour, 0))
    for i in range(8 if soft else 1):
        picture.paste(
            (*colour, 255 * (i + 1) // 8 if soft else 255), (70 + i, 20 + i, 110 - i, 160 - i)
        )
    return picture


@pytest.mark.parametrize(
    "colour", [(255, 255, 255), (0, 0, 0), (250, 240, 200), (128, 128, 128), (230, 40, 40)]
)
@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_stroke_on_transparency_is_seen_whatever_its_colour(colour, soft, kind):
    ink = sheet(file(drawn(colour, soft=soft), kind))
    assert ink[140, 140] > 230
    assert ink[:20].max() < 20
    seen = shown(pad.receive_colour(file(drawn(colour, soft=soft), kind))).astype(int)
    assert np.abs(seen[140, 140] - seen[5, 5]).max() > 90


@pytest.mark.parametrize("mode", ["LA", "P", "1"])
def test_white_strokes_are_seen_in_each_mode_that_knows_transparency(mode):
    white = drawn((255, 255, 255), soft=False)
    if mode == "LA":
        upload = file(white.convert("LA"))
    elif mode == "P":
        upload = file(white, "GIF")
    else:
        upload = with_chunks(white.getchannel("A").convert("1"), (b"tRNS", struct.pack(">H", 0)))
    assert sheet(upload)[140, 140] > 230


def test_a_sheet_with_rounded_corners_is_still_paper():
    picture = Image.new("RGBA", (180, 180), (0, 0, 0, 0))
    picture.paste((225, 225, 225, 255), (10, 10, 170, 170))
    picture.paste((40, 40, 40, 255), (70, 40, 110, 140))
    ink = sheet(file(picture))
    assert ink[140, 140] > 200
    assert ink[140, 40] < 30
