"""Picture files without what is no pixels: metadata of any damage keep none from opening."""

import struct

from PIL import Image

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}  # the chunks that a picture is made of


def without_metadata(content: bytes) -> tuple[bytes, bytes | None]:
    """Return a picture file without what is no pixels, and its EXIF.

    Metadata of any size or damage then keep no picture from being opened. Pillow reads the
    metadata of the other formats without judging them.
    """
    if content.startswith(PNG_SIGNATURE):
        return _without_chunks(content)
    return _without_segments(content) if content.startswith(b"\xff\xd8") else (content, None)


def _without_chunks(png: bytes) -> tuple[bytes, bytes | None]:
    """Return a PNG file without metadata, and its EXIF.

    A chunk is its length (4 bytes), its kind (4), its content, its sum (4): PNG specification, 5.3.
    """
    kept, exif, at = [PNG_SIGNATURE], None, len(PNG_SIGNATURE)
    while at + 8 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind in PNG_PIXELS:
            kept.append(png[at : at + 12 + length])
        elif kind == b"eXIf":
            exif = png[at + 8 : at + 8 + length]
        at += 12 + length
    return b"".join(kept), exif


def _without_segments(jpeg: bytes) -> tuple[bytes, bytes | None]:
    """Return a JPEG file without metadata, and its EXIF.

    A segment is its marker (2 bytes), its length with these (2), its content: ITU-T T.81, annex B.
    """
    kept, exif, at = [jpeg[:2]], None, 2
    # where the scan begins, no more lengths follow
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, length = struct.unpack_from(">HH", jpeg, at)
        if marker == 0xFFFF:  # filled up
            at += 1
            continue
        content = jpeg[at + 4 : at + 2 + length]
        says_colours = marker == 0xFFEE and content.startswith(b"Adobe") and len(content) >= 12
        if not (0xFFE0 <= marker <= 0xFFEF or marker == 0xFFFE) or says_colours:
            kept.append(jpeg[at : at + 2 + length])
        elif marker == 0xFFE1 and content.startswith(b"Exif"):
            exif = exif or content
        at += 2 + length
    return b"".join([*kept, jpeg[at:]]), exif


def orientation(exif: bytes | None) -> int | None:
    """Return how EXIF says that a picture is turned, 1 to 8; None where it says nothing."""
    if not exif:
        return None
    try:
        read = Image.Exif()
        read.load(exif)
        return int(read.get(0x0112, 1))
    except Exception:  # damaged EXIF says nothing
        return None
