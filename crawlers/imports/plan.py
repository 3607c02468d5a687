"""What an import would store: a file read, its columns understood, its rows sorted into reviews and rejected ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.phrases import say

from ..errors import ParseError
from ..items import DatePrecision, ReviewItem
from .columns import Columns, guess
from .mail import table_of_mails
from .pasted import table_of_pasted
from .rows import Rejected, read_rows
from .saved import ANY_SITE, parse_saved
from .sheet import table_of_sheet
from .sniff import Kind, Sniffed, encoding_name, sniff
from .table import Table, Told, silent, table_of_json, table_of_text, takeout

SAMPLE = 5  # rows shown with the columns
_GUESSED_BY = 200  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """`columns` is what was used, guessed or given; `has_columns` says whether people may choose other ones.

    `platform` is the key of the platform whose saved pages these are, and whose terms they come under; else empty.
    """

    kind: Kind
    encoding: str
    delimiter: str
    unit: str  # what rows are counted in: line, row, record, mail, review
    headers: tuple[str, ...]
    columns: Columns
    has_columns: bool
    sample: tuple[tuple[str, ...], ...]
    items: tuple[ReviewItem, ...]
    lines: tuple[int, ...]  # where each of the items stands
    rejected: tuple[Rejected, ...]
    skipped: int  # empty rows
    warnings: tuple[str, ...]
    platform: str = ""
    files: int = 1  # that something was found in

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns of the file that nothing is taken from."""
        used = set(self.columns.fields.values())
        return tuple(header for header in self.headers if header not in used) if self.has_columns else ()


def make_plan(
    data: bytes,
    filename: str = "",
    *,
    columns: Columns | None = None,
    remembered: Columns | None = None,
    now: datetime,
    told: Told = silent,
) -> ImportPlan:
    """Read a file. `columns` are what people say and must fit it; `remembered` counts where it fits.

    Raises:
        ParseError: the file cannot be read, or `columns` name a header that it does not have.
    """
    sniffed = sniff(data, filename)
    if sniffed.kind is Kind.PAGE:
        return _of_page(sniffed, now=now)
    warnings: list[str] = []
    if sniffed.is_guessed:
        warnings.append(
            say(
                "The file does not say its encoding; it is read as %(encoding)s. Look at the accents.",
                encoding=encoding_name(sniffed.encoding),
            )
        )
    return _planned(_table(sniffed, data, now, told), sniffed, columns, remembered, warnings, now=now, told=told)


def plan_of_mails(mails: Sequence[bytes], *, now: datetime) -> ImportPlan:
    """The reviews in mails of a mailbox. Raises ParseError where there are no mails."""
    if not mails:
        raise ParseError("There are no mails of that time in the folder.")
    return _planned(table_of_mails(mails, now=now), Sniffed(kind=Kind.MAIL), None, None, [], now=now)


def _of_page(sniffed: Sniffed, *, now: datetime) -> ImportPlan:
    page = parse_saved(sniffed.platform, sniffed.data, address=sniffed.address, now=now)
    warnings = list(page.warnings)
    if any(item.published_precision is DatePrecision.RELATIVE for item in page.reviews):
        warnings.append(say('Dates such as "2 days ago" are counted from today: import a page on the day you save it.'))
    return ImportPlan(
        kind=sniffed.kind,
        encoding="",
        delimiter="",
        unit=say("review"),
        headers=(),
        columns=Columns(),
        has_columns=False,
        sample=(),
        items=page.reviews,
        lines=tuple(range(1, len(page.reviews) + 1)),
        rejected=(),
        skipped=0,
        warnings=tuple(warnings),
        platform=sniffed.platform or ANY_SITE,
    )


def _table(sniffed: Sniffed, data: bytes, now: datetime, told: Told) -> Table:
    match sniffed.kind:
        case Kind.XLSX:
            return table_of_sheet(data, told)
        case Kind.MAIL:
            return table_of_mails([data], now=now)
        case Kind.PASTED:
            return table_of_pasted(sniffed.text, now=now)
        case Kind.CSV:
            return table_of_text(sniffed, told)
        case Kind.TAKEOUT:
            return takeout(sniffed)
        case _:
            return table_of_json(sniffed)


def _planned(
    table: Table,
    sniffed: Sniffed,
    columns: Columns | None,
    remembered: Columns | None,
    warnings: list[str],
    *,
    now: datetime,
    told: Told = silent,
) -> ImportPlan:
    if table.columns is not None:  # the kind of file says what is where; only the order of dates is people's
        said = columns or remembered
        used = Columns(fields=table.columns.fields, dates=said.dates if said else "", best=table.columns.best)
    else:
        used = _chosen(table, columns, remembered, warnings)
    if not {"text", "positive", "negative", "title", "stars"} & set(used.fields):
        warnings.append(say("No column of texts or ratings was recognised: say which column is which."))
    read = read_rows(table, used, now=now, told=told)
    return ImportPlan(
        kind=sniffed.kind,
        encoding=sniffed.encoding,
        delimiter=sniffed.delimiter,
        unit=table.unit,
        headers=table.headers,
        columns=used,
        has_columns=table.columns is None,
        sample=tuple(row.cells for row in table.rows if not row.fault)[:SAMPLE],
        items=read.items,
        lines=read.lines,
        rejected=read.rejected,
        skipped=read.skipped,
        warnings=(*table.warnings, *warnings, *read.warnings),
    )


def _chosen(table: Table, columns: Columns | None, remembered: Columns | None, warnings: list[str]) -> Columns:
    if columns is not None and columns.fields:
        if missing := columns.missing(table.headers):
            there = ", ".join(table.headers[:20])
            raise ParseError(
                say('The file has no column "%(name)s". It has: %(there)s.', name=missing[0][:60], there=there)
            )
        return columns
    if remembered is not None and remembered.fields:
        if not remembered.missing(table.headers):
            return columns_with_order(remembered, columns)
        warnings.append(say("The columns are not those of the last file, so they are guessed anew."))
    rows = [row.cells for row in table.rows[:_GUESSED_BY] if not row.fault]
    return columns_with_order(guess(table.headers, rows), columns)


def columns_with_order(columns: Columns, said: Columns | None) -> Columns:
    """The columns with the order of dates and the scale that people said besides."""
    if said is None:
        return columns
    return Columns(fields=columns.fields, dates=said.dates or columns.dates, best=said.best or columns.best)
