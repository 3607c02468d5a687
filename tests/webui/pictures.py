"""Small pictures that a test can hide something in."""

from __future__ import annotations

import base64
import struct
import zlib

HIDDEN = b"44.4056 N, 8.9463 E"
# One grey point, as a camera's chip would write it: tables, one frame, one scan.
_GREY = base64.b64decode(
    "/9j/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/"
    "8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)


def jpeg(*, turned: int = 1) -> bytes:
    """With EXIF, a comment and a tail that tell where it was taken."""
    tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, turned, 0, 0) + HIDDEN
    exif = b"Exif\0\0" + tiff
    hung_on = b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    hung_on += b"\xff\xfe" + struct.pack(">H", len(HIDDEN) + 2) + HIDDEN
    return _GREY[:2] + hung_on + _GREY[2:] + HIDDEN


def png() -> bytes:
    """With a text chunk and a tail that tell the same."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    body = _chunk(b"tEXt", b"Location\0" + HIDDEN) + _chunk(b"IDAT", zlib.compress(b"\0\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + body + _chunk(b"IEND", b"") + HIDDEN


def webp() -> bytes:
    """Lossless, with EXIF behind."""
    pixel = b"\x2f" + struct.pack("<I", 0) + b"\x07\x10\x11\x11\x88\x88"
    parts = _part(b"VP8X", bytes((0x08, 0, 0, 0, 0, 0, 0, 0, 0, 0))) + _part(b"VP8L", pixel) + _part(b"EXIF", HIDDEN)
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _part(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
