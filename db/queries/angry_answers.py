"""What became of each angry public review of some days, and how long its guest waited for an answer.

Counted are the angry and furious reviews that stand at their source, complaints taken by hand left out: those are
answered to whoever made them. Waiting goes from when the case was opened to when a reading saw the answer, else to when
the source says it was written, in working minutes of the place. An answer from before Amends knew of the review has no
length.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import and_, select, true
from sqlalchemy.orm import Session

from ..hours import hours_of
from ..models import BY_HAND, Case, CaseStage, CaseState, Location, Reply, Review, Score, Source
from .in_time import IS_LIVE, SEEN_AT
from .spans import Span, is_in, spans_table

Days = tuple[date, date]  # the first and the last
UNHAPPY: Final = ("furious", "angry")


class Outcome(StrEnum):
    """How a review stands now."""

    ANSWERED = "answered"  # its source shows an answer
    WAITING = "waiting"  # none yet, and its time is not over
    OVERDUE = "overdue"
    ENDED = "ended"  # without a public answer: done or not pursued


@dataclass(frozen=True, slots=True, kw_only=True)
class AngryReview:
    """One of them."""

    location_id: int
    stretch: int  # which of those asked for, from 0
    outcome: Outcome
    minutes: int | None  # until it was answered; None: it is not, or nobody knows


def angry_reviews(
    session: Session, stretches: Sequence[Days], *, places: Collection[int] | None, now: datetime
) -> list[AngryReview]:
    """Of these days by the calendar of each place, at these places (None: at all), in no order. Three statements."""
    here = true() if places is None else Location.id.in_(places)
    known = session.execute(select(Location.id, Location.opening, Location.timezone).where(here)).all()
    if not known or not stretches:
        return []
    hours = {row.id: hours_of(row.opening, row.timezone) for row in known}
    table = spans_table(spans_of(sorted({row.timezone for row in known}), stretches))
    rows = session.execute(
        select(Location.id, table.c.part, Case.state, Case.stage, Case.due_at, Case.opened_at, SEEN_AT)
        .select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
        .join(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .outerjoin(Reply, IS_LIVE)
        .where(
            here,
            Source.platform != BY_HAND,
            Case.state.in_((CaseState.OPEN, CaseState.ANSWERED)),
            Score.anger_level.in_(UNHAPPY),
        )
    )
    found = []
    for place, part, state, stage, due_at, opened_at, answered_at in rows:
        outcome = _outcome(state, stage, due_at, now)
        is_known = outcome is Outcome.ANSWERED and answered_at is not None and answered_at >= opened_at
        minutes = hours[place].between(opened_at, answered_at) if is_known else None
        found.append(AngryReview(location_id=place, stretch=part, outcome=outcome, minutes=minutes))
    return found


def spans_of(zones: Collection[str], stretches: Sequence[Days]) -> list[Span]:
    """The days in each zone; `part` is the place of a stretch among them."""
    return [
        Span(key=0, part=at, timezone=zone, first=first, last=last)
        for zone in zones
        for at, (first, last) in enumerate(stretches)
    ]


def _outcome(state: CaseState, stage: CaseStage, due_at: datetime | None, now: datetime) -> Outcome:
    if state is CaseState.ANSWERED:
        return Outcome.ANSWERED
    if stage in (CaseStage.DONE, CaseStage.NOT_PURSUED):
        return Outcome.ENDED
    return Outcome.OVERDUE if stage is CaseStage.TODO and due_at is not None and due_at <= now else Outcome.WAITING
