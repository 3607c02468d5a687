"""What a file is, told by its content; its name breaks ties only.

A file without a stated encoding is UTF-8 where it is valid UTF-8, since other encodings hardly ever look like it by
chance. What is left is guessed, Windows-1252 first, and said aloud: the preview is where people see a wrong accent.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from db.phrases import say

from ..errors import ParseError
from . import saved
from .columns import recognised

MAX_COLUMNS = 200
MAX_BYTES = 20 * 1024 * 1024


class Kind(StrEnum):
    CSV = "csv"
    JSON = "json"
    LINES = "jsonl"
    XLSX = "xlsx"
    TAKEOUT = "takeout"
    MAIL = "mail"
    PASTED = "pasted"
    PAGE = "page"


KIND_NAMES = {
    Kind.CSV: "table of text (CSV)",
    Kind.JSON: "JSON",
    Kind.LINES: "JSON Lines",
    Kind.XLSX: "Excel sheet",
    Kind.TAKEOUT: "Google Takeout",
    Kind.MAIL: "e-mail",
    Kind.PASTED: "plain text",
    Kind.PAGE: "saved page",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """`value` is the parsed JSON where it is that; `text` is empty for Excel sheets and mails, which keep bytes.

    A saved page has the key of its platform, and its bytes and address, out of a single file where it was one.
    """

    kind: Kind
    encoding: str = ""
    delimiter: str = ""
    text: str = ""
    value: Any = None
    is_guessed: bool = False  # the encoding is the likeliest one, and no more
    platform: str = ""
    data: bytes = b""
    address: str = ""


ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
_PICTURE = say("This is a picture. Paste the text of the reviews.")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", say("This is an old Excel file (.xls). Open it and save it as .xlsx or CSV.")),
    (b"%PDF", say("This is a PDF. Export the reviews as CSV, Excel or JSON, or paste their text.")),
    (b"\x1f\x8b", say("This file is compressed. Unpack it first.")),
    (b"7z\xbc\xaf", say("This file is an archive. Unpack it first.")),
    (b"Rar!", say("This file is an archive. Unpack it first.")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"bplist00", say("This is a web archive of Safari. Save the page there as Page Source instead.")),
    (b"MZ", say("This is a program. Export the reviews as CSV, Excel or JSON.")),
    (b"\x7fELF", say("This is a program. Export the reviews as CSV, Excel or JSON.")),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AGAINST_SCRIPTS = ")]}'"
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 64 * 1024  # characters looked at to find the delimiter
_MAIL_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[ \t].*(?:\r?\n[ \t].*)*\r?\n){2,}")
_MAIL_NAMES = re.compile(
    rb"^(?:From|Received|Return-Path|Delivered-To|MIME-Version|Message-ID):", re.IGNORECASE | re.MULTILINE
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def sniff(data: bytes, filename: str = "") -> Sniffed:
    """Tell the kind of a file. Raises ParseError for what is none of those read here."""
    if len(data) > MAX_BYTES:
        raise ParseError("The file is larger than 20 MB. Split it and import the parts one after the other.")
    if not data.strip():
        raise ParseError("The file is empty.")
    _refuse_foreign(data)
    if data.startswith(b"PK\x03\x04"):
        return Sniffed(kind=Kind.XLSX)
    if saved.is_single_file(data):
        page, address = saved.unwrapped(data)
        return _of_page(page, decoded(page)[0], address)
    if is_mail(data):
        return Sniffed(kind=Kind.MAIL)
    text, encoding, is_guessed = decoded(data)
    if saved.is_html(text):
        return _of_page(data, text, "")
    if len(_CONTROLS.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 50:
        raise ParseError("This is no text file. Export the reviews as CSV, Excel or JSON.")
    if text.startswith(_AGAINST_SCRIPTS):  # what Google's own pages fetch begins so
        return Sniffed(kind=Kind.PAGE, platform="google", data=data, text=text, encoding=encoding)
    found = _of_text(text, filename.lower(), encoding=encoding, is_guessed=is_guessed)
    if found.kind is Kind.JSON and (platform := saved.platform_of_json(found.text, found.value)):
        return Sniffed(kind=Kind.PAGE, platform=platform, data=data, text=text, encoding=encoding)
    return found


def _refuse_foreign(data: bytes) -> None:
    for magic, advice in _FOREIGN:
        if data.startswith(magic):
            raise ParseError(advice)
    # four bytes of length stand before the kind
    if (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or data[4:12] in {b"ftypheic", b"ftypmif1", b"ftypavif"}:
        raise ParseError(_PICTURE)


def _of_page(data: bytes, text: str, address: str) -> Sniffed:
    address = address or saved.address_of(text)
    platform = saved.by_address(address) or saved.platform_of_page(text)
    return Sniffed(kind=Kind.PAGE, platform=platform, data=data, text=text, address=address)


def _of_text(text: str, filename: str, *, encoding: str, is_guessed: bool) -> Sniffed:
    if text.lstrip()[:1] in {"{", "["}:
        found = _json(text)
        if found is not None:
            kind, value = found
            return Sniffed(kind=kind, encoding=encoding, text=text, value=value, is_guessed=is_guessed)
        if filename.endswith((".json", ".jsonl", ".ndjson")):
            raise ParseError("The file begins like JSON and is none. It may have been cut off: export it again.")
    delimiter, is_likely = _delimiter(text)
    if is_likely or filename.endswith((".csv", ".tsv", ".tab")):
        return Sniffed(kind=Kind.CSV, encoding=encoding, delimiter=delimiter, text=text, is_guessed=is_guessed)
    return Sniffed(kind=Kind.PASTED, encoding=encoding, text=text, is_guessed=is_guessed)


def encoding_name(encoding: str) -> str:
    """As people call it: "Windows-1252"."""
    return ENCODING_NAMES.get(encoding) or encoding.replace("cp", "Windows-")


def is_mail(data: bytes) -> bool:
    """Whether it begins with the headers of a mail."""
    found = _MAIL_HEADER.match(data[:_SAMPLE].lstrip())
    return found is not None and _MAIL_NAMES.search(found.group()) is not None


def decoded(data: bytes) -> tuple[str, str, bool]:
    """(text, name of the encoding, whether that is a guess). Never fails for content."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").lstrip("\ufeff"), name.removesuffix("-sig"), False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if text.count("\x00") * 4 < len(text):
            return text, "utf-8", False
    if wide := _wide(data):
        return data.decode(wide, "replace"), wide, True
    text = data.decode("utf-8", "replace")
    if sum(char > "\x7f" for char in text) > 10 * text.count("\ufffd"):
        return text, "utf-8", True  # but for a few damaged bytes
    name = _guess(data)
    return data.decode(name, "replace"), name, True


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is NUL."""
    part = data[:4096]
    even, odd = part[::2].count(0), part[1::2].count(0)
    if max(even, odd) * 3 < len(part):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # loads tables of frequencies

    candidates = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254"]
    try:
        matches = from_bytes(data[: 256 * 1024], cp_isolation=candidates, enable_fallback=False)
        # those that read these very bytes alike are reported as one
        chaos = {name: (match.chaos, -match.coherence) for match in matches for name in match.could_be_from_charset}
    except Exception:  # noqa: BLE001 - a guess that fails is no guess; the bytes are hostile
        return "cp1252"
    best = min(chaos, key=lambda name: chaos[name], default="cp1252")
    # Short texts fit several: the commonest one wins unless another is clearly better.
    return "cp1252" if chaos.get("cp1252", (1.0,))[0] <= chaos.get(best, (0.0,))[0] + 0.05 else best


def _json(text: str) -> tuple[Kind, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return (Kind.LINES, None) if _is_lines(text) else None
    if isinstance(value, dict) and value.get("type") == "FeatureCollection":
        return Kind.TAKEOUT, value
    return Kind.JSON, value


def _is_lines(text: str) -> bool:
    """Whether the first line that is not blank is a JSON object by itself."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _delimiter(text: str) -> tuple[str, bool]:
    """(the likeliest delimiter, whether this is a table at all: rows of one width under headers that are known)."""
    stated = re.match(r"sep=(.)\r?\n", text)
    if stated and stated.group(1) in _DELIMITERS:  # as Excel writes it
        return stated.group(1), True
    best: tuple[tuple[int, float, int], str] = ((0, 0.0, 0), ",")
    for delimiter in _DELIMITERS:
        rows = _first_rows(text[:_SAMPLE], delimiter)
        width = max(map(len, rows[:10]), default=0)
        if width > 1:
            known = max(recognised(row, surely=True) for row in rows[:10])
            same = sum(len(row) == width for row in rows) / len(rows)
            best = max(best, ((known, same, width), delimiter))
    known, same, width = best[0]
    if width > MAX_COLUMNS and same >= 0.5:  # nobody writes like that: too many columns, and told so
        return best[1], True
    return best[1], known >= 2 or (known == 1 and same >= 0.9)


def _first_rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) == 30:
                break
    except csv.Error:  # the last row of the sample may be cut
        pass
    return rows
