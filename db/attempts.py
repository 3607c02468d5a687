"""Counts what may be tried only so often: passwords, codes, mails. In the database, so that all processes count as one.

A window begins with the first attempt and is not moved by later ones, so nobody can be shut out for good by somebody
who keeps trying.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from .models import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts in such a time."""

    name: str
    most: int
    within: timedelta


def count_attempt(session: Session, limit: Limit, who: str, *, now: datetime) -> datetime | None:
    """Count one more; gives when trying again is of use where this one was too many, None where it may go on."""
    key = _key(limit, who)
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    is_over = Attempt.ends_at <= now
    statement = insert(Attempt).values(key=key, count=1, ends_at=now + limit.within)
    counted = statement.on_conflict_do_update(
        index_elements=[Attempt.key],
        set_={
            "count": case((is_over, 1), else_=Attempt.count + 1),
            "ends_at": case((is_over, now + limit.within), else_=Attempt.ends_at),
        },
    )
    session.execute(counted)
    row = session.execute(select(Attempt.count.label("tries"), Attempt.ends_at).where(Attempt.key == key)).one()
    return row.ends_at if row.tries > limit.most else None


def forget_attempts(session: Session, limit: Limit, who: str) -> None:
    """It went well: counting begins anew."""
    session.execute(delete(Attempt).where(Attempt.key == _key(limit, who)))


def sweep_attempts(session: Session, *, now: datetime) -> None:
    """Remove the counts that have run out."""
    session.execute(delete(Attempt).where(Attempt.ends_at <= now))


def _key(limit: Limit, who: str) -> str:
    return hashlib.sha256(f"{limit.name}\0{who}".encode("utf-8", "replace")).hexdigest()
