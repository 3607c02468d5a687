"""Excel workbooks: dates, formulas, and bombs."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest

from crawlers.errors import ParseError
from crawlers.imports.sniff import Kind

from .expected import planned
from .sheets import with_part, workbook


def test_sheet_is_read_with_its_dates_and_figures() -> None:
    """A date of Excel is a day, a figure a rating; the first sheet that holds anything counts."""
    evening = datetime(2026, 11, 3, 18, 5)  # noqa: DTZ001 - Excel knows no zones
    rows: list[list[Any]] = [["Review", "Rating", "Date"], ["Cold soup", 2, evening], ["Fine", 4.5, None]]
    plan = planned(workbook(rows, first_sheet_is_empty=True), "x.xlsx")
    assert (plan.kind, plan.unit, len(plan.items)) == (Kind.XLSX, "row", 2)
    first, second = plan.items
    assert first.published_at is not None
    assert first.published_at.isoformat() == "2026-11-03T00:00:00+00:00"
    assert (first.rating_raw, second.rating) == ("2", 4.5)


def test_formula_is_text() -> None:
    """Nothing is computed, and nothing cached is believed."""
    plan = planned(workbook([["Review", "Rating"], ['=HYPERLINK("http://evil.invalid")', 5]]))
    assert plan.items[0].body == '=HYPERLINK("http://evil.invalid")'


def test_row_numbers_are_those_of_the_sheet() -> None:
    """Empty rows count."""
    plan = planned(workbook([["Review", "Rating"], ["a", 5], [None, None], ["b", "9/5"]]))
    assert [row.line for row in plan.rejected] == [4]
    assert plan.skipped == 1


def test_bombs_are_refused_unopened() -> None:
    """What unpacks to more than it may, and XML with a document type."""
    good = workbook([["Review"], ["a"]])
    bomb = with_part(good, "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (101 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(ParseError, match="unpacks to more than 100 MB"):
        planned(bomb)
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(ParseError, match="document type"):
        planned(with_part(good, "xl/worksheets/sheet1.xml", laughs))


def test_rows_and_cells_far_out_cost_nothing() -> None:
    """A sheet that claims a million rows and sixteen thousand columns is read as far as the caps."""
    part = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>Review</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>Fine</t></is></c><c r="XFD2"><v>1</v></c></row>'
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    plan = planned(with_part(workbook([["Review"]]), "xl/worksheets/sheet1.xml", part))
    assert [item.body for item in plan.items] == ["Fine"]


def test_archive_that_is_no_workbook() -> None:
    """It says what it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("reviews.csv", "Text\nx\n")
    with pytest.raises(ParseError, match=r"no Excel file. Unpack it first"):
        planned(made.getvalue())
