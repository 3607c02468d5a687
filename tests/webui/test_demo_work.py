"""The demo looks like a desk at which people work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from db.assigning import give_by_rules
from db.assignment_rules import list_rules
from db.causes import list_causes
from db.people import find_person
from db.queries.queue import QueueCounts, Reader, queue_counts
from db.session import session_scope
from webui.demo_people import register
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
