"""The page of one customer: all cases, offers, contacts and promises in one place. It shows, and judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from babel.dates import format_date
from sqlalchemy.orm import Session

from db.contacts import contacts_of, open_promises_of
from db.models import OfferState
from db.queries.alike import review_lines
from db.queries.case_work import events_of
from db.queries.customers import Customer, MergeRow, merges_of, same_name
from db.queries.offers import offers_of_cases
from db.queries.reviews import ReviewDetail, review_detail
from db.roles import Access, Act
from db.webhook_events import is_over

from .alike import LineView, line_view
from .direct_words import source_words
from .filters import Instant, in_words, when
from .i18n import current_locale, gettext
from .labels import CASE_STATES, STAGES, label
from .money import money
from .offer_words import STATES, what_words
from .timeline import Entry, of_customer

TOLD_MOST = 40  # cases whose timelines are read; the page says when there are more
# Events of a case that tell of its customer; who had it on the desk, and how it was tagged, does not.
TELLING = ("offer_", "promise", "complaint_", "stage", "approved", "reply_posted", "reply_live", "linked", "unlinked")
_GIVEN = (OfferState.ISSUED, OfferState.REDEEMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOfCustomer:
    line: LineView
    place: str
    stage: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOfCustomer:
    review_id: int | None
    what: str
    state: str
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseOfCustomer:
    review_id: int
    what: str
    due: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that happened, and in which case."""

    entry: Entry
    review_id: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfCustomer:
    heading: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerLine:
    """A customer as a line of a list."""

    id: int  # of the review by which the page is asked for
    title: str
    contacts: tuple[str, ...]
    count: int
    to_do: int
    last: Instant
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    row: MergeRow
    at: Instant
    can_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """Everything that the page shows."""

    id: int
    title: str
    names: tuple[str, ...]
    contacts: tuple[str, ...]
    count: int
    to_do: int
    offered: int
    given: str  # what was given so far, in each currency; empty: nothing
    cases: tuple[CaseOfCustomer, ...]
    offers: tuple[OfferOfCustomer, ...]
    promises: tuple[PromiseOfCustomer, ...]
    days: tuple[DayOfCustomer, ...]  # the newest first
    merges: tuple[MergeView, ...]
    namesakes: tuple[CustomerLine, ...]
    is_partial: bool


def customer_view(session: Session, customer: Customer, *, access: Access, now: datetime) -> CustomerView:
    """Read and tell all of it, as far as whoever asks may see."""
    places = access.places(Act.READ)
    standing = {one.review_id: one for one in customer.reviews}
    details = {id_: detail for id_ in standing if (detail := review_detail(session, id_)) is not None}
    rows = offers_of_cases(session, customer.case_ids)
    given: dict[str, int] = {}
    for row in rows:
        if row.state in _GIVEN:
            given[row.currency] = given.get(row.currency, 0) + row.value_minor
    cases = tuple(
        CaseOfCustomer(
            line=line_view(one, details[one.review_id].timezone, now=now),
            place=details[one.review_id].location_name,
            stage=_standing_words(standing[one.review_id].state, standing[one.review_id].stage),
            is_open=not is_over(standing[one.review_id].state, standing[one.review_id].stage),
        )
        for one in review_lines(session, standing)
        if one.review_id in details
    )
    may_work = {one.review_id: access.may(Act.WORK, one.location_id) for one in customer.reviews}
    return CustomerView(
        id=customer.id,
        title=title_of(customer),
        names=customer.names,
        contacts=customer.contacts,
        count=len(customer.reviews),
        to_do=sum(one.is_open for one in cases),
        offered=len(rows),
        given=", ".join(money(minor, currency) for currency, minor in sorted(given.items())),
        cases=cases,
        offers=tuple(
            OfferOfCustomer(
                review_id=row.review_id,
                what=what_words(row.kind, row.value_minor, row.currency, row.description),
                state=label(STATES, row.state),
                at=when(row.proposed_at, now=now, timezone=row.timezone),
            )
            for row in rows
        ),
        promises=tuple(
            PromiseOfCustomer(review_id=one.review_id, what=one.what, due=in_words(one.due_on), owner=one.owner_name)
            for one in open_promises_of(session, customer.case_ids)
        ),
        days=_days(session, customer, details, now=now),
        merges=tuple(
            MergeView(
                row=one,
                at=when(one.merged_at, now=now, timezone="UTC"),
                can_part=may_work[one.review_id] and may_work[one.other_id],
            )
            for one in merges_of(session, customer)
        ),
        namesakes=tuple(customer_line(one, now=now) for one in same_name(session, customer, places=places)),
        is_partial=customer.is_partial or len(customer.reviews) > TOLD_MOST,
    )


def customer_line(customer: Customer, *, now: datetime) -> CustomerLine:
    """One of several."""
    return CustomerLine(
        id=customer.id,
        title=title_of(customer),
        contacts=customer.contacts,
        count=len(customer.reviews),
        to_do=sum(not is_over(one.state, one.stage) for one in customer.reviews),
        last=when(customer.reviews[-1].published_at, now=now, timezone="UTC", precision="day"),
        sources=tuple(dict.fromkeys(source_words(one.source_name) for one in customer.reviews)),
    )


def title_of(customer: Customer) -> str:
    """By what the customer is called; by a contact where nobody knows a name."""
    return customer.name or next(iter(customer.contacts), "") or gettext("Customer without a name")


def _standing_words(state: str, stage: str) -> str:
    return label(CASE_STATES, state) if stage == "todo" and state != "open" else label(STAGES, stage)


def _days(
    session: Session, customer: Customer, details: Mapping[int, ReviewDetail], *, now: datetime
) -> tuple[DayOfCustomer, ...]:
    told: list[tuple[datetime, str, Told]] = []
    for one in customer.reviews[-TOLD_MOST:]:
        detail = details.get(one.review_id)
        if detail is None:
            continue
        events = [event for event in events_of(session, one.case_id) if event.kind.startswith(TELLING)]
        for entry in of_customer(detail, events, contacts_of(session, one.case_id), now=now):
            one_told = Told(entry=entry, review_id=one.review_id, source=source_words(one.source_name))
            told.append((entry.at, entry.machine[:10], one_told))  # under the day of its place
    told.sort(key=lambda each: (each[1], each[0]))
    told.reverse()  # of one moment too, what came last stands first
    return tuple(
        DayOfCustomer(heading=_heading(day), told=tuple(each for _, _, each in some))
        for day, some in groupby(told, key=lambda each: each[1])
    )


def _heading(day: str) -> str:
    return format_date(datetime.fromisoformat(day).date(), "full", locale=current_locale())
