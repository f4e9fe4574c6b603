"""Emoji with their names, drawn by the font Noto Color Emoji: a data set that needs no download."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from aigc_demo.core.data_sources import optional
from aigc_demo.core.errors import DemoError, check_number

EMOJI_FONTS = (
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/noto/NotoColorEmoji.ttf",
)
EMOJI_FONT_SIZE = 109  # the only size in which the font's bitmaps exist
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)  # two of them make a country's flag
FLAG_TAGS = range(0xE0020, 0xE0080)  # they make the flags of England, Scotland and Wales


@dataclass(frozen=True)
class Emoji:
    """One emoji: the character and its names, and its picture (size, size, 3) uint8 on white."""

    character: str
    english: str
    chinese: str
    aliases: list[str]  # what else chat programs call it, in English
    pixels: np.ndarray


def emoji(size: int = 64) -> list[Emoji]:
    """Return every emoji that the font can draw (1,637 with Debian 12's), at `size` (16 to 128)
    pixels. No skin tones, no regions' flags.

    Raises DemoError when `size` is out of range, or the font or the package that knows the names is
    missing.
    """
    size = check_number("size", size, 16, 128, whole=True)
    path = next((path for path in EMOJI_FONTS if Path(path).exists()), None)
    if path is None:
        raise DemoError(
            "The font Noto Color Emoji is missing. To install it: {command}",
            command="apt-get install fonts-noto-color-emoji",
        )
    font = ImageFont.truetype(path, EMOJI_FONT_SIZE)
    # blank has a smaller box; a sequence the font lacks, drawn as its parts, a larger one
    one_glyph = font.getbbox("😀")
    return [
        Emoji(character, english, chinese, aliases, _draw(character, font, size))
        for character, english, chinese, aliases in _named_emoji()
        if font.getbbox(character) == one_glyph
    ]


def _named_emoji() -> Iterator[tuple[str, str, str, list[str]]]:
    """Yield (character, English name, Chinese name, English aliases) of each emoji but skin tones
    and regions' flags.
    """
    names = optional("emoji")
    names.config.load_language("zh")
    for character, entry in names.EMOJI_DATA.items():
        is_variant = any(
            ord(part) in codes
            for part in character
            for codes in (SKIN_TONES, FLAG_LETTERS, FLAG_TAGS)
        )
        if entry["status"] == names.STATUS["fully_qualified"] and not is_variant:
            english, chinese, *aliases = (
                name.strip(":").replace("_", " ")
                for name in (entry["en"], entry["zh"], *entry.get("alias", []))
            )
            yield character, english, chinese, aliases


def _draw(character: str, font: ImageFont.FreeTypeFont, size: int) -> np.ndarray:
    left, top, right, bottom = (int(edge) for edge in font.getbbox(character))
    side = max(right - left, bottom - top)
    canvas = Image.new("RGB", (side, side), "white")
    corner = ((side - right - left) / 2, (side - bottom - top) / 2)
    ImageDraw.Draw(canvas).text(corner, character, font=font, embedded_color=True)
    return np.asarray(canvas.resize((size, size), Image.Resampling.LANCZOS))
