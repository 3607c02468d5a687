"""One request at a time per host, hosts served in turn, and a rest between two crawls."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.claims import (
    Obstacle,
    claim_due_sources,
    claim_source,
    extend_claim,
    next_free_at,
    obstacle,
    release_source,
)
from db.models import Source
from db.sources import add_location, add_source, host_of
from tests.factories import NOW, make_source

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Reviews.Example/a?b", "reviews.example:443"),
        ("http://reviews.example./", "reviews.example:80"),
        ("http://127.0.0.1:8099/r", "127.0.0.1:8099"),
        ("https://[::1]:8443/", "::1:8443"),
        ("https://reviews.example:port/", ""),
        ("no address", ""),
    ],
)
def test_host_is_read_from_the_address(url: str, host: str) -> None:
    """With the port that the scheme implies; nothing where there is none."""
    assert host_of(url) == host


@given(st.text())
def test_no_address_breaks_the_reading_of_its_host(url: str) -> None:
    """Whatever somebody types, the column takes it."""
    assert len(host_of("https://" + url)) <= 260


def test_new_source_knows_whom_it_asks(session: Session, now: datetime) -> None:
    """Its own address, or that of the API where it is read through one."""
    place = add_location(session, "Lanterna", now=now)
    page = add_source(session, place, name="Page", platform="feed", url="https://a.example/feed", now=now)
    asks = "https://api.platform.example/v1"
    api = add_source(session, place, name="Api", platform="acme", url="https://b.example/", asks=asks, now=now)
    assert (page.host, api.host) == ("a.example:443", "api.platform.example:443")


def test_second_source_of_a_host_waits(session: Session, now: datetime) -> None:
    """Until the first is given back and the host has rested; another host does not wait."""
    first, second = (make_source(session, host="a.example:443").id for _ in range(2))
    other = make_source(session, host="b.example:443").id
    claims = claim_due_sources(session, now=now, lease_s=60, limit=9)
    assert [claim.source_id for claim in claims] == [first, other]
    assert claim_source(session, second, now=now, lease_s=60) is None
    assert obstacle(session, second, now=now) is Obstacle.HOST
    assert obstacle(session, first, now=now) is Obstacle.TAKEN
    assert obstacle(session, 4711, now=now) is Obstacle.UNKNOWN
    release_source(session, claims[0], now=now, rest_s=2)
    assert claim_source(session, second, now=now + SECOND, lease_s=60) is None
    assert claim_source(session, second, now=now + 3 * SECOND, lease_s=60)


def test_rest_of_a_host_is_told_while_one_of_its_sources_is_due(session: Session, now: datetime) -> None:
    """A worker that has nothing else to do waits that long, and no longer for what another worker reads."""
    for _ in range(2):
        make_source(session, host="a.example:443")
    [claim] = claim_due_sources(session, now=now, lease_s=60, limit=1)
    assert next_free_at(session, now=now) is None
    assert next_free_at(session, now=now, beside_claims=True) == now + MINUTE
    release_source(session, claim, now=now, rest_s=2)
    assert next_free_at(session, now=now) == now + 2 * SECOND
    assert next_free_at(session, now=now + 3 * SECOND) is None


def test_lapsed_claim_is_not_lengthened_beside_another_of_its_host(session: Session, now: datetime) -> None:
    """A machine that slept does not go on asking a host that another worker reads from by now."""
    asleep, awake = (make_source(session, host="a.example:443").id for _ in range(2))
    first = claim_source(session, asleep, now=now, lease_s=60)
    assert first
    assert claim_source(session, awake, now=now + 2 * MINUTE, lease_s=60)
    assert not extend_claim(session, first, now=now + 2 * MINUTE, lease_s=60)


def test_host_with_many_sources_starves_nobody(session: Session, now: datetime) -> None:
    """Of one host thirty are due for hours, of three others one each since now: those come second to fourth."""
    for _ in range(30):
        make_source(session, host="large.example:443", next_crawl_at=now - 60 * MINUTE)
    small = {make_source(session, host=f"small-{number}.example:443", next_crawl_at=now).id for number in range(3)}
    served = []
    for turn in range(33):
        at = now + turn * SECOND
        [claim] = claim_due_sources(session, now=at, lease_s=60, limit=1)
        served.append(claim.source_id)
        session.get_one(Source, claim.source_id).next_crawl_at = None
        release_source(session, claim, now=at)
    assert small <= set(served[:4])
    assert set(Counter(served).values()) == {1}


def test_sources_without_a_host_share_nothing(session: Session, now: datetime) -> None:
    """Rows of which no host is known do not wait for each other."""
    for _ in range(3):
        make_source(session, next_crawl_at=NOW)
    assert len(claim_due_sources(session, now=now, lease_s=60, limit=9)) == 3
