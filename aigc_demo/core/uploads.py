"""What visitors upload or draw: bytes become a picture, or a DemoError says why they do not."""

import base64
import io
import threading

import numpy as np
from PIL import Image, ImageFilter

from aigc_demo.core.errors import DemoError
from aigc_demo.core.picture_metadata import orientation, without_metadata

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_FILE = 2_000_000  # bytes of a picture that is opened: as large as Gradio itself takes
MAX_UPLOAD_SIDE = 4096  # pixels
MAX_DRAWING = 200_000  # characters of base64
MAX_SIDE = 1024  # pixels of a drawing
SIZE = 280  # pixels a side, as on the pad
BACKGROUND_SHARE = 0.25  # of the strongest difference: what differs by less is background
MIN_CONTRAST = 20  # what differs from the background by less, of 255, is no ink
OUTLIER_SHARE = 0.0005  # so much of a picture may be darker than its ink: dust
MIN_STROKE = 5  # pixels of SIZE: thinner strokes would vanish at 28 pixels a side
DILATION = 7  # pixels that such strokes gain
TRANSPOSITIONS = {  # how a picture is set upright, by EXIF's orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# a file of 2 MB may hold 17 million pixels: 100 visitors' would fill the memory
_one_at_a_time = threading.Lock()


class _NoPicture(Exception):
    """The content is none that Pillow can read."""


class _TooLarge(Exception):
    """Its arguments are width and height, or none where even Pillow gives up before it tells."""


def ink(upload: object) -> np.ndarray:
    """Return a picture file, a data URI, as if it were drawn on the pad: (280, 280, 1) uint8.

    Ink is white, on black whatever the background was; what is transparent is background. Strokes
    that are too thin to be seen at 28 pixels a side are thickened. Raise DemoError when it is no
    picture, too large or all of one shade.
    """
    with _one_at_a_time:
        picture = _file(upload)
        difference = _difference_from_background(picture, _background(picture))
    strongest = _ink_strength(difference)
    if strongest < MIN_CONTRAST:
        raise DemoError("The picture is all of one shade: nothing is drawn in it.")
    share = (np.asarray(difference, np.float32) / strongest - BACKGROUND_SHARE) / (
        1 - BACKGROUND_SHARE
    )
    sheet = Image.new("L", (SIZE, SIZE))
    _paste_centred(sheet, Image.fromarray((255 * share.clip(0, 1)).astype(np.uint8)))
    return np.asarray(_dilated(sheet))[:, :, None]


def colour(upload: object) -> np.ndarray:
    """Return a picture file, a data URI, whole on a square: (280, 280, 3) uint8.

    The background is white, and black where strokes on transparency would not be seen on white.
    Raise DemoError when it is no picture, or too large.
    """
    with _one_at_a_time:
        picture = _file(upload)
        shade = _background(picture)
        background = (shade, shade, shade)
        sheet = Image.new("RGB", (SIZE, SIZE), background)
        _paste_centred(sheet, _fitted(flatten(picture, background)))
    return np.asarray(sheet)


def drawing(upload: object) -> Image.Image:
    """Return a drawing, a PNG data URI, in RGBA. Raise DemoError when it is no such picture, or too
    large.
    """
    if not isinstance(upload, str) or not upload.startswith("data:image/png;base64,"):
        raise DemoError("The drawing is empty: draw something first.")
    if len(upload) > MAX_DRAWING:
        length = f"{len(upload):,}"
        raise DemoError(
            "The drawing has {length} bytes; at most {limit} are read.",
            length=length,
            limit=f"{MAX_DRAWING:,}",
        )
    try:
        return _decoded(upload, ("PNG",), MAX_SIDE)
    except _NoPicture:
        raise DemoError("The drawing is not a whole PNG picture: draw it on the pad.") from None
    except _TooLarge:
        raise DemoError(
            "The drawing has too many pixels; at most {limit} a side are read.", limit=MAX_SIDE
        ) from None


def flatten(picture: Image.Image, background: str | tuple[int, int, int]) -> Image.Image:
    """Return an RGBA picture in RGB, with `background` where it is transparent."""
    return Image.alpha_composite(Image.new("RGBA", picture.size, background), picture).convert(
        "RGB"
    )


def _file(upload: object) -> Image.Image:
    """Return a picture file, a data URI, in RGBA, upright. Raise DemoError when it is no picture,
    or too large.
    """
    if not isinstance(upload, str) or not upload.startswith("data:") or ";base64," not in upload:
        raise DemoError(
            "The file is no picture that can be read here; these can: {formats}.",
            formats=", ".join(FORMATS),
        )
    content = upload.partition(",")[2]
    length = len(content) * 3 // 4 - content[-2:].count("=")
    if length > MAX_FILE:
        raise DemoError(
            "The file has {length} bytes; at most {limit} are read.",
            length=f"{length:,}",
            limit=f"{MAX_FILE:,}",
        )
    limit = f"{MAX_UPLOAD_SIDE:,}"
    try:
        return _decoded(upload, FORMATS, MAX_UPLOAD_SIDE)
    except _NoPicture:
        raise DemoError(
            "The file is no picture that can be read here; these can: {formats}.",
            formats=", ".join(FORMATS),
        ) from None
    except _TooLarge as error:
        if not error.args:
            raise DemoError(
                "The picture has too many pixels; at most {limit} a side are read.", limit=limit
            ) from None
        width, height = (f"{side:,}" for side in error.args)
        raise DemoError(
            "The picture has {width} by {height} pixels; at most {limit} a side are read.",
            width=width,
            height=height,
            limit=limit,
        ) from None


def _decoded(upload: str, formats: tuple[str, ...], limit: int) -> Image.Image:
    """Return the picture in a data URI, in RGBA and upright. Raise _NoPicture, or _TooLarge where a
    side exceeds `limit`.
    """
    try:
        content = base64.b64decode(upload.partition(",")[2], validate=True)
        pixels, exif = without_metadata(content)
        picture = Image.open(io.BytesIO(pixels), formats=formats)
        if max(picture.size) <= limit:
            turn = TRANSPOSITIONS.get(orientation(exif or picture.info.get("exif")) or 1)
            whole = _eight_bits(picture).convert("RGBA")
            return whole if turn is None else whole.transpose(turn)
    except Image.DecompressionBombError:
        raise _TooLarge from None
    except Exception:  # Pillow's readers raise whatever a damaged file makes them
        raise _NoPicture from None
    raise _TooLarge(*picture.size)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits in 8, its transparent shade too; any other as it is. Pillow
    itself would clip it.
    """
    if picture.mode != "I" and not picture.mode.startswith("I;16"):
        return picture
    deep = np.asarray(picture).astype(np.float32)
    grey = Image.fromarray((deep / 257).round().clip(0, 255).astype(np.uint8))
    if isinstance(transparent := picture.info.get("transparency"), int):
        grey.putalpha(Image.fromarray(np.where(deep == transparent, 0, 255).astype(np.uint8)))
    return grey


def _background(picture: Image.Image) -> int:
    """Return the shade that background has where an RGBA picture is transparent.

    It is white, unless strokes show at least twice as strongly on black: white ones.
    """
    if picture.getchannel("A").getextrema()[0] == 255:
        return 255
    white, black = (
        _ink_strength(_difference_from_background(picture, background)) for background in (255, 0)
    )
    return 0 if black >= MIN_CONTRAST and black >= 2 * white else 255


def _difference_from_background(picture: Image.Image, transparent: int) -> Image.Image:
    """Return by how much each place of an RGBA picture differs from its background, in grey, at
    most SIZE a side.

    The background is what most of the rim shows; `transparent` is the shade of what is transparent.
    """
    grey = np.asarray(
        Image.composite(
            picture.convert("L"), Image.new("L", picture.size, transparent), picture.getchannel("A")
        )
    )
    background = int(np.median(np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])))
    difference = np.where(grey > background, grey - background, background - grey)
    return _fitted(Image.fromarray(_max_pooled(difference, -(-max(grey.shape) // MAX_SIDE))))


def _max_pooled(grey: np.ndarray, factor: int) -> np.ndarray:
    """Return (H, W) shrunk by `factor`, the strongest of each block: a mean would wash thin lines
    out.
    """
    if factor == 1:
        return grey
    height, width = grey.shape
    whole = np.pad(grey, ((0, -height % factor), (0, -width % factor)))
    return whole.reshape(whole.shape[0] // factor, factor, -1, factor).max(axis=(1, 3))


def _fitted(picture: Image.Image) -> Image.Image:
    """Return a picture enlarged or shrunk until its longer side is SIZE; the other is at least a
    pixel.
    """
    scale = SIZE / max(picture.size)
    return picture.resize(
        [max(1, round(side * scale)) for side in picture.size], Image.Resampling.BICUBIC
    )


def _paste_centred(sheet: Image.Image, picture: Image.Image) -> None:
    left, top = ((whole - side) // 2 for whole, side in zip(sheet.size, picture.size, strict=True))
    sheet.paste(picture, (left, top))


def _ink_strength(difference: Image.Image) -> float:
    """Return by how much the ink differs from the background."""
    return float(np.quantile(np.asarray(difference), 1 - OUTLIER_SHARE))


def _dilated(sheet: Image.Image) -> Image.Image:
    """Return strokes on black, thicker where all of them are thinner than MIN_STROKE."""
    mask = sheet.point([255 * (shade >= 128) for shade in range(256)])
    # what is left of thicker strokes; where two cross, something always is
    core = mask.filter(ImageFilter.MinFilter(MIN_STROKE))
    is_thin = np.count_nonzero(np.asarray(core)) < 0.02 * np.count_nonzero(np.asarray(mask))
    return sheet.filter(ImageFilter.MaxFilter(DILATION)) if is_thin else sheet
