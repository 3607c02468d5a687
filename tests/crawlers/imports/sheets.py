"""Makes Excel workbooks for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook


def workbook(rows: Sequence[Sequence[Any]], *, first_sheet_is_empty: bool = False) -> bytes:
    """A workbook of one sheet that holds these rows."""
    book = Workbook()
    sheet = book.active
    if first_sheet_is_empty:
        sheet = book.create_sheet("Reviews")
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced or added, compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, content)
    return made.getvalue()
