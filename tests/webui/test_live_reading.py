"""Reviews that are shown and not kept: reading one waits its turn at the host, and says in words when it cannot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from crawlers.config import CrawlSettings, Environment
from crawlers.live import LiveReading
from db.claims import claim_source, release_source
from db.models import ErasedFor, Retention, Review, Source, SourceHealth
from db.queries.reviews import review_detail
from db.session import read_scope, session_scope
from db.settings import DbSettings
from tests.crawlers.markup import page
from tests.crawlers.site import Answer, Site
from tests.factories import make_case, make_location, make_review, make_source
from tests.flow.running import LONGEST_S
from webui.jobs import live
from webui.wiring import utc_now

TURN_S = 0.5
SHOWN = "urn:test:1"


class Place:
    """A source that is not kept, and another of the same host."""

    def __init__(self, engine: Engine, site: Site, database: DbSettings) -> None:
        self.engine, self.site, self.database = engine, site, database
        with session_scope(engine) as session:
            location = make_location(session)
            columns = {"location": location, "host": site.host, "delay_s": 0.0}
            source = make_source(session, url=site.url("/r"), retention=Retention.NO_STORE, **columns)
            bare = {"external_id": SHOWN, "erased_for": ErasedFor.NO_STORE, "body": "", "author_name": ""}
            review = make_review(session, source, **bare)
            make_case(session, review)
            self.review_id = review.id
            self.source_id = source.id
            self.other_id = make_source(session, url=site.url("/other"), **columns).id

    def read(self, *, turn_s: float = TURN_S) -> LiveReading:
        with read_scope(self.engine) as session:
            detail = review_detail(session, self.review_id)
        assert detail
        settings = CrawlSettings(environment=Environment.TEST, crawl_allow_hosts=self.site.host)
        given = {"engine": self.engine, "clock": utc_now, "settings": settings, "database": self.database}
        return live.live_reading(detail, limit_s=LONGEST_S, turn_s=turn_s, **given)  # type: ignore[arg-type]

    def change(self, **columns: object) -> None:
        with session_scope(self.engine) as session:
            source = session.get_one(Source, self.source_id)
            for name, value in columns.items():
                setattr(source, name, value)


@pytest.fixture
def place(engine: Engine, database_url: str, data_dir: Path) -> Iterator[Place]:
    data_dir.mkdir()
    with Site({"/r": Answer(body=page([1]))}) as site:
        yield Place(engine, site, DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None))


def test_host_is_waited_for_and_given_back(place: Place) -> None:
    """While another source of the host is read nothing is asked; then the review is shown, and nobody is held up."""
    asked_before: list[str] = []
    with session_scope(place.engine) as session:
        claim = claim_source(session, place.other_id, now=datetime.now(UTC), lease_s=60)
    assert claim

    def give_back() -> None:
        asked_before.extend(place.site.paths)
        with session_scope(place.engine) as session:
            release_source(session, claim, now=datetime.now(UTC))

    timer = threading.Timer(1.0, give_back)
    timer.start()
    reading = place.read(turn_s=30)
    timer.join()
    assert asked_before == []
    assert reading.review is not None, reading.message
    assert reading.review.body == "Soup number 1 was cold."
    with read_scope(place.engine) as session:
        assert set(session.scalars(select(Source.claim))) == {None}
        assert session.scalars(select(Review.body)).all() == [""]


@pytest.mark.parametrize(
    ("hindrance", "words"),
    [
        ("taken", "Its source is being read just now"),
        ("host", "Another source of the same host is being read"),
        ("removed", "Its source was removed"),
        ("switched off", "Its source is switched off"),
        ("throttled", "has asked to be left alone for a while. Open the page again in 7 min."),
        ("crowded", "Other reviews are being read just now"),
    ],
)
def test_it_is_said_in_words_why_it_cannot_be_read_now(place: Place, hindrance: str, words: str) -> None:
    """The source is not asked, and whoever holds it goes on holding it."""
    held = None
    with ExitStack() as crowd:
        if hindrance in {"taken", "host"}:
            with session_scope(place.engine) as session:
                source_id = place.source_id if hindrance == "taken" else place.other_id
                held = claim_source(session, source_id, now=datetime.now(UTC), lease_s=600)
        elif hindrance == "removed":
            place.change(removed_at=datetime.now(UTC))
        elif hindrance == "switched off":
            place.change(is_enabled=False)
        elif hindrance == "throttled":
            place.change(health=SourceHealth.THROTTLED, next_crawl_at=datetime.now(UTC) + timedelta(minutes=7))
        else:
            for _ in range(live.AT_ONCE):
                crowd.enter_context(live._slots)
        reading = place.read()
    assert reading.review is None
    assert words in reading.message
    assert place.site.paths == []
    with read_scope(place.engine) as session:
        claims = {claim for claim in session.scalars(select(Source.claim)) if claim}
    assert claims == ({held.token} if held else set())
