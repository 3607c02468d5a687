"""The record of a crawl, and what it says of its source."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db.claims import claim_source
from db.crawls import INTERRUPTED, STOPPED, RunResult, abandon_runs, finish_run, start_run
from db.models import CrawlRun, CrawlState, SourceHealth
from db.schedule import interval
from tests.factories import make_run, make_source

HOUR = timedelta(hours=1)


def test_run_keeps_every_figure(session: Session, now: datetime) -> None:
    """What the crawler reports is what the record says."""
    source = make_source(session)
    run_id = start_run(session, source.id, now=now)
    started = session.get_one(CrawlRun, run_id)
    assert (started.state, started.started_at, started.finished_at) == (CrawlState.RUNNING, now, None)
    result = RunResult(
        state=CrawlState.FINISHED,
        reason="finished",
        message="Read 3 pages.",
        pages=3,
        found=57,
        new=5,
        changed=2,
        unchanged=50,
        dropped=1,
        errors=1,
        advertised_total=58,
        is_complete=True,
        robots_verdict="allowed",
    )
    assert finish_run(session, run_id, result, now=now + HOUR) is True
    session.refresh(started)
    assert {name: getattr(started, name) for name in asdict(result)} == asdict(result)
    assert started.finished_at == now + HOUR


def test_first_word_on_a_run_stands(session: Session, now: datetime) -> None:
    """The child wrote its end; the parent that finds it dead afterwards changes nothing."""
    source = make_source(session)
    run_id = start_run(session, source.id, now=now)
    assert finish_run(session, run_id, RunResult(state=CrawlState.FINISHED, found=3), now=now)
    assert finish_run(session, run_id, RunResult(state=CrawlState.FAILED), now=now + HOUR) is False
    session.refresh(source)
    run = session.get_one(CrawlRun, run_id)
    assert (run.state, run.found, run.finished_at, source.health) == (CrawlState.FINISHED, 3, now, SourceHealth.HEALTHY)
    assert finish_run(session, 4711, RunResult(state=CrawlState.FAILED), now=now) is False


@pytest.mark.parametrize(
    ("result", "health", "hours"),
    [
        (RunResult(state=CrawlState.FINISHED, is_complete=True), SourceHealth.HEALTHY, 0),
        (RunResult(state=CrawlState.FINISHED), SourceHealth.HEALTHY, 0),
        (RunResult(state=CrawlState.FINISHED, errors=2), SourceHealth.DEGRADED, 0),
        (RunResult(state=CrawlState.FAILED), SourceHealth.DEGRADED, 0),
        (RunResult(state=CrawlState.SUSPICIOUS), SourceHealth.SUSPICIOUS, 0),
        (RunResult(state=CrawlState.BLOCKED), SourceHealth.BLOCKED, 24),
        (RunResult(state=CrawlState.THROTTLED), SourceHealth.THROTTLED, 0),
    ],
    ids=["complete", "partial", "cut-short", "failed", "suspicious", "blocked", "throttled"],
)
def test_end_of_a_run_judges_its_source(
    session: Session, now: datetime, result: RunResult, health: SourceHealth, hours: int
) -> None:
    """Health, its note, the last success and the next crawl follow from how the run ended."""
    source = make_source(session, next_crawl_at=now)
    run_id = start_run(session, source.id, now=now)
    told = RunResult(**(asdict(result) | {"message": "What to do."}))
    finish_run(session, run_id, told, now=now)
    session.refresh(source)
    note = "" if health is SourceHealth.HEALTHY else "What to do."
    success = now if result.state is CrawlState.FINISHED else None
    assert (source.health, source.health_note, source.last_success_at) == (health, note, success)
    assert source.next_crawl_at == now + max(hours * HOUR, interval(source, 0, None))


def test_wait_that_was_asked_for_is_kept(session: Session, now: datetime) -> None:
    """Retry-After of a day goes over the rhythm of six hours; one of a minute does not shorten it."""
    for asked in (now + 24 * HOUR, now + HOUR / 60):
        source = make_source(session)
        expected = max(asked, now + interval(source, 0, None))
        run_id = start_run(session, source.id, now=now)
        finish_run(session, run_id, RunResult(state=CrawlState.THROTTLED, not_before_at=asked), now=now)
        session.refresh(source)
        assert source.next_crawl_at == expected


def test_unscheduled_source_stays_so(session: Session, now: datetime) -> None:
    """A crawl by hand does not start a rhythm."""
    source = make_source(session, next_crawl_at=None)
    run_id = start_run(session, source.id, now=now)
    finish_run(session, run_id, RunResult(state=CrawlState.FINISHED), now=now)
    session.refresh(source)
    assert source.next_crawl_at is None


def test_runs_of_dead_workers_are_ended(session: Session, now: datetime) -> None:
    """A run whose claim has lapsed was interrupted; its source stays due. One with a live claim goes on."""
    dead, alive = make_source(session, next_crawl_at=now), make_source(session)
    claim_source(session, dead.id, now=now, lease_s=60)
    claim_source(session, alive.id, now=now, lease_s=7200)
    finished = make_run(session, dead, state=CrawlState.FINISHED, started_at=now - HOUR)
    lost, running = make_run(session, dead, found=12), make_run(session, alive)
    assert abandon_runs(session, now=now) == []
    assert abandon_runs(session, now=now + HOUR) == [lost.id]
    for run in (lost, running, finished, dead):
        session.refresh(run)
    assert (lost.state, lost.reason, lost.found, lost.finished_at) == (CrawlState.FAILED, "interrupted", 12, now + HOUR)
    assert (running.state, finished.state) == (CrawlState.RUNNING, CrawlState.FINISHED)
    assert (dead.health, dead.next_crawl_at) == (SourceHealth.DEGRADED, now)


def test_run_stopped_by_a_person_blames_no_site(session: Session, now: datetime) -> None:
    """The record ends; the source keeps its health and stays due."""
    source = make_source(session, next_crawl_at=now, health=SourceHealth.HEALTHY)
    run = make_run(session, source)
    assert finish_run(session, run.id, RunResult(state=CrawlState.FAILED, reason=STOPPED), now=now)
    session.refresh(run)
    session.refresh(source)
    assert run.state is CrawlState.FAILED
    assert (source.health, source.next_crawl_at) == (SourceHealth.HEALTHY, now)


def test_run_interrupted_by_the_end_of_its_worker_leaves_its_source_due(session: Session, now: datetime) -> None:
    """The crawl saw its worker go and closed its own record: the next sweep reads it again, not the next interval."""
    source = make_source(session, next_crawl_at=now)
    run = make_run(session, source)
    assert finish_run(session, run.id, RunResult(state=CrawlState.FAILED, reason=INTERRUPTED), now=now + HOUR)
    session.refresh(source)
    assert (source.health, source.next_crawl_at) == (SourceHealth.DEGRADED, now)


def test_overtaken_run_is_ended(session: Session, now: datetime) -> None:
    """Another worker has taken the source over: the older record cannot be running any more."""
    source = make_source(session)
    older = make_run(session, source)
    claim_source(session, source.id, now=now, lease_s=7200)
    newer = make_run(session, source)
    assert abandon_runs(session, now=now) == [older.id]
    session.refresh(newer)
    assert newer.state is CrawlState.RUNNING


def test_newer_run_speaks_for_the_source(session: Session, now: datetime) -> None:
    """The record of a killed crawl, closed after a later one went well, does not call the source ill."""
    source = make_source(session)
    killed, newer = make_run(session, source), make_run(session, source)
    finish_run(session, newer.id, RunResult(state=CrawlState.FINISHED), now=now)
    assert abandon_runs(session, now=now) == [killed.id]
    session.refresh(source)
    assert (source.health, source.health_note) == (SourceHealth.HEALTHY, "")
