"""Attempts are counted in the database: all processes count in one row, and a window ends by itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.attempts import Limit, count_attempt, forget_attempts, sweep_attempts
from db.models import Attempt
from db.session import session_scope

LIMIT = Limit("test", 3, timedelta(minutes=15))


def test_too_many_are_told_until_when(session: Session, now: datetime) -> None:
    """The window is that of the first; later ones do not move it."""
    for minute in range(3):
        assert count_attempt(session, LIMIT, "ana", now=now + timedelta(minutes=minute)) is None
    assert count_attempt(session, LIMIT, "ana", now=now + timedelta(minutes=14)) == now + timedelta(minutes=15)
    assert count_attempt(session, LIMIT, "bo", now=now) is None
    assert count_attempt(session, LIMIT, "ana", now=now + timedelta(minutes=15)) is None


def test_success_and_time_wipe_the_slate(session: Session, now: datetime) -> None:
    """Forgotten at once, or swept away when the window has passed."""
    for _ in range(3):
        count_attempt(session, LIMIT, "ana", now=now)
    forget_attempts(session, LIMIT, "ana")
    assert count_attempt(session, LIMIT, "ana", now=now) is None
    sweep_attempts(session, now=now + timedelta(minutes=16))
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_nobodys_address_is_stored(session: Session, now: datetime) -> None:
    """Only a digest of what is tried and by whom."""
    count_attempt(session, LIMIT, "ana@lanterna.example", now=now)
    assert "ana" not in str(session.scalars(select(Attempt.key)).one())


def test_many_at_once_are_all_counted(engine: Engine, now: datetime) -> None:
    """Twelve at the same moment: three go on, nine are told to wait."""

    def attempt(_number: int) -> bool:
        with session_scope(engine) as session:
            return count_attempt(session, LIMIT, "ana", now=now) is None

    with ThreadPoolExecutor(6) as pool:
        went_on = list(pool.map(attempt, range(12)))
    assert went_on.count(True) == 3
