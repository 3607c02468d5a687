"""Who hears of a case: those who watch it, and whoever has it."""

from __future__ import annotations

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from .models import CaseWatcher, Person
from .people import Named
from .upserts import insert_missing


def watch(session: Session, case_id: int, person_id: int) -> bool:
    """Hear of it from now on; False where they did already."""
    mine = (CaseWatcher.case_id == case_id, CaseWatcher.person_id == person_id)
    if session.scalar(select(exists().where(*mine))):
        return False
    insert_missing(session, CaseWatcher, [{"case_id": case_id, "person_id": person_id}])
    return True


def unwatch(session: Session, case_id: int, person_id: int) -> bool:
    """Hear of it no more; False where they did not."""
    mine = (CaseWatcher.case_id == case_id, CaseWatcher.person_id == person_id)
    return session.execute(delete(CaseWatcher).where(*mine).returning(CaseWatcher.case_id)).first() is not None


def watchers_of(session: Session, case_id: int) -> list[Named]:
    """By name."""
    rows = session.execute(
        select(Person.id, Person.name)
        .join(CaseWatcher, CaseWatcher.person_id == Person.id)
        .where(CaseWatcher.case_id == case_id, Person.is_active)
        .order_by(func.lower(Person.name), Person.id)
    )
    return [Named(id=row.id, name=row.name) for row in rows]
