"""Pictures that people attach: what they are by their content, and what is kept of them.

A picture is taken apart into its segments and put together anew from those that a browser needs to draw it. So EXIF
with its place and serial numbers, XMP, comments, previews, a second picture behind the first and whatever else was hung
on are gone; of EXIF the way it is to be turned stays. Nothing is decoded here: what is not built as its format says is
refused, and browsers are told the type that was found (`nosniff`) and to run nothing in it.

Formats: ITU T.81 (JPEG), W3C PNG third edition, RFC 9649 (WebP).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PICTURE_MOST: Final = 10 * 1024 * 1024  # bytes: a photo of a good phone has 3 to 8 million
PIXELS_MOST: Final = 100_000_000  # what a browser can hold; phones make 50 million


class NotAPicture(ValueError):
    """It is none of the formats, or not built as its format says."""


@dataclass(frozen=True, slots=True)
class Picture:
    media_type: str
    data: bytes


def clean_picture(data: bytes) -> Picture:
    """The picture without anything but what shows it.

    Raises:
        NotAPicture: see there; or it has more pixels than can be shown.
    """
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return Picture("image/jpeg", _jpeg(data))
        if data.startswith(_PNG):
            return Picture("image/png", _png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return Picture("image/webp", _webp(data))
    except (struct.error, IndexError) as error:  # it ends too soon
        raise NotAPicture("the picture is cut short") from error
    raise NotAPicture("not a JPEG, PNG or WebP picture")


# JPEG: tables, frames of the three kinds that browsers draw, scans, Adobe's word on the colours.
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_KEPT = _FRAMES | {0xC4, 0xDB, 0xDD}
_SOS, _EOI, _APP1, _APP14 = 0xDA, 0xD9, 0xE1, 0xEE


def _jpeg(data: bytes) -> bytes:
    parts: list[bytes] = []
    turned, has_frame, has_scan, at = 1, False, False, 2
    while True:
        if data[at] != 0xFF:
            raise NotAPicture("a JPEG without a marker where one belongs")
        while data[at] == 0xFF:  # any number of them may stand before a marker
            at += 1
        marker, at = data[at], at + 1
        if marker == _EOI:
            break
        (length,) = struct.unpack_from(">H", data, at)
        segment = data[at + 2 : at + length]
        if length < 2 or len(segment) != length - 2:
            raise NotAPicture("a JPEG with a broken segment")
        whole, at = bytes((0xFF, marker)) + data[at : at + length], at + length
        if marker in _FRAMES:
            height, width = struct.unpack_from(">xHH", segment)
            _check_size(width, height)
            has_frame = True
        if marker in _KEPT or (marker == _APP14 and segment[:5] == b"Adobe" and length == 14):
            parts.append(whole)
        elif marker == _APP1 and segment[:6] == b"Exif\0\0":
            turned = _orientation(segment[6:])
        elif marker == _SOS:
            end = _scan_end(data, at)
            parts.append(whole + data[at:end])
            at, has_scan = end, True
        elif not 0xE0 <= marker <= 0xFE:
            raise NotAPicture("a JPEG of a kind that browsers do not draw")
    if not (has_frame and has_scan):
        raise NotAPicture("a JPEG without a picture")
    return b"\xff\xd8" + (_exif(turned) if turned > 1 else b"") + b"".join(parts) + b"\xff\xd9"


def _scan_end(data: bytes, at: int) -> int:
    """Where the next marker begins: 0xFF is written as 0xFF00 in a scan, and restarts belong to it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotAPicture("a JPEG that ends within its picture")
        if data[at + 1] != 0x00 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """How the picture is to be turned, 1 to 8; 1 where nothing says so."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, start)
        for number in range(min(count, 200)):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * number)
            if tag == 0x0112:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:  # EXIF that is broken says nothing; the picture beside it may be whole
        return 1
    return 1


def _exif(turned: int) -> bytes:
    """EXIF that says how the picture is to be turned, and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"IDAT", b"IEND"})


def _png(data: bytes) -> bytes:
    parts, at, kind = [_PNG], len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        whole = data[at : at + length + 12]
        if len(whole) != length + 12 or struct.unpack(">I", whole[-4:])[0] != zlib.crc32(whole[4:-4]):
            raise NotAPicture("a PNG with a broken chunk")
        if (len(parts) == 1) != (kind == b"IHDR"):
            raise NotAPicture("a PNG that does not begin with its size")
        if kind == b"IHDR":
            _check_size(*struct.unpack_from(">II", whole, 8))
        if kind in _CHUNKS:
            parts.append(whole)
        elif not kind[0] & 0x20:  # a capital: no reader may go on without knowing it
            raise NotAPicture("a PNG of a kind that browsers do not draw")
        at += length + 12
    if not any(part[4:8] == b"IDAT" for part in parts):
        raise NotAPicture("a PNG without a picture")
    return b"".join(parts)


_ALPHA = 0x10  # of the flags of VP8X: all others tell of what is left out here


def _webp(data: bytes) -> bytes:
    kept: dict[bytes, bytes] = {}
    for kind, body in _riff(data):
        if kind in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH") and kind not in kept:
            kept[kind] = body
    picture = b"VP8 " if b"VP8 " in kept else b"VP8L"
    if picture not in kept:
        raise NotAPicture("a WebP without a picture, or one that moves")
    if picture == b"VP8 ":
        width, height = struct.unpack_from("<HH", kept[picture], 6)
        _check_size(width & 0x3FFF, height & 0x3FFF)
    else:
        (bits,) = struct.unpack_from("<I", kept[picture], 1)
        _check_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if b"VP8X" in kept:
        kept[b"VP8X"] = bytes((kept[b"VP8X"][0] & _ALPHA,)) + kept[b"VP8X"][1:]
    order = [kind for kind in (b"VP8X", b"ALPH", picture) if kind in kept]
    if b"VP8X" not in kept or picture == b"VP8L":
        order = [kind for kind in order if kind != b"ALPH"]
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(kept[kind])) + kept[kind] + b"\0" * (len(kept[kind]) % 2) for kind in order
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    (size,) = struct.unpack_from("<I", data, 4)
    at, end = 12, min(size + 8, len(data))
    while at < end:
        kind, length = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) != length:
            raise NotAPicture("a WebP with a broken part")
        yield kind, body
        at += 8 + length + length % 2


def _check_size(width: int, height: int) -> None:
    if not width or not height or width * height > PIXELS_MOST:
        raise NotAPicture("a picture without a size, or with too many pixels")
