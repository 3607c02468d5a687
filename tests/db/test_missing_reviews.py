"""A review is gone when two complete runs in a row did not show it, and not before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply, ReviewItem
from db.crawls import RunResult, finish_run, start_run
from db.ingest import ingest
from db.models import Case, CaseState, CrawlState, Review, Source
from tests.factories import an_item, make_source

COMPLETE = RunResult(state=CrawlState.FINISHED, is_complete=True)
DAY = timedelta(days=1)


def _crawl(
    session: Session, source: Source, items: list[ReviewItem], *, now: datetime, result: RunResult = COMPLETE
) -> None:
    run_id = start_run(session, source.id, now=now)
    ingest(session, source.id, items, run_id=run_id, now=now + timedelta(seconds=5))
    assert finish_run(session, run_id, result, now=now + timedelta(seconds=9))


def _second(session: Session) -> tuple[int, bool, CaseState]:
    session.expire_all()
    review = session.scalars(select(Review).where(Review.external_id == "r2")).one()
    state = session.scalars(select(Case.state).where(Case.review_id == review.id)).one()
    return review.missed_runs, review.missing_since_at is not None, state


def test_two_complete_runs_without_it_make_it_gone(session: Session, now: datetime) -> None:
    """The first absence is counted, the second closes the case; staff keep all that was stored."""
    source = make_source(session)
    _crawl(session, source, [an_item("r1"), an_item("r2")], now=now)
    _crawl(session, source, [an_item("r1")], now=now + DAY)
    assert _second(session) == (1, False, CaseState.OPEN)
    _crawl(session, source, [an_item("r1")], now=now + 2 * DAY)
    assert _second(session) == (2, True, CaseState.GONE)
    _crawl(session, source, [an_item("r1")], now=now + 3 * DAY)
    assert _second(session) == (2, True, CaseState.GONE)
    first = session.scalars(select(Review).where(Review.external_id == "r1")).one()
    assert (first.missed_runs, first.missing_since_at) == (0, None)


@pytest.mark.parametrize(
    "result",
    [
        RunResult(state=CrawlState.FINISHED, is_complete=False),
        RunResult(state=CrawlState.SUSPICIOUS, is_complete=True, advertised_total=57),
        RunResult(state=CrawlState.BLOCKED, is_complete=True),
        RunResult(state=CrawlState.FAILED),
        RunResult(state=CrawlState.THROTTLED),
    ],
    ids=["incomplete", "suspicious", "blocked", "failed", "throttled"],
)
def test_other_runs_count_no_absence(session: Session, now: datetime, result: RunResult) -> None:
    """A page that was not read says nothing of the reviews on it."""
    source = make_source(session)
    _crawl(session, source, [an_item("r1"), an_item("r2")], now=now)
    for turn in (1, 2, 3):
        _crawl(session, source, [], now=now + turn * DAY, result=result)
    assert _second(session) == (0, False, CaseState.OPEN)


def test_absences_count_only_in_a_row(session: Session, now: datetime) -> None:
    """Seen once in between, the count starts again."""
    source = make_source(session)
    both, first = [an_item("r1"), an_item("r2")], [an_item("r1")]
    for turn, items in enumerate([both, first, both, first]):
        _crawl(session, source, items, now=now + turn * DAY)
    assert _second(session) == (1, False, CaseState.OPEN)


@pytest.mark.parametrize(
    ("reply", "state"),
    [(None, CaseState.OPEN), (OwnerReply(body="Sorry."), CaseState.ANSWERED)],
    ids=["open", "answered"],
)
def test_review_that_comes_back_is_no_longer_gone(
    session: Session, now: datetime, reply: OwnerReply | None, state: CaseState
) -> None:
    """Its case takes up the state that the source shows."""
    source = make_source(session)
    _crawl(session, source, [an_item("r1"), an_item("r2")], now=now)
    for turn in (1, 2):
        _crawl(session, source, [an_item("r1")], now=now + turn * DAY)
    _crawl(session, source, [an_item("r1"), an_item("r2", reply=reply)], now=now + 3 * DAY)
    assert _second(session) == (0, False, state)


def test_review_seen_in_the_instant_of_the_start_is_there(session: Session, now: datetime) -> None:
    """Clocks are coarse: what this run has shown is not missed, whenever that was."""
    source = make_source(session)
    for _ in range(3):
        run_id = start_run(session, source.id, now=now)
        ingest(session, source.id, [an_item("r2")], run_id=run_id, now=now)
        finish_run(session, run_id, COMPLETE, now=now)
    assert _second(session) == (0, False, CaseState.OPEN)


def test_other_sources_lose_nothing(session: Session, now: datetime) -> None:
    """A run speaks for its own source only."""
    source, other = make_source(session), make_source(session)
    ingest(session, other.id, [an_item("r2")], run_id=None, now=now)
    for turn in (1, 2):
        _crawl(session, source, [an_item("r1")], now=now + turn * DAY)
    assert _second(session) == (0, False, CaseState.OPEN)


def test_review_seen_by_a_later_run_is_not_missed_by_an_earlier_one(session: Session, now: datetime) -> None:
    """Two runs overlap: what the second has seen since the first began is there."""
    source = make_source(session)
    earlier = start_run(session, source.id, now=now)
    _crawl(session, source, [an_item("r2")], now=now + timedelta(minutes=1))
    finish_run(session, earlier, COMPLETE, now=now + timedelta(minutes=2))
    assert _second(session) == (0, False, CaseState.OPEN)
