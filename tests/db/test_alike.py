"""Others of the same author, and like complaints: who is among them, and that finding them reads no table through."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from db.erasing import erase
from db.models import ErasedFor, Review, Source
from db.queries.alike import AUTHOR_MOST, SHOWN, same_author, similar, similar_statement
from tests.factories import make_case, make_location, make_review, make_score, make_source

from .plans import plan

DAY = timedelta(days=1)


def a_review(session: Session, source: Source, *, topic: str = "", **columns: Any) -> Review:
    review = make_review(session, source, **columns)
    make_case(session, review)
    if topic:
        make_score(session, review, topics=[{"topic": topic, "probability": 0.9}])
    return review


def test_author_is_known_by_the_mark_of_the_platform(session: Session, now: datetime) -> None:
    """At every place that the reader may see and on the same platform only; the newest first."""
    here, there = make_location(session), make_location(session)
    site = {"platform": "google", "host": "api.google.example:443"}
    one = make_source(session, location=here, **site)
    two = make_source(session, location=there, **site)
    elsewhere = make_source(session, location=here, platform="yelp", host="yelp.example:443")
    own = a_review(session, one, author_ref="a1", author_name="Pat", published_at=now)
    older = a_review(session, one, author_ref="a1", author_name="P. now", published_at=now - 9 * DAY)
    other_place = a_review(session, two, author_ref="a1", published_at=now - 3 * DAY)
    a_review(session, elsewhere, author_ref="a1")
    a_review(session, one, author_ref="a2", author_name="Pat")
    found = same_author(session, own.id, places=None)
    assert [line.review_id for line in found.others] == [other_place.id, older.id]
    assert (found.count, found.is_by_name) == (2, False)
    mine = same_author(session, own.id, places=frozenset({here.id}))
    assert [line.review_id for line in mine.others] == [older.id]


def test_author_without_a_mark_is_known_by_name_at_one_source(session: Session) -> None:
    """And that is said, for it may be somebody else; nobody has no others."""
    source = make_source(session)
    own = a_review(session, source, author_name="Pat")
    same = a_review(session, source, author_name="Pat")
    a_review(session, make_source(session, location=source.location), author_name="Pat")
    a_review(session, source, author_name="Pat", author_ref="a1")
    found = same_author(session, own.id, places=None)
    assert [line.review_id for line in found.others] == [same.id]
    assert found.is_by_name
    nobody = a_review(session, source, author_name="")
    a_review(session, source, author_name="")
    assert same_author(session, nobody.id, places=None).count == 0


def test_erased_reviews_belong_to_nobody(session: Session, now: datetime) -> None:
    """Neither the author nor the complaint of one is found again."""
    source = make_source(session)
    own = a_review(session, source, author_name="Pat", topic="waiting")
    gone = a_review(session, source, author_name="Pat", topic="waiting")
    erase(session, [gone.id], ErasedFor.REQUEST, now=now)
    assert same_author(session, own.id, places=None).count == 0
    assert same_author(session, gone.id, places=None).count == 0
    assert [id_ for id_, _, _ in similar(session, own.id, "waiting", since=now - 90 * DAY).dates] == [own.id]


def test_counting_an_author_ends(session: Session) -> None:
    """A name that everybody has is not counted through."""
    source = make_source(session)
    own = a_review(session, source, author_name="A guest")
    for _ in range(AUTHOR_MOST + 5):
        a_review(session, source, author_name="A guest")
    found = same_author(session, own.id, places=None)
    assert (found.count, len(found.others)) == (AUTHOR_MOST + 1, SHOWN)


def test_like_complaints_are_those_of_the_place_and_time(session: Session, now: datetime) -> None:
    """The same topic, at every source of the place; neither older ones nor other topics."""
    source = make_source(session)
    second = make_source(session, location=source.location)
    own = a_review(session, source, topic="waiting", published_at=now)
    near = a_review(session, second, topic="waiting", published_at=now - 89 * DAY)
    a_review(session, source, topic="waiting", published_at=now - 91 * DAY)
    a_review(session, source, topic="price", published_at=now)
    a_review(session, make_source(session), topic="waiting", published_at=now)
    found = similar(session, own.id, "waiting", since=now - 90 * DAY)
    assert [id_ for id_, _, _ in found.dates] == [own.id, near.id]
    assert [line.review_id for line in found.latest] == [near.id]
    assert not found.is_partial


@pytest.mark.parametrize("count", [1, 40])
def test_as_many_statements_for_many_as_for_few(session: Session, now: datetime, count: int) -> None:
    """However many there are."""
    source = make_source(session)
    for _ in range(count):
        own = a_review(session, source, author_name="Pat", topic="waiting")
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    same_author(session, own.id, places=None)
    similar(session, own.id, "waiting", since=now - 90 * DAY)
    assert len(asked) == 5


def test_like_complaints_are_read_from_an_index_in_its_order(engine: Engine, now: datetime) -> None:
    """Of each source the newest, without sorting or reading them all."""
    with Session(engine) as session:
        sources = [make_source(session) for _ in range(8)]
        for number in range(400):
            a_review(session, sources[number % 8], topic="waiting", published_at=now - number * DAY / 4)
        session.commit()
        session.execute(text("ANALYZE"))
        if engine.dialect.name == "postgresql":
            # So few rows are sorted as fast: let the planner say whether it could do without.
            for way in ("seqscan", "bitmapscan", "sort"):
                session.execute(text(f"SET LOCAL enable_{way} = off"))
        told = plan(session, similar_statement([source.id for source in sources[:2]], "waiting", since=now - 90 * DAY))
    if engine.dialect.name == "sqlite":
        assert told.count("ix_review_source_id_published_at") == 2
    assert "Sort" not in told
    assert "SCAN review" not in told
    assert "Seq Scan" not in told
