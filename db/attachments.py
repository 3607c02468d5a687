"""Pictures and mails of a case, kept in the database: every worker sees them, one backup holds all.

What is stored was cleaned before (`webui.pictures`, `webui.letters`). Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from .acting import UNDO_KEPT, Actor, record
from .cases import lock_reviews
from .errors import BadValue
from .models import Attachment, AttachmentKind, Case
from .phrases import say
from .wording import cut, printable

ATTACHED: Final = "attached"  # an event of the timeline; facts: kind
MOST: Final = 12  # of one case


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAttachment:
    kind: AttachmentKind
    media_type: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentRow:
    """Without what it holds."""

    id: int
    kind: AttachmentKind
    media_type: str
    name: str
    size: int
    person_id: int | None
    person_name: str
    added_at: datetime


def attach(session: Session, review_id: int, new: Sequence[NewAttachment], *, by: Actor) -> None:
    """Keep them with the case of this review.

    Raises:
        BadValue: it has too many already.
    """
    lock_reviews(session, [review_id])
    sweep_removed(session, now=by.now)
    here = select(func.count()).where(Attachment.review_id == review_id, Attachment.removed_at.is_(None))
    if (session.scalar(here) or 0) + len(new) > MOST:
        raise BadValue(say("A case holds %(most)s pictures and mails at most.", most=MOST))
    for one in new:
        session.add(
            Attachment(
                review_id=review_id,
                kind=one.kind,
                media_type=one.media_type,
                name=cut(printable(one.name), 120),
                size=len(one.data),
                data=one.data,
                person_id=by.person_id,
                person_name=by.name,
                added_at=by.now,
            )
        )
    case_ids = session.scalars(select(Case.id).where(Case.review_id == review_id)).all()
    for one in new:
        record(session, case_ids, ATTACHED, {"kind": one.kind.value}, by=by, now=by.now)
    session.flush()


def attachments_of(session: Session, review_id: int) -> list[AttachmentRow]:
    """Those of a case, the oldest first."""
    names = ("id", "kind", "media_type", "name", "size", "person_id", "person_name", "added_at")
    rows = session.execute(
        select(*(getattr(Attachment, name) for name in names))
        .where(Attachment.review_id == review_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    return [AttachmentRow(**row) for row in rows.mappings()]


def held(session: Session, review_id: int, attachment_id: int) -> tuple[str, bytes] | None:
    """Media type and content; None where this case has none of that id."""
    row = session.execute(
        select(Attachment.media_type, Attachment.data).where(
            Attachment.id == attachment_id, Attachment.review_id == review_id, Attachment.removed_at.is_(None)
        )
    ).first()
    return None if row is None else (row.media_type, row.data)


def remove(session: Session, review_id: int, attachment_id: int, *, by: Actor) -> bool:
    """Take one away; for a moment it can come back. False where there is none."""
    sweep_removed(session, now=by.now)
    one = session.scalar(_one(review_id, attachment_id).where(Attachment.removed_at.is_(None)))
    if one is None:
        return False
    one.removed_at = by.now
    session.flush()
    return True


def bring_back(session: Session, review_id: int, attachment_id: int, *, by: Actor) -> bool:
    """Undo `remove`. False where its time has passed."""
    one = session.scalar(_one(review_id, attachment_id).where(Attachment.removed_at > by.now - UNDO_KEPT))
    if one is None:
        return False
    one.removed_at = None
    session.flush()
    return True


def sweep_removed(session: Session, *, now: datetime) -> int:
    """Delete what was removed and cannot come back any more; how many."""
    gone = delete(Attachment).where(Attachment.removed_at <= now - UNDO_KEPT).returning(Attachment.id)
    return len(session.scalars(gone, execution_options={"synchronize_session": False}).all())


def _one(review_id: int, attachment_id: int) -> Select[Attachment]:
    return select(Attachment).where(Attachment.id == attachment_id, Attachment.review_id == review_id)
