"""Hints of a platform and the wish of a person: both make a source due, within limits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from db.claims import claim_source
from db.models import CrawlState, SourceHealth
from db.schedule import CHECK_EVERY, Check, NotNow, check_now, hint_source
from tests.factories import make_run, make_source

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def test_hint_makes_a_source_due_at_once(session: Session, now: datetime) -> None:
    """News is read now, not at the next date."""
    source = make_source(session, next_crawl_at=now + HOUR)
    assert hint_source(session, source.id, now)
    assert source.next_crawl_at == now


def test_many_hints_start_one_crawl_a_minute(session: Session, now: datetime) -> None:
    """A receiver that is called without end lets us ask no more often."""
    source = make_source(session, next_crawl_at=now + HOUR)
    make_run(session, source, started_at=now - MINUTE / 4)
    assert hint_source(session, source.id, now)
    assert source.next_crawl_at == now + MINUTE * 0.75
    assert not hint_source(session, source.id, now + MINUTE / 4)
    assert source.next_crawl_at == now + MINUTE * 0.75


@pytest.mark.parametrize("health", [SourceHealth.THROTTLED, SourceHealth.BLOCKED, SourceHealth.MISCONFIGURED])
def test_hint_does_not_go_over_a_refusal(session: Session, now: datetime, health: SourceHealth) -> None:
    """Who asked us to wait is not asked before."""
    source = make_source(session, next_crawl_at=now + HOUR, health=health)
    assert not hint_source(session, source.id, now)
    assert source.next_crawl_at == now + HOUR


@pytest.mark.parametrize("columns", [{"is_enabled": False}, {"removed_at": datetime.fromisoformat("2026-01-01T00Z")}])
def test_source_that_is_not_read_takes_no_hint(session: Session, now: datetime, columns: dict[str, object]) -> None:
    """Switched off or removed: nothing wakes it."""
    source = make_source(session, next_crawl_at=None, **columns)
    assert not hint_source(session, source.id, now)
    assert check_now(session, source.id, now).refusal is NotNow.SWITCHED_OFF
    assert source.next_crawl_at is None


def test_nobody_is_hinted_where_nobody_is(session: Session, now: datetime) -> None:
    """An unknown source changes nothing and raises nothing."""
    assert not hint_source(session, 4711, now)
    assert check_now(session, 4711, now) == Check(refusal=NotNow.UNKNOWN, again_at=None)


def test_check_now_is_taken_once_in_five_minutes(session: Session, now: datetime) -> None:
    """The second wish is told when it may come again."""
    source = make_source(session, next_crawl_at=now + HOUR)
    assert check_now(session, source.id, now, least_every_s=0).is_accepted
    assert source.next_crawl_at == now
    again = check_now(session, source.id, now + MINUTE, least_every_s=0)
    assert again == Check(refusal=NotNow.TOO_SOON, again_at=now + CHECK_EVERY)
    assert check_now(session, source.id, now + CHECK_EVERY, least_every_s=0).is_accepted


def test_check_now_is_never_faster_than_the_platform_allows(session: Session, now: datetime) -> None:
    """A platform that is asked twice a day is not asked more often for a person either."""
    source = make_source(session, next_crawl_at=now + HOUR)
    make_run(session, source, started_at=now - HOUR)
    answer = check_now(session, source.id, now, least_every_s=12 * 3600)
    assert answer == Check(refusal=NotNow.TOO_SOON, again_at=now + 11 * HOUR)


def test_mended_key_can_be_tried_at_once(session: Session, now: datetime) -> None:
    """A run that ended for want of a key asked the platform nothing."""
    source = make_source(session, next_crawl_at=now + HOUR, health=SourceHealth.MISCONFIGURED)
    make_run(session, source, started_at=now - MINUTE, state=CrawlState.MISCONFIGURED)
    assert check_now(session, source.id, now, least_every_s=12 * 3600).is_accepted


def test_platform_that_asked_us_to_wait_is_not_checked(session: Session, now: datetime) -> None:
    """Retry-After holds for people as well."""
    source = make_source(session, next_crawl_at=now + HOUR, health=SourceHealth.THROTTLED)
    assert check_now(session, source.id, now) == Check(refusal=NotNow.PLATFORM, again_at=now + HOUR)


def test_source_that_is_being_read_is_not_asked_for_twice(session: Session, now: datetime) -> None:
    """The crawl that runs is the answer."""
    source = make_source(session, next_crawl_at=now)
    assert claim_source(session, source.id, now=now, lease_s=60)
    assert check_now(session, source.id, now).refusal is NotNow.RUNNING
