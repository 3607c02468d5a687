"""Excel workbooks (.xlsx): the first sheet that holds anything, as texts. A formula is the text of the formula.

A workbook is a zip archive of XML, so two kinds of bombs are refused before it is opened: what unpacks to more than it
may, and XML with a document type, which Excel never writes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from db.phrases import say

from ..errors import ParseError
from .sniff import MAX_COLUMNS
from .table import MAX_ROWS, Cancelled, Table, Told, of_cells, silent

MAX_UNPACKED = 100 * 1024 * 1024  # bytes, all parts together
MAX_PARTS = 500
BROKEN = say("The Excel file cannot be read: it is damaged or protected by a password. Save it anew, or export CSV.")


def table_of_sheet(data: bytes, told: Told = silent) -> Table:
    """Raises ParseError for what is no workbook, is too large, or holds nothing."""
    _check(data)
    try:
        return of_cells(_rows(data), unit=say("row"), told=told)
    except (ParseError, Cancelled):
        raise
    except Exception as error:  # openpyxl raises whatever its parts meet: KeyError, TypeError, expat's own
        raise ParseError(BROKEN) from error


def _check(data: bytes) -> None:
    try:
        beginnings = _beginnings(data)
    except ParseError:
        raise
    except Exception as error:  # zipfile raises BadZipFile, NotImplementedError, RuntimeError, zlib.error and more
        raise ParseError(BROKEN) from error
    for beginning in beginnings:
        _check_part(beginning)


def _beginnings(data: bytes) -> list[bytes]:
    """How each XML part begins."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if "[Content_Types].xml" not in {part.filename for part in parts}:
            raise ParseError("The file is a zip archive and no Excel file. Unpack it first.")
        # zipfile never unpacks more of a part than it states here
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise ParseError("The Excel file unpacks to more than 100 MB. Export the reviews as CSV.")
        found = []
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    found.append(file.read(4096))
        return found


def _check_part(beginning: bytes) -> None:
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning or beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ParseError("The Excel file holds what no spreadsheet program writes (a document type). It is not read.")


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # a third of a second

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # the stated ones may be wrong, on purpose or not
            found = False
            rows = sheet.iter_rows(max_row=MAX_ROWS + 20, max_col=MAX_COLUMNS + 1, values_only=True)
            for number, values in enumerate(rows, 1):
                cells = [_text(value) for value in values]
                found = found or any(cells)
                yield number, cells
            if found:
                return
    finally:
        book.close()


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime):  # without a zone: a day
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
