"""Health of a source: an alarm when it yields far less than it used to, and the next step in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.crawls import RunResult, finish_run, start_run
from db.health import EMPTY_ALARM, ENOUGH, alarms, doubt_platform, next_step, usual_yield, yield_of
from db.models import CrawlState, Source, SourceHealth
from tests.factories import make_review, make_source


def read(session: Session, source: Source, found: int, now: datetime, *, is_full: bool = True) -> SourceHealth:
    run_id = start_run(session, source.id, now=now)
    finish_run(session, run_id, RunResult(state=CrawlState.FINISHED, found=found, is_full=is_full), now=now)
    session.refresh(source)
    return source.health


def test_yield_below_its_range_raises_an_alarm(session: Session, now: datetime) -> None:
    """Usually about ninety, now twelve: it was read, and yet somebody has to look. The next good one ends it."""
    source = make_source(session, name="Board")
    assert [read(session, source, found, now) for found in (90, 92, 88, 91)] == [SourceHealth.HEALTHY] * 4
    assert read(session, source, 12, now) is SourceHealth.SUSPICIOUS
    assert [(alarm.name, alarm.note) for alarm in alarms(session)] == [
        ("Board", "Only 12 reviews were found, where it is usually about 90.")
    ]
    assert read(session, source, 89, now) is SourceHealth.HEALTHY
    assert alarms(session) == []


def test_few_readings_say_nothing(session: Session, now: datetime) -> None:
    """Three are too few to know what is usual."""
    source = make_source(session)
    assert [read(session, source, found, now) for found in (90, 92, 88, 12)] == [SourceHealth.HEALTHY] * 4
    assert usual_yield(session, source.id) is not None


def test_reading_that_stops_at_what_is_known_is_not_compared(session: Session, now: datetime) -> None:
    """It finds less on purpose."""
    source = make_source(session)
    for found in (90, 92, 88, 91):
        read(session, source, found, now)
    assert read(session, source, 5, now, is_full=False) is SourceHealth.HEALTHY


def test_third_empty_reading_in_a_row_raises_an_alarm(session: Session, now: datetime) -> None:
    """Where there used to be reviews; where there never was one, none is expected."""
    source, bare = make_source(session), make_source(session)
    make_review(session, source)
    healths = [read(session, source, 0, now) for _ in range(EMPTY_ALARM)]
    assert healths == [SourceHealth.HEALTHY] * (EMPTY_ALARM - 1) + [SourceHealth.SUSPICIOUS]
    assert {read(session, bare, 0, now) for _ in range(EMPTY_ALARM + 1)} == {SourceHealth.HEALTHY}
    assert read(session, source, 1, now) is SourceHealth.HEALTHY
    assert source.empty_runs == 0


def test_failed_self_test_marks_the_sources_of_its_platform(session: Session, now: datetime) -> None:
    """Those that are read; others stay as they are."""
    source, off = make_source(session, platform="feed"), make_source(session, platform="feed", is_enabled=False)
    other = make_source(session, platform="schemaorg")
    assert doubt_platform(session, "feed", "It fails.") == 1
    for one in (source, off, other):
        session.refresh(one)
    assert [one.health for one in (source, off, other)] == [
        SourceHealth.SUSPICIOUS,
        SourceHealth.NEW,
        SourceHealth.NEW,
    ]
    assert now


@pytest.mark.parametrize("health", SourceHealth)
def test_every_state_has_a_next_step(health: SourceHealth) -> None:
    """Only a healthy one needs none."""
    assert bool(next_step(health)) is (health is not SourceHealth.HEALTHY)


@given(st.lists(st.integers(1, 10**6), min_size=ENOUGH, max_size=10))
def test_usual_reading_is_never_below_the_range(found: list[int]) -> None:
    """Not even where all are the same; and the range asks for half at most."""
    usual = yield_of(found)
    assert usual is not None
    assert usual.least <= usual.usual / 2
