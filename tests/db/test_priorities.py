"""Priorities change with age alone; the database knows when."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.cases import settle
from db.models import Case, CaseState
from db.priorities import DuePriority, PriorityRow, due_priorities, store_priorities
from tests.factories import make_case, make_location, make_review, make_score, make_source

HOUR = timedelta(hours=1)


def _row(case_id: int, *, due_at: datetime | None) -> PriorityRow:
    return PriorityRow(case_id=case_id, priority=55.0, priority_parts=[{"name": "age"}], priority_due_at=due_at)


def _scored_case(session: Session, *, due_at: datetime | None, state: CaseState = CaseState.OPEN) -> Case:
    review = make_review(session)
    make_score(session, review)
    return make_case(session, review, priority_due_at=due_at, state=state)


def test_due_case_comes_with_its_figures(session: Session, now: datetime) -> None:
    """All that a priority is computed from, in one row."""
    location = make_location(session, timezone="Europe/Rome")
    review = make_review(session, make_source(session, reach=0.7, location=location), published_at=now - HOUR)
    score = make_score(session, review, risks=[{"risk": "legal"}])
    case = make_case(session, review, priority_due_at=now, reopened_at=now - HOUR)
    assert due_priorities(session, now=now, limit=5) == [
        DuePriority(
            case_id=case.id,
            review_id=review.id,
            anger=score.anger,
            anger_level="angry",
            sentiment=1.5,
            topics=score.topics,
            risks=[{"risk": "legal"}],
            stars=2.0,
            reach=0.7,
            published_at=now - HOUR,
            published_precision="day",
            reopened_at=now - HOUR,
            timezone="Europe/Rome",
        )
    ]


def test_only_open_scored_cases_are_due_longest_first(session: Session, now: datetime) -> None:
    """Neither answered ones, nor those whose wording waits for its score, nor those of tomorrow."""
    second, first = _scored_case(session, due_at=now), _scored_case(session, due_at=now - HOUR)
    _scored_case(session, due_at=now + HOUR)
    _scored_case(session, due_at=None)
    _scored_case(session, due_at=now, state=CaseState.ANSWERED)
    make_case(session, priority_due_at=now)
    assert [due.case_id for due in due_priorities(session, now=now, limit=5)] == [first.id, second.id]
    assert [due.case_id for due in due_priorities(session, now=now, limit=1)] == [first.id]


def test_priority_is_stored_where_it_is_still_due(session: Session, now: datetime) -> None:
    """A score that was stored meanwhile has set a newer priority: it stays."""
    due, newer = _scored_case(session, due_at=now), _scored_case(session, due_at=now + HOUR)
    rows = [_row(due.id, due_at=now + HOUR), _row(newer.id, due_at=None)]
    assert store_priorities(session, rows, now=now) == 1
    session.expire_all()
    assert (due.priority, due.priority_parts, due.priority_due_at) == (55.0, [{"name": "age"}], now + HOUR)
    assert (newer.priority, newer.priority_due_at) == (0.0, now + HOUR)
    assert store_priorities(session, [], now=now) == 0


def test_settling_queues_exactly_open_cases_that_call(session: Session, now: datetime) -> None:
    """Open and flagged or reopened; and what is closed no longer ages."""
    made = {}
    for state in CaseState:
        for is_flagged in (True, False):
            for reopened_at in (now, None):
                case = make_case(
                    session, state=state, is_flagged=is_flagged, reopened_at=reopened_at, priority_due_at=now
                )
                case.in_queue = not is_flagged
                made[case.review_id] = case
    settle(session, made)
    session.expire_all()
    for case in made.values():
        is_open = case.state is CaseState.OPEN
        assert case.in_queue is (is_open and (case.is_flagged or case.reopened_at is not None))
        assert case.priority_due_at == (now if is_open else None)
