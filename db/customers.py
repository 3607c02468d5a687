"""Saying that two customers are one, and taking that back: by people alone, each told to the audit log.

Nothing is moved by it: every review, case and offer stays what it was, so taking it back leaves no trace but the log.
Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .errors import BadValue
from .models import CustomerMerge, Review
from .phrases import say
from .upserts import insert_missing

MERGED: Final = "customers_merged"  # lines of the audit log; facts: review_id, other_id
PARTED: Final = "customers_parted"
TAKEN_OUT: Final = "customers_exported"  # facts: what, how many, whether contact data is among it


def merge(session: Session, review_id: int, other_id: int, *, by: Actor) -> int:
    """The writers of these two are one customer; the id by which that is taken back.

    Raises:
        BadValue: it is the same review, or one is gone or erased.
    """
    low, high = sorted((review_id, other_id))
    there = select(Review.id).where(Review.id.in_((low, high)), Review.erased_at.is_(None))
    if low == high or len(session.scalars(there).all()) != 2:
        raise BadValue(say("These two cannot be one customer: one of them is gone, or it is the same."))
    row = {"review_id": low, "other_id": high, "merged_at": by.now, "person_id": by.person_id, "person_name": by.name}
    insert_missing(session, CustomerMerge, [row])
    made = session.scalars(
        select(CustomerMerge.id).where(CustomerMerge.review_id == low, CustomerMerge.other_id == high)
    ).one()
    audit.append(session, MERGED, {"review_id": low, "other_id": high}, by=by, now=by.now)
    return made


def part(session: Session, merge_id: int, *, by: Actor) -> bool:
    """They are two after all. False where nobody says otherwise any more."""
    row = session.execute(
        delete(CustomerMerge)
        .where(CustomerMerge.id == merge_id)
        .returning(CustomerMerge.review_id, CustomerMerge.other_id),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if row is None:
        return False
    audit.append(session, PARTED, {"review_id": row.review_id, "other_id": row.other_id}, by=by, now=by.now)
    return True


def tell_taken_out(session: Session, facts: Mapping[str, Any], *, by: Actor) -> None:
    """Somebody carries data of customers away: written down before the first byte leaves."""
    audit.append(session, TAKEN_OUT, facts, by=by, now=by.now)
