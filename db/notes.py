"""What staff tell each other about a case. Functions flush, never commit; who may do it is for the caller to check.

A note belongs to whoever wrote it: nobody else changes it. It is kept for a while after it was deleted, so that it can
come back. Whoever it names with @ hears of it, and so do those who watch the case or have it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from .acting import UNDO_KEPT, Actor
from .deputies import deputised
from .errors import BadValue, CaseChanged
from .models import Case, CaseWatcher, Location, MailKind, Mention, Note, Review, Source, StaffMail
from .outbox import MAILED_AFTER, Order, put_mails
from .phrases import say
from .watching import watch
from .wording import clean

BODY_MOST: Final = 4000
DELETED_KEPT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """One note. `is_new_for_me`: it names whoever reads, who has not seen it yet."""

    id: int
    person_id: int | None
    person_name: str
    body: str
    version: int
    written_at: datetime
    edited_at: datetime | None
    is_new_for_me: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionRow:
    """A note that names somebody, for the list of those."""

    note_id: int
    review_id: int
    location_name: str
    timezone: str
    person_name: str
    body: str
    written_at: datetime
    seen_at: datetime | None


def notes_of(session: Session, case_id: int, *, reader_id: int) -> list[NoteRow]:
    """The notes of a case, oldest first."""
    columns = (Note.id, Note.person_id, Note.person_name, Note.body, Note.version, Note.written_at, Note.edited_at)
    to_reader = (Mention.note_id == Note.id) & (Mention.person_id == reader_id)
    is_new = (Mention.person_id.is_not(None) & Mention.seen_at.is_(None)).label("is_new_for_me")
    rows = session.execute(
        select(*columns, is_new)
        .outerjoin(Mention, to_reader)
        .where(Note.case_id == case_id, Note.deleted_at.is_(None))
        .order_by(Note.id)
    )
    return [NoteRow(**{**row, "is_new_for_me": bool(row["is_new_for_me"])}) for row in rows.mappings()]


def write_note(session: Session, case_id: int, body: str, mentions: Collection[int], *, by: Actor) -> int:
    """A new note; its id. Whoever it names watches the case from now on.

    Raises:
        BadValue: it is empty, or a book.
    """
    note = Note(
        case_id=case_id, person_id=by.person_id, person_name=by.name, body=_body(body), version=0, written_at=by.now
    )
    session.add(note)
    session.flush()
    _name(session, note, set(mentions), by=by)
    watchers = session.scalars(select(CaseWatcher.person_id).where(CaseWatcher.case_id == case_id))
    hearers = {*watchers, session.scalar(select(Case.assignee_id).where(Case.id == case_id)), *mentions}
    hearers -= {by.person_id, None}
    named = hearers & set(mentions)
    _mail(session, note, MailKind.MENTION, named, by=by)
    _mail(session, note, MailKind.NOTE, hearers - named, by=by)
    return note.id


def edit_note(
    session: Session, case_id: int, note_id: int, body: str, mentions: Collection[int], *, by: Actor, seen: int
) -> bool:
    """Change one's own note; False where there is none of theirs. Whoever is named anew hears of it.

    Raises:
        CaseChanged: it is no longer the version that was shown, both texts are to be looked at; or it was deleted.
        BadValue: it is empty, or a book.
    """
    note = _own(session, case_id, note_id, by)
    if note is None:
        return False
    if note.deleted_at is not None:
        raise CaseChanged(say("This note was deleted since you opened it."))
    body = _body(body)
    if note.version != seen:
        raise CaseChanged(say("This note was changed since you opened it. Both texts stand below."))
    if body != note.body:
        note.body, note.version, note.edited_at = body, note.version + 1, by.now
        new = _name(session, note, set(mentions), by=by)
        _mail(session, note, MailKind.MENTION, new, by=by)
    return True


def delete_note(session: Session, case_id: int, note_id: int, *, by: Actor) -> str | None:
    """Take one's own note away, and give its words; it can come back for a while. None: there is none of theirs."""
    note = _own(session, case_id, note_id, by)
    if note is None or note.deleted_at is not None:
        return None
    note.deleted_at = by.now
    session.flush()
    return note.body


def restore_note(session: Session, case_id: int, note_id: int, *, by: Actor) -> bool:
    """Bring one's own note back, for as long as everything else can be taken back."""
    note = _own(session, case_id, note_id, by)
    if note is None or note.deleted_at is None or note.deleted_at <= by.now - UNDO_KEPT:
        return False
    note.deleted_at = None
    session.flush()
    return True


def sweep_notes(session: Session, *, now: datetime) -> None:
    """Forget what was deleted a while ago."""
    session.execute(delete(Note).where(Note.deleted_at <= now - DELETED_KEPT))


def see_mentions(session: Session, case_id: int, person_id: int, *, now: datetime) -> None:
    """They have the case before them."""
    here = select(Note.id).where(Note.case_id == case_id)
    unseen = (Mention.person_id == person_id, Mention.seen_at.is_(None), Mention.note_id.in_(here))
    session.execute(
        update(Mention).where(*unseen).values(seen_at=now), execution_options={"synchronize_session": False}
    )


def count_mentions(session: Session, person_id: int, *, places: Collection[int] | None) -> int:
    """How many notes name them that they have not seen."""
    unseen = _mentions(select(func.count()), person_id, places).where(Mention.seen_at.is_(None))
    return int(session.execute(unseen).scalar_one())


def mentions_of(
    session: Session, person_id: int, *, places: Collection[int] | None, limit: int = 50
) -> list[MentionRow]:
    """The notes that name them, newest first."""
    columns = (
        Mention.note_id,
        Review.id.label("review_id"),
        Location.name.label("location_name"),
        Location.timezone,
        Note.person_name,
        Note.body,
        Note.written_at,
        Mention.seen_at,
    )
    rows = session.execute(_mentions(select(*columns), person_id, places).order_by(Note.id.desc()).limit(limit))
    return [MentionRow(**row) for row in rows.mappings()]


def _mentions(
    statement: Select[*tuple[Any, ...]], person_id: int, places: Collection[int] | None
) -> Select[*tuple[Any, ...]]:
    found = (
        statement.select_from(Mention)
        .join(Note, Note.id == Mention.note_id)
        .join(Case, Case.id == Note.case_id)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Mention.person_id == person_id, Note.deleted_at.is_(None))
    )
    return found if places is None else found.where(Location.id.in_(places))


def _own(session: Session, case_id: int, note_id: int, by: Actor) -> Note | None:
    mine = (Note.id == note_id, Note.case_id == case_id, Note.person_id == by.person_id)
    return session.scalars(select(Note).where(*mine).with_for_update()).one_or_none()


def _name(session: Session, note: Note, wanted: set[int], *, by: Actor) -> set[int]:
    """Keep who is named; gives those who were not before."""
    wanted = wanted - {by.person_id}
    named = set(session.scalars(select(Mention.person_id).where(Mention.note_id == note.id)))
    if gone := named - wanted:
        session.execute(delete(Mention).where(Mention.note_id == note.id, Mention.person_id.in_(gone)))
        waiting = session.scalars(select(StaffMail).where(StaffMail.note_id == note.id)).all()
        taken = [mail.id for mail in waiting if mail.facts.get("for_id", mail.person_id) in gone]
        session.execute(delete(StaffMail).where(StaffMail.id.in_(taken)))
    new = wanted - named
    session.add_all(Mention(note_id=note.id, person_id=id_) for id_ in sorted(new))
    session.flush()
    for id_ in sorted(new):
        watch(session, note.case_id, id_)
    return new


def _mail(session: Session, note: Note, kind: MailKind, hearers: Collection[int | None], *, by: Actor) -> None:
    """To each of them, or to who stands in for them."""
    orders = (
        Order(person_id=id_, case_id=note.case_id, note_id=note.id, facts={})
        for id_ in sorted(id_ for id_ in hearers if id_ is not None)
    )
    orders_to = deputised(session, orders, now=by.now, but=by.person_id)
    put_mails(session, kind, orders_to, due_at=by.now + MAILED_AFTER, now=by.now)


def _body(text: str) -> str:
    text = clean(text.replace("\r\n", "\n")).strip()
    if not text:
        raise BadValue(say("The note is empty. Write a word or two first."))
    if len(text) > BODY_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=BODY_MOST))
    return text
