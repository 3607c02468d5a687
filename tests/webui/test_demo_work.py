"""The demo looks like a desk at which people work."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.assigning import give_by_rules
from db.assignment_rules import list_rules
from db.causes import list_causes
from db.people import find_person
from db.queries.charted import complaint_visits
from db.queries.queue import QueueCounts, Reader, queue_counts
from db.session import session_scope
from tests.factories import make_case, make_location, make_review, make_source
from webui.demo_people import register
from webui.demo_visits import lay_out_visits
from webui.demo_work import lay_out

from .seed import seed


def _counts(engine: Engine, now: datetime) -> QueueCounts:
    with session_scope(engine) as session:
        owner = find_person(session, "olivia@lanterna.example")
        return queue_counts(session, reader=Reader(person_id=owner.id if owner else None, now=now))


def test_views_of_the_demo_are_not_empty(engine: Engine, now: datetime) -> None:
    """Somebody has begun, once; what is urgent is left to whoever tries the demo."""
    seed(engine, now=now)
    with session_scope(engine) as session:
        register(session, now)
    before = _counts(engine, now)
    for _ in range(2):
        with session_scope(engine) as session:
            lay_out(session, now=now)
            assert give_by_rules(session, now=now).given == 0, "rules are for what is still to come"
    after = _counts(engine, now)
    assert (after.mine, after.approve, after.waiting) == (2, 1, 1)
    assert after.now == before.now + 3, "complaints by hand"
    assert after.unassigned == before.unassigned - 4 + 3
    with session_scope(engine) as session:
        assert list_causes(session)
        takers = [one.name for rule in list_rules(session) for one in rule.takers]
        assert takers == ["Amir Haddad", "Sofia Brandt"]


def test_demo_with_few_reviews_is_left_as_it_is(engine: Engine, now: datetime) -> None:
    """There is nothing to hand out."""
    with session_scope(engine) as session:
        register(session, now)
        lay_out(session, now=now)
    assert _counts(engine, now).mine == 0


def test_visits_of_the_demo_tell_of_full_evenings(session: Session, now: datetime) -> None:
    """In the week before each complaint was written; most of them on a Friday, and some that nobody knows."""
    source = make_source(session, location=make_location(session, slug="trattoria", timezone="Europe/Rome"))
    reviews = [make_review(session, source, published_at=now - timedelta(days=at)) for at in range(60)]
    for review in reviews:
        make_case(session, review, is_flagged=True)
    make_case(session, praise := make_review(session, source))
    lay_out_visits(session, "trattoria")
    session.expire_all()
    visits = [(one.published_at, one.visited_at) for one in reviews if one.visited_at is not None]
    assert len(visits) == 48
    assert praise.visited_at is None
    assert all(timedelta() < written - visited < timedelta(days=9) for written, visited in visits)
    found = complaint_visits(session, ((now - timedelta(days=70)).date(), now.date()), places=None)
    best, second = sorted(found, key=lambda one: -one.complaints * (one.hour is not None))[:2]
    assert (best.weekday, best.hour) == (4, 20)
    assert best.complaints > second.complaints
