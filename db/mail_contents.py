"""What stands in a mail to staff: read when it is sent, so that it tells what holds then, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from .alert_routes import RouteRow, route_of
from .exception_mails import still_waiting
from .mail_wishes import wants
from .models import (
    Case,
    FollowUp,
    ImprovementState,
    Location,
    MailKind,
    Note,
    Person,
    Promise,
    ReplyState,
    Review,
    Source,
)
from .outbox import Claimed, Order
from .people import access_of
from .queries.improvements import ImprovementRow, improvement_row
from .queries.rows import QueueRow, rows_of
from .roles import Access, Act
from .sign_ins import language_of

ROWS_MOST: Final = 50  # cases in one mail; the queue has the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    """A note, and where it stands."""

    note_id: int
    writer: str
    body: str
    author_name: str  # of the review or complaint, so that it can be masked
    review_id: int
    location_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesContent:
    """Cases, the most urgent first."""

    rows: tuple[QueueRow, ...]  # ROWS_MOST at most
    count: int  # of all of them
    facts: Mapping[int, Mapping[str, Any]]  # by case, as they were put down


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementContent:
    """An improvement action, and who gave it."""

    row: ImprovementRow
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContent:
    """A week, as its reader may see it."""

    week: str
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenWayContent:
    """A way of alerts that takes nothing."""

    row: RouteRow


Content = NoteContent | CasesContent | ImprovementContent | DigestContent | BrokenWayContent


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMail:
    """One to write and send."""

    batch: str
    kind: MailKind
    person_id: int
    name: str
    email: str
    language: str  # of the pages they saw last; empty where nobody knows
    absent: tuple[str, ...]  # for whom they stand in, who are away
    content: Content


def content_of(session: Session, claimed: Claimed) -> DueMail | None:
    """The mail; None where there is nothing to tell any more.

    A note that was deleted is told to nobody, nor a case that somebody else has by now, nor an answer or an offer that
    has been decided, nor a customer who was asked or a promise that was kept meanwhile, nor an action that is closed or
    somebody else's, nor a way of alerts that works again; nothing is told to somebody who wants no such mails, or may
    no longer enter or see the place.
    """
    person = session.scalar(
        select(Person).options(selectinload(Person.memberships)).where(Person.id == claimed.person_id)
    )
    if person is None or not person.is_active:
        return None
    if not wants(person, claimed.kind, is_last=any(order.facts.get("is_last") for order in claimed.orders)):
        return None
    access = access_of(person)
    content = _content(session, claimed, access)
    if content is None:
        return None
    return DueMail(
        batch=claimed.batch,
        kind=claimed.kind,
        person_id=person.id,
        name=person.name,
        email=person.email,
        language=language_of(session, person.id),
        absent=tuple(sorted({str(order.facts["for"]) for order in claimed.orders if order.facts.get("for")})),
        content=content,
    )


def _content(session: Session, claimed: Claimed, access: Access) -> Content | None:
    if claimed.kind is MailKind.DIGEST:
        return DigestContent(week=str(claimed.orders[0].facts["week"]), access=access) if access.may(Act.READ) else None
    if claimed.kind is MailKind.BROKEN_WAY:
        return _broken_way(session, claimed)
    if claimed.kind is MailKind.IMPROVEMENT:
        return _improvement(session, claimed.orders[0], access)
    return _note(session, claimed.orders[0], access) if _is_note(claimed) else _cases(session, claimed, access)


def _is_note(claimed: Claimed) -> bool:
    return claimed.kind in (MailKind.MENTION, MailKind.NOTE)


def _note(session: Session, order: Order, access: Access) -> NoteContent | None:
    row = session.execute(
        select(Note, Review.id.label("review_id"), Review.author_name, Location.id.label("location_id"), Location.name)
        .join(Case, Case.id == Note.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Note.id == order.note_id, Note.deleted_at.is_(None))
    ).one_or_none()
    if row is None or not access.may(Act.READ, row.location_id):
        return None
    return NoteContent(
        note_id=row.Note.id,
        writer=row.Note.person_name,
        body=row.Note.body,
        author_name=row.author_name,
        review_id=row.review_id,
        location_name=row.name,
    )


def _broken_way(session: Session, claimed: Claimed) -> BrokenWayContent | None:
    row = route_of(session, claimed.person_id, claimed.orders[0].alert_route_id or 0)
    return BrokenWayContent(row=row) if row is not None and row.is_broken else None


def _still_due(session: Session, claimed: Claimed) -> set[int] | None:
    """The cases in which what the mail is about is still to be done; None for mails about something else."""
    if claimed.kind is MailKind.FOLLOW_UP:
        ids = [order.facts["follow_up_id"] for order in claimed.orders]
        return set(session.scalars(select(FollowUp.case_id).where(FollowUp.id.in_(ids), FollowUp.outcome.is_(None))))
    if claimed.kind is MailKind.PROMISE:
        ids = [order.facts["promise_id"] for order in claimed.orders]
        return set(session.scalars(select(Promise.case_id).where(Promise.id.in_(ids), Promise.done_at.is_(None))))
    return None


def _improvement(session: Session, order: Order, access: Access) -> ImprovementContent | None:
    row = improvement_row(session, order.improvement_id or 0)
    if row is None or row.state is not ImprovementState.OPEN or row.owner_id != order.facts.get("to_id"):
        return None
    if not access.may(Act.READ, row.location_id):
        return None
    return ImprovementContent(row=row, by=str(order.facts.get("by", "")))


def _cases(session: Session, claimed: Claimed, access: Access) -> CasesContent | None:
    due = _still_due(session, claimed)
    found = session.execute(
        select(Case.id, Case.assignee_id, Case.reply_state, Source.location_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(Case.id.in_({order.case_id for order in claimed.orders}))
        .order_by(Case.rank.desc(), Case.id.desc())
    )
    facts = {order.case_id: order.facts for order in claimed.orders if order.case_id is not None}
    is_exception = claimed.kind is MailKind.EXCEPTION
    undecided = still_waiting(session, facts) if is_exception else frozenset()
    ids = [
        row.id
        for row in found
        if access.may(Act.READ, row.location_id)
        and (claimed.kind is not MailKind.ASSIGNED or row.assignee_id == facts[row.id].get("to_id"))
        and (claimed.kind is not MailKind.APPROVAL or row.reply_state is ReplyState.SUBMITTED)
        and (due is None or row.id in due)
        and (not is_exception or (row.id in undecided and access.may(Act.OFFERS, row.location_id)))
    ]
    if not ids:
        return None
    return CasesContent(rows=tuple(rows_of(session, ids[:ROWS_MOST])), count=len(ids), facts=facts)
