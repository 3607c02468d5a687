"""A row becomes a review, or is rejected with the reason in words. Reasons never hold what the guest wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.phrases import Words, say, say_count

from ..items import DatePrecision, IdKind, OwnerReply, ReviewItem
from ..parsers import identity
from ..parsers.dates import ReadDate
from ..parsers.page import absolute
from ..parsers.ratings import NO_RATING, Rating, as_number, read_rating
from ..parsers.text import line, plain
from .column_dates import ColumnDates, order_of
from .columns import Columns
from .table import TOLD_EVERY, Row, Table, Told, silent

_NO_RATING = frozenset(("", "-", "–", "—", "n/a", "na", "none", "null", "nan", "no rating", "keine"))
_TOLD_ORDER: dict[str, Words] = {  # by the file itself, where a person has said otherwise
    "dmy": say("The dates of the file can only be read with the day first, so they are, and not with the month first."),
    "mdy": say("The dates of the file can only be read with the month first, so they are, and not with the day first."),
}
_IN_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}  # as Google's API has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """One row that is not imported, or a whole file: then `line` is 0. `cells` are as in the file."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()
    file: str = ""  # its name, where several are imported together


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRows:
    items: tuple[ReviewItem, ...]
    rejected: tuple[Rejected, ...]
    skipped: int
    warnings: tuple[str, ...]
    lines: tuple[int, ...] = ()  # where each of the items stands


class _Refused(Exception):
    """Why a row is not taken, in words."""


def read_rows(table: Table, columns: Columns, *, now: datetime, told: Told = silent) -> ReadRows:
    """Every row of the table; `told` hears how many have been read, are left and were rejected, now and then."""
    reader = _Reader(table, columns, now=now)
    items: dict[str, ReviewItem] = {}
    lines: dict[str, int] = {}
    rejected: list[Rejected] = []
    skipped = table.skipped
    for count, row in enumerate(table.rows):
        if count % TOLD_EVERY == 0:
            told(count, len(table.rows) - count, len(rejected))
        if row.fault:
            rejected.append(Rejected(line=row.line, reason=row.fault, cells=row.cells))
            continue
        if reader.is_empty(row):
            skipped += 1
            continue
        try:
            item = reader.item(row)
        except _Refused as why:
            rejected.append(Rejected(line=row.line, reason=str(why), cells=row.cells))
            continue
        if (first := lines.get(item.external_id)) is not None:
            reason = say("it is the same review as in %(unit)s %(number)s", unit=say(table.unit), number=first)
            rejected.append(Rejected(line=row.line, reason=reason, cells=row.cells))
            continue
        items[item.external_id], lines[item.external_id] = item, row.line
    if reader.unread_visits:
        reader.warnings.append(
            say_count(
                "The date of the visit could not be read in %(num)s row, which is taken without it.",
                "The date of the visit could not be read in %(num)s rows, which are taken without it.",
                reader.unread_visits,
            )
        )
    return ReadRows(
        items=tuple(items.values()),
        rejected=tuple(rejected),
        skipped=skipped,
        warnings=tuple(reader.warnings),
        lines=tuple(lines.values()),
    )


class _Reader:
    """What must be known of the whole file to read one of its rows."""

    def __init__(self, table: Table, columns: Columns, *, now: datetime) -> None:
        self._at = {name: table.headers.index(header) for name, header in columns.fields.items()}
        self._ids = table.ids
        self.warnings: list[str] = []
        self.unread_visits = 0
        told = order_of(self._column(table.rows, "date", "visited_at", "reply_date"))
        if told and columns.dates and told != columns.dates:
            self.warnings.append(_TOLD_ORDER[told])
        order = told or columns.dates
        self._dates = ColumnDates(order=order, now=now)
        self._best = columns.best or self._told_best(table.rows)
        self._urls: dict[str, int] = {}
        for url in self._column(table.rows, "url"):
            self._urls[url.strip()] = self._urls.get(url.strip(), 0) + 1

    def is_empty(self, row: Row) -> bool:
        return not any(self._cell(row, name).strip() for name in self._at)

    def item(self, row: Row) -> ReviewItem:
        """Raises _Refused."""
        positive, negative = plain(self._cell(row, "positive")), plain(self._cell(row, "negative"))
        body = plain(self._cell(row, "text")) or "\n\n".join(part for part in (positive, negative) if part)
        title = line(self._cell(row, "title"))
        rating = self._rating(row)
        if not body and not title and rating.value is None:
            raise _Refused(say("it has neither a text nor a rating"))
        date, visited, author = self._date(row, "date"), self._visit(row), line(self._cell(row, "author"))
        url = absolute("", self._cell(row, "url").strip())
        external_id, kind = self._identity(row, author=author, body=body or title, rating=rating, date=date, url=url)
        return ReviewItem(
            external_id=external_id,
            id_kind=kind,
            body=body,
            title=title,
            positive=positive,
            negative=negative,
            author_name=author,
            **rating.fields,
            language=line(self._cell(row, "language"), limit=16),
            url=url,
            published_at=date.at,
            published_precision=date.precision,
            visited_at=visited.at,
            visited_precision=visited.precision,
            reply=self._reply(row),
        )

    def _reply(self, row: Row) -> OwnerReply | None:
        body = plain(self._cell(row, "reply"))
        return OwnerReply(body=body, published_at=self._date(row, "reply_date").at) if body else None

    def _date(self, row: Row, name: str) -> ReadDate:
        found, fault = self._dates.read(self._cell(row, name))
        if fault:
            raise _Refused(fault if name == "date" else say("of your reply, %(fault)s", fault=say(fault)))
        return found

    def _visit(self, row: Row) -> ReadDate:
        """When the guest was there: beside the point of a review, so that no row is lost for it."""
        found, fault = self._dates.read(self._cell(row, "visited_at"))
        self.unread_visits += bool(fault)
        return ReadDate() if fault else found

    def _rating(self, row: Row) -> Rating:
        written = self._cell(row, "stars").strip()
        if written.lower() in _NO_RATING:
            return NO_RATING
        best = as_number(self._cell(row, "scale").strip()) or self._best
        rating = read_rating(_IN_WORDS.get(written.lower(), written), best=best)
        if rating.value is None:
            raise _Refused(rating.warning or say("a rating could not be read"))
        return rating

    def _identity(
        self, row: Row, *, author: str, body: str, rating: Rating, date: ReadDate, url: str
    ) -> tuple[str, IdKind]:
        """The given id, else an address that stands once in the file, else a digest: the same at every import."""
        given = " ".join(plain(self._cell(row, "external_id")).split())
        if given:
            if len(given) > identity.MAX_ID:
                raise _Refused(say("its id is longer than %(most)s characters", most=identity.MAX_ID))
            return given, IdKind.PLATFORM
        if (
            self._ids == "given"
            and url
            and len(url) <= identity.MAX_ID
            and self._urls.get(self._cell(row, "url").strip()) == 1
        ):
            return url, IdKind.URL
        is_dated = self._ids != "wording"
        digest = identity.digest(
            author=author,
            body=body,
            rating=rating.raw,
            published_at=date.at if is_dated else None,
            precision=date.precision if is_dated else DatePrecision.NONE,
        )
        return digest, IdKind.DIGEST

    def _told_best(self, rows: Sequence[Row]) -> float | None:
        """The scale of bare figures, told by the highest: all of them are of one scale."""
        numbers = [number for text in self._column(rows, "stars") if (number := as_number(text.strip())) is not None]
        if "scale" in self._at or not numbers or max(numbers) <= 5:
            return None
        best = 10.0 if max(numbers) <= 10 else 100.0 if max(numbers) <= 100 else None
        if best is not None:
            highest = f"{max(numbers):g}"
            self.warnings.append(
                say(
                    "The ratings go up to %(highest)s and are read as out of %(best)s.",
                    highest=highest,
                    best=f"{best:g}",
                )
            )
        return best

    def _column(self, rows: Iterable[Row], *names: str) -> Iterable[str]:
        for name in names:
            if name in self._at:
                yield from (cell for row in rows if (cell := self._cell(row, name)).strip())

    def _cell(self, row: Row, name: str) -> str:
        at = self._at.get(name)
        return row.cells[at] if at is not None and at < len(row.cells) else ""
