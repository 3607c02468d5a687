"""Who is to be asked again: of one case, and the list of all, the most urgent first.

The list is read by the key of the row before, never by OFFSET. What is due is counted by the day it is at each place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from ..hours import zone_of
from ..models import (
    Case,
    CaseStage,
    CaseState,
    FollowUp,
    FollowUpOutcome,
    Location,
    Offer,
    OfferKind,
    Person,
    Review,
    Source,
)

_ASSIGNEE: Final = aliased(Person)  # made once: it copies every column
PAGE_MOST: Final = 100
LISTED_MOST: Final = 50  # of one case


class Key(NamedTuple):
    """Where a row stands in the list."""

    due_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.due_on.isoformat()}.{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """One day to ask, with where it belongs and what was given."""

    id: int
    version: int
    case_id: int
    review_id: int
    location_id: int
    location_name: str
    timezone: str
    source_name: str
    author_name: str
    due_on: date
    outcome: FollowUpOutcome | None  # None: nobody asked yet
    note: str
    closed_at: datetime | None
    closed_by_name: str
    made_by_name: str
    assignee_name: str | None
    offer_kind: OfferKind | None  # None: it was set by hand, or the remedy is gone
    offer_value_minor: int | None
    offer_currency: str | None
    offer_description: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose, and where. Empty: everybody's, everywhere."""

    people: tuple[int, ...] = ()  # who has the case; where nobody has, who set it
    places: Collection[int] | None = None  # None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """How many, by the day it is at each place."""

    overdue: int
    today: int
    coming: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPage:
    rows: list[FollowUpRow]
    next: Key | None  # give it as `after`


def key_of(text: str) -> Key | None:
    """A key as an address holds it; None where it is none."""
    day, _, number = text.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    try:
        return Key(date.fromisoformat(day), int(number))
    except ValueError:
        return None


def follow_ups_of(session: Session, case_id: int) -> list[FollowUpRow]:
    """Those of a case: what is open first, the most urgent before; then what was asked, the latest before."""
    found = _rows(session, _statement().where(FollowUp.case_id == case_id).order_by(FollowUp.due_on, FollowUp.id))
    opened = [one for one in found if one.outcome is None]
    return opened + [one for one in reversed(found) if one.outcome is not None]


def open_page(session: Session, wanted: Wanted, *, after: Key | None = None, limit: int = PAGE_MOST) -> FollowUpPage:
    """What is open, the first day before; the page behind the row of a key."""
    limit = max(1, min(limit, PAGE_MOST))
    statement = _statement().where(*_open(wanted)).order_by(FollowUp.due_on, FollowUp.id)
    if after is not None:
        same = and_(FollowUp.due_on == after.due_on, FollowUp.id > after.id)
        statement = statement.where(FollowUp.due_on >= after.due_on, or_(FollowUp.due_on > after.due_on, same))
    rows = _rows(session, statement.limit(limit + 1))
    is_more = len(rows) > limit
    rows = rows[:limit]
    return FollowUpPage(rows=rows, next=Key(rows[-1].due_on, rows[-1].id) if is_more else None)


def count_due(session: Session, wanted: Wanted, *, now: datetime) -> Due:
    """What is open, counted."""
    statement = select(Location.timezone, FollowUp.due_on, func.count()).select_from(FollowUp)
    found = session.execute(_joined(statement).where(*_open(wanted)).group_by(Location.timezone, FollowUp.due_on))
    counted: Counter[int] = Counter()
    for timezone, due_on, number in found:
        today = now.astimezone(zone_of(timezone)).date()
        counted[(due_on > today) - (due_on < today)] += number
    return Due(overdue=counted[-1], today=counted[0], coming=counted[1])


def _open(wanted: Wanted) -> list[ColumnElement[bool]]:
    """As `db.cases.asks` has it: nobody asks about what is not pursued, or about somebody else."""
    found: list[ColumnElement[bool]] = [
        FollowUp.outcome.is_(None),
        Case.stage != CaseStage.NOT_PURSUED,
        Case.state != CaseState.NOT_US,
    ]
    if wanted.people:
        own = and_(Case.assignee_id.is_(None), FollowUp.made_by_id.in_(wanted.people))
        found.append(or_(Case.assignee_id.in_(wanted.people), own))
    if wanted.places is not None:
        found.append(Source.location_id.in_(wanted.places))
    return found


def _statement() -> Select[*tuple[Any, ...]]:
    statement = select(
        FollowUp.id,
        FollowUp.version,
        FollowUp.case_id,
        Case.review_id,
        Source.location_id,
        Location.name.label("location_name"),
        Location.timezone,
        Source.name.label("source_name"),
        Review.author_name,
        FollowUp.due_on,
        FollowUp.outcome,
        FollowUp.note,
        FollowUp.closed_at,
        FollowUp.closed_by_name,
        FollowUp.made_by_name,
        _ASSIGNEE.name.label("assignee_name"),
        Offer.kind.label("offer_kind"),
        Offer.value_minor.label("offer_value_minor"),
        Offer.currency.label("offer_currency"),
        Offer.description.label("offer_description"),
    ).select_from(FollowUp)
    return (
        _joined(statement)
        .outerjoin(_ASSIGNEE, _ASSIGNEE.id == Case.assignee_id)
        .outerjoin(Offer, Offer.id == FollowUp.offer_id)
    )


def _joined(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.join(Case, Case.id == FollowUp.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
    )


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[FollowUpRow]:
    return [FollowUpRow(**row) for row in session.execute(statement).mappings()]


def in_charge_of_open(session: Session, places: Collection[int] | None) -> list[tuple[int, str]]:
    """Who has what is open at these places, by name: for the filter."""
    who = func.coalesce(Case.assignee_id, FollowUp.made_by_id)
    ids = _joined(select(who).select_from(FollowUp)).where(*_open(Wanted(places=places))).distinct()
    people = select(Person.id, Person.name).where(Person.id.in_(ids)).order_by(Person.name, Person.id)
    return [(row.id, row.name) for row in session.execute(people)]
