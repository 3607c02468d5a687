"""Taking out what a case holds of its customer beside the review: by the list of `db.personal`, table by table; and
their name in what their place wrote about its improvement actions.

Functions flush and never commit.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .follow_up_rows import end_follow_ups
from .models import (
    ERASED_FOR_GOOD,
    Case,
    Complaint,
    ErasedFor,
    Improvement,
    ImprovementStep,
    Reply,
    ReplyState,
    Review,
    Source,
)
from .personal import HELD, Held, left_of_facts

MASK: Final = "[…]"
_LEAST_NAME: Final = 3  # letters: a shorter name is found in anything
_QUIETLY: dict[str, Any] = {"synchronize_session": False}
# Not out yet: what has no words any more is posted by nobody.
_UNSENT = (ReplyState.SUBMITTED, ReplyState.APPROVED, ReplyState.HELD, ReplyState.FAILED)


def forget_customer(session: Session, review_ids: Collection[int], why: ErasedFor, *, now: datetime) -> None:
    """Of erased reviews. That somebody was spoken to, when and by whom, stays: it is work that was done.

    What a platform's terms or a platform itself take out is the review; at its writer's wish, when it is too old to be
    kept, and of a complaint that was taken by hand, all goes that tells who they are and what they said.
    """
    taken = select(Complaint.review_id).where(Complaint.review_id.in_(review_ids))
    ids = list(review_ids) if why in ERASED_FOR_GOOD else list(session.scalars(taken))
    if not ids:
        return
    for held in HELD:
        if not held.is_of_review:
            _forget(session, held, ids)
    cases = select(Case.id).where(Case.review_id.in_(ids))
    unsent = (Reply.case_id.in_(cases), Reply.state.in_(_UNSENT))
    ended = select(Reply.case_id).where(*unsent)
    session.execute(
        update(Case).where(Case.id.in_(ended)).values(reply_state=ReplyState.DRAFT), execution_options=_QUIETLY
    )
    end_follow_ups(session, list(session.scalars(cases)), now=now)
    session.execute(
        update(Reply)
        .where(*unsent)
        .values(state=ReplyState.DRAFT, post_at=None, remind_at=None, claim=None, claimed_until=None),
        execution_options=_QUIETLY,
    )
    # Whoever has the old words on a page is told to look again, and no way back brings them in.
    session.execute(update(Case).where(Case.id.in_(cases)).values(version=Case.version + 1), execution_options=_QUIETLY)
    session.execute(
        update(Reply).where(Reply.case_id.in_(cases)).values(version=Reply.version + 1), execution_options=_QUIETLY
    )


def _forget(session: Session, held: Held, ids: list[int]) -> None:
    if held.is_dropped:
        session.execute(delete(held.table).where(held.rows(ids)), execution_options=_QUIETLY)
        return
    if held.columns:
        session.execute(update(held.table).where(held.rows(ids)).values(**held.columns), execution_options=_QUIETLY)
    if held.has_typed_facts:
        _forget_typed(session, held, ids)


def _forget_typed(session: Session, held: Held, ids: list[int]) -> None:
    table: Any = held.table
    rows = session.execute(select(table.id, table.facts).where(held.rows(ids))).all()
    left = [{"id": row.id, "facts": facts} for row in rows if (facts := left_of_facts(row.facts)) != dict(row.facts)]
    if left:
        session.execute(update(table), left)


def forget_in_improvements(session: Session, review_ids: Collection[int], why: ErasedFor) -> None:
    """Mask who they are in what their place wrote about its improvement actions, before their names are taken out.

    An action belongs to a place and to no customer; but somebody may have written "as Mr Ferri told us" into one.
    """
    rows = session.execute(
        select(Source.location_id, Review.author_name, Complaint.contact, Complaint.review_id)
        .join(Source, Source.id == Review.source_id)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .where(Review.id.in_(review_ids))
    )
    known: dict[int, set[str]] = {}
    for place, name, contact, complaint_id in rows:
        if why in ERASED_FOR_GOOD or complaint_id is not None:
            known.setdefault(place, set()).update(w for w in (name, contact) if w and len(w.strip()) >= _LEAST_NAME)
    for place, words in known.items():
        if not words:
            continue
        named = re.compile("|".join(rf"(?<!\w){re.escape(word.strip())}(?!\w)" for word in words), re.IGNORECASE)
        for one in session.scalars(select(Improvement).where(Improvement.location_id == place)):
            one.title, one.work = named.sub(MASK, one.title), named.sub(MASK, one.work)
        of_place = select(Improvement.id).where(Improvement.location_id == place)
        for step in session.scalars(select(ImprovementStep).where(ImprovementStep.improvement_id.in_(of_place))):
            step.before, step.after = _masked(step.before, named), _masked(step.after, named)
    session.flush()


def _masked(kept: dict[str, Any], named: re.Pattern[str]) -> dict[str, Any]:
    return {name: named.sub(MASK, value) if name in ("title", "work") else value for name, value in kept.items()}
