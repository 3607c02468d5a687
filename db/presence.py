"""Who has a case open right now, and whether they write: told by a heartbeat, and forgotten soon after the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from .models import Person, Presence
from .upserts import upsert

BEATS_EVERY: Final = timedelta(seconds=15)
SHOWN_FOR: Final = timedelta(seconds=45)  # three beats: one may be lost
KEPT_FOR: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody who has it open."""

    person_id: int
    name: str
    is_writing: bool


def beat(session: Session, case_id: int, person_id: int, *, is_writing: bool, now: datetime) -> None:
    """They are here."""
    row = {"case_id": case_id, "person_id": person_id, "is_writing": is_writing, "seen_at": now}
    upsert(session, Presence, row, key=("case_id", "person_id"))


def leave(session: Session, case_id: int, person_id: int) -> None:
    """They have closed it."""
    session.execute(delete(Presence).where(Presence.case_id == case_id, Presence.person_id == person_id))


def others_at(session: Session, case_id: int, *, reader_id: int, now: datetime) -> list[Present]:
    """Those who have it open beside whoever reads; who writes stands first."""
    rows = session.execute(
        select(Presence.person_id, Person.name, Presence.is_writing)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.case_id == case_id, Presence.person_id != reader_id, Presence.seen_at > now - SHOWN_FOR)
        .order_by(Presence.is_writing.desc(), func.lower(Person.name), Person.id)
    )
    return [Present(**row) for row in rows.mappings()]


def sweep_presence(session: Session, *, now: datetime) -> None:
    """Forget who is long gone."""
    session.execute(delete(Presence).where(Presence.seen_at <= now - KEPT_FOR))
