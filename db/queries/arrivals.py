"""How many cases have come into a list since somebody looked at it.

A page carries a mark of what was there when it was rendered. What is newer than the mark is found by rising keys: of
cases, wordings, events and scores, each from its index and no more than `ARRIVALS_MOST` or `SCORES_MOST` of them, and
only then asked whether it stands in the list. So asking every half minute costs next to nothing while nothing happens,
and never more than some hundred rows, however many reviews there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from ..acting import Event
from ..models import Case, CaseEvent, Review, Revision, Score
from ..reply_returns import RETURNS
from .filtering import Conditions, Filters, conditions, narrowed
from .missed import SUBMITTED
from .queue import QueueView, Reader, bounded, in_view, of_places

ARRIVALS_MOST: Final = 99
SCORES_MOST: Final = 1000  # that are looked at: where a new model reads everything again, most are none of new reviews
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_US = timedelta(microseconds=1)
_LARGEST = 2**53  # of any number in a mark
_NEW_REVIEW = timedelta(days=1)  # a score of an older review is one more: a new model reads all of them again
_BACK_TO_WORK = (Event.WOKEN, Event.STAGE, Event.SENT_BACK, *RETURNS)
# What people and the clock do that brings a case into a view; readings and scores are told otherwise.
_ENTRIES: Mapping[QueueView, tuple[str, ...]] = MappingProxyType(
    {
        QueueView.NOW: _BACK_TO_WORK,
        QueueView.MINE: (*_BACK_TO_WORK, Event.ASSIGNED),
        QueueView.UNASSIGNED: (*_BACK_TO_WORK, Event.ASSIGNED),
        QueueView.APPROVE: (Event.APPROVAL_ASKED, SUBMITTED),
        QueueView.WAITING: (Event.STAGE,),
        QueueView.FOLLOW_UP: (Event.STAGE, Event.FOLLOWED_UP),
        QueueView.CHANGED: _BACK_TO_WORK,
        QueueView.OPEN: (Event.STAGE, *RETURNS),
        QueueView.DONE: (Event.STAGE, Event.APPROVED),
        QueueView.ALL: (),
    }
)
_BY_SCORE = frozenset({QueueView.NOW, QueueView.UNASSIGNED, QueueView.CHANGED})


@dataclass(frozen=True, slots=True)
class Mark:
    """What was the newest of its kind: the ids of a case, a wording and an event, and the time."""

    case_id: int
    revision_id: int
    event_id: int
    at: datetime

    def __str__(self) -> str:
        return f"{self.case_id}.{self.revision_id}.{self.event_id}.{(self.at - _EPOCH) // _US}"


def mark(session: Session, *, now: datetime) -> Mark:
    """What there is now."""
    newest = (func.coalesce(func.max(id_), 0) for id_ in (Case.id, Revision.id, CaseEvent.id))
    case_id, revision_id, event_id = session.execute(select(*(select(one).scalar_subquery() for one in newest))).one()
    return Mark(case_id, revision_id, event_id, now)


def mark_of(text: str) -> Mark | None:
    """A mark as an address holds it; None where it is none."""
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isdecimal() and part.isascii() and int(part) < _LARGEST for part in parts):
        return None
    case_id, revision_id, event_id, micros = map(int, parts)
    return Mark(case_id, revision_id, event_id, _EPOCH + micros * _US)


def arrived(
    session: Session,
    view: QueueView,
    *,
    since: Mark,
    reader: Reader,
    filters: Filters | None = None,
    places: Collection[int] | None = None,
) -> int:
    """How many, up to one more than `ARRIVALS_MOST`; without what the reader has done."""
    filters = filters or Filters()
    which = [*conditions(session, filters), *of_places(places)]
    fitting = arrivals_statement(view, filters, since, reader, which)
    return session.scalar(select(bounded(fitting, most=ARRIVALS_MOST))) or 0


def arrivals_statement(
    view: QueueView, filters: Filters, since: Mark, reader: Reader, which: Conditions
) -> Select[int]:
    """The ids of the cases that are counted."""
    new = select(union_all(*_candidates(view, filters, since, reader)).subquery().c.id)
    return narrowed(in_view(view, reader), which).where(Case.id.in_(new))


def _candidates(view: QueueView, filters: Filters, since: Mark, reader: Reader) -> list[Select[int]]:
    found = [_newest(select(Case.id.label("id")).where(Case.id > since.case_id), Case.id)]
    reworded = select(Case.id.label("id")).join(Revision, Revision.review_id == Case.review_id)
    found.append(_newest(reworded.where(Revision.id > since.revision_id), Revision.id))
    if view in _BY_SCORE or any((filters.anger, filters.topic, filters.risk, filters.language)):
        # The limit keeps either database from beginning at the reviews.
        scores = select(Score.review_id).where(Score.scored_at > since.at).order_by(Score.scored_at.desc())
        newest = scores.limit(SCORES_MOST).subquery()
        young = Review.first_seen_at > since.at - _NEW_REVIEW
        scored = select(Case.id.label("id")).join(newest, newest.c.review_id == Case.review_id)
        found.append(scored.join(Review, Review.id == newest.c.review_id).where(young))
    if kinds := _ENTRIES[view]:
        by_others = or_(CaseEvent.person_id.is_(None), CaseEvent.person_id != reader.person_id)
        happened = select(CaseEvent.case_id.label("id")).where(CaseEvent.id > since.event_id)
        found.append(_newest(happened.where(CaseEvent.kind.in_(kinds), by_others), CaseEvent.id))
    if view is QueueView.FOLLOW_UP:
        due = select(Case.id.label("id")).where(Case.asks_at > since.at, Case.asks_at <= reader.now)
        found.append(_newest(due, Case.asks_at))
    return found


def _newest(statement: Select[int], by: InstrumentedAttribute[Any]) -> Select[int]:
    # In the order of the index, so that this index is read; and as a table: SQLite takes no limit inside a union.
    limited = statement.order_by(by.desc()).limit(ARRIVALS_MOST + 1).subquery()
    return select(limited.c.id)
