"""Read an owner's own labels from a file: JSON Lines or CSV with `text` and `anger` (0 to 3) or `angry` (yes or no).

No text of a row is repeated in a message. Standard library only.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import CorrectionsRefused

MOST_BYTES = 50_000_000
MOST_ROWS = 20_000  # some minutes of judging on two cores; two numbers need no more
LEAST_ANGER = 2  # of 0 to 3: "angry" in the labelling guide of the model card
_YES = frozenset({"true", "yes", "1", "angry"})
_NO = frozenset({"false", "no", "0", "calm"})
_FORM = 'Rows are {"text": "…", "angry": true}, or "anger" from 0 to 3 in place of "angry"; in CSV those are columns.'


@dataclass(frozen=True, slots=True)
class Correction:
    text: str
    is_angry: bool


def read_corrections(path: Path) -> list[Correction]:
    """The rows in their order. Of a text that comes twice the last row counts, and only that.

    Raises:
        CorrectionsRefused: there is no such file, it is too large or no such table. The message says what to do.
    """
    text = _content(path)
    is_table = path.suffix.lower() == ".csv" or text.lstrip()[:1] != "{"
    rows: dict[str, Correction] = {}
    for number, row in _table(text, path) if is_table else _lines(text, path):
        correction = _correction(row, path, number)
        rows.pop(correction.text, None)
        rows[correction.text] = correction
        if len(rows) > MOST_ROWS:
            raise CorrectionsRefused(
                f"{path} has more than {MOST_ROWS} rows. Give a part of it: a thousand are plenty."
            )
    if not rows:
        raise CorrectionsRefused(f"{path} holds no row. {_FORM}")
    return list(rows.values())


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise CorrectionsRefused(f"There is no file {path}. {_FORM}") from error
    except IsADirectoryError as error:
        raise CorrectionsRefused(f"{path} is a folder. Name the file with the labelled reviews.") from error
    except OSError as error:
        raise CorrectionsRefused(f"{path} cannot be read ({error.strerror}).") from error
    if len(raw) > MOST_BYTES:
        raise CorrectionsRefused(
            f"{path} is larger than {MOST_BYTES // 1_000_000} MB. Give a part of it: a thousand rows are plenty."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorrectionsRefused(f"{path} is no UTF-8 text. Save it as UTF-8 (in a spreadsheet: CSV UTF-8).") from error


def _lines(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise CorrectionsRefused(f"Line {number} of {path} is no JSON object. {_FORM}") from error
        if not isinstance(row, dict):
            raise CorrectionsRefused(f"Line {number} of {path} is no JSON object. {_FORM}")
        yield number, row


def _table(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    header = text.partition("\n")[0]
    # A spreadsheet writes the sign of its country; the header has no other use for it.
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = {str(name).strip().lower() for name in reader.fieldnames or ()}
        if "text" not in names or not names & {"anger", "angry"}:
            raise CorrectionsRefused(f"{path} has no column text, or neither anger nor angry. {_FORM}")
        for row in reader:
            if any(isinstance(value, str) and value.strip() for value in row.values()):
                yield reader.line_num, {str(name).strip().lower(): value for name, value in row.items()}
    except csv.Error as error:
        raise CorrectionsRefused(f"Near line {reader.line_num + 1} {path} is no CSV table: {error}.") from error


def _correction(row: Mapping[str, object], path: Path, number: int) -> Correction:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise CorrectionsRefused(f"Line {number} of {path} has no text. {_FORM}")
    # What says nothing is left to the other column.
    for name, read in (("anger", _level), ("angry", _answer)):
        value = row.get(name)
        if value is None or value == "":
            continue
        is_angry = read(value)
        if is_angry is None:
            raise CorrectionsRefused(f"Line {number} of {path}: {str(value)[:40]!r} is no value of {name}. {_FORM}")
        return Correction(text, is_angry)
    raise CorrectionsRefused(f"Line {number} of {path} has neither anger nor angry. {_FORM}")


def _level(value: object) -> bool | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        level = float(value)
    except (ValueError, OverflowError):  # the latter for a whole number of hundreds of digits
        return None
    return level >= LEAST_ANGER if level in {0, 1, 2, 3} else None


def _answer(value: object) -> bool | None:
    word = str(value).strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None
