"""The note that somebody is writing, kept with the case: it is there on another page and another device of theirs.

Functions flush and never commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from .acting import Actor
from .errors import BadValue, CaseChanged
from .models import NoteDraft
from .notes import BODY_MOST
from .phrases import say
from .upserts import insert_missing
from .wording import clean

PAGE_MOST: Final = 32  # letters of the word that a page has of its own
EMPTY_KEPT: Final = timedelta(hours=1)  # what is under way when a note is sent has arrived long before
WORDS_KEPT: Final = timedelta(days=90)  # whoever comes back to them after a quarter of a year starts anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """As it was saved last; version 0: never."""

    body: str = ""
    version: int = 0
    saved_at: datetime | None = None


def draft_of(session: Session, case_id: int, person_id: int) -> Draft:
    """What somebody is writing about a case."""
    columns = (NoteDraft.body, NoteDraft.version, NoteDraft.saved_at)
    row = session.execute(select(*columns).where(*_theirs(case_id, person_id))).mappings().one_or_none()
    return Draft(**row) if row else Draft()


def keep_draft(session: Session, case_id: int, body: str, *, seen: int, page: str, by: Actor) -> int:
    """Keep it, and give the version that it now has.

    `seen` is the version that the page knows. A page whose last answer was lost knows an old one, so `page`, its own
    word, lets it go on with what it saved itself.

    Raises:
        BadValue: it is a book.
        CaseChanged: other words were saved since, on another page or device, or the note was sent.
    """
    body = clean(body.replace("\r\n", "\n"))
    if len(body) > BODY_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=BODY_MOST))
    values: dict[str, Any] = {"body": body, "page": page[:PAGE_MOST], "saved_at": by.now}
    first = values | {"case_id": case_id, "person_id": by.person_id, "body": "", "page": "", "version": seen}
    insert_missing(session, NoteDraft, [first])
    is_known = or_(NoteDraft.version == seen, (NoteDraft.page == values["page"]) & (NoteDraft.page != ""))
    saved: int | None = session.scalar(
        update(NoteDraft)
        .where(*_theirs(case_id, by.person_id), is_known)
        .values(**values, version=NoteDraft.version + 1)
        .returning(NoteDraft.version),
        execution_options={"synchronize_session": False},
    )
    if saved is not None:
        return saved
    present = draft_of(session, case_id, by.person_id)
    if present.body != body:
        raise CaseChanged(say("You have written or sent other words for this note since, on another page."))
    return present.version


def end_draft(session: Session, case_id: int, *, sent: str, seen: int, by: Actor) -> None:
    """The note is written. Other words, from a page that the sender has not seen, stay."""
    first = {"case_id": case_id, "person_id": by.person_id, "body": "", "page": "", "version": seen}
    insert_missing(session, NoteDraft, [first | {"saved_at": by.now}])
    is_sent = or_(NoteDraft.version == seen, NoteDraft.body.in_({sent, clean(sent.replace("\r\n", "\n"))}))
    session.execute(
        update(NoteDraft)
        .where(*_theirs(case_id, by.person_id), is_sent)
        .values(body="", page="", version=NoteDraft.version + 1, saved_at=by.now),
        execution_options={"synchronize_session": False},
    )


def give_back(session: Session, case_id: int, body: str, *, by: Actor) -> bool:
    """Put the words of a note that is taken back into its field again; False where other words stand there."""
    first = {"case_id": case_id, "person_id": by.person_id, "body": "", "page": "", "version": 0, "saved_at": by.now}
    insert_missing(session, NoteDraft, [first])
    given = session.scalar(
        update(NoteDraft)
        .where(*_theirs(case_id, by.person_id), NoteDraft.body == "")
        .values(body=body, page="", version=NoteDraft.version + 1, saved_at=by.now)
        .returning(NoteDraft.version),
        execution_options={"synchronize_session": False},
    )
    return given is not None


def sweep_drafts(session: Session, *, now: datetime) -> None:
    """Forget those that were sent, and those that nobody came back to."""
    session.execute(delete(NoteDraft).where(NoteDraft.saved_at <= now - EMPTY_KEPT, NoteDraft.body == ""))
    session.execute(delete(NoteDraft).where(NoteDraft.saved_at <= now - WORDS_KEPT))


def _theirs(case_id: int, person_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return NoteDraft.case_id == case_id, NoteDraft.person_id == person_id
