"""One opinion at two sites of a place is linked, not merged."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Review, Source, Twin
from db.twins import deny_twin, link_twins
from tests.factories import make_location, make_review, make_source

TEXT = "We waited fifty minutes for a table that we had booked a week before."
DAY = timedelta(days=1)


def _linked(session: Session, *sources: Source, now: datetime) -> list[tuple[int, int]]:
    for source in sources:
        while link_twins(session, source.id, now=now, limit=2):
            pass
    return [(twin.review_id, twin.other_id) for twin in session.scalars(select(Twin).order_by(Twin.id))]


def test_twins_are_found_once_whichever_comes_last(session: Session, now: datetime) -> None:
    """Form and small slips do not matter; asked again nothing changes."""
    place = make_location(session)
    one, two = make_source(session, location=place), make_source(session, location=place)
    first = make_review(session, one, body=TEXT, published_at=now - 3 * DAY)
    make_review(session, one, body="Quite another thing that was written by somebody else.", published_at=now)
    second = make_review(session, two, body=TEXT.upper().replace("FIFTY", "fifti") + "  ", published_at=now)
    for _ in range(2):
        assert _linked(session, one, two, now=now) == [(first.id, second.id)]
    assert 0.92 <= session.scalars(select(Twin.likeness)).one() < 1


def test_others_are_no_twins(session: Session, now: datetime) -> None:
    """Another place, the same site, weeks apart, short phrases, erased ones."""
    place = make_location(session)
    one, two, elsewhere = (
        make_source(session, location=place),
        make_source(session, location=place),
        make_source(session),
    )
    make_review(session, one, body=TEXT, published_at=now)
    make_review(session, one, body=TEXT, published_at=now)
    make_review(session, elsewhere, body=TEXT, published_at=now)
    make_review(session, two, body=TEXT, published_at=now - 15 * DAY)
    make_review(session, two, body=TEXT, published_at=now, erased_at=now)
    make_review(session, one, body="Great food and service!", published_at=now)
    make_review(session, two, body="Great food and service!", published_at=now)
    assert _linked(session, one, two, elsewhere, now=now) == []


def test_person_may_say_that_they_are_two(session: Session, now: datetime) -> None:
    """A later comparison does not say otherwise."""
    place = make_location(session)
    one, two = make_source(session, location=place), make_source(session, location=place)
    ids = [make_review(session, source, body=TEXT, published_at=now).id for source in (one, two)]
    _linked(session, one, two, now=now)
    assert deny_twin(session, ids[1], ids[0])
    for source in session.scalars(select(Source)):
        source.twins_sought_to = 0
    session.flush()
    _linked(session, one, two, now=now)
    assert session.scalars(select(Twin.is_denied)).all() == [True]
    assert not deny_twin(session, ids[0], 999)
    assert session.scalars(select(Review.id)).all() == ids
