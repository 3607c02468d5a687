"""What an owner found a platform to let an answer hold: kept, told to the log, and given back."""

from __future__ import annotations

from datetime import date
from threading import Thread

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.audit import verify
from db.models import AuditEntry
from db.reply_limits import forget_limits, own_limits, set_limits
from db.session import session_scope
from tests.factories import NOW

ANA = Actor(person_id=1, name="Ana", now=NOW)
DAY = date(2026, 11, 21)


def test_what_was_entered_counts_until_it_is_taken_back(session: Session) -> None:
    """With the day and the name; the log has what was there before."""
    set_limits(session, "yelp", {"most_chars": 500, "links": None}, DAY, by=ANA)
    set_limits(session, "google", {"links": True}, DAY, by=ANA)
    set_limits(session, "yelp", {"most_chars": 700, "links": False}, DAY, by=ANA)
    found = own_limits(session)["yelp"]
    assert (found.limits, found.checked_on, found.checked_by) == ({"most_chars": 700, "links": False}, DAY, "Ana")
    assert forget_limits(session, "yelp", by=ANA)
    assert not forget_limits(session, "yelp", by=ANA)
    assert list(own_limits(session)) == ["google"]
    lines = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [line.kind for line in lines] == ["reply_limits_set"] * 3 + ["reply_limits_forgotten"]
    assert lines[2].facts["before"] == {"most_chars": 500, "links": None}
    assert verify(session).broken_at is None


def test_two_owners_lose_nothing_of_each_other(engine: Engine) -> None:
    """Each saves other platforms at the same moment."""

    def save(name: str) -> None:
        for number in range(8):
            with session_scope(engine) as session:
                set_limits(session, f"{name}-{number}", {"links": True}, DAY, by=ANA)

    both = [Thread(target=save, args=(name,)) for name in ("one", "other")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    with session_scope(engine) as session:
        assert len(own_limits(session)) == 16
