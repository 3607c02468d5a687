"""The rows of a file of any kind as texts, within caps. A broken row is kept with what is wrong with it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.phrases import say
from db.wording import printable

from ..errors import ParseError
from .columns import Columns, recognised
from .sniff import MAX_COLUMNS, Kind, Sniffed

MAX_ROWS = 100_000
MAX_CELL = 100_000  # characters
TOO_LONG = say("a cell is longer than 100,000 characters")
TOO_WIDE = say("it has more cells than there are headers")
LINE, RECORD = say("line"), say("record")
_DEPTH = 4  # of objects within objects
_HEADER_WITHIN = 10  # rows in which the headers are looked for: some exports begin with a title
TOLD_EVERY = 500  # rows
_LISTS = ("reviews", "data", "items", "results", "entries", "records", "features", "content", "comments")


class Cancelled(Exception):
    """Raised by who is told, to end the reading."""


Told = Callable[[int, int, int], None]  # rows read so far, still to read (0: unknown), rejected so far


def silent(read: int, left: int, rejected: int) -> None:
    """For who does not want to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    line: int  # as people count: the line of a text file, the row of a sheet, the record of JSON
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    unit: str = LINE
    skipped: int = 0  # empty rows
    warnings: tuple[str, ...] = ()
    columns: Columns | None = None  # where the kind of file says it by itself
    ids: str = field(default="given")  # or "digest", "wording" (a digest without the date): see `rows.identity_of`


def table_of_text(sniffed: Sniffed, told: Told = silent) -> Table:
    """The rows of CSV. Raises ParseError."""
    text = sniffed.text
    offset = 0
    if text.startswith("sep=") and "\n" in text[:10]:
        text, offset = text.split("\n", 1)[1], 1
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=sniffed.delimiter)
    return _with_headers(_csv_rows(reader, offset), unit=LINE, told=told)


def _csv_rows(reader: Any, offset: int) -> Iterator[tuple[int, Sequence[str]]]:
    while True:
        line = reader.line_num + 1 + offset
        usual = csv.field_size_limit(2 * MAX_CELL)  # of the whole process: others read CSV by the usual one
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ParseError(say("A quotation mark that opens in line %(line)s is never closed.", line=line)) from error
        finally:
            csv.field_size_limit(usual)
        yield line, cells


def table_of_json(sniffed: Sniffed) -> Table:
    """The rows of JSON, JSON Lines and Takeout; objects within objects become columns such as `author.name`."""
    if sniffed.kind is Kind.LINES:
        return _of_records(_json_lines(sniffed.text), unit=LINE)
    return _of_records(((number, one, "") for number, one in enumerate(_records(sniffed.value), 1)), unit=RECORD)


def takeout(sniffed: Sniffed) -> Table:
    """Google Takeout's Reviews.json: the account holder's own reviews of places, as GeoJSON."""
    features = sniffed.value.get("features")
    if not isinstance(features, list):
        raise ParseError("The file looks like Google Takeout and has no list of features.")
    places = [
        one["properties"] for one in features if isinstance(one, dict) and isinstance(one.get("properties"), dict)
    ]
    table = _of_records(((number, one, "") for number, one in enumerate(places, 1)), unit=RECORD)
    names = {
        "stars": "five_star_rating_published",
        "text": "review_text_published",
        "date": "date",
        "url": "google_maps_url",
    }
    fields = {name: header for name, header in names.items() if header in table.headers}
    if not {"stars", "text"} & set(fields):
        raise ParseError("The file is a map (GeoJSON), but holds no reviews.")
    warning = say(
        "Google Takeout holds reviews that the owner of the account wrote, not those that a business received."
    )
    return Table(
        headers=table.headers,
        rows=table.rows,
        unit=table.unit,
        skipped=table.skipped,
        warnings=(warning, *table.warnings),
        columns=Columns(fields=fields, best=5),
        ids="digest",  # its links lead to the place, not to the review
    )


def of_cells(rows: Iterable[tuple[int, Sequence[str]]], *, unit: str, told: Told = silent) -> Table:
    """Rows as a spreadsheet or a text file has them, headers first."""
    return _with_headers(rows, unit=unit, told=told)


def _with_headers(rows: Iterable[tuple[int, Sequence[str]]], *, unit: str, told: Told) -> Table:
    first: list[tuple[int, Sequence[str]]] = []
    rest = iter(rows)
    skipped = 0
    for line, cells in rest:
        if not any(cell.strip() for cell in cells):
            skipped += 1
            continue
        first.append((line, cells))
        if len(first) == _HEADER_WITHIN or recognised(cells) >= 2:
            break
    if not first:
        raise ParseError("The file holds no rows.")
    at = max(range(len(first)), key=lambda number: (recognised(first[number][1]), -number))
    headers = _headers(first[at][1])
    kept: list[Row] = []
    for line, cells in (*first[at + 1 :], *rest):
        if not any(cell.strip() for cell in cells):
            skipped += 1
            continue
        if len(kept) >= MAX_ROWS:
            raise ParseError("The file has more than 100,000 rows. Split it and import the parts one after the other.")
        kept.append(_row(line, cells, width=len(headers)))
        if len(kept) % TOLD_EVERY == 0:
            told(len(kept), 0, 0)
    return Table(headers=headers, rows=tuple(kept), unit=unit, skipped=skipped)


def _headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Every header once and none empty, so that a mapping can name each column."""
    cells = list(cells)
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MAX_COLUMNS:
        raise ParseError("The file has more than 200 columns. Export fewer.")
    headers: list[str] = []
    taken: set[str] = set()
    for at, cell in enumerate(cells, 1):
        header = name = printable(cell[:1000])[:100].strip() or f"column {at}"
        number = 2
        while header in taken:
            header, number = f"{name} ({number})", number + 1
        taken.add(header)
        headers.append(header)
    return tuple(headers)


def _row(line: int, cells: Sequence[str], *, width: int) -> Row:
    if any(len(cell) > MAX_CELL for cell in cells):
        return Row(line=line, cells=(), fault=TOO_LONG)
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return Row(line=line, cells=tuple(cells[:MAX_COLUMNS]), fault=TOO_WIDE)
    return Row(line=line, cells=tuple(cells[:width]))


def _records(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        lists = [value[name] for name in _LISTS if isinstance(value.get(name), list)]
        lists += [one for one in value.values() if isinstance(one, list) and one and isinstance(one[0], dict)]
        return lists[0] if lists else [value]
    raise ParseError("The JSON holds no list of reviews.")


def _json_lines(text: str) -> Iterator[tuple[int, Any, str]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line), ""
        except (ValueError, RecursionError):
            yield number, None, say("the line is not JSON")


def _of_records(records: Iterable[tuple[int, Any, str]], *, unit: str) -> Table:
    headers: dict[str, int] = {}
    flat: list[tuple[int, dict[str, str], str]] = []
    skipped = 0
    for number, record, broken in records:
        cells: dict[str, str] = {}
        if isinstance(record, dict):
            _flatten(record, "", cells)
        fault = broken or ("" if isinstance(record, dict) else say("it is no object with names and values"))
        if not fault and not any(cells.values()):
            skipped += 1
            continue
        if len(flat) >= MAX_ROWS:
            raise ParseError("The file has more than 100,000 rows. Split it and import the parts one after the other.")
        for name in cells:
            headers.setdefault(name, len(headers))
        if len(headers) > MAX_COLUMNS:
            raise ParseError("The records have more than 200 different names. Export fewer.")
        flat.append((number, cells, fault))
    if not headers:
        raise ParseError("The JSON holds no reviews.")
    rows = []
    for number, cells, fault in flat:
        row = Row(line=number, cells=tuple(cells.get(name, "") for name in headers), fault=fault)
        too_long = any(len(cell) > MAX_CELL for cell in cells.values())
        rows.append(Row(line=number, cells=(), fault=TOO_LONG) if too_long else row)
    return Table(headers=tuple(headers), rows=tuple(rows), unit=unit, skipped=skipped)


def _flatten(record: dict[str, Any], before: str, cells: dict[str, str], depth: int = 1) -> None:
    for name, value in record.items():
        path = f"{before}{printable(name[:1000])[:100]}"
        if isinstance(value, dict):
            if depth < _DEPTH:
                _flatten(value, f"{path}.", cells, depth + 1)
        elif isinstance(value, str):
            cells[path] = value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            cells[path] = _figure(value)


def _figure(value: float) -> str:
    try:
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else str(value)
    except (ValueError, OverflowError):  # infinity, no number, or more digits than Python writes
        return ""
