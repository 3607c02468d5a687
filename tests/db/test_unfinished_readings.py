"""A run that follows unfinished ones goes on where they stopped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import CrawlState, Review
from db.resuming import attempt_began, count_as_seen
from tests.factories import make_review, make_run, make_source

FAILED, THROTTLED, FINISHED = CrawlState.FAILED, CrawlState.THROTTLED, CrawlState.FINISHED


@pytest.mark.parametrize(
    ("earlier", "began"),
    [
        ([], None),
        ([(6, FINISHED, True)], None),
        ([(6, FAILED, True)], 6),
        ([(9, THROTTLED, True), (6, FAILED, True)], 9),
        ([(9, FAILED, True), (6, FINISHED, True), (3, FAILED, True)], 3),
        ([(9, FAILED, True), (6, FAILED, False)], None),
        ([(30, FAILED, True), (6, FAILED, True)], 6),
        ([(30, FAILED, True)], None),
    ],
)
def test_attempt_begins_with_the_first_unfinished_run(
    session: Session, now: datetime, earlier: list[tuple[int, CrawlState, bool]], began: int | None
) -> None:
    """Runs by hours ago; a finished one, one that was not full and a day end an attempt."""
    source = make_source(session)
    for hours, state, is_full in earlier:
        make_run(session, source, started_at=now - timedelta(hours=hours), state=state, is_full=is_full)
    make_run(session, make_source(session), started_at=now - timedelta(hours=1), state=FAILED)
    run = make_run(session, source, started_at=now)
    assert attempt_began(session, run.id) == (None if began is None else now - timedelta(hours=began))
    run.is_full = False
    assert attempt_began(session, run.id) is None


def test_only_what_was_read_since_counts(session: Session, now: datetime) -> None:
    """Older sightings, other sources and unknown ids do not."""
    source, since = make_source(session), now - timedelta(hours=6)
    run = make_run(session, source, started_at=now)
    for name, hours in (("lately", 1), ("long-ago", 9)):
        make_review(
            session,
            source,
            external_id=name,
            last_seen_at=now - timedelta(hours=hours),
            last_run_id=None,
            missed_runs=1,
        )
    make_review(session, external_id="lately", last_seen_at=now)
    ids = ["lately", "long-ago", "unknown"]
    assert count_as_seen(session, source.id, ids, since=since, run_id=run.id) == {"lately"}
    session.expire_all()
    rows = session.scalars(select(Review).where(Review.source_id == source.id))
    assert {row.external_id: (row.last_run_id, row.missed_runs) for row in rows} == {
        "lately": (run.id, 0),
        "long-ago": (None, 1),
    }
    assert count_as_seen(session, source.id, [], since=since, run_id=run.id) == set()
