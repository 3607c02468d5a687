"""Mails about notes that wait to go out. The row of one is its order: it stays until the mail is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, selectinload

from .models import Case, Location, Note, NoteMail, Person, Review, Source
from .people import access_of
from .roles import Act
from .sign_ins import language_of

AGAIN_AFTER: Final = timedelta(minutes=10)
GIVEN_UP_AFTER: Final = timedelta(days=1)  # since the note was written: later it is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMail:
    """One to write and send."""

    note_id: int
    person_id: int
    is_mention: bool
    email: str
    name: str
    language: str  # of the pages they saw last; empty where nobody knows
    writer: str
    body: str
    review_id: int
    location_name: str


def claim_mails(session: Session, *, now: datetime, limit: int = 50) -> list[DueMail]:
    """Those that are due, for whoever asks first; they are due again in a while unless `mail_sent` is told.

    A mail about a note that is deleted, to somebody who may no longer read it, or that could not be sent for a day is
    dropped.
    """
    due = select(NoteMail.note_id, NoteMail.person_id).where(NoteMail.due_at <= now).order_by(NoteMail.due_at)
    mails: list[DueMail] = []
    for note_id, person_id in session.execute(due.limit(limit)).all():
        mine = (NoteMail.note_id == note_id, NoteMail.person_id == person_id)
        claimed = session.scalar(
            update(NoteMail)
            .where(*mine, NoteMail.due_at <= now)
            .values(due_at=now + AGAIN_AFTER)
            .returning(NoteMail.is_mention)
            .execution_options(synchronize_session=False)
        )
        if claimed is None:  # by another worker, a moment ago
            continue
        mail = _mail(session, note_id, person_id, is_mention=claimed, now=now)
        if mail is None:
            session.execute(delete(NoteMail).where(*mine))
        else:
            mails.append(mail)
    return mails


def mail_sent(session: Session, note_id: int, person_id: int) -> None:
    """It is on its way, or never will be."""
    session.execute(delete(NoteMail).where(NoteMail.note_id == note_id, NoteMail.person_id == person_id))


def _mail(session: Session, note_id: int, person_id: int, *, is_mention: bool, now: datetime) -> DueMail | None:
    row = session.execute(
        select(Note, Review.id.label("review_id"), Location.id.label("location_id"), Location.name)
        .join(Case, Case.id == Note.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Note.id == note_id, Note.deleted_at.is_(None), Note.written_at > now - GIVEN_UP_AFTER)
    ).one_or_none()
    person = session.scalar(select(Person).options(selectinload(Person.memberships)).where(Person.id == person_id))
    if row is None or person is None or not person.is_active or not access_of(person).may(Act.READ, row.location_id):
        return None
    return DueMail(
        note_id=note_id,
        person_id=person_id,
        is_mention=is_mention,
        email=person.email,
        name=person.name,
        language=language_of(session, person_id),
        writer=row.Note.person_name,
        body=row.Note.body,
        review_id=row.review_id,
        location_name=row.name,
    )
