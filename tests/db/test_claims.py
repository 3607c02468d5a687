"""Claims on sources: leases that end, tokens that prove."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from db.claims import SourceClaim, claim_due_sources, claim_source, extend_claim, release_source
from db.models import Source
from db.session import make_engine, session_scope
from tests.factories import make_source
from tests.postgres import Cluster

MINUTE = timedelta(minutes=1)


def test_claim_says_what_to_crawl(session: Session, now: datetime) -> None:
    """The claim carries all that the crawler is started with."""
    source = make_source(session)
    claim = claim_source(session, source.id, now=now, lease_s=60)
    session.refresh(source)
    assert claim is not None
    expected = SourceClaim(
        source_id=source.id,
        slug=source.slug,
        platform="schemaorg",
        url=source.url,
        token=str(source.claim),
        delay_s=2.0,
    )
    assert (claim, source.claimed_until) == (expected, now + MINUTE)


def test_claim_is_seen_by_others_at_once(engine: Engine, now: datetime) -> None:
    """A claim commits alone: the job that holds it has not ended yet."""
    with session_scope(engine) as session:
        source_id = make_source(session).id
    with session_scope(engine) as first:
        assert claim_source(first, source_id, now=now, lease_s=60)
        with session_scope(engine) as second:
            assert claim_source(second, source_id, now=now, lease_s=60) is None


def test_lapsed_claim_can_be_taken(session: Session, now: datetime) -> None:
    """A killed worker blocks a source until its lease ends; its old token then proves nothing."""
    source = make_source(session)
    dead = claim_source(session, source.id, now=now, lease_s=60)
    assert dead
    assert claim_source(session, source.id, now=now + MINUTE, lease_s=60) is None
    later = now + MINUTE + timedelta(seconds=1)
    fresh = claim_source(session, source.id, now=later, lease_s=60)
    assert fresh
    assert extend_claim(session, dead, now=later, lease_s=60) is False
    release_source(session, dead, now=later)
    session.refresh(source)
    assert source.claim == fresh.token
    assert extend_claim(session, fresh, now=later, lease_s=120) is True
    session.refresh(source)
    assert source.claimed_until == later + 2 * MINUTE
    release_source(session, fresh, now=later)
    session.refresh(source)
    assert claim_source(session, source.id, now=later, lease_s=60)


def test_longest_due_source_comes_first(session: Session, now: datetime) -> None:
    """Due ones in the order of their dates, then none."""
    dates = {"b": now - MINUTE, "a": now - 2 * MINUTE, "c": now, "later": now + MINUTE}
    for slug, due_at in dates.items():
        make_source(session, slug=slug, next_crawl_at=due_at)
    claims = [claim_due_sources(session, now=now, lease_s=60, limit=1) for _ in range(4)]
    assert [[claim.slug for claim in taken] for taken in claims] == [["a"], ["b"], ["c"], []]


def test_worker_takes_the_next_source_while_another_takes_the_first(
    postgres: Cluster, postgres_template: str, now: datetime
) -> None:
    """Two ask in the same moment: the second neither waits nor goes away with nothing. (SQLite has one writer.)"""
    postgres.create("two_workers", template=postgres_template)
    engine = make_engine(postgres.url("two_workers"), busy_timeout_s=5)
    with session_scope(engine) as session:
        first, second = (make_source(session, next_crawl_at=now - number * MINUTE).id for number in (2, 1))
    with session_scope(engine) as taking:
        taking.execute(update(Source).where(Source.id == first).values(claim="x", claimed_until=now + MINUTE))
        with session_scope(engine) as session:
            [claim] = claim_due_sources(session, now=now, lease_s=60, limit=1)
    assert claim.source_id == second
    engine.dispose()
    postgres.drop("two_workers")


def test_disabled_source_is_crawled_by_hand_only(session: Session, now: datetime) -> None:
    """What is switched off is never due, but a person may ask for it."""
    source = make_source(session, is_enabled=False, next_crawl_at=now - MINUTE)
    assert claim_due_sources(session, now=now, lease_s=60, limit=1) == []
    assert claim_source(session, source.id, now=now, lease_s=60)


def test_unknown_source_gives_no_claim(session: Session, now: datetime) -> None:
    """Nobody can hold what is not there."""
    assert claim_source(session, 4711, now=now, lease_s=60) is None
    assert session.get(Source, 4711) is None
