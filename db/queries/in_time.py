"""Which public reviews were answered within their target, and which after it.

That is told in working time, which knows the hours, holidays and clocks of a place and no database does: it is counted
here, and what was found goes to the database as one parameter, however much it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ARRAY, ColumnElement, Integer, String, and_, any_, func, literal, select, true
from sqlalchemy.orm import Session

from ..hours import Hours, hours_of
from ..models import BY_HAND, Case, CaseState, Location, Reply, ReplyState, Review, Source

# When a reading saw the answer that went out from here, or it was posted where readings see none; for others, when the
# source says they were written.
SEEN_AT: Final = func.coalesce(Reply.live_at, Review.reply_published_at, Review.reply_event_at, Reply.posted_at)
IS_LIVE: Final = and_(Reply.case_id == Case.id, Reply.state == ReplyState.LIVE)
# By what it is not: else SQLite begins at the index of states, and reads every answered case there is.
WAS_ANSWERED: Final = and_(
    Source.platform != BY_HAND,
    Case.state.not_in((CaseState.OPEN, CaseState.GONE, CaseState.NOT_US)),
    Case.opened_at <= SEEN_AT,  # what was answered before Amends knew of it has no time
)


def hours_at(session: Session, here: ColumnElement[bool]) -> Mapping[int, Hours]:
    """The working hours of these places, by their id."""
    opened = select(Location.id, Location.opening, Location.timezone).where(here)
    return {row.id: hours_of(row.opening, row.timezone) for row in session.execute(opened)}


def answered(session: Session, which: Sequence[ColumnElement[bool]], *, is_in_time: bool) -> ColumnElement[bool]:
    """Whether a review was answered within its target, or (not `is_in_time`) after it; without a target, neither.

    `which` are conditions on Review that narrow those it is counted for.
    """
    hours = hours_at(session, true())
    rows = session.execute(
        select(Review.id, Source.location_id, Case.opened_at, SEEN_AT, Case.clock_target_min)
        .join(Source, Source.id == Review.source_id)
        .join(Case, Case.review_id == Review.id)
        .outerjoin(Reply, IS_LIVE)
        .where(WAS_ANSWERED, Case.clock_target_min.is_not(None), *which)
    )
    found = {
        review_id
        for review_id, place, opened_at, seen_at, target_min in rows
        if (hours[place].between(opened_at, seen_at) <= (target_min or 0)) is is_in_time
    }
    return is_one_of(session, sorted(found))


def is_one_of(session: Session, ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether a review is among these, in a statement that is the same for any number of them."""
    if session.get_bind().dialect.name == "postgresql":
        return Review.id == any_(literal(list(ids), ARRAY(Integer)))
    listed = func.json_each(literal(json.dumps(list(ids)), String)).table_valued("value")
    return Review.id.in_(select(listed.c.value))
