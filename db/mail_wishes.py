"""Which mails somebody wants. All, unless they have turned some off; pages show everything all the same.

Of the last step of an escalation chain everybody hears whom it names: after it there is nobody else to hear.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import MailKind, Person


def wants(person: Person, kind: MailKind, *, is_last: bool = False) -> bool:
    """Whether they want mails of this kind; `is_last`: of the last step of a chain."""
    return kind not in person.mails_off or (is_last and kind is MailKind.ESCALATION)


def set_mails_off(session: Session, person_id: int, kinds: Collection[MailKind]) -> None:
    """These and no others."""
    person = _held(session, person_id)
    if person is not None:
        person.mails_off = sorted(kinds)
        session.flush()


def turn_mail(session: Session, person_id: int, kind: MailKind, *, is_on: bool) -> bool:
    """One kind on or off. False where there is nobody of this id, or they may no longer enter."""
    person = _held(session, person_id)
    if person is None or not person.is_active:
        return False
    person.mails_off = sorted({*person.mails_off} - {kind} if is_on else {*person.mails_off, kind})
    session.flush()
    return True


def _held(session: Session, person_id: int) -> Person | None:
    """Locked: two links that are pressed at once must not undo each other."""
    return session.scalar(select(Person).where(Person.id == person_id).with_for_update())
