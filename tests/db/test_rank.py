"""What stands above what: whole points of the priority, then the time left; whoever changes either changes the rank."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.case_acts import set_stage
from db.cases import move_cases, settle
from db.clocks import recount, recount_next, set_stale
from db.ingest import ingest
from db.models import Case, CaseStage, CaseState, Review
from db.priorities import PriorityRow, rank_by_stars, store_priorities
from db.queries.queue import QueueView, queue_page
from db.rank import rank, rank_of, set_ranks
from db.ranking import change_weights, next_to_rank, store_ranks
from db.scores import claim_unscored, store_scores
from tests.factories import (
    NOW,
    a_score,
    an_item,
    make_case,
    make_person,
    make_review,
    make_run,
    make_score,
    make_source,
)

HOUR = timedelta(hours=1)


def _wrong(session: Session) -> list[int]:
    """The cases whose rank is none of their priority and due time."""
    session.flush()
    return list(session.scalars(select(Case.id).where(Case.rank != rank_of(Case.priority, Case.due_at))))


def test_equal_points_stand_by_the_time_left(session: Session) -> None:
    """A point more stands above, however late the other is; a tenth of one does not; without a clock one is last."""
    soon: list[tuple[float, datetime]] = [(40.4, NOW - HOUR), (39.6, NOW), (40.2, NOW + HOUR)]
    wanted = [(41.0, None), *soon, (40.1, None), (40.0, None), (39.4, NOW)]
    # A half goes up, whether it is even or not below it.
    wanted = [(43.0, None), (42.5, None), (41.5, None), *wanted[1:]]
    source = make_source(session)
    made = [
        make_case(session, make_review(session, source), is_flagged=True, priority=points, due_at=due_at)
        for points, due_at in reversed(wanted)
    ]
    assert [row.case_id for row in queue_page(session, QueueView.NOW).rows] == [case.id for case in reversed(made)]
    for case in made:
        assert case.rank == rank(case.priority, case.due_at)
        case.rank = -1.0
    session.flush()
    set_ranks(session, Case.id != made[0].id)
    assert _wrong(session) == [made[0].id], "SQL computes what Python does, of those that were asked for"


def test_rank_follows_a_review_from_its_first_reading_on(session: Session, now: datetime) -> None:
    """Read, judged, on the clock, aged, weighed anew, waiting for the guest, reworded."""
    source, ana = make_source(session), Actor(person_id=make_person(session).id, name="Ana", now=now)
    ingest(session, source.id, [an_item("r1")], now=now, run_id=make_run(session, source).id)
    assert _wrong(session) == []
    [text] = claim_unscored(session, "m1", limit=5, now=now, lease_s=60)
    store_scores(session, [a_score(text, priority=61.3, priority_due_at=now)], now=now)
    assert _wrong(session) == []
    set_stale(session, now=now)
    case = session.scalars(select(Case)).one()
    session.refresh(case)
    assert case.due_at is not None
    assert case.rank == rank(61.3, case.due_at)
    aged = PriorityRow(case_id=case.id, priority=70.0, priority_parts=[], priority_due_at=None)
    store_priorities(session, [aged], now=now)
    session.refresh(case)
    assert case.rank == rank(70.0, case.due_at)
    change_weights(session, {"anger": 3.0}, now=now)
    rows, done = next_to_rank(session, limit=5)
    weighed = PriorityRow(case_id=rows[0].case_id, priority=12.0, priority_parts=[], priority_due_at=None)
    store_ranks(session, [weighed], done=done, now=now)
    session.refresh(case)
    assert case.rank == rank(12.0, case.due_at)
    recount(session, now=now)
    recount_next(session, now=now + HOUR)
    assert _wrong(session) == []
    set_stage(session, [case.id], CaseStage.WAITING, by=ana)
    session.refresh(case)
    assert case.rank == rank(12.0, None), "its clock rests"
    move_cases(session, [case.review_id], CaseState.OPEN, now=now, is_reworded=True)
    settle(session, [case.review_id])
    assert _wrong(session) == []


@pytest.mark.parametrize("stars", [None, 1.0, 5.0])
def test_stars_alone_rank_as_well(session: Session, stars: float | None) -> None:
    """Where no model may read."""
    review: Review = make_review(session, stars=stars)
    make_score(session, review)
    make_case(session, review, priority=99.0, due_at=NOW)
    rank_by_stars(session, [review.id])
    assert _wrong(session) == []
