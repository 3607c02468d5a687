"""What brings a snoozed case back before its time: something happened.

A reply that came or went at the source, or another wording, wakes it within the reading that saw it. A new review by
the same author at the same platform calls it, and the worker wakes it: see `CaseCall`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from .case_acts import wake_these
from .cases import chunks, lock_reviews
from .models import Case, CaseCall, Review, Source
from .upserts import insert_missing

Why = Literal["reply", "edit", "author"]
AT_ONCE: Final = 500


def wake_for(session: Session, review_ids: Iterable[int], why: Why, *, now: datetime) -> int:
    """Something happened to these reviews, which are locked; how many of their cases were snoozed."""
    count = 0
    for ids in chunks(review_ids):
        snoozed = select(Case.id, Case.review_id).where(Case.review_id.in_(ids), Case.snoozed_until.is_not(None))
        reviews = dict(session.execute(snoozed).all())
        count += wake_these(session, reviews, {"by_hand": False, "why": why}, now=now)
    return count


def call_for_authors(session: Session, source_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """New reviews were read: call the snoozed cases of whoever wrote them, at the same platform.

    The author is known by the platform's own reference where both carry one, else by the name as it is shown. What
    was written before the case's own review says nothing new.
    """
    refs = {row["author_ref"] for row in rows if row["author_ref"]}
    names = {row["author_name"] for row in rows if row["author_name"]}
    if not refs and not names:
        return
    platform = select(Source.platform).where(Source.id == source_id).scalar_subquery()
    snoozed = session.execute(
        select(Case.id, Review.author_ref, Review.author_name, Review.published_at)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .where(Case.snoozed_until.is_not(None), Source.platform == platform)
        .where(or_(Review.author_ref.in_(refs), Review.author_name.in_(names)))
    ).all()
    called = {
        case.id
        for case in snoozed
        for row in rows
        if row["published_at"] > case.published_at and _is_same(row, case.author_ref, case.author_name)
    }
    insert_missing(session, CaseCall, [{"case_id": id_} for id_ in sorted(called)])


def wake_called(session: Session, *, now: datetime) -> int:
    """Bring back the cases that were called; how many."""
    called = list(session.scalars(select(CaseCall.case_id).order_by(CaseCall.case_id).limit(AT_ONCE)))
    if not called:
        return 0
    wanted = select(Case.id, Case.review_id).where(and_(Case.id.in_(called), Case.snoozed_until.is_not(None)))
    lock_reviews(session, [row.review_id for row in session.execute(wanted)])
    reviews = dict(session.execute(wanted).all())
    count = wake_these(session, reviews, {"by_hand": False, "why": "author"}, now=now)
    session.execute(delete(CaseCall).where(CaseCall.case_id.in_(called)))
    return count


def _is_same(row: Mapping[str, Any], author_ref: str, author_name: str) -> bool:
    if row["author_ref"] and author_ref:
        return bool(row["author_ref"] == author_ref)
    return bool(author_name) and row["author_name"] == author_name
