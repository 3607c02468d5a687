"""The rhythm of a source: busy ones more often, within what platform, owner and retention allow."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.crawls import RunResult, finish_run, start_run
from db.models import CrawlState, Retention, Source
from db.schedule import FULL_EVERY, Pace, hint_source, interval, is_full_due, next_crawl
from tests.factories import make_run, make_source

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
OPEN = Pace(least_every_s=900, most_every_s=86_400)


def a_source(number: int = 0, **columns: object) -> Source:
    return Source(**({"id": number, "crawl_every_s": 900, "retention": Retention.STORE} | columns))


@given(
    number=st.integers(1, 10**9),
    every=st.integers(60, 10**6),
    least=st.integers(60, 10**6),
    most=st.integers(60, 10**6),
    news=st.integers(0, 10**6),
    observed=st.none() | st.timedeltas(min_value=timedelta(0), max_value=100 * DAY),
    retention=st.sampled_from(Retention),
)
def test_no_source_is_read_outside_its_limits(
    number: int, every: int, least: int, most: int, news: int, observed: timedelta | None, retention: Retention
) -> None:
    """Never sooner than the platform allows; never later than it, the owner and the retention let it be."""
    source = a_source(number, crawl_every_s=every, retention=retention)
    wait = interval(source, news, observed, pace=Pace(least_every_s=least, most_every_s=most))
    assert wait >= timedelta(seconds=least)
    if retention is Retention.HOURS_24:
        assert wait <= max(timedelta(seconds=least), DAY / 2)
    elif retention is Retention.DAYS_30:
        assert wait <= max(timedelta(seconds=least), 7 * DAY)
    else:
        assert timedelta(seconds=every) <= wait <= timedelta(seconds=max(least, most, every))


def test_busy_source_is_read_more_often(session: Session, now: datetime) -> None:
    """Of two that are watched for a day, the one with twenty new reviews comes first; both within a day."""
    due = {}
    for news in (0, 20):
        source = make_source(session, crawl_every_s=900)
        for hours in (24, 18, 12, 6):
            start = now - hours * HOUR
            make_run(session, source, started_at=start, state=CrawlState.FINISHED, new=news // 4 if hours < 24 else 500)
        make_run(session, source, started_at=now, state=CrawlState.FINISHED, changed=news // 4)
        due[news] = next_crawl(session, source, now, pace=OPEN) - now
    assert due[20] < 2 * HOUR < 12 * HOUR < due[0] <= DAY


@pytest.mark.parametrize("observed", [None, 3 * HOUR, 30 * DAY], ids=["first", "usual", "quiet"])
def test_sources_added_at_once_do_not_stay_in_step(observed: timedelta | None) -> None:
    """A thousand of them: no tenth of the time that they spread over gets more than an eighth of them."""
    waits = [interval(a_source(number), 0, observed, pace=OPEN).total_seconds() for number in range(1000)]
    span = max(waits) - min(waits)
    assert span >= min(waits) / 10
    tenths = Counter(int((wait - min(waits)) / span * 9.99) for wait in waits)
    assert max(tenths.values()) <= 125


def test_every_page_is_read_once_a_week(session: Session, now: datetime) -> None:
    """A new source at once, then weekly; a run that stopped at what is known does not count."""
    source = make_source(session)
    assert is_full_due(session, source.id, now)
    for is_full, due in ((False, True), (True, False)):
        run_id = start_run(session, source.id, now=now, is_full=is_full)
        finish_run(session, run_id, RunResult(state=CrawlState.FINISHED, is_full=is_full), now=now)
        assert is_full_due(session, source.id, now + FULL_EVERY / 2) is due
    assert is_full_due(session, source.id, now + FULL_EVERY)


def test_news_told_during_a_crawl_is_read_after_it(session: Session, now: datetime) -> None:
    """The hint came when the first page had been read already: a minute after its beginning it is read again."""
    source = make_source(session, next_crawl_at=now)
    run_id = start_run(session, source.id, now=now)
    hint_source(session, source.id, now + timedelta(seconds=10))
    finish_run(session, run_id, RunResult(state=CrawlState.FINISHED), now=now + timedelta(seconds=20))
    session.refresh(source)
    assert source.next_crawl_at == now + timedelta(minutes=1)


def test_host_that_asks_to_wait_is_left_alone_by_all(session: Session, now: datetime) -> None:
    """Other sources of the host keep the wait as well; those of another host do not."""
    asked, other, elsewhere = (
        make_source(session, host=host, next_crawl_at=now) for host in ("a:443", "a:443", "b:443")
    )
    run_id = start_run(session, asked.id, now=now)
    wait = RunResult(state=CrawlState.THROTTLED, not_before_at=now + DAY)
    finish_run(session, run_id, wait, now=now)
    for source in (asked, other, elsewhere):
        session.refresh(source)
    assert (other.next_crawl_at, elsewhere.next_crawl_at) == (now + DAY, now)
    assert asked.next_crawl_at is not None
    assert asked.next_crawl_at >= now + DAY
